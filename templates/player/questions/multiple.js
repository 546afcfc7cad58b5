/** Several right answers. Half-right counts: right ones chosen, less wrong ones chosen, of all right ones. */
import { markOptions, someOf } from "./packing.js";

export const missing = "choose-some";

/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const keys = new Set(Array.isArray(answer) ? answer : []);
  const hits = data.right.filter((/** @type {string} */ key) => keys.has(key)).length;
  return Math.max(0, (2 * hits - keys.size) / data.right.length) || 0;
}
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markOptions(data.right, Array.isArray(answer) ? answer.map(String) : []);
/** @type {NonNullable<QuestionType["packing"]>} */
export const packing = (data) => someOf(data.options);
