/** What question types with options to tick share. */

/** @param {HTMLElement} element @returns {HTMLInputElement[]} */
const inputs = (element) => [...element.querySelectorAll("input")];

/** @param {HTMLElement} element */
export const chosen = (element) =>
  inputs(element)
    .filter((input) => input.checked)
    .map((input) => input.value);

/** @param {HTMLElement} element @param {readonly string[]} keys */
export function choose(element, keys) {
  for (const input of inputs(element)) {
    input.checked = keys.includes(input.value);
  }
}

/** @param {readonly string[]} right @param {readonly string[]} answer */
export function marksOf(right, answer) {
  /** @type {Record<string, Mark>} */
  const marks = {};
  for (const key of right) {
    marks[key] = "missed";
  }
  for (const key of answer) {
    marks[key] = right.includes(key) ? "right" : "wrong";
  }
  return marks;
}
