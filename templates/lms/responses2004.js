/**
 * What an answer and a right answer look like in SCORM 2004, by the type of the interaction.
 *
 * Run-Time Environment 4.2.9.1; identifiers as narrow as Moodle 4.5 takes them (letters, digits, _ and . in ASCII).
 */
import { all, either, listOf, matching, oneOf, upTo } from "./formats.js";

/** @typedef {import("./formats.js").Check} Check */

export const INTERACTION_TYPES2004 = [
  "true-false",
  "choice",
  "fill-in",
  "long-fill-in",
  "matching",
  "performance",
  "sequencing",
  "likert",
  "numeric",
  "other",
];

/** A number with digits on both sides of the point: Moodle takes 1-5 before and 1-18 after. @type {Check} */
export const REAL = matching(/^-?\d{1,5}(\.\d{1,18})?$/, "must be a number such as 0.5");
export const INTERACTION_RESULT = either(oneOf("correct", "incorrect", "unanticipated", "neutral"), REAL);

/** @type {Check} */
const key = matching(/^[A-Za-z0-9_.]{1,250}$/, "must be identifiers of letters, digits, _ and . only");
/** @type {Check} */
const pair = (value) => {
  const parts = value.split("[.]");
  return parts.length === 2 ? parts.map(key).find(Boolean) : { why: "must be pairs such as 1[.]a" };
};
/** @type {Check} */
const trueFalse = oneOf("true", "false");
/** @type {Check} */
const keys = listOf("[,]", key, { unique: true });
const pairs = listOf("[,]", pair);
const sequence = listOf("[,]", key);
/** @type {Check} */
const oneLine = matching(/^[^\n\r]*$/, "must not hold a newline");
/** @type {Check} */
const range = (value) => {
  const [low = "", high = "", ...more] = value.split("[:]");
  if (!value.includes("[:]") || more.length > 0) {
    return { why: "must be a range such as 4[:]4" };
  }
  const refusal = [low, high].filter(Boolean).map(REAL).find(Boolean);
  return refusal ?? (low && high && Number(low) > Number(high) ? { why: "the range is upside down" } : undefined);
};

/** @param {number} limit @returns {Check} */
const text = (limit) => all(oneLine, (value) => upTo(limit)(value.replace(/^\{lang=[^}]*\}/, "")));
/** @type {Check} */
const texts = listOf("[,]", text(250));

/** Takes {name=true|false} and the like away from the front, when the names are known. @param {...string} names */
const without = (...names) => {
  const front = new RegExp(`^(\\{(${names.join("|")})=(true|false)\\})*`);
  return (/** @type {Check} */ check) => (/** @type {string} */ value) => check(value.replace(front, ""));
};

/** @type {Map<string, Check>} */
const RESPONSES = new Map(
  Object.entries({
    "true-false": trueFalse,
    choice: keys,
    "fill-in": texts,
    "long-fill-in": text(4000),
    matching: pairs,
    performance: all(oneLine, upTo(4000)),
    sequencing: sequence,
    likert: key,
    numeric: REAL,
    other: upTo(4000),
  }),
);

/** @type {Map<string, Check>} */
const PATTERNS = new Map([
  ...RESPONSES,
  ["fill-in", without("case_matters", "order_matters")(texts)],
  ["long-fill-in", without("case_matters")(text(4000))],
  ["numeric", range],
]);

/** Types that have one right answer only; a second pattern is refused. */
export const ONE_PATTERN = ["true-false", "likert", "numeric"];

/** @param {string} type @returns {Check} */
export const response = (type) => RESPONSES.get(type) ?? (() => ({ why: "the type is unknown" }));

/** @param {string} type @returns {Check} */
export const pattern = (type) => PATTERNS.get(type) ?? (() => ({ why: "the type is unknown" }));

/** Whether two right answers of a type are the same one. @param {string} type @param {string} first @param {string} second */
export function sameAnswer(type, first, second) {
  const sorted = (/** @type {string} */ value) => value.split("[,]").sort().join("[,]");
  return type === "choice" ? sorted(first) === sorted(second) : first === second;
}
