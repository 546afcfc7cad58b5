// The one classic script. It runs before the page is painted, and also where modules do not: opened from disk.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    for (const storage of [localStorage, sessionStorage]) {
      Object.assign(root.dataset, JSON.parse(storage.getItem("lokaltmot:settings") ?? "{}"));
    }
    if (sessionStorage.getItem("lokaltmot:shared")) {
      root.dataset.quiet = "";
    }
  } catch {
    // Storage may be refused; then the page looks as the device says.
  }
  if (root.dataset.quiet !== undefined) {
    document.title = document.querySelector("title")?.dataset.neutral ?? "";
  }
  // Without the player all is shown: the page can still be read.
  const failed = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLScriptElement && target.type === "module") {
      delete root.dataset.script;
      const href = target.src.replace("main.js", "later.css");
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
      addEventListener("DOMContentLoaded", explain);
    }
  };
  const explain = () => {
    const message = document.querySelector("[data-message]");
    const words = document.querySelector("[data-message-text]");
    if (location.protocol === "file:" && message instanceof HTMLElement && words) {
      words.textContent = JSON.parse(document.getElementById("lm-texts")?.textContent ?? "{}")["from-disk"];
      message.hidden = false;
    }
  };
  addEventListener("error", failed, true);
})();
