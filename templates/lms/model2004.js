/**
 * The data model of SCORM 2004 as a table: who may read and write an element, and what a value must look like.
 *
 * SCORM 2004 4th edition Run-Time Environment, chapter 4; where Moodle 4.5 is stricter, Moodle's rule.
 */
import { all, between, matching, oneOf, upTo } from "./formats.js";
import { INTERACTION_RESULT, INTERACTION_TYPES2004, REAL } from "./responses2004.js";

/** @typedef {import("./formats.js").Check} Check */
/** @typedef {{access: "rw" | "ro" | "wo", check?: Check, initial?: string}} Element initial: absent = 403 until set. */
/** @typedef {{suspendData: number, location: number, comments: number, identifier: number, description: number}} Limits2004 */

/** What the standard says a platform must take; content that sends more may be cut. @type {Limits2004} */
export const LIMITS2004 = { suspendData: 64000, location: 1000, comments: 4000, identifier: 4000, description: 250 };

const TIMESTAMP =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,2}(Z|[+-]\d\d(:\d\d)?)?)?)?)?)?)?)?$/;
/** @type {Check} */
const timestamp = (value) => {
  if (!TIMESTAMP.test(value)) {
    return { why: "must be YYYY-MM-DDThh:mm:ss; Z or an offset only after 1-2 decimals" };
  }
  const year = Number(value.slice(0, 4));
  return year < 1970 || year > 2038 ? { why: "the year must be in 1970..2038" } : undefined;
};
/** @type {Check} */
const duration = matching(
  /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/,
  "must be a duration such as PT1H2M3.45S: no weeks, at most two decimals",
);
const LANGUAGE = /^([a-zA-Z]{2,3}|i|x)(-[a-zA-Z0-9-]{2,8})?$/;
/** @type {Check} */
const language = (value) => (value === "" || LANGUAGE.test(value) ? undefined : { why: "must be a language code" });

/** A text that may begin with {lang=nb-NO}, which is not counted. Moodle takes no newline. @param {number} limit @returns {Check} */
const localised = (limit) => (value) => {
  const [, code, text] = /^(?:\{lang=([^}]*)\})?(.*)$/s.exec(value) ?? [];
  if (code !== undefined && !LANGUAGE.test(code)) {
    return { why: "{lang=…} must hold a language code" };
  }
  return all(matching(/^[^\n\r]*$/, "must not hold a newline"), upTo(limit))(text ?? "");
};

/** @param {number} limit @returns {Check} */
const identifier = (limit) => (value) => {
  if (value === "" || /\s/.test(value)) {
    return { why: "must be an identifier without space" };
  }
  if (/^urn:/i.test(value) && !/^urn:[A-Za-z0-9][-A-Za-z0-9]{1,31}:\S+$/i.test(value)) {
    return { why: "must be a whole URN, urn:NAME:REST" };
  }
  return upTo(limit)(value);
};

const scaled = between(REAL, -1, 1);
const measure = between(REAL, 0, 1);
const atLeastZero = between(REAL, 0, Number.POSITIVE_INFINITY);
const completion = oneOf("completed", "incomplete", "not attempted", "unknown");
const success = oneOf("passed", "failed", "unknown");
const navigation = (/** @type {string} */ value) =>
  /^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\{target=[^}]+\}(choice|jump))$/.test(value)
    ? undefined
    : { why: "is not a navigation request" };

/** Names that hold others, with what `_children` says of them. */
export const CHILDREN2004 = new Map(
  Object.entries({
    "cmi.comments_from_learner": "comment,location,timestamp",
    "cmi.comments_from_lms": "comment,location,timestamp",
    "cmi.interactions":
      "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
    "cmi.learner_preference": "audio_level,language,delivery_speed,audio_captioning",
    "cmi.objectives": "id,score,success_status,completion_status,progress_measure,description",
    "cmi.objectives.n.score": "scaled,raw,min,max",
    "cmi.score": "scaled,raw,min,max",
  }),
);

/** Lists, which answer `_count`. */
export const LISTS2004 = [
  "cmi.comments_from_learner",
  "cmi.comments_from_lms",
  "cmi.objectives",
  "cmi.interactions",
  "cmi.interactions.n.objectives",
  "cmi.interactions.n.correct_responses",
];

/** @type {(initial?: string) => Element} */
const given = (initial) => ({ access: "ro", initial });
/** @type {(check: Check, initial?: string) => Element} */
const kept = (check, initial) => ({ access: "rw", check, initial });
/** @type {(check: Check) => Element} */
const writeOnly = (check) => ({ access: "wo", check });

/** @param {string} at @returns {Record<string, Element>} */
const scoreOf = (at) => ({
  [`${at}.scaled`]: kept(scaled),
  [`${at}.raw`]: kept(REAL),
  [`${at}.min`]: kept(REAL),
  [`${at}.max`]: kept(REAL),
});

/** Elements of the sitting itself. @param {Limits2004} limits @returns {Record<string, Element>} */
const sitting = (limits) => ({
  "cmi._version": given("1.0"),
  "cmi.completion_status": kept(completion, "unknown"),
  "cmi.completion_threshold": given(),
  "cmi.credit": given("credit"),
  "cmi.entry": given("ab-initio"),
  "cmi.exit": writeOnly(oneOf("time-out", "suspend", "logout", "normal", "")),
  "cmi.launch_data": given(),
  "cmi.learner_id": given(""),
  "cmi.learner_name": given(""),
  "cmi.learner_preference.audio_level": kept(atLeastZero, "1"),
  "cmi.learner_preference.language": kept(language, ""),
  "cmi.learner_preference.delivery_speed": kept(atLeastZero, "1"),
  "cmi.learner_preference.audio_captioning": kept(oneOf("-1", "0", "1"), "0"),
  "cmi.location": kept(upTo(limits.location)),
  "cmi.max_time_allowed": given(),
  "cmi.mode": given("normal"),
  "cmi.progress_measure": kept(measure),
  "cmi.scaled_passing_score": given(),
  "cmi.session_time": writeOnly(duration),
  "cmi.success_status": kept(success, "unknown"),
  "cmi.suspend_data": kept(upTo(limits.suspendData)),
  "cmi.time_limit_action": given("continue,no message"),
  "cmi.total_time": given("PT0H0M0S"),
  "adl.nav.request": kept(navigation, "_none_"),
  "adl.nav.request_valid.continue": given("unknown"),
  "adl.nav.request_valid.previous": given("unknown"),
  ...scoreOf("cmi.score"),
});

/** Elements of lists. @param {Limits2004} limits @returns {Record<string, Element>} */
const listed = (limits) => ({
  "cmi.comments_from_learner.n.comment": kept(localised(limits.comments)),
  "cmi.comments_from_learner.n.location": kept(upTo(limits.description)),
  "cmi.comments_from_learner.n.timestamp": kept(timestamp),
  "cmi.comments_from_lms.n.comment": given(),
  "cmi.comments_from_lms.n.location": given(),
  "cmi.comments_from_lms.n.timestamp": given(),
  "cmi.objectives.n.id": kept(identifier(limits.identifier)),
  "cmi.objectives.n.success_status": kept(success, "unknown"),
  "cmi.objectives.n.completion_status": kept(completion, "unknown"),
  "cmi.objectives.n.progress_measure": kept(measure),
  "cmi.objectives.n.description": kept(localised(limits.description)),
  ...scoreOf("cmi.objectives.n.score"),
  "cmi.interactions.n.id": kept(identifier(limits.identifier)),
  "cmi.interactions.n.type": kept(oneOf(...INTERACTION_TYPES2004)),
  "cmi.interactions.n.objectives.n.id": kept(identifier(limits.identifier)),
  "cmi.interactions.n.timestamp": kept(timestamp),
  "cmi.interactions.n.correct_responses.n.pattern": kept(() => undefined), // checked by the type: responses2004.js
  "cmi.interactions.n.weighting": kept(REAL),
  "cmi.interactions.n.learner_response": kept(() => undefined), // checked by the type: responses2004.js
  "cmi.interactions.n.result": kept(INTERACTION_RESULT),
  "cmi.interactions.n.latency": kept(duration),
  "cmi.interactions.n.description": kept(localised(limits.description)),
});

/** @param {Limits2004} limits @returns {Map<string, Element>} */
export function elements2004(limits) {
  return new Map(Object.entries({ ...sitting(limits), ...listed(limits) }));
}
