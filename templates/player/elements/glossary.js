/** A glossary term opens its explanation in place; Esc closes it. */

/** @param {Element} button @param {boolean} open */
function toggle(button, open) {
  const meaning = document.getElementById(button.getAttribute("aria-controls") ?? "") ?? button.nextElementSibling;
  button.setAttribute("aria-expanded", String(open));
  meaning?.toggleAttribute("hidden", !open);
}

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-term]");
  if (button) {
    toggle(button, button.getAttribute("aria-expanded") !== "true");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const button of document.querySelectorAll("[data-term][aria-expanded=true]")) {
      toggle(button, false);
    }
  }
});
