/** What the question types share: what may be an answer at all, and how parts are marked. */
export { row } from "../forms.js";

/** Nobody types more; a longer answer is no answer. */
export const LONGEST = 1000;
/** Also the no-break and thin spaces between thousands. */
export const SPACES = /[ \t\n\r\f\v\u00a0\u2007\u2009\u202f]+/g;

/** Keys of these only, each once: anything else is no answer. @param {Answer} answer @param {string[]} keys @returns {string[]} */
export function keysIn(answer, keys) {
  const isList = Array.isArray(answer) && new Set(answer).size === answer.length;
  return isList && answer.every((key) => typeof key === "string" && keys.includes(key)) ? answer.map(String) : [];
}

/** Marks of options: right ones chosen or missed, wrong ones chosen. @param {string[]} right @param {string[]} chosen */
export const markOptions = (right, chosen) =>
  /** @type {Record<string, Mark>} */ ({
    ...Object.fromEntries(right.map((key) => [key, "missed"])),
    ...Object.fromEntries(chosen.map((key) => [key, right.includes(key) ? "right" : "wrong"])),
  });

/** Marks of rows. @param {string[]} keys @param {(key: string, at: number) => boolean} isRight */
export const markRows = (keys, isRight) =>
  /** @type {Record<string, Mark>} */ (
    Object.fromEntries(keys.map((key, at) => [key, isRight(key, at) ? "right" : "wrong"]))
  );

/** @param {Record<string, Mark>} marks */
export function share(marks) {
  const all = Object.values(marks);
  return all.filter((mark) => mark === "right").length / all.length || 0;
}
