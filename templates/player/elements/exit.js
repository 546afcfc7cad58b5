/** Quick exit: the page is emptied at once, what is unsaved is sent, and a neutral site takes its place in the history. */
import { on } from "../dom.js";

const PRESSES = 3;
const WITHIN = 1500; // ms
const PAINTED = 40; // ms: the empty page is seen by then

/** @param {ModuleData} module @param {() => void} save */
export function wireExit(module, save) {
  function leave() {
    document.title = "";
    document.body.replaceChildren();
    document.documentElement.style.background = "#fff";
    // A platform that is slow to save holds up everything, so first the page is gone.
    setTimeout(go, PAINTED);
  }

  function go() {
    save();
    try {
      (window.top ?? window).location.replace(module.exitTo);
    } catch {
      location.replace(module.exitTo);
    }
  }
  on("exit", leave);
  /** @type {number[]} */
  let presses = [];
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Shift" && !event.repeat ? [...presses, event.timeStamp].slice(-PRESSES) : [];
    if (module.quickExit && presses.length === PRESSES && event.timeStamp - (presses[0] ?? 0) < WITHIN) {
      leave();
    }
  });
}
