/** Short names for what every part of the player does with the page: its elements, its words and its data. */

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement | null} */
export const find = (selector, within = document) => within.querySelector(selector);

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
export const findAll = (selector, within = document) => [...within.querySelectorAll(/** @type {"div"} */ (selector))];

/** @param {Element | null | undefined} element @param {boolean} shown */
export function show(element, shown) {
  if (element instanceof HTMLElement) {
    element.hidden = !shown;
  }
}

/** @param {Element | null | undefined} element @param {string} text */
export function write(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

/** @param {Element} element @param {string} name @param {string} value "" takes it away */
export const setAttribute = (element, name, value) =>
  value ? element.setAttribute(name, value) : element.removeAttribute(name);

/** Sets `data-name`, or takes it away. @param {HTMLElement} element @param {string} name @param {string | undefined} value */
export function setData(element, name, value) {
  if (value === undefined) {
    delete element.dataset[name];
  } else {
    element.dataset[name] = value;
  }
}

/** Shows a message panel of the page: [data-NAME] and its [data-NAME-text]. @param {string} name @param {string} text "" hides it */
export function tell(name, text) {
  write(find(`[data-${name}-text]`), text);
  show(find(`[data-${name}]`), text !== "");
}

/** @type {Record<string, (element: HTMLElement) => void>} */
const actions = {};

/** What `[data-action="name"]` does. @param {string} name @param {(element: HTMLElement) => void} action */
export function on(name, action) {
  actions[name] = action;
}

/** One listener for the whole document: what is put in later (another language) works as well. */
export function listen() {
  document.addEventListener("click", (event) => {
    const element = /** @type {Element} */ (event.target).closest("[data-action]");
    const action = element instanceof HTMLElement && actions[element.dataset.action ?? ""];
    if (action) {
      event.preventDefault();
      action(element);
    }
  });
}

/** @type {Record<string, string | [string, string]>} */
let texts = {};

/** @param {string} id @returns {any} */
const island = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** Reads the words and the data of the module; again when the page has changed language. @returns {ModuleData} */
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

/**
 * The languages for numbers and times: the page's, then Norwegian for those that Chromium has no data for (Nynorsk and
 * the Sami languages). Alone, they would be written as in the browser's own language.
 */
export function locales() {
  const { lang } = document.documentElement;
  return /^(n[bno]|se|sm[aj])(-|$)/i.test(lang) ? [lang, "nb", "no"] : [lang];
}

/** A number as the reader writes it, at most two decimals. @param {number} number */
export const written = (number) => number.toLocaleString(locales(), { maximumFractionDigits: 2 });
