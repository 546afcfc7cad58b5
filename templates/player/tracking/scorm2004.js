/** SCORM 2004 (3rd and 4th edition): completion and success apart, a scaled score, ISO 8601 times. */
import { decimal } from "../bits.js";
import { scormDriver } from "./scorm.js";

const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";

/** @param {ModuleData} _module @param {Window} place @returns {Driver} */
export function connect(_module, place) {
  let completion = "incomplete";
  let success = "unknown";
  const duration = (/** @type {number} */ seconds) => `PT${decimal(seconds)}S`;

  return scormDriver(place, {
    api: "API_1484_11",
    verbs: { open: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", close: "Terminate" },
    names: {
      mode: "cmi.mode",
      state: "cmi.suspend_data",
      place: "cmi.location",
      learner: "cmi.learner_id",
      exit: "cmi.exit",
      time: "cmi.session_time",
      score: "cmi.score.",
      answered: "timestamp",
      response: "learner_response",
    },
    statuses: [COMPLETION, SUCCESS],
    isScaled: true,
    wrong: "incorrect",
    comma: "[,]",
    point: "[.]",
    booleans: ["true", "false"],
    longest: 250,
    begin(lms) {
      completion = lms.get(COMPLETION) === "completed" ? "completed" : completion;
      lms.set(COMPLETION, completion);
    },
    know(lms, report) {
      success = report.success;
      lms.know(SUCCESS, success);
    },
    /** Failed never follows passed, not even one that the state knows nothing of. */
    send(lms, report) {
      completion = report.completion === "completed" ? "completed" : completion;
      if (report.success === "failed" && success === "unknown") {
        success = lms.get(SUCCESS);
      }
      success = success === "passed" ? success : report.success;
      const isTaken = lms.set(COMPLETION, completion);
      return (success === "unknown" || lms.set(SUCCESS, success)) && isTaken;
    },
    span: duration,
    pattern(kind, right) {
      if (kind === "numeric") {
        return right.includes(":") ? right.replace(":", "[:]") : `${right}[:]${right}`;
      }
      return kind === "fill-in" ? `{case_matters=false}${right}` : right;
    },
    more: ({ text, language }) => [["description", `{lang=${language}}${text}`.slice(0, 250)]],
  });
}
