/** The words the player says, and the module's data: both stand in the page as JSON. */

/** @type {Record<string, string | [string, string]>} */
let texts = {};

/** @param {string} id @returns {any} */
const island = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** Reads both; again when the page has changed language. @returns {ModuleData} */
export function readIslands() {
  texts = island("lm-texts");
  return island("lm-module");
}

/** A text with its places filled in; of a pair the one that goes with {count}. @param {string} key @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  const text = texts[key] ?? "";
  const form = typeof text === "string" ? text : text[values.count === 1 ? 0 : 1];
  return form.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** A number as the reader writes it, at most two decimals. @param {number} number */
export const written = (number) => number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
