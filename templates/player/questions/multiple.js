/** Several right answers. Half-right counts: right ones chosen, less wrong ones chosen, of all right ones. */
import { choose, chosen, marksOf } from "./choice.js";

export const missing = "choose-some";

/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const keys = new Set(Array.isArray(answer) ? answer : []);
  const hits = data.right.filter((/** @type {string} */ key) => keys.has(key)).length;
  return Math.max(0, (hits - (keys.size - hits)) / data.right.length) || 0;
}
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {QuestionType["read"]} */
export function read(element) {
  const keys = chosen(element).sort();
  return keys.length > 0 ? keys : null;
}
/** @type {QuestionType["show"]} */
export const show = (element, _data, answer) => choose(element, keysOf(answer));
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => marksOf(data.right, keysOf(answer));
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (_data, width) => Array(width).fill(1);
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) => [
  1,
  ...data.options.map((/** @type {string} */ key) => Number(keysOf(answer).includes(key))),
];
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, [, ...bits]) =>
  data.options.filter((/** @type {string} */ _key, /** @type {number} */ index) => bits[index]);

/** @param {Answer} answer @returns {string[]} */
const keysOf = (answer) => (Array.isArray(answer) ? answer.map(String) : []);
