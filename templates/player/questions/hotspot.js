/** Places in a picture. The list under it is the question; the picture only toggles the list. */
import * as multiple from "./multiple.js";
import * as single from "./single.js";

export const missing = "choose-some";

/** @param {Data} data */
const kind = (data) => (data.multiple ? multiple : single);
/** A single choice names its right answer alone. @param {Data} data */
const plain = (data) => (data.multiple ? data : { ...data, right: data.right[0] });

/** @type {QuestionType["score"]} */
export const score = (data, answer) => kind(data).score(plain(data), answer);
/** @type {QuestionType["right"]} */
export const right = (data) => plain(data).right;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => kind(data).marks(plain(data), answer);
