/** The reader's settings: text, colours, data, captions. Kept on the device, never on the platform. */
import { isShared, keep, recall, share } from "../device.js";
import { find, on, setData } from "../dom.js";
import { dialog } from "../pages.js";
import { showCaptions } from "./film.js";

/** @typedef {Record<string, string | boolean>} Settings */

const KEY = "settings";
const NORMAL = { text: "100", spacing: "normal", colours: "system", lowdata: false, captions: true, quiet: false };

/** @returns {Settings} */
function stored() {
  try {
    return { ...NORMAL, ...JSON.parse(recall(KEY) || "{}"), shared: isShared() };
  } catch {
    return { ...NORMAL, shared: isShared() };
  }
}

/** @param {Settings} settings */
function apply(settings) {
  for (const name of Object.keys(NORMAL).filter((one) => one !== "captions")) {
    const value = settings[name];
    const isNormal = value === false || value === "normal" || value === "system";
    setData(document.documentElement, name, isNormal ? undefined : value === true ? "" : String(value));
  }
  showCaptions(settings.captions === true);
}

/** @param {(file: string) => void} change another language was chosen @param {() => void} draw */
export function wireSettings(change, draw) {
  const form = /** @type {HTMLElement} */ (dialog("settings"));
  const controls = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input, select")]);
  const settings = stored();
  apply(settings);
  for (const control of controls()) {
    const value = settings[control.name];
    if (control.type === "radio") {
      control.checked = control.value === value;
    } else if (control.type === "checkbox") {
      control.checked = value === true;
    }
  }
  form?.addEventListener("change", (event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    if (changed.name === "language") {
      change(changed.value);
      return;
    }
    if (changed.name === "shared") {
      share(changed.checked);
    }
    const now = controls().filter((control) => control.type !== "radio" || control.checked);
    const next = Object.fromEntries(
      now.map((control) => [control.name, control.type === "checkbox" ? control.checked : control.value]),
    );
    keep(KEY, JSON.stringify(next));
    apply(next);
    draw();
  });
}

on("settings", (button) => {
  button.closest("dialog")?.close();
  dialog("settings")?.showModal();
  find("[data-dialog=settings] input")?.focus();
});
