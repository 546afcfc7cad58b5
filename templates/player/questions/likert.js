/** Statements to agree or disagree with. Never right or wrong, never graded. */
import { rowsOf } from "./packing.js";

export const missing = "answer-every";

/** @type {QuestionType["score"]} */
export const score = () => 0;
/** @type {QuestionType["right"]} */
export const right = () => null;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = () => ({});
/** @type {NonNullable<QuestionType["packing"]>} */
export function packing(data) {
  const steps = Array.from({ length: data.steps }, (_step, at) => String(at + 1));
  return rowsOf(data.statements.map((/** @type {string} */ key) => [key, steps]));
}
