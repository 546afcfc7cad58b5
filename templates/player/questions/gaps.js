/** Gaps in a sentence, to type in or to choose from a menu. */
import { markRows, row, share } from "./marking.js";
import { isOneOf } from "./text.js";

export const missing = "fill-every";

/** @param {Data} data @returns {[string, {options?: string[], right?: string, accepted: string[]}][]} */
const gapsOf = (data) => Object.entries(data.gaps);

/** @type {QuestionType["score"]} */
export const score = (data, answer) => share(marks(data, answer));
/** @type {QuestionType["right"]} */
export const right = (data) =>
  Object.fromEntries(gapsOf(data).map(([key, gap]) => [key, gap.right ?? gap.accepted[0] ?? ""]));
/** @type {NonNullable<QuestionType["marks"]>} */
export function marks(data, answer) {
  const { gaps } = data;
  const isRight = (/** @type {string} */ key) =>
    gaps[key].options ? row(answer, key) === gaps[key].right : isOneOf(gaps[key].accepted, row(answer, key));
  return markRows(Object.keys(gaps), isRight);
}
