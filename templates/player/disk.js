// The one classic script. It runs before the page is painted, and also where modules do not: opened from disk.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  // When the player has not started, everything is shown: the page can be read without it.
  addEventListener("load", () => {
    const check = () => {
      if (root.dataset.ready === undefined) {
        delete root.dataset.script;
        const message = document.querySelector("[data-message]");
        const words = document.querySelector("[data-message-text]");
        if (location.protocol === "file:" && message instanceof HTMLElement && words) {
          words.textContent = JSON.parse(document.getElementById("lm-texts")?.textContent ?? "{}")["from-disk"];
          message.hidden = false;
        }
      }
    };
    setTimeout(check, location.protocol === "file:" ? 0 : 3000);
  });
})();
