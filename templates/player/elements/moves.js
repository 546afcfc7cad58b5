/** Ordering by buttons, and a picture whose places toggle the list under it. */
import { find, findAll, say, write } from "../dom.js";
import { fieldsOf, lightSpots } from "../fields.js";

/** @param {Element} button */
function move(button) {
  const item = /** @type {HTMLElement} */ (button.closest("[data-item]"));
  const up = button.getAttribute("data-move") === "up";
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  other?.[up ? "before" : "after"](item);
  /** @type {HTMLElement} */ (button).focus();
  const all = findAll("[data-item]", item.parentElement ?? item);
  const name = find("[data-name]", item)?.textContent ?? "";
  write(find("[data-say]"), say("moved", { item: name, at: all.indexOf(item) + 1, all: all.length }));
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target).closest("[data-move], [data-spot]");
  const question = target?.closest("[data-question]");
  if (target?.hasAttribute("data-move")) {
    move(target);
  } else if (target && question instanceof HTMLElement) {
    const key = target.getAttribute("data-spot");
    fieldsOf(question)
      .find((field) => field.value === key)
      ?.click();
  }
});

document.addEventListener("change", (event) => {
  const question = /** @type {Element} */ (event.target).closest("[data-type=hotspot]");
  if (question instanceof HTMLElement) {
    lightSpots(question);
  }
});
