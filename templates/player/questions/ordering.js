/** Items to put in order. */
import { markRows, orderOf, share } from "./packing.js";

export const missing = "choose-one";

/** @type {QuestionType["score"]} */
export const score = (data, answer) => share(marks(data, answer));
/** @type {QuestionType["right"]} */
export const right = (data) => data.items;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markRows(data.items, (key, at) => Array.isArray(answer) && answer[at] === key);
/** @type {NonNullable<QuestionType["packing"]>} */
export const packing = (data) => orderOf(data.items);
