/** Leaving at one's own word: the session ends once all is saved, and what comes after is the home, or an end page. */
import { find, on, say, show, write } from "../dom.js";

/** @param {() => Promise<{to: string, isKept: boolean} | null>} finish */
export function wireFinish(finish) {
  on("finish", async (element) => {
    const done = await finish();
    // Not saved yet: the bar says so, and goes on trying.
    const to = done && (done.to || element.getAttribute("href"));
    if (to) {
      location.assign(to);
    } else if (done) {
      end(done.isKept);
    }
  });
}

/** The way out stays, and who one can talk to. @param {boolean} isKept */
function end(isKept) {
  /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"))?.close();
  document.documentElement.dataset.ended = "";
  const heading = find("#lm-end");
  isKept || write(heading, say("not-tracked"));
  show(find("[data-end]"), true);
  heading?.focus({ preventScroll: true });
  scrollTo(0, 0);
}
