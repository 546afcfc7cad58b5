/** Statements to agree or disagree with. Never right or wrong, never graded. */
import { bitsFor } from "../bits.js";
import { readRows, rowsOf } from "./rows.js";

export { show } from "./rows.js";

export const missing = "answer-every";

/** @type {QuestionType["score"]} */
export const score = () => 0;
/** @type {QuestionType["right"]} */
export const right = () => null;
/** @type {QuestionType["read"]} */
export const read = (element, data) => readRows(element, data.statements);
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (data) => data.statements.map(() => bitsFor(data.steps));
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) =>
  data.statements.map((/** @type {string} */ key) => Number(rowsOf(answer)[key]) || 0);
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, numbers) =>
  Object.fromEntries(
    data.statements.map((/** @type {string} */ key, /** @type {number} */ at) => [key, String(numbers[at] || "")]),
  );
