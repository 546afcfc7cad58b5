/** What the two standards have in common, seen from the platform: the data of a launch, and the state of a session. */
import { Store } from "./store.js";

/**
 * @typedef {object} Launch What a platform hands to one launch.
 * @property {Record<string, string>} values What the content stored before, by element.
 * @property {Record<string, string>} given Elements that the platform fills in and the content only reads.
 * @property {(values: Record<string, string>, ended: boolean) => boolean} save
 *   Called at each commit and at the end; false says that the platform could not keep it.
 * @property {Record<string, number>} [limits] Sizes to loosen or tighten, e.g. `{ suspendData: 64000 }`.
 */

/**
 * The value as a platform takes it: Moodle 4.5 makes a number or a boolean a string before it looks at it
 * (mod/scorm/datamodels/scorm_12.js and scorm_13.js). trace.js remarks on it.
 *
 * @param {unknown} value @returns {unknown}
 */
export const taken = (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value);

/** One launch: what a class for a standard builds on. Every refusal leaves its code and a reason in English. */
export class Session {
  /** @type {"before" | "open" | "ended"} */
  phase = "before";
  /** The code that GetLastError answers. */
  error = 0;
  /** The diagnostic. */
  why = "";

  /** @param {Launch} launch */
  constructor(launch) {
    this.launch = launch;
    this.store = new Store(launch.values);
  }

  /** What the session holds now, committed or not. */
  values() {
    return this.store.all();
  }

  /** @param {number} code @param {string} why @returns {"false"} */
  refuse(code, why) {
    this.error = code;
    this.why = why;
    return "false";
  }

  /** @param {"open" | "ended"} phase */
  enter(phase) {
    this.phase = phase;
  }

  /** @returns {"true"} */
  accept() {
    this.error = 0;
    this.why = "";
    return "true";
  }

  /** Refuses an argument that must be the empty string (201 in both standards). @param {unknown} argument */
  filled(argument) {
    if (argument !== "") {
      this.refuse(201, "the argument must be the empty string");
    }
    return argument !== "";
  }
}
