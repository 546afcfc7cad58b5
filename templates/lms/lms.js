/** The bare host page: settings come from settings.json; `window.lms` is for the program that controls the page. */
import { Cmi5Host } from "./cmi5.js";
import { Host } from "./host.js";

const options = new URLSearchParams(location.search);
document.documentElement.classList.toggle("full", options.has("full"));
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("content"));
const settings = await (await fetch("settings.json")).json();
const host = settings.standard === "cmi5" ? new Cmi5Host(frame, settings) : new Host(frame, settings);
Object.assign(window, { lms: host });
if (!options.has("wait")) {
  host.launch();
}
