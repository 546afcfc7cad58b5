/** SCORM 1.2: the object `API` on a stored attempt, refusing what the standard and Moodle refuse. */
import { addTimespan } from "./durations.js";
import { CHILDREN12, elements12, feedback, LIMITS12, LISTS12 } from "./model12.js";
import { Session, taken } from "./runtime.js";
import { address } from "./store.js";

/** @typedef {import("./store.js").Address} Address */

export const ERRORS12 = new Map([
  [0, "No error"],
  [101, "General exception"],
  [201, "Invalid argument error"],
  [202, "Element cannot have children"],
  [203, "Element not an array. Cannot have count."],
  [301, "Not initialized"],
  [401, "Not implemented error"],
  [402, "Invalid set value, element is a keyword"],
  [403, "Element is read only"],
  [404, "Element is write only"],
  [405, "Incorrect Data Type"],
]);

const STATUS = "cmi.core.lesson_status";
const PER_TYPE = /^cmi\.interactions\.n\.(student_response|correct_responses\.n\.pattern)$/;

/**
 * What the platform makes of the status when the session ends (Moodle 4.5 does both; the first is the standard's rule).
 *
 * @param {Record<string, string>} values What the content stored.
 * @param {Record<string, string>} given What the platform filled in.
 * @returns {string} The status that is kept.
 */
export function finalStatus12(values, given) {
  const status = values[STATUS] ?? "not attempted";
  const mode = given["cmi.core.lesson_mode"] ?? "normal";
  const mastery = given["cmi.student_data.mastery_score"] ?? "";
  const raw = values["cmi.core.score.raw"] ?? "";
  if (mode === "normal" && given["cmi.core.credit"] !== "no-credit" && mastery !== "" && raw !== "") {
    return Number(raw) >= Number(mastery) ? "passed" : "failed";
  }
  if (status === "not attempted") {
    return mode === "browse" ? "browsed" : "completed";
  }
  return status;
}

export class Scorm12 extends Session {
  /** What the content looks for in the windows above it. */
  name = "API";

  /** @param {import("./runtime.js").Launch} launch */
  constructor(launch) {
    super(launch);
    this.limits = { ...LIMITS12, ...launch.limits };
    this.elements = elements12(this.limits);
    /** @type {Record<string, (...args: any[]) => string>} */
    this.api = {
      LMSInitialize: (argument) => this.#initialize(argument),
      LMSFinish: (argument) => (this.#closed() || this.filled(argument) ? "false" : this.#finish()),
      LMSGetValue: (element) => (this.#closed() ? "" : this.#read(element)),
      LMSSetValue: (element, value) => (this.#closed() ? "false" : this.#set(element, value)),
      LMSCommit: (argument) => (this.#closed() || this.filled(argument) ? "false" : this.#save(false)),
      LMSGetLastError: () => String(this.error),
      LMSGetErrorString: (code) => ERRORS12.get(Number(code)) ?? "",
      LMSGetDiagnostic: () => this.why,
    };
  }

  /** @param {unknown} argument */
  #initialize(argument) {
    if (this.filled(argument)) {
      return "false";
    }
    if (this.phase !== "before") {
      return this.refuse(101, "LMSInitialize may be called once a launch");
    }
    this.enter("open");
    return this.accept();
  }

  #finish() {
    const result = this.#save(true);
    if (result === "true") {
      this.enter("ended");
    }
    return result;
  }

  /** Refuses a call outside the session: one code for before and after. */
  #closed() {
    if (this.phase !== "open") {
      this.refuse(301, this.phase === "before" ? "LMSInitialize has not been called" : "LMSFinish has been called");
    }
    return this.phase !== "open";
  }

  /** @param {boolean} ended @returns {"true" | "false"} */
  #save(ended) {
    const values = this.store.all();
    const { given } = this.launch;
    if (ended) {
      values[STATUS] = finalStatus12(values, given);
      const before = given["cmi.core.total_time"] ?? "";
      values["cmi.core.total_time"] = addTimespan(before, values["cmi.core.session_time"] ?? "");
    }
    return this.launch.save(values, ended)
      ? this.accept()
      : this.refuse(101, "the platform could not store the attempt");
  }

  /** The answer of a keyword, when there is such a one. @param {string} element @returns {string | undefined} */
  #keyword(element) {
    const { pattern } = address(element);
    if (pattern.endsWith("._children")) {
      return CHILDREN12.get(pattern.slice(0, -"._children".length));
    }
    const list = element.replace(/\._count$/, "");
    return list !== element && LISTS12.includes(address(list).pattern) ? String(this.store.count(list)) : undefined;
  }

  /** Refuses a name that is no element. @param {string} element @param {string} pattern */
  #unknown(element, pattern) {
    const [, parent = "", keyword = ""] = /^(.+)\.(_children|_count)$/.exec(pattern) ?? [];
    if (keyword === "_children" && this.elements.has(parent)) {
      return this.refuse(202, `${parent} has no children`);
    }
    if (keyword === "_count" && (this.elements.has(parent) || CHILDREN12.has(parent))) {
      return this.refuse(203, `${parent} is not a list`);
    }
    const holds = pattern !== "" && [...this.elements.keys()].some((name) => name.startsWith(`${pattern}.`));
    return holds
      ? this.refuse(201, `${element} holds other elements`)
      : this.refuse(401, `${element} is not an element of SCORM 1.2`);
  }

  /** @param {unknown} element @returns {string} */
  #read(element) {
    this.accept();
    if (typeof element !== "string" || element === "") {
      this.refuse(201, "the name of an element is missing");
      return "";
    }
    const where = address(element);
    const missing = this.store.missing(where);
    const answer = this.#keyword(element);
    const rule = this.elements.get(where.pattern);
    if (answer === undefined && !rule) {
      this.#unknown(element, where.pattern);
    } else if (rule?.access === "wo") {
      this.refuse(404, `${element} can only be written`);
    } else if (missing) {
      this.refuse(201, `${missing.list} has ${this.store.count(missing.list)} entries`);
    } else {
      return answer ?? this.launch.given[element] ?? this.store.get(element) ?? rule?.initial ?? "";
    }
    return "";
  }

  /** @param {unknown} element @param {unknown} value @returns {"true" | "false"} */
  #set(element, value) {
    if (typeof element !== "string" || element === "") {
      return this.refuse(201, "the name of an element is missing");
    }
    const where = address(element);
    const rule = this.elements.get(where.pattern);
    if (this.#keyword(element) !== undefined || element === "cmi._version") {
      return this.refuse(402, `${element} is a keyword`);
    }
    if (!rule) {
      return this.#unknown(element, where.pattern);
    }
    if (rule.access === "ro") {
      return this.refuse(403, `${element} can only be read`);
    }
    const text = taken(value);
    if (typeof text !== "string") {
      return this.refuse(405, `${element}: the value must be a string, not ${value === null ? "null" : typeof value}`);
    }
    return this.#write(element, text, where);
  }

  /** @param {string} element @param {string} value @param {Address} where @returns {"true" | "false"} */
  #write(element, value, where) {
    const gap = this.store.gap(where);
    if (gap) {
      return this.refuse(201, `the next index of ${gap.list} is ${this.store.count(gap.list)}`);
    }
    const first = where.indices[0];
    const idOf = first && `${first.list}.${first.index}.id`;
    if (idOf && element !== idOf && this.store.get(idOf) === undefined) {
      return this.refuse(201, `${idOf} must be set first`);
    }
    const refusal = this.#check(where)?.(value);
    if (refusal) {
      return this.refuse(405, `${element}: ${refusal.why}`);
    }
    // Moodle keeps an empty score as the number 0, and compares that with a mastery score.
    this.store.set(element, value === "" && element === "cmi.core.score.raw" ? "0" : value);
    return this.accept();
  }

  /** The check of a value; answers are checked by the type of their interaction. @param {Address} where */
  #check(where) {
    const first = where.indices[0];
    return PER_TYPE.test(where.pattern)
      ? feedback(this.store.get(`${first?.list}.${first?.index}.type`), this.limits)
      : this.elements.get(where.pattern)?.check;
  }
}
