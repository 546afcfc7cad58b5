/** Each left side goes with one of the right sides. */
import { markRows, row, share } from "./marking.js";

export const missing = "choose-every";

/** @type {QuestionType["score"]} */
export const score = (data, answer) => share(marks(data, answer));
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markRows(data.left, (key) => row(answer, key) === data.right[key]);
