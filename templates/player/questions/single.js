/** One right answer among several. */
import { markOptions } from "./marking.js";

export const missing = "choose-one";

/** @type {QuestionType["score"]} */
export const score = (data, answer) => Number(typeof answer === "string" && answer === data.right);
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markOptions([data.right], [String(answer)]);
