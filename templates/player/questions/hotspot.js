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
/** @type {QuestionType["read"]} */
export const read = (element, data) => kind(data).read(element, data);
/** @type {QuestionType["show"]} */
export function show(element, data, answer) {
  kind(data).show(element, data, answer);
  light(element);
}
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = (data, answer) => kind(data).marks(plain(data), answer);
/** @type {NonNullable<QuestionType["fields"]>} */
export const fields = (data, width) => kind(data).fields(data, width);
/** @type {NonNullable<QuestionType["pack"]>} */
export const pack = (data, answer) => kind(data).pack(data, answer);
/** @type {NonNullable<QuestionType["unpack"]>} */
export const unpack = (data, numbers) => kind(data).unpack(data, numbers);

/** @type {NonNullable<QuestionType["wire"]>} */
export function wire(element) {
  element.addEventListener("click", (event) => {
    const spot = /** @type {Element} */ (event.target).closest("[data-spot]");
    if (spot) {
      inputOf(element, spot)?.click();
    }
  });
  element.addEventListener("change", () => light(element));
}

/** @param {HTMLElement} element */
function light(element) {
  for (const spot of element.querySelectorAll("[data-spot]")) {
    spot.toggleAttribute("data-chosen", inputOf(element, spot)?.checked);
  }
}
/** @param {HTMLElement} element @param {Element} spot @returns {HTMLInputElement | null} */
const inputOf = (element, spot) => element.querySelector(`input[value="${spot.getAttribute("data-spot")}"]`);
