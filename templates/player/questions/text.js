/** A word or two, typed. Case, spaces and the spelling of Norwegian letters are forgiven. */

export const missing = "write-answer";

const SPELLINGS = /** @type {[RegExp, string][]} */ ([
  [/aa/g, "å"],
  [/ae|ä/g, "æ"],
  [/oe|ö/g, "ø"],
]);

/** Nobody types more; a longer answer is no answer. */
export const LONGEST = 1000;
/** Also the hard and thin spaces that stand between thousands. */
export const SPACES = /[ \t\n\r\f\v\u00a0\u2007\u2009\u202f]+/g;

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
