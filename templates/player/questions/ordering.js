/** Items to put in order, moved by two buttons each. */
import { bitsFor } from "../bits.js";

export const missing = "choose-one";

/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const given = Array.isArray(answer) ? answer : [];
  const inPlace = data.items.filter((/** @type {string} */ key, /** @type {number} */ at) => given[at] === key).length;
  return new Set(given).size === given.length && given.length <= data.items.length
    ? inPlace / data.items.length || 0
    : 0;
}
/** @type {QuestionType["right"]} */
export const right = (data) => data.items;
/** @type {QuestionType["read"]} */
export const read = (element) => items(element).map((item) => item.dataset.item ?? "");
/** @type {QuestionType["show"]} */
export function show(element, _data, answer) {
  for (const key of Array.isArray(answer) ? answer : []) {
    element.querySelector("[data-order]")?.append(...items(element).filter((item) => item.dataset.item === key));
  }
}
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) =>
  Object.fromEntries(
    data.items.map((/** @type {string} */ key, /** @type {number} */ at) => [
      key,
      Array.isArray(answer) && answer[at] === key ? "right" : "wrong",
    ]),
  );
/** @type {NonNullable<QuestionType["words"]>} */
export const words = (element, data, key) =>
  key
    ? ""
    : data.items
        .map((/** @type {string} */ one) => nameOf(items(element).find((item) => item.dataset.item === one)))
        .join(" → ");
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (data) => [1, ...data.items.map(() => bitsFor(data.items.length - 1))];
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) => [
  1,
  ...(Array.isArray(answer) ? answer.map((key) => data.items.indexOf(key)) : []),
];
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, [, ...numbers]) => numbers.map((number) => data.items[number] ?? "");

/** @type {NonNullable<QuestionType["wire"]>} */
export function wire(element, say) {
  element.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    const item = /** @type {HTMLElement | null} */ (button?.closest("[data-item]"));
    const up = button?.dataset.move === "up";
    const other = up ? item?.previousElementSibling : item?.nextElementSibling;
    if (button?.dataset.move && item && other) {
      other[up ? "before" : "after"](item);
      button.focus();
      const all = items(element);
      say("moved", { item: nameOf(item), at: all.indexOf(item) + 1, all: all.length });
    }
  });
}

/** @param {HTMLElement} element @returns {HTMLElement[]} */
const items = (element) => [...element.querySelectorAll(/** @type {"li"} */ ("[data-item]"))];
/** @param {HTMLElement | undefined} item */
const nameOf = (item) => item?.querySelector("[data-name]")?.textContent?.trim() ?? "";
