/** Writes down every call that content makes, with what it was answered and how long it took. */

/** @typedef {import("./scorm12.js").Scorm12 | import("./scorm2004.js").Scorm2004} Runtime */

/**
 * @typedef {object} Call
 * @property {number} n From 1, over all launches of the page.
 * @property {number} launch Which launch it belongs to.
 * @property {number} at Milliseconds since that launch.
 * @property {string} name The method.
 * @property {string[]} args
 * @property {string | null} result Null when the call threw.
 * @property {number} error What GetLastError answers after it.
 * @property {string} why The diagnostic.
 * @property {number} ms How long it took.
 * @property {boolean} refused The platform did not take it, and that is the content's doing.
 * @property {string} caution Taken, but it will do harm on a real platform.
 * @property {string} type What kind of value SetValue got: "string", or what a platform must make a string of.
 * @property {string} phase The phase of the session before the call.
 */

/** What a reader of a value may meet without having done anything wrong: it was never set (403, SCORM 2004). */
const HARMLESS = new Set([0, 403]);
/** Elements that a platform keeps as the learner's result. */
const COUNTS =
  /^cmi\.(core\.(lesson_status|score\.raw)|completion_status|success_status|score\.(raw|scaled)|progress_measure$|interactions\.\d+\.)/;

/**
 * Why a value that was taken is still a mistake.
 *
 * @param {string} name @param {unknown[]} args @param {string} mode The mode of the launch.
 * @returns {string}
 */
export function caution(name, args, mode) {
  const [element, value] = args;
  if (!name.endsWith("SetValue") || typeof element !== "string") {
    return "";
  }
  if (mode !== "normal" && COUNTS.test(element)) {
    return `written in ${mode} mode; Moodle stores it all the same, and it becomes the learner's result`;
  }
  if (element === "cmi.core.score.raw" && value === "") {
    return "Moodle keeps an empty score as 0";
  }
  return "";
}

/**
 * Wrap the object of a runtime so that each call is added to a list and passed to a listener.
 *
 * @param {Runtime} runtime
 * @param {object} to
 * @param {Call[]} to.calls
 * @param {number} to.launch
 * @param {string} to.mode
 * @param {() => boolean} to.broken Whether a fault is being injected now; then a failed commit is nobody's mistake.
 * @param {(call: Call) => void} to.onCall
 * @returns {Runtime["api"]}
 */
export function traced(runtime, { calls, launch, mode, broken, onCall }) {
  const began = performance.now();
  /** @param {string} name @param {unknown[]} args @param {number} start @param {string | null} result @param {string} phase */
  const note = (name, args, start, result, phase) => {
    const asked = /GetLastError|GetErrorString|GetDiagnostic/.test(name);
    const error = asked ? 0 : runtime.error;
    const saves = /Commit|Finish|Terminate/.test(name);
    const call = {
      n: calls.length + 1,
      launch,
      at: Math.round(start - began),
      name,
      args: args.map(String),
      result,
      error,
      why: error ? runtime.why : "",
      ms: Math.round((performance.now() - start) * 1000) / 1000,
      refused: !HARMLESS.has(error) && !(saves && broken()),
      caution: error ? "" : caution(name, args, mode),
      type: name.endsWith("SetValue") ? typeof args[1] : "string",
      phase,
    };
    calls.push(call);
    onCall(call);
  };
  /** @type {Runtime["api"]} */
  const api = {};
  for (const [name, method] of Object.entries(runtime.api)) {
    api[name] = (...args) => {
      const start = performance.now();
      const { phase } = runtime;
      /** @type {string | null} */
      let result = null;
      try {
        result = method(...args);
        return result;
      } finally {
        note(name, args, start, result, phase);
      }
    };
  }
  return api;
}
