// Lets the button say how many modules are chosen, suggests the pass mark of the first of them, and shows a module
// in place. Without script a module opens in a window of its own.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".picker"));
const add = /** @type {HTMLButtonElement} */ (document.getElementById("add"));
const pass = /** @type {HTMLInputElement} */ (document.getElementById("pass"));
let hasTouchedPass = false;

function show() {
  const chosen = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=module]:checked"));
  const { none = "", one = "", many = "" } = add.dataset;
  add.disabled = chosen.length === 0;
  add.textContent =
    chosen.length === 0 ? none : chosen.length === 1 ? one : many.replace("{count}", `${chosen.length}`);
  if (!hasTouchedPass) pass.value = chosen[0]?.dataset.pass ?? "";
}

pass.addEventListener("input", () => {
  hasTouchedPass = true;
});
form.addEventListener("change", show);
show();

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector(".preview"));
const frame = /** @type {HTMLIFrameElement} */ (dialog.querySelector("iframe"));

for (const link of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[target=preview]"))) {
  link.addEventListener("click", () => {
    /** @type {HTMLElement} */ (dialog.querySelector("h2")).textContent = link.dataset.title ?? "";
    dialog.showModal();
  });
}
dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  frame.contentWindow?.location.replace("about:blank"); // a film must not go on, nor Back lead into it
});
