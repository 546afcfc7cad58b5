/** SCORM 2004: the object `API_1484_11` on a stored attempt, refusing what the standard and Moodle refuse. */
import { addDuration } from "./durations.js";
import { CHILDREN2004, elements2004, LIMITS2004, LISTS2004 } from "./model2004.js";
import { ONE_PATTERN, pattern, response, sameAnswer } from "./responses2004.js";
import { Session, taken } from "./runtime.js";
import { address } from "./store.js";

/** @typedef {import("./store.js").Address} Address */

export const ERRORS2004 = new Map([
  [0, "No Error"],
  [101, "General Exception"],
  [102, "General Initialization Failure"],
  [103, "Already Initialized"],
  [104, "Content Instance Terminated"],
  [111, "General Termination Failure"],
  [112, "Termination Before Initialization"],
  [113, "Termination After Termination"],
  [122, "Retrieve Data Before Initialization"],
  [123, "Retrieve Data After Termination"],
  [132, "Store Data Before Initialization"],
  [133, "Store Data After Termination"],
  [142, "Commit Before Initialization"],
  [143, "Commit After Termination"],
  [201, "General Argument Error"],
  [301, "General Get Failure"],
  [351, "General Set Failure"],
  [391, "General Commit Failure"],
  [401, "Undefined Data Model Element"],
  [402, "Unimplemented Data Model Element"],
  [403, "Data Model Element Value Not Initialized"],
  [404, "Data Model Element Is Read Only"],
  [405, "Data Model Element Is Write Only"],
  [406, "Data Model Element Type Mismatch"],
  [407, "Data Model Element Value Out Of Range"],
  [408, "Data Model Dependency Not Established"],
]);

const NEEDS_ID = /^cmi\.(objectives|interactions)\.n\.(?!id$)/;
const NEEDS_TYPE = /^cmi\.interactions\.n\.(learner_response|correct_responses\.n\.pattern)$/;
const UNIQUE_ID = /^cmi\.(objectives|interactions\.n\.objectives)\.n\.id$/;

/**
 * What the platform makes of completion when the session ends: a threshold and a measure decide, else the content's word.
 * Success is left to the content: Moodle 4.5 never computes it from the passing score.
 *
 * @param {Record<string, string>} values What the content stored.
 * @param {Record<string, string>} given What the platform filled in.
 * @returns {string} The completion that is kept.
 */
export function finalCompletion2004(values, given) {
  const threshold = given["cmi.completion_threshold"] ?? "";
  const measure = values["cmi.progress_measure"] ?? "";
  if (threshold !== "" && measure !== "") {
    return Number(measure) >= Number(threshold) ? "completed" : "incomplete";
  }
  return values["cmi.completion_status"] ?? "unknown";
}

export class Scorm2004 extends Session {
  /** What the content looks for in the windows above it. */
  name = "API_1484_11";

  /** @param {import("./runtime.js").Launch} launch */
  constructor(launch) {
    super(launch);
    this.elements = elements2004({ ...LIMITS2004, ...launch.limits });
    /** @type {Record<string, (...args: any[]) => string>} */
    this.api = {
      Initialize: (argument) => this.#initialize(argument),
      Terminate: (argument) => (this.#closed(112, 113) || this.filled(argument) ? "false" : this.#terminate()),
      GetValue: (element) => (this.#closed(122, 123) ? "" : this.#read(element)),
      SetValue: (element, value) => (this.#closed(132, 133) ? "false" : this.#set(element, value)),
      Commit: (argument) => (this.#closed(142, 143) || this.filled(argument) ? "false" : this.#save(false)),
      GetLastError: () => String(this.error),
      GetErrorString: (code) => ERRORS2004.get(Number(code)) ?? "",
      GetDiagnostic: () => this.why,
    };
  }

  /** @param {unknown} argument */
  #initialize(argument) {
    if (this.phase === "open") {
      return this.refuse(103, "Initialize has been called");
    }
    if (this.phase === "ended") {
      return this.refuse(104, "Terminate has been called; a launch has one session");
    }
    if (this.filled(argument)) {
      return "false";
    }
    this.enter("open");
    return this.accept();
  }

  #terminate() {
    const result = this.#save(true);
    if (result === "true") {
      this.enter("ended");
    }
    return result;
  }

  /** Refuses a call outside the session with the code of its kind. @param {number} before @param {number} after */
  #closed(before, after) {
    if (this.phase === "before") {
      this.refuse(before, "Initialize has not been called");
    } else if (this.phase === "ended") {
      this.refuse(after, "Terminate has been called");
    }
    return this.phase !== "open";
  }

  /** @param {boolean} ended @returns {"true" | "false"} */
  #save(ended) {
    const values = this.store.all();
    const { given } = this.launch;
    if (ended) {
      values["cmi.completion_status"] = finalCompletion2004(values, given);
      values["cmi.total_time"] = addDuration(given["cmi.total_time"] ?? "", values["cmi.session_time"] ?? "");
    }
    return this.launch.save(values, ended)
      ? this.accept()
      : this.refuse(ended ? 111 : 391, "the platform could not store the attempt");
  }

  /** The answer of a keyword, when there is such a one. @param {string} element @returns {string | undefined} */
  #keyword(element) {
    const { pattern: name } = address(element);
    if (name.endsWith("._children")) {
      return CHILDREN2004.get(name.slice(0, -"._children".length));
    }
    const list = element.replace(/\._count$/, "");
    return list !== element && LISTS2004.includes(address(list).pattern) ? String(this.store.count(list)) : undefined;
  }

  /** Refuses to read a name that is no element. @param {string} element @param {string} name */
  #unknown(element, name) {
    const parent = name.replace(/\._(children|count)$/, "");
    const known = parent !== name && [...this.elements.keys()].some((key) => `${key}.`.startsWith(`${parent}.`));
    return known
      ? this.refuse(301, `${element}: there is no such keyword here`)
      : this.refuse(401, `${element} is not an element of SCORM 2004`);
  }

  /** @param {unknown} element @returns {string} */
  #read(element) {
    this.accept();
    if (typeof element !== "string" || element === "") {
      this.refuse(301, "the name of an element is missing");
      return "";
    }
    if (/^adl\.nav\.request_valid\.(choice|jump)\.\{target=[^}]+\}$/.test(element)) {
      return "unknown";
    }
    const where = address(element);
    const answer = this.#keyword(element);
    const rule = this.elements.get(where.pattern);
    const missing = this.store.missing(where);
    const value = answer ?? this.launch.given[element] ?? this.store.get(element) ?? rule?.initial;
    if (answer === undefined && !rule) {
      this.#unknown(element, where.pattern);
    } else if (missing) {
      this.refuse(301, `${missing.list} has ${this.store.count(missing.list)} entries`);
    } else if (rule?.access === "wo") {
      this.refuse(405, `${element} can only be written`);
    } else if (value === undefined) {
      this.refuse(403, `${element} has no value yet`);
    }
    return this.error === 0 ? (value ?? "") : "";
  }

  /** @param {unknown} element @param {unknown} value @returns {"true" | "false"} */
  #set(element, value) {
    if (typeof element !== "string" || element === "") {
      return this.refuse(351, "the name of an element is missing");
    }
    const where = address(element);
    const rule = this.elements.get(where.pattern);
    if (this.#keyword(element) !== undefined || rule?.access === "ro") {
      return this.refuse(404, `${element} can only be read`);
    }
    if (!rule) {
      return this.refuse(401, `${element} is not an element of SCORM 2004`);
    }
    const text = taken(value);
    if (typeof text !== "string") {
      return this.refuse(406, `${element}: the value must be a string, not ${value === null ? "null" : typeof value}`);
    }
    return this.#write(element, text, where);
  }

  /** @param {string} element @param {string} value @param {Address} where @returns {"true" | "false"} */
  #write(element, value, where) {
    const gap = this.store.gap(where);
    if (gap) {
      return this.refuse(351, `the next index of ${gap.list} is ${this.store.count(gap.list)}`);
    }
    const needs = this.#dependency(where);
    if (needs) {
      return this.refuse(408, `${needs} must be set first`);
    }
    const refusal = this.#check(where)?.(value);
    if (refusal) {
      return this.refuse(refusal.range ? 407 : 406, `${element}: ${refusal.why}`);
    }
    const clash = UNIQUE_ID.test(where.pattern)
      ? this.#idClash(element, value, where)
      : this.#patternClash(value, where);
    if (clash) {
      return this.refuse(351, `${element}: ${clash}`);
    }
    this.store.set(element, value);
    return this.accept();
  }

  /** What must be there before this element, when it is not. @param {Address} where @returns {string | undefined} */
  #dependency(where) {
    const first = where.indices[0];
    const entry = `${first?.list}.${first?.index}`;
    if (NEEDS_ID.test(where.pattern) && this.store.get(`${entry}.id`) === undefined) {
      return `${entry}.id`;
    }
    return NEEDS_TYPE.test(where.pattern) && this.#type(where) === "" ? `${entry}.type` : undefined;
  }

  /** The type of the interaction that a name belongs to. @param {Address} where */
  #type(where) {
    const first = where.indices[0];
    return this.store.get(`${first?.list}.${first?.index}.type`) ?? "";
  }

  /** The check of a value; answers are checked by the type of their interaction. @param {Address} where */
  #check(where) {
    if (!NEEDS_TYPE.test(where.pattern)) {
      return this.elements.get(where.pattern)?.check;
    }
    return where.pattern.endsWith(".pattern") ? pattern(this.#type(where)) : response(this.#type(where));
  }

  /** The same part of the other entries of a list. @param {Address} where @param {string} part @returns {string[]} */
  #others(where, part) {
    const last = where.indices.at(-1);
    const list = last?.list ?? "";
    return Array.from({ length: this.store.count(list) }, (_, index) => index)
      .filter((index) => index !== last?.index)
      .map((index) => this.store.get(`${list}.${index}.${part}`) ?? "");
  }

  /** @param {string} element @param {string} value @param {Address} where @returns {string | undefined} */
  #idClash(element, value, where) {
    const old = this.store.get(element);
    if (old !== undefined && old !== value && where.pattern === "cmi.objectives.n.id") {
      return "an id that is set may not change";
    }
    return this.#others(where, "id").includes(value) ? `${value} is the id of another entry` : undefined;
  }

  /** @param {string} value @param {Address} where @returns {string | undefined} */
  #patternClash(value, where) {
    if (!where.pattern.endsWith(".pattern")) {
      return undefined;
    }
    const type = this.#type(where);
    if (ONE_PATTERN.includes(type) && where.indices.at(-1)?.index) {
      return `${type} has one right answer only`;
    }
    const twice = this.#others(where, "pattern").some((other) => sameAnswer(type, other, value));
    return twice ? "the same right answer is given twice" : undefined;
  }
}
