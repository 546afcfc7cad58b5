/** Each left side goes with one of the right sides. */
import { bitsFor } from "../bits.js";
import { optionText, readRows, rowsOf } from "./rows.js";

export { show } from "./rows.js";

export const missing = "choose-every";

/** @type {QuestionType["score"]} */
export const score = (data, answer) =>
  data.left.filter((/** @type {string} */ key) => isRight(data, answer, key)).length / data.left.length || 0;
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {QuestionType["read"]} */
export const read = (element, data) => readRows(element, data.left);
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) =>
  Object.fromEntries(
    data.left.map((/** @type {string} */ key) => [key, isRight(data, answer, key) ? "right" : "wrong"]),
  );
/** @type {NonNullable<QuestionType["words"]>} */
export const words = (element, data, key) => (key ? optionText(element, key, data.right[key]) : "");
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (data) => [1, ...data.left.map(() => bitsFor(data.match.length))];
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) => [
  1,
  ...data.left.map((/** @type {string} */ key) => data.match.indexOf(rowsOf(answer)[key]) + 1),
];
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, [, ...numbers]) =>
  Object.fromEntries(
    data.left.map((/** @type {string} */ key, /** @type {number} */ at) => [
      key,
      data.match[(numbers[at] ?? 0) - 1] ?? "",
    ]),
  );

/** @param {Data} data @param {Answer} answer @param {string} key */
const isRight = (data, answer, key) => rowsOf(answer)[key] === data.right[key];
