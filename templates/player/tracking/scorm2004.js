/** SCORM 2004 (3rd and 4th edition): completion and success apart, scaled score, ISO 8601 times. */
import { decimal, findApi, kindOf, parts, plainNumber, response, Session } from "./scorm.js";

const VERBS = { open: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", close: "Terminate" };
const LONGEST = 250;

/** @param {ModuleData} _module @param {Window} place @returns {Driver} */
export function connect(_module, place) {
  const lms = new Session(findApi(place, "API_1484_11"), VERBS);
  let score = -1;
  let isCompleted = false;
  let success = "unknown";
  let mayWrite = false;

  /** Failed never follows passed, not even one this state knows nothing of. @param {Report} report */
  function sendSuccess(report) {
    if (report.success === "failed" && success === "unknown") {
      success = lms.get("cmi.success_status");
    }
    success = success === "passed" ? success : report.success;
    return success === "unknown" || lms.set("cmi.success_status", success);
  }

  /** @param {Report} report */
  function sendScore(report) {
    if (report.score === null) {
      return true;
    }
    if (score < 0) {
      score = Number.parseFloat(lms.get("cmi.score.raw")) || 0;
    }
    score = Math.max(score, report.score);
    const scaled = lms.set("cmi.score.scaled", decimal(score / 100, 4));
    const raw = lms.set("cmi.score.raw", decimal(score));
    lms.set("cmi.score.min", "0");
    lms.set("cmi.score.max", "100");
    return scaled && raw;
  }

  return {
    open() {
      if (!lms.open()) {
        return { found: false, mode: "normal", state: "" };
      }
      isCompleted = lms.get("cmi.completion_status") === "completed";
      const mode = lms.get("cmi.mode");
      const state = lms.get("cmi.suspend_data");
      mayWrite = mode !== "review" && mode !== "browse";
      if (!mayWrite) {
        return { found: true, mode: /** @type {"review" | "browse"} */ (mode), state };
      }
      lms.know("cmi.suspend_data", state);
      // Before every commit: without it Moodle gives nothing back at the next launch.
      lms.set("cmi.exit", "suspend");
      lms.set("cmi.completion_status", isCompleted ? "completed" : "incomplete");
      return { found: true, mode: "normal", state };
    },

    learner: () => lms.get("cmi.learner_id"),

    assume(report) {
      lms.know("cmi.location", report.place);
      success = report.success;
      lms.know("cmi.success_status", success);
      if (report.score !== null) {
        score = report.score;
        lms.know("cmi.score.scaled", decimal(score / 100, 4));
        lms.know("cmi.score.raw", decimal(score));
        lms.know("cmi.score.min", "0");
        lms.know("cmi.score.max", "100");
      }
    },

    save(report, interactions) {
      if (!mayWrite) {
        return true;
      }
      lms.interactions(interactions, records);
      isCompleted ||= report.completion === "completed";
      const taken = [
        lms.set("cmi.suspend_data", report.state),
        lms.set("cmi.location", report.place),
        sendScore(report),
        lms.set("cmi.exit", "suspend"),
        lms.set("cmi.completion_status", isCompleted ? "completed" : "incomplete"),
        sendSuccess(report),
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
        lms.set("cmi.session_time", duration(seconds));
        lms.set("cmi.exit", "suspend");
        lms.commit();
      }
      lms.close();
    },
  };
}

/** @param {number} seconds */
const duration = (seconds) => `PT${decimal(seconds)}S`;

/** @param {Interaction} interaction @returns {[string, string][][]} */
function records(interaction) {
  const { question, score, right, seconds, at, language } = interaction;
  const kind = kindOf(question);
  const text = (/** @type {Answer} */ answer) =>
    kind === "numeric" ? plainNumber(answer) : response(answer, "[,]", "[.]", kind).slice(0, LONGEST);
  const result =
    question.points === 0 ? "neutral" : score > 1 - 1e-9 ? "correct" : score > 0 ? decimal(score, 4) : "incorrect";
  return parts(interaction).map(([id, answer]) => [
    ["id", id],
    ["type", kind],
    ["timestamp", at],
    ["weighting", decimal(question.points)],
    .../** @type {[string, string][]} */ (
      right === null ? [] : [["correct_responses.0.pattern", pattern(kind, text(right))]]
    ),
    ["learner_response", text(answer)],
    ["result", result],
    ["latency", duration(seconds)],
    ["description", `{lang=${language}}${question.text}`.slice(0, LONGEST)],
  ]);
}

/** @param {string} kind @param {string} right */
function pattern(kind, right) {
  if (kind === "numeric") {
    return right.includes(":") ? right.replace(":", "[:]") : `${right}[:]${right}`;
  }
  return kind === "fill-in" ? `{case_matters=false}${right}` : right;
}
