/** Items to put in order. */
import { keysIn, markRows, share } from "./marking.js";

export const missing = "choose-one";

/** @type {QuestionType["score"]} */
export const score = (data, answer) =>
  keysIn(answer, data.items).length === data.items.length ? share(marks(data, answer)) : 0;
/** @type {QuestionType["right"]} */
export const right = (data) => data.items;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => markRows(data.items, (key, at) => Array.isArray(answer) && answer[at] === key);
