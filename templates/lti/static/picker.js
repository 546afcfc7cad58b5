// Lets the button say how many modules are chosen, and suggests the pass mark of the first of them.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".picker"));
const add = /** @type {HTMLButtonElement} */ (document.getElementById("add"));
const pass = /** @type {HTMLInputElement} */ (document.getElementById("pass"));
let hasTouchedPass = false;

function show() {
  const chosen = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=module]:checked"));
  const { none = "", one = "", many = "" } = add.dataset;
  add.disabled = chosen.length === 0;
  add.textContent = chosen.length === 0 ? none : chosen.length === 1 ? one : many.replace("{count}", `${chosen.length}`);
  if (!hasTouchedPass) pass.value = chosen[0]?.dataset.pass ?? "";
}

pass.addEventListener("input", () => {
  hasTouchedPass = true;
});
form.addEventListener("change", show);
show();
