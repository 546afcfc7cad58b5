/** The reader's settings: text, colours, data, captions. Kept on the device, never on the platform. */
import { attempt, isShared, keep, PREFIX, recall, SHARED } from "../device.js";
import { find, on, setData } from "../dom.js";
import { dialog } from "../pages.js";
import { showCaptions } from "./film.js";

// disk.js reads it before the first paint.
const KEY = "settings";
/** @type {Record<string, string | boolean>} */
const NORMAL = { text: "100", spacing: "normal", colours: "system", lowdata: false, captions: true, quiet: false };

/** The settings that differ from the default, as in the data- attributes of the document. @typedef {Record<string, string>} Settings */

/** @returns {Settings} */
function stored() {
  try {
    return JSON.parse(recall(KEY) || "{}");
  } catch {
    return {};
  }
}

/** @param {Settings} settings */
function apply(settings) {
  for (const name of Object.keys(NORMAL)) {
    setData(document.documentElement, name, settings[name]);
  }
  showCaptions(settings.captions === undefined);
}

/** @param {HTMLInputElement[]} controls @returns {Settings} */
const chosen = (controls) =>
  Object.fromEntries(
    controls
      .filter((control) => control.name in NORMAL && (control.type !== "radio" || control.checked))
      .map((control) => [control.name, control.type === "checkbox" ? control.checked : control.value])
      .filter(([name, value]) => value !== NORMAL[String(name)])
      .map(([name, value]) => [name, typeof value === "string" ? value : value ? "" : "off"]),
  );

/** A shared computer keeps nothing of ours, nor what is there already. @param {boolean} on */
const share = (on) =>
  attempt(() => {
    for (const key of Object.keys(localStorage).filter((one) => on && one.startsWith(PREFIX))) {
      localStorage.removeItem(key);
    }
    sessionStorage[on ? "setItem" : "removeItem"](SHARED, "1");
  }, undefined);

/** @param {(file: string) => void} change another language was chosen @param {() => void} draw */
export function wireSettings(change, draw) {
  const form = /** @type {HTMLElement} */ (dialog("settings"));
  const controls = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input, select")]);
  const settings = stored();
  apply(settings);
  for (const control of controls()) {
    const normal = NORMAL[control.name];
    if (control.type === "radio") {
      control.checked = control.value === (settings[control.name] ?? normal);
    } else if (control.type === "checkbox") {
      control.checked = control.name === "shared" ? isShared() : control.name in settings !== normal;
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
    const next = chosen(controls());
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
