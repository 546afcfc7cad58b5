// Copies an address. Without clipboard access the text is selected, so that the person can copy it with the keyboard.
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copies]"))) {
  button.addEventListener("click", async () => {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copies ?? ""));
    field.select();
    await navigator.clipboard?.writeText(field.value);
    button.textContent = button.dataset.done ?? "";
  });
}
