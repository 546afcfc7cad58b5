/** The bare host page: settings come from settings.json; `window.lms` is for whoever drives the page. */
import { Host } from "./host.js";

const options = new URLSearchParams(location.search);
document.documentElement.classList.toggle("full", options.has("full"));
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("content"));
const host = new Host(frame, await (await fetch("settings.json")).json());
Object.assign(window, { lms: host });
if (!options.has("wait")) {
  host.launch();
}
