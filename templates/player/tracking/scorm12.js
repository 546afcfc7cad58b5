/** SCORM 1.2: one status for completion and success both, `wrong` and not `incorrect`, times without a zone. */
import { decimal, findApi, kindOf, parts, plainNumber, response, Session } from "./scorm.js";

const VERBS = {
  open: "LMSInitialize",
  get: "LMSGetValue",
  set: "LMSSetValue",
  commit: "LMSCommit",
  close: "LMSFinish",
};
const RANKS = ["incomplete", "failed", "completed", "passed"];
const LONGEST = 255;

/** @param {ModuleData} module @param {Window} place @returns {Driver} */
export function connect(module, place) {
  const lms = new Session(findApi(place, "API"), VERBS);
  const doneWord = module.tracking.done === "completed" ? "completed" : "passed";
  let status = "incomplete";
  let score = -1;
  let mayWrite = false;

  /** @param {Report} report */
  function statusOf(report) {
    const isDone = report.completion === "completed";
    const word = isDone && report.success !== "failed" ? (report.success === "passed" ? doneWord : "completed") : "";
    return (
      word || (isDone && doneWord === "completed" ? "completed" : report.success === "failed" ? "failed" : "incomplete")
    );
  }

  /** @param {Report} report */
  function sendScore(report) {
    if (report.score === null) {
      return true;
    }
    if (score < 0) {
      score = Number.parseFloat(lms.get("cmi.core.score.raw")) || 0;
    }
    score = Math.max(score, report.score);
    const raw = lms.set("cmi.core.score.raw", decimal(score));
    lms.set("cmi.core.score.min", "0");
    lms.set("cmi.core.score.max", "100");
    return raw;
  }

  return {
    open() {
      if (!lms.open()) {
        return { found: false, mode: "normal", state: "" };
      }
      const kept = lms.get("cmi.core.lesson_status");
      const mode = lms.get("cmi.core.lesson_mode");
      const state = lms.get("cmi.suspend_data");
      mayWrite = mode !== "review" && mode !== "browse";
      if (!mayWrite) {
        return { found: true, mode: /** @type {"review" | "browse"} */ (mode), state };
      }
      lms.know("cmi.suspend_data", state);
      lms.set("cmi.core.exit", "suspend");
      // Left unset, LMSFinish would make it "completed" (Moodle 4.5).
      if (RANKS.indexOf(kept) < 1) {
        lms.set("cmi.core.lesson_status", status);
      } else {
        status = kept;
        lms.know("cmi.core.lesson_status", kept);
      }
      return { found: true, mode: "normal", state };
    },

    learner: () => lms.get("cmi.core.student_id"),

    assume(report) {
      lms.know("cmi.core.lesson_location", report.place);
      if (report.score !== null) {
        score = report.score;
        lms.know("cmi.core.score.raw", decimal(score));
        lms.know("cmi.core.score.min", "0");
        lms.know("cmi.core.score.max", "100");
      }
    },

    save(report, interactions) {
      if (!mayWrite) {
        return true;
      }
      lms.interactions(interactions, records);
      const word = statusOf(report);
      status = RANKS.indexOf(word) > RANKS.indexOf(status) ? word : status;
      const taken = [
        lms.set("cmi.suspend_data", report.state),
        lms.set("cmi.core.lesson_location", report.place),
        sendScore(report),
        lms.set("cmi.core.exit", "suspend"),
        lms.set("cmi.core.lesson_status", status),
      ];
      const saved = lms.commit() && taken.every(Boolean);
      if (!saved) {
        lms.forget();
      }
      return saved;
    },

    close(seconds) {
      if (mayWrite) {
        lms.forget();
        lms.set("cmi.core.session_time", timespan(seconds));
        lms.set("cmi.core.exit", "suspend");
        lms.commit();
      }
      lms.close();
    },
  };
}

/** HHHH:MM:SS. @param {number} seconds */
function timespan(seconds) {
  const whole = Math.min(Math.round(seconds), 9999 * 3600);
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(whole / 3600)}:${two((whole / 60) % 60)}:${two(whole % 60)}`;
}

/** @param {Interaction} interaction @returns {[string, string][][]} */
function records(interaction) {
  const { question, score, right, seconds, at } = interaction;
  const kind = kindOf(question);
  const text = (/** @type {Answer} */ answer) =>
    (kind === "numeric" ? plainNumber(answer) : response(answer, ",", ".", kind)).slice(0, LONGEST);
  const result =
    question.points === 0 ? "neutral" : score > 1 - 1e-9 ? "correct" : score > 0 ? decimal(score) : "wrong";
  return parts(interaction).map(([id, answer]) => [
    ["id", id],
    ["type", kind],
    ["time", at.slice(11, 19)],
    ["weighting", decimal(question.points)],
    // A range has no form in 1.2.
    .../** @type {[string, string][]} */ (
      right === null || (kind === "numeric" && text(right).includes(":"))
        ? []
        : [["correct_responses.0.pattern", text(right)]]
    ),
    ["student_response", text(answer)],
    ["result", result],
    ["latency", timespan(seconds)],
  ]);
}
