/** What question types with one field a row share: an answer is an object, row key to value. */

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {Answer} answer @returns {Record<string, Answer>} */
export const rowsOf = (answer) => (answer && typeof answer === "object" && !Array.isArray(answer) ? answer : {});

/** @param {HTMLElement} element @param {readonly string[]} keys @returns {Answer} */
export function readRows(element, keys) {
  /** @type {Record<string, string>} */
  const answer = {};
  for (const key of keys) {
    const field = fieldsOf(element, key).find(
      (one) => one.type !== "radio" || /** @type {HTMLInputElement} */ (one).checked,
    );
    if (!field?.value.trim()) {
      return null;
    }
    answer[key] = field.value.trim();
  }
  return answer;
}

/** @type {QuestionType["show"]} */
export function show(element, data, answer) {
  const rows = rowsOf(answer);
  for (const key of data.left ?? data.statements ?? Object.keys(data.gaps)) {
    for (const field of fieldsOf(element, key)) {
      if (field.type === "radio") {
        /** @type {HTMLInputElement} */ (field).checked = field.value === rows[key];
      } else {
        field.value = String(rows[key] ?? "");
      }
    }
  }
}

/** The words of a choice in a row's menu. @param {HTMLElement} element @param {string} key @param {string} value */
export function optionText(element, key, value) {
  return (
    element.querySelector(`[name="${element.dataset.question}.${key}"] [value="${value}"]`)?.textContent?.trim() ??
    value
  );
}

/** @param {HTMLElement} element @param {string} key @returns {Field[]} */
const fieldsOf = (element, key) => [
  ...element.querySelectorAll(/** @type {"select"} */ (`[name="${element.dataset.question}.${key}"]`)),
];
