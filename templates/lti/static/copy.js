// Copies an address; without the clipboard it is marked, so that a key can copy it.
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copies]"))) {
  button.addEventListener("click", async () => {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copies ?? ""));
    field.select();
    await navigator.clipboard?.writeText(field.value);
    button.textContent = button.dataset.done ?? "";
  });
}
