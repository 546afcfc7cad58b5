/**
 * The data model of SCORM 1.2 as a table: who may read and write an element, and what a value must look like.
 *
 * SCORM 1.2 Run-Time Environment, section 3.4; where Moodle 4.5 is stricter, Moodle's rule.
 */
import { all, between, either, listOf, matching, oneOf, upTo } from "./formats.js";

/** @typedef {import("./formats.js").Check} Check */
/** @typedef {{access: "rw" | "ro" | "wo", check?: Check, initial?: string}} Element */
/** @typedef {{suspendData: number, location: number, comments: number, text: number}} Limits12 */

/** What the standard promises; Moodle's ordinary setting takes 64000 for the first three. @type {Limits12} */
export const LIMITS12 = { suspendData: 4096, location: 255, comments: 4096, text: 255 };

/** @type {Check} */
const decimal = matching(/^-?\d{1,3}(\.\d+)?$/, "must be a number with a point, at most three digits before it");
/** @type {Check} */
const blank = matching(/^$/, "must be empty");
const score = either(blank, between(decimal, 0, 100));
const identifier = all(matching(/^[!-~]+$/, "must be visible ASCII characters without a space"), upTo(255));
/** @type {Check} */
const timespan = matching(/^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/, "must be HHHH:MM:SS.SS with 2-4 digits for hours");
/** @type {Check} */
const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/, "must be a time of day, HH:MM:SS.SS");
/** @type {Check} */
const integer = matching(/^-?\d+$/, "must be a whole number");
const STATUSES = ["passed", "completed", "failed", "incomplete", "browsed"];

export const INTERACTION_TYPES = [
  "true-false",
  "choice",
  "fill-in",
  "matching",
  "performance",
  "likert",
  "sequencing",
  "numeric",
];

/** @type {Check} */
const key = matching(/^[a-z0-9]$/, "each answer must be one letter a-z or digit");
const keys = listOf(",", key);
/** @type {Check} */
const choice = (value) => keys(value.replace(/^\{(.*)\}$/, "$1"));

/** What a learner's answer, and a right answer, must look like by the type of the interaction. @type {Map<string, Check>} */
const FEEDBACK = new Map(
  Object.entries({
    "true-false": oneOf("t", "f", "1", "0"),
    choice,
    matching: listOf(",", matching(/^[a-z0-9]\.[a-z0-9]$/, "must be pairs such as 1.a,2.b")),
    sequencing: keys,
    likert: key,
    numeric: matching(/^-?\d+(\.\d+)?$/, "must be a number with a point"),
  }),
);

/** @param {string | undefined} type @param {Limits12} limits @returns {Check} */
export function feedback(type, limits) {
  const short = upTo(limits.text);
  const form = FEEDBACK.get(type ?? "");
  return form ? all(short, form) : short;
}

/** Names that hold others, with what `_children` says of them. */
export const CHILDREN12 = new Map(
  Object.entries({
    "cmi.core":
      "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "cmi.core.score": "raw,min,max",
    "cmi.objectives": "id,score,status",
    "cmi.objectives.n.score": "raw,min,max",
    "cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
    "cmi.student_preference": "audio,language,speed,text",
    "cmi.interactions": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
  }),
);

/** Lists, which answer `_count`. */
export const LISTS12 = [
  "cmi.objectives",
  "cmi.interactions",
  "cmi.interactions.n.objectives",
  "cmi.interactions.n.correct_responses",
];

/** @param {Limits12} limits @returns {Map<string, Element>} */
export function elements12(limits) {
  /** @type {(initial?: string) => Element} */
  const given = (initial = "") => ({ access: "ro", initial });
  /** @type {(check: Check, initial?: string) => Element} */
  const kept = (check, initial = "") => ({ access: "rw", check, initial });
  /** @type {(check: Check) => Element} */
  const writeOnly = (check) => ({ access: "wo", check });
  return new Map(
    Object.entries({
      "cmi._version": given("3.4"),
      "cmi.core.student_id": given(),
      "cmi.core.student_name": given(),
      "cmi.core.lesson_location": kept(upTo(limits.location)),
      "cmi.core.credit": given("credit"),
      "cmi.core.lesson_status": kept(oneOf(...STATUSES), "not attempted"),
      "cmi.core.entry": given("ab-initio"),
      "cmi.core.score.raw": kept(score),
      "cmi.core.score.min": kept(score),
      "cmi.core.score.max": kept(score),
      "cmi.core.total_time": given("0000:00:00.00"),
      "cmi.core.lesson_mode": given("normal"),
      "cmi.core.exit": writeOnly(oneOf("time-out", "suspend", "logout", "")),
      "cmi.core.session_time": writeOnly(timespan),
      "cmi.suspend_data": kept(upTo(limits.suspendData)),
      "cmi.launch_data": given(),
      "cmi.comments": kept(upTo(limits.comments)),
      "cmi.comments_from_lms": given(),
      "cmi.objectives.n.id": kept(identifier),
      "cmi.objectives.n.score.raw": kept(score),
      "cmi.objectives.n.score.min": kept(score),
      "cmi.objectives.n.score.max": kept(score),
      "cmi.objectives.n.status": kept(oneOf(...STATUSES, "not attempted"), "not attempted"),
      "cmi.student_data.mastery_score": given(),
      "cmi.student_data.max_time_allowed": given(),
      "cmi.student_data.time_limit_action": given(),
      "cmi.student_preference.audio": kept(between(integer, -1, 100), "0"),
      "cmi.student_preference.language": kept(upTo(limits.text)),
      "cmi.student_preference.speed": kept(between(integer, -100, 100), "0"),
      "cmi.student_preference.text": kept(between(integer, -1, 1), "0"),
      "cmi.interactions.n.id": writeOnly(identifier),
      "cmi.interactions.n.objectives.n.id": writeOnly(identifier),
      "cmi.interactions.n.time": writeOnly(timeOfDay),
      "cmi.interactions.n.type": writeOnly(oneOf(...INTERACTION_TYPES)),
      "cmi.interactions.n.correct_responses.n.pattern": writeOnly(upTo(limits.text)),
      "cmi.interactions.n.weighting": writeOnly(decimal),
      "cmi.interactions.n.student_response": writeOnly(upTo(limits.text)),
      "cmi.interactions.n.result": writeOnly(either(oneOf("correct", "wrong", "unanticipated", "neutral"), decimal)),
      "cmi.interactions.n.latency": writeOnly(timespan),
    }),
  );
}
