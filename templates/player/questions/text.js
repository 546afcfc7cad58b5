/** A word or two, typed. Case, spaces and the spelling of Norwegian letters are forgiven. */
import { LONGEST, SPACES } from "./marking.js";

export const missing = "write-answer";

const SPELLINGS = /** @type {[RegExp, string][]} */ ([
  [/aa/g, "å"],
  [/ae|ä/g, "æ"],
  [/oe|ö/g, "ø"],
]);

/** @param {string} text */
function fold(text) {
  const plain = text.normalize("NFC").replace(SPACES, " ").replace(/^ | $/g, "").toLowerCase();
  return SPELLINGS.reduce((folded, [spelling, letter]) => folded.replace(spelling, letter), plain);
}

/** @param {string[]} accepted @param {Answer | undefined} answer */
export const isOneOf = (accepted, answer) =>
  typeof answer === "string" &&
  answer.length <= LONGEST &&
  fold(answer) !== "" &&
  accepted.some((text) => fold(text) === fold(answer));

/** @type {QuestionType["score"]} */
export const score = (data, answer) => Number(isOneOf(data.accepted, answer));
/** @type {QuestionType["right"]} */
export const right = (data) => data.accepted[0];
