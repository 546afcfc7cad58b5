/** Films: a large start button, chapters, captions as the reader wants them, and text first where data is dear. */
import { find, findAll, on, say, show } from "../dom.js";

/** @param {Element} from @returns {HTMLMediaElement | null | undefined} */
const mediaOf = (from) => from.closest("[data-film]")?.querySelector(/** @type {"video"} */ ("video, audio"));

export function wireFilms() {
  for (const film of findAll("[data-film]")) {
    const media = mediaOf(film);
    const start = find("[data-action=play]", film);
    show(start, true);
    show(find("[data-chapters]", film), true);
    if (start && media) {
      media.controls = false;
    }
    media?.addEventListener("play", () => {
      show(start, false);
      media.controls = true;
    });
    document.documentElement.dataset.lowdata !== undefined && media && holdBack(film, media);
  }
}

/** @param {boolean} shown */
export function showCaptions(shown) {
  for (const media of document.querySelectorAll("video")) {
    for (const track of media.textTracks) {
      if (track.kind === "captions" || track.kind === "subtitles") {
        track.mode = shown ? "showing" : "disabled";
      }
    }
  }
}

/** Nothing is loaded before the reader asks for it; the transcript stands open. @param {HTMLElement} film @param {HTMLMediaElement} media */
function holdBack(film, media) {
  const note = Object.assign(document.createElement("p"), { textContent: say("low-data") });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: say("load-film") });
  media.preload = "none";
  find("[data-transcript]", film)?.setAttribute("open", "");
  for (const part of [media, find("[data-action=play]", film)]) {
    show(part, false);
  }
  media.after(note, button);
  button.addEventListener("click", () => {
    show(media, true);
    media.controls = true;
    note.remove();
    button.remove();
    media.focus();
  });
}

on("play", (button) => {
  const media = mediaOf(button);
  if (media) {
    // Without its controls a film can't have the focus.
    media.controls = true;
    media.focus();
    media.play().catch(() => {});
  }
});

document.addEventListener("click", (event) => {
  const chapter = /** @type {Element} */ (event.target).closest("[data-seek]");
  const media = chapter && mediaOf(chapter);
  if (chapter instanceof HTMLElement && media) {
    media.currentTime = Number(chapter.dataset.seek);
    media.play();
  }
});
