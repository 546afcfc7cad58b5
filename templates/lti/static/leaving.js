// Quick exit: clears the page and replaces it in the history with a neutral site. Pressing Shift three times does the
// same.
const link = /** @type {HTMLAnchorElement} */ (document.getElementById("leave"));
const PRESSES = 3;
const WITHIN = 1500; // ms
/** @type {number[]} */
let presses = [];

function leave() {
  document.title = "";
  document.body.replaceChildren();
  document.documentElement.style.background = "#fff";
  try {
    (window.top ?? window).location.replace(link.href);
  } catch {
    location.replace(link.href);
  }
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", (event) => {
  presses = event.key === "Shift" && !event.repeat ? [...presses, event.timeStamp].slice(-PRESSES) : [];
  if (presses.length === PRESSES && event.timeStamp - (presses[0] ?? 0) < WITHIN) leave();
});
