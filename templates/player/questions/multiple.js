/** Several right answers. Half-right counts: right ones chosen, less wrong ones chosen, of all right ones. */
import { keysIn, markOptions } from "./marking.js";

export const missing = "choose-some";

/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const keys = keysIn(answer, data.options);
  const hits = keys.filter((key) => data.right.includes(key)).length;
  return Math.max(0, (2 * hits - keys.length) / data.right.length) || 0;
}
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markOptions(data.right, keysIn(answer, data.options));
