/** Gaps in a sentence, to type in or to choose from a menu. */
import { bitsFor } from "../bits.js";
import { optionText, readRows, rowsOf } from "./rows.js";
import { isOneOf } from "./text.js";

export { show } from "./rows.js";

export const missing = "fill-every";

/** @type {QuestionType["score"]} */
export const score = (data, answer) =>
  keysOf(data).filter((key) => isRight(data, answer, key)).length / keysOf(data).length || 0;
/** @type {QuestionType["right"]} */
export const right = (data) => Object.fromEntries(keysOf(data).map((key) => [key, rightOf(data, key)]));
/** @type {QuestionType["read"]} */
export const read = (element, data) => readRows(element, keysOf(data));
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) =>
  Object.fromEntries(keysOf(data).map((key) => [key, isRight(data, answer, key) ? "right" : "wrong"]));
/** @type {NonNullable<QuestionType["words"]>} */
export const words = (element, data, key) => (key ? optionText(element, key, rightOf(data, key)) : "");
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (data) =>
  keysOf(data).every((key) => data.gaps[key].options)
    ? keysOf(data).map((key) => bitsFor(data.gaps[key].options.length))
    : null;
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) =>
  keysOf(data).map((key) => data.gaps[key].options.indexOf(rowsOf(answer)[key]) + 1);
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, numbers) =>
  Object.fromEntries(keysOf(data).map((key, at) => [key, data.gaps[key].options[(numbers[at] ?? 0) - 1] ?? ""]));
/** @type {NonNullable<QuestionType["toText"]>} */
export const toText = (data, answer) =>
  keysOf(data)
    .map((key) => rowsOf(answer)[key])
    .join("\n");
/** @type {NonNullable<QuestionType["fromText"]>} */
export const fromText = (data, text) =>
  Object.fromEntries(keysOf(data).map((key, at) => [key, text.split("\n")[at] ?? ""]));

/** @param {Data} data */
const keysOf = (data) => Object.keys(data.gaps);
/** @param {Data} data @param {string} key */
const rightOf = (data, key) => data.gaps[key].right ?? data.gaps[key].accepted[0];
/** @param {Data} data @param {Answer} answer @param {string} key */
const isRight = (data, answer, key) =>
  data.gaps[key].options
    ? rowsOf(answer)[key] === data.gaps[key].right
    : isOneOf(data.gaps[key].accepted, rowsOf(answer)[key]);
