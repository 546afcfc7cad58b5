/** What the two SCORM drivers share: finding the platform's API, and sending only what has changed. */

/**
 * The API in this window, the windows around it, or around the one that opened it.
 * @param {Window} start @param {string} name @returns {any}
 */
export function findApi(start, name) {
  for (const from of [start, attempt(() => start.opener), attempt(() => start.top?.opener)]) {
    let here = /** @type {Window | null} */ (from);
    for (let step = 0; here && step < 50; step++) {
      const [window, api] = [here, attempt(() => /** @type {any} */ (here)[name])];
      if (api) {
        return api;
      }
      const above = attempt(() => window.parent);
      here = above === here ? null : above;
    }
  }
  return null;
}

/** A window of another origin throws when it is asked, and some platforms throw when they are down. @template T @param {() => T} step @returns {T | null} */
function attempt(step) {
  try {
    return step();
  } catch {
    return null;
  }
}

/** @typedef {{open: string, get: string, set: string, commit: string, close: string}} Verbs */

/** One session with an API of either standard; `verbs` holds the names of its functions. */
export class Session {
  #api;
  #verbs;
  /** What the platform holds, as far as we know. @type {Map<string, string>} */
  #known = new Map();
  #count = -1;

  /** @param {any} api @param {Verbs} verbs */
  constructor(api, verbs) {
    this.#api = api;
    this.#verbs = verbs;
  }

  /** @param {keyof Verbs} verb @param {...string} words */
  #call(verb, ...words) {
    return attempt(() => String(this.#api[this.#verbs[verb]](...words)));
  }

  open = () => this.#call("open", "") === "true";
  commit = () => this.#call("commit", "") === "true";
  close = () => this.#call("close", "") === "true";

  /** An element, "" when it is not there. @param {string} element */
  get(element) {
    const value = this.#call("get", element);
    return value === null || value === "null" || value === "undefined" ? "" : value;
  }

  /** Takes a value as sent. @param {string} element @param {string} value */
  know(element, value) {
    this.#known.set(element, value);
  }

  /** Forgets what was sent: after a failed commit nobody knows what is kept. */
  forget() {
    this.#known.clear();
  }

  /** Returns whether the platform took it. @param {string} element @param {string | number} value */
  set(element, value) {
    if (this.#known.get(element) === String(value)) {
      return true;
    }
    const taken = this.#call("set", element, String(value)) === "true";
    if (taken) {
      this.know(element, String(value));
    }
    return taken;
  }

  /**
   * Sends interactions after those of earlier sessions. A platform that keeps none refuses the first: then none are sent.
   * @param {readonly Interaction[]} interactions @param {(interaction: Interaction) => [string, string][][]} elements
   */
  interactions(interactions, elements) {
    for (const interaction of interactions) {
      const records = elements(interaction);
      if (this.#count < 0) {
        const count = this.#call("get", "cmi.interactions._count");
        if (count === null) {
          return;
        }
        this.#count = Number.parseInt(count, 10);
      }
      interaction.index ??= this.#count;
      for (const [at, record] of records.entries()) {
        this.#record(interaction.index + at, record);
      }
    }
  }

  /** @param {number} index @param {[string, string][]} record */
  #record(index, record) {
    if (Number.isNaN(index) || index >= 250) {
      return;
    }
    for (const [at, [name, value]] of record.entries()) {
      const taken = this.set(`cmi.interactions.${index}.${name}`, value);
      if (at === 0 && !taken) {
        return;
      }
    }
    this.#count = Math.max(this.#count, index + 1);
  }
}

/** "70", "66.66": what both standards take as a number. @param {number} number @param {number} [decimals] */
export const decimal = (number, decimals = 2) => String(Number(number.toFixed(decimals)));

/** What a type of question is called in both standards; the rest is a choice. @type {Record<string, string>} */
const NAMES = { text: "fill-in", numeric: "numeric", matching: "matching", ordering: "sequencing", likert: "likert" };

/**
 * The kind of an interaction. Which of two options says "true" is not known, so such a question goes as a choice.
 * @param {QuestionData} question
 */
export function kindOf({ type, data }) {
  if (type === "gaps") {
    const gaps = /** @type {{options?: string[]}[]} */ (Object.values(data.gaps));
    return gaps.every((gap) => gap.options) ? "matching" : "fill-in";
  }
  return NAMES[type] ?? "choice";
}

/** An answer as one text. @param {Answer} answer @param {string} comma @param {string} point @param {string} kind */
export function response(answer, comma, point, kind) {
  if (Array.isArray(answer)) {
    return answer.join(comma);
  }
  if (answer && typeof answer === "object") {
    const rows = Object.entries(answer);
    return rows.map(([key, value]) => (kind === "matching" ? `${key}${point}${value}` : String(value))).join(comma);
  }
  return String(answer ?? "");
}

/** One record an interaction, but one a statement of a scale. @param {Interaction} interaction @returns {[string, Answer][]} */
export function parts({ question, answer }) {
  return question.type === "likert" && answer && typeof answer === "object" && !Array.isArray(answer)
    ? Object.entries(answer).map(([key, value]) => [`${question.cmi}__${key}`, value])
    : [[question.cmi, answer]];
}

/** A typed number as the standards write it. @param {Answer} answer */
export const plainNumber = (answer) =>
  String(answer)
    .replace(/\s/g, "")
    .replace("−", "-")
    .replace(/^\+/, "")
    .replace(",", ".")
    .replace(/^(-?)\./, "$10.");
