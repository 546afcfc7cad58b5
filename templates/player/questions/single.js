/** One right answer among several. */
import { choose, chosen, marksOf } from "./choice.js";

export const missing = "choose-one";

/** @type {QuestionType["score"]} */
export const score = (data, answer) => Number(typeof answer === "string" && answer === data.right);
/** @type {QuestionType["right"]} */
export const right = (data) => data.right;
/** @type {QuestionType["read"]} */
export const read = (element) => chosen(element)[0] ?? null;
/** @type {QuestionType["show"]} */
export const show = (element, _data, answer) => choose(element, [String(answer)]);
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => marksOf([data.right], [String(answer)]);
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (_data, width) => [width];
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) => [data.options.indexOf(answer) + 1];
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, [number = 0]) => data.options[number - 1] ?? null;
