/** The answer on the page: read from its fields, and shown in them. The same for every question type. */
import { find, findAll } from "./dom.js";

/** @param {HTMLElement} element @returns {HTMLInputElement[]} */
export const fieldsOf = (element) => /** @type {HTMLInputElement[]} */ (findAll("input, select", element));
/** @param {HTMLElement} element */
const items = (element) => findAll("[data-item]", element);
/** @param {HTMLInputElement} field */
const isTick = (field) => field.type === "radio" || field.type === "checkbox";
/** The row of a field: its name is `question.row`. @param {HTMLInputElement} field */
const rowOf = (field) => field.name.split(".")[1];

/** The fields that are not filled in. @param {HTMLElement} element */
export function emptyFields(element) {
  const fields = fieldsOf(element);
  const hasTick = (/** @type {string} */ name) => fields.some((field) => field.name === name && field.checked);
  return fields.filter((field) => (isTick(field) ? !hasTick(field.name) : !field.value.trim()));
}

/** Returns the answer, or null while something is missing. @param {HTMLElement} element @returns {Answer} */
export function readAnswer(element) {
  const fields = fieldsOf(element);
  const [first] = fields;
  if (!first) {
    return items(element).map((item) => item.dataset.item ?? "");
  }
  const filled = fields.filter((field) => !isTick(field) || field.checked);
  if (emptyFields(element).length > 0) {
    return null;
  }
  if (rowOf(first)) {
    return Object.fromEntries(filled.map((field) => [rowOf(field) ?? "", field.value.trim()]));
  }
  return first.type === "checkbox" ? filled.map((field) => field.value).sort() : (filled[0]?.value.trim() ?? null);
}

/** @param {HTMLElement} element @param {Answer} answer null empties the fields */
export function showAnswer(element, answer) {
  for (const field of fieldsOf(element)) {
    const value = answer && typeof answer === "object" && !Array.isArray(answer) ? answer[rowOf(field) ?? ""] : answer;
    if (isTick(field)) {
      field.checked = Array.isArray(value) ? value.includes(field.value) : value === field.value;
    } else {
      field.value = value == null ? "" : String(value);
    }
  }
  lightSpots(element);
  for (const key of Array.isArray(answer) ? answer : []) {
    find("[data-order]", element)?.append(...items(element).filter((item) => item.dataset.item === key));
  }
}

/** The picture of a hotspot shows what is chosen in the list. @param {HTMLElement} element */
export function lightSpots(element) {
  for (const spot of element.querySelectorAll("[data-spot]")) {
    const key = spot.getAttribute("data-spot");
    spot.toggleAttribute(
      "data-chosen",
      fieldsOf(element).some((field) => field.checked && field.value === key),
    );
  }
}

/** The words of a right answer that no option on the page shows: of a row, or of the whole (row ""). @param {HTMLElement} element @param {Answer} right @param {string} row */
export function wordsOf(element, right, row) {
  if (Array.isArray(right)) {
    const name = (/** @type {Answer} */ key) =>
      find(
        "[data-name]",
        items(element).find((item) => item.dataset.item === key),
      )?.textContent;
    return row || items(element).length === 0 ? "" : right.map(name).join(" → ");
  }
  if (right && typeof right === "object") {
    const field = fieldsOf(element).find((one) => rowOf(one) === row);
    const value = String(right[row] ?? "");
    return (field && find(`[value="${value}"]`, field)?.textContent) ?? value;
  }
  const isTyped = fieldsOf(element)[0]?.type === "text";
  const isNumber = element.dataset.type === "numeric";
  return row || !isTyped || right === null ? "" : isNumber ? written(String(right)) : String(right);
}

/** A number as the reader writes it; a range as "10 – 12". @param {string} number */
const written = (number) =>
  number.replaceAll(".", document.documentElement.lang.startsWith("en") ? "." : ",").replace(":", " – ");
