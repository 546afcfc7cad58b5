/** The form in which a state keeps the answers of each question type: numbers in bits, or a short text. */
import { bitsFor } from "./bits.js";

/** @param {string[]} options @returns {Packing} */
const oneOf = (options) => ({
  // The slot's own width: an option more does not lose an answer.
  widths: (width) => [width],
  pack: (answer) => [options.indexOf(String(answer)) + 1],
  unpack: ([number = 0]) => options[number - 1] ?? null,
});

/** @param {string[]} options @returns {Packing} */
const someOf = (options) => ({
  widths: (width) => Array(width).fill(1),
  pack: (answer) => [1, ...options.map((key) => Number(Array.isArray(answer) && answer.includes(key)))],
  unpack: ([, ...bits]) => options.filter((_key, at) => bits[at]),
});

/** @param {string[]} items @returns {Packing} */
const orderOf = (items) => ({
  widths: () => [1, ...items.map(() => bitsFor(items.length - 1))],
  pack: (answer) => [1, ...(Array.isArray(answer) ? answer.map((key) => items.indexOf(String(key))) : [])],
  unpack: ([, ...numbers]) => numbers.map((number) => items[number] ?? ""),
});

/** One choice per row, after `lead` bits of 1. @param {[string, string[]][]} rows @param {number} [lead] @returns {Packing} */
const rowsOf = (rows, lead = 0) => ({
  widths: () => [...Array(lead).fill(1), ...rows.map(([, options]) => bitsFor(options.length))],
  pack: (answer) => [
    ...Array(lead).fill(1),
    ...rows.map(([key, options]) => options.indexOf(String(row(answer, key))) + 1),
  ],
  unpack: (numbers) =>
    Object.fromEntries(rows.map(([key, options], at) => [key, options[(numbers[at + lead] ?? 0) - 1] ?? ""])),
});

/** Every row with the same options. @param {string[]} keys @param {string[]} options @returns {[string, string[]][]} */
const rowsWith = (keys, options) => keys.map((key) => [key, options]);

/** What an answer of rows says in one of them. @param {Answer} answer @param {string} key */
export const row = (answer, key) =>
  answer && typeof answer === "object" && !Array.isArray(answer) ? answer[key] : undefined;

/** A gap by its key, with the options of a menu. @param {Data} data @returns {[string, {options?: string[]}][]} */
const gapsOf = ({ gaps }) => Object.entries(gaps);

/** By the name of the type. @type {Record<string, Form>} */
export const forms = {
  single: { packing: ({ options }) => oneOf(options) },
  truefalse: { packing: ({ options }) => oneOf(options) },
  multiple: { packing: ({ options }) => someOf(options) },
  hotspot: { packing: ({ options, multiple }) => (multiple ? someOf : oneOf)(options) },
  ordering: { packing: ({ items }) => orderOf(items) },
  matching: { packing: ({ left, match }) => rowsOf(rowsWith(left, match), 1) },
  likert: {
    packing: ({ statements, steps }) =>
      rowsOf(
        rowsWith(
          statements,
          Array.from({ length: steps }, (_step, at) => String(at + 1)),
        ),
      ),
  },
  gaps: {
    // A typed gap makes the whole a text.
    packing: (data) =>
      gapsOf(data).every(([, gap]) => gap.options)
        ? rowsOf(gapsOf(data).map(([key, gap]) => [key, gap.options ?? []]))
        : null,
    toText: (data, answer) =>
      gapsOf(data)
        .map(([key]) => row(answer, key))
        .join("\n"),
    fromText: (data, text) => Object.fromEntries(gapsOf(data).map(([key], at) => [key, text.split("\n")[at] ?? ""])),
  },
  text: {},
  numeric: {},
};
