/** What the question types share: how an answer becomes numbers for the stored state and back, and how parts are marked. */
import { bitsFor } from "../bits.js";

/** Nobody types more; a longer answer is no answer. */
export const LONGEST = 1000;
/** Also the hard and thin spaces that stand between thousands. */
export const SPACES = /[ \t\n\r\f\v\u00a0\u2007\u2009\u202f]+/g;

/** @param {string[]} options @returns {Packing} */
export const oneOf = (options) => ({
  // The slot's own width: an option more does not lose an answer.
  widths: (width) => [width],
  pack: (answer) => [options.indexOf(String(answer)) + 1],
  unpack: ([number = 0]) => options[number - 1] ?? null,
});

/** @param {string[]} options @returns {Packing} */
export const someOf = (options) => ({
  widths: (width) => Array(width).fill(1),
  pack: (answer) => [1, ...options.map((key) => Number(Array.isArray(answer) && answer.includes(key)))],
  unpack: ([, ...bits]) => options.filter((_key, at) => bits[at]),
});

/** @param {string[]} items @returns {Packing} */
export const orderOf = (items) => ({
  widths: () => [1, ...items.map(() => bitsFor(items.length - 1))],
  pack: (answer) => [1, ...(Array.isArray(answer) ? answer.map((key) => items.indexOf(String(key))) : [])],
  unpack: ([, ...numbers]) => numbers.map((number) => items[number] ?? ""),
});

/** A choice a row. `lead` bits of 1 stand first. @param {[string, string[]][]} rows @param {number} [lead] @returns {Packing} */
export const rowsOf = (rows, lead = 0) => ({
  widths: () => [...Array(lead).fill(1), ...rows.map(([, options]) => bitsFor(options.length))],
  pack: (answer) => [
    ...Array(lead).fill(1),
    ...rows.map(([key, options]) => options.indexOf(String(row(answer, key))) + 1),
  ],
  unpack: (numbers) =>
    Object.fromEntries(rows.map(([key, options], at) => [key, options[(numbers[at + lead] ?? 0) - 1] ?? ""])),
});

/** What an answer of rows says in one of them. @param {Answer} answer @param {string} key */
export const row = (answer, key) =>
  answer && typeof answer === "object" && !Array.isArray(answer) ? answer[key] : undefined;

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
