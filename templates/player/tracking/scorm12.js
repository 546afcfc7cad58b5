/** SCORM 1.2: one status for completion and success both, `wrong` and not `incorrect`, times without a date. */
import { scormDriver } from "./scorm.js";

const STATUS = "cmi.core.lesson_status";
/** A status only rises. */
const RANKS = ["incomplete", "failed", "completed", "passed"];

/** @param {ModuleData} module @param {Window} place @returns {Driver} */
export function connect({ tracking }, place) {
  // What one status says when the rule is met: Moodle's default rule does not count "passed".
  const doneWord = tracking.done === "completed" ? "completed" : "passed";
  let status = "incomplete";

  /** @param {Report} report */
  function wordFor({ completion, success }) {
    const isDone = completion === "completed" && (success !== "failed" || doneWord === "completed");
    return isDone ? (success === "passed" ? doneWord : "completed") : success === "failed" ? "failed" : "incomplete";
  }

  return scormDriver(place, {
    api: "API",
    verbs: { open: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", close: "LMSFinish" },
    names: {
      mode: "cmi.core.lesson_mode",
      state: "cmi.suspend_data",
      place: "cmi.core.lesson_location",
      learner: "cmi.core.student_id",
      exit: "cmi.core.exit",
      time: "cmi.core.session_time",
      score: "cmi.core.score.",
      answered: "time",
      response: "student_response",
    },
    statuses: [STATUS],
    isScaled: false,
    wrong: "wrong",
    comma: ",",
    point: ".",
    booleans: ["t", "f"],
    longest: 255,
    begin(lms) {
      const kept = lms.get(STATUS);
      if (RANKS.indexOf(kept) > 0) {
        status = kept;
        lms.know(STATUS, kept);
      } else {
        // Left unset, LMSFinish would make it "completed".
        lms.set(STATUS, status);
      }
    },
    know() {},
    send(lms, report) {
      const word = wordFor(report);
      status = RANKS.indexOf(word) > RANKS.indexOf(status) ? word : status;
      return lms.set(STATUS, status);
    },
    span: timespan,
    // A range has no form here.
    pattern: (kind, right) => (kind === "numeric" && right.includes(":") ? "" : right),
    more: () => [],
  });
}

/** HHHH:MM:SS. @param {number} seconds */
function timespan(seconds) {
  const whole = Math.min(Math.round(seconds), 9999 * 3600);
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(whole / 3600)}:${two((whole / 60) % 60)}:${two(whole % 60)}`;
}
