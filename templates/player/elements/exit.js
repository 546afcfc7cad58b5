/** Quick exit: what is unsaved is sent, the page is emptied, and a neutral site takes its place in the history. */
import { on } from "../dom.js";

const PRESSES = 3;
const WITHIN = 1500; // ms

/** @param {ModuleData} module @param {() => void} save */
export function wireExit(module, save) {
  function leave() {
    save();
    document.title = "";
    document.body.replaceChildren();
    document.documentElement.style.background = "#fff";
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
