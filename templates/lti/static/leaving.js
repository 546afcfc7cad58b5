// Quick exit: clears the page and replaces it in the history with a neutral site. Pressing Shift three times does the
// same. It ends the session, and so does leaving the tool on a shared computer (templates/player/device.js).
const link = /** @type {HTMLAnchorElement | null} */ (document.getElementById("leave"));
const session = /** @type {HTMLElement} */ (document.querySelector("[data-end]")).dataset;
const PRESSES = 3;
const WITHIN = 1500; // ms
/** @type {number[]} */
let presses = [];
let isStaying = false;

if (isShared()) {
  document.title = document.querySelector("title")?.dataset.neutral ?? "";
}

function isShared() {
  try {
    return sessionStorage.getItem("lokaltmot:shared") !== null;
  } catch {
    return false; // storage may be refused
  }
}

function end() {
  const headers = { "X-LM-Token": session.token ?? "" };
  fetch(session.end ?? "", { method: "POST", headers, keepalive: true }).catch(() => {});
}

/** @param {string} to */
function leave(to) {
  document.title = "";
  document.body.replaceChildren();
  document.documentElement.style.background = "#fff";
  end();
  try {
    (window.top ?? window).location.replace(to);
  } catch {
    location.replace(to);
  }
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave(link.href);
});
document.addEventListener("keydown", (event) => {
  presses = event.key === "Shift" && !event.repeat ? [...presses, event.timeStamp].slice(-PRESSES) : [];
  if (link && presses.length === PRESSES && event.timeStamp - (presses[0] ?? 0) < WITHIN) leave(link.href);
});
// A browser without the Navigation API says nothing of its back button: then the session ends, which is the safe way.
window.navigation?.addEventListener("navigate", ({ destination }) => {
  isStaying = destination.url.startsWith(`${location.origin}/s/`);
});
addEventListener("pagehide", () => isShared() && !isStaying && end());
