// Shows the number of chosen modules on the button, suggests the pass mark of the first one, and previews a module in
// a dialog. Without scripts a preview opens in a new window.
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
  frame.contentWindow?.location.replace("about:blank"); // stop any video, and keep the preview out of the history
});
