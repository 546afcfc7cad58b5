// The start page of an open course: search among themes and pages, and the quick way out. Without it all is shown.
(() => {
  const box = document.querySelector(".find");
  const field = document.getElementById("lm-find");
  const told = document.querySelector("[data-found]");
  const themes = [...document.querySelectorAll("[data-theme]")];
  const exit = document.querySelector("[data-exit]");

  const folded = (/** @type {string} */ text) => text.normalize("NFC").toLocaleLowerCase();
  const words = (/** @type {Element} */ element) => folded(element.textContent ?? "");

  function search() {
    if (!(field instanceof HTMLInputElement) || !(told instanceof HTMLElement)) return;
    const wanted = folded(field.value).split(/\s+/).filter(Boolean);
    const has = (/** @type {string} */ text) => wanted.every((word) => text.includes(word));
    let count = 0;
    for (const theme of themes) {
      const entries = [...theme.querySelectorAll("[data-entry]")];
      const found = entries.filter((entry) => has(words(entry)));
      const details = theme.querySelector("details");
      // A word of the theme itself, not of a page, shows the theme with all its pages.
      const all = found.length === 0 && has(words(theme));
      for (const entry of entries) if (entry instanceof HTMLElement) entry.hidden = !all && !found.includes(entry);
      if (theme instanceof HTMLElement) theme.hidden = !all && found.length === 0;
      if (details) details.open = wanted.length > 0 && found.length > 0;
      count += all ? entries.length : found.length;
    }
    const text = count > 0 ? told.dataset.some?.replace("{count}", String(count)) : told.dataset.none;
    told.textContent = wanted.length > 0 ? (text ?? "") : "";
  }

  // Leaves no step back to this page in the tab; the link alone would.
  function leave(/** @type {Event} */ event) {
    event.preventDefault();
    if (exit instanceof HTMLAnchorElement) location.replace(exit.href);
  }

  field?.addEventListener("input", search);
  exit?.addEventListener("click", leave);
  if (box instanceof HTMLElement) box.hidden = false;
})();
