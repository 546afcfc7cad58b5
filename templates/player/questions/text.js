/** A word or two, typed. Case, spaces and the spelling of Norwegian letters are forgiven. */

export const missing = "write-answer";

const LETTERS = /** @type {const} */ ([
  [/aa/g, "å"],
  [/ae|ä/g, "æ"],
  [/oe|ö/g, "ø"],
]);

/** @param {string} text */
function fold(text) {
  // Upper first: what has no lower form of its own (ß) is then the same as in Python's casefold.
  const plain = text.normalize("NFC").trim().replace(/\s+/g, " ").toUpperCase().toLowerCase();
  return LETTERS.reduce((folded, [spelling, letter]) => folded.replace(spelling, letter), plain);
}

/** @param {readonly string[]} accepted @param {Answer | undefined} answer */
export const isOneOf = (accepted, answer) =>
  typeof answer === "string" && fold(answer) !== "" && accepted.some((text) => fold(text) === fold(answer));

/** @type {QuestionType["score"]} */
export const score = (data, answer) => Number(isOneOf(data.accepted, answer));
/** @type {QuestionType["right"]} */
export const right = (data) => data.accepted[0];
/** @type {QuestionType["read"]} */
export const read = (element) => element.querySelector("input")?.value.trim() || null;
/** @type {QuestionType["show"]} */
export function show(element, _data, answer) {
  const input = element.querySelector("input");
  if (input) {
    input.value = answer === null ? "" : String(answer);
  }
}
/** @type {NonNullable<QuestionType["words"]>} */
export const words = (_element, data) => data.accepted[0];
/** @type {NonNullable<QuestionType["toText"]>} */
export const toText = (_data, answer) => String(answer);
/** @type {NonNullable<QuestionType["fromText"]>} */
export const fromText = (_data, text) => text || null;
