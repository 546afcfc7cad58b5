/** Films: a large start button, chapters, captions as wanted, what was seen of them, and text first where data is dear. */
import { find, findAll, on, say, show, write } from "../dom.js";
import { countOf, goesOnAt, stretchesIn } from "../watched.js";

/** @typedef {import("../player.js").Player} Player */

const SHORT = 120; // seconds: for a shorter video, seconds are shown

/** @param {Element} from @returns {HTMLMediaElement | null | undefined} */
const mediaOf = (from) => from.closest("[data-film]")?.querySelector(/** @type {"video"} */ ("video, audio"));

/** @param {Player} player */
export function wireFilms(player) {
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
    media && follow(player, film, media);
  }
}

/** Keeps what was seen, and goes on where it stopped. @param {Player} player @param {HTMLElement} film @param {HTMLMediaElement} media */
function follow(player, film, media) {
  const id = film.dataset.film ?? "";
  const count = player.module.slots.filter(([slot]) => slot === id).at(-1)?.[2] ?? 0;
  const seen = () => player.state.films[id] ?? 0;
  media.addEventListener("loadedmetadata", () => {
    const at = goesOnAt(seen(), count);
    if (at > 0 && media.dataset.sought === undefined) {
      media.currentTime = (at * media.duration) / count;
    }
    tellSeen(film, media, seen(), count);
  });
  for (const event of ["timeupdate", "ended"]) {
    media.addEventListener(event, () => {
      const now = seen() | stretchesIn(playedOf(media), media.duration, count);
      if (now !== seen()) {
        player.set({ ...player.state, films: { ...player.state.films, [id]: now } });
        tellSeen(film, media, now, count);
      }
    });
  }
  tellSeen(film, media, seen(), count);
}

/** @param {HTMLMediaElement} media */
const playedOf = ({ played }) =>
  Array.from({ length: played.length }, (_range, at) => ({ start: played.start(at), end: played.end(at) }));

/** Never a demand: it says how far one came, and where the film goes on. @param {HTMLElement} film @param {HTMLMediaElement} media @param {number} seen @param {number} count */
function tellSeen(film, media, seen, count) {
  const length = media.duration || Number(film.dataset.seconds);
  const place = find("[data-watched]", film);
  const share = countOf(seen) / count;
  const kind = media.localName === "video" ? "film" : "sound";
  const unit = length < SHORT ? 1 : 60;
  const part = { seen: Math.max(1, Math.round((share * length) / unit)), all: Math.round(length / unit) };
  const words = share === 1 ? say(`${kind}-whole`) : say(`${kind}-${unit === 1 ? "seconds" : "minutes"}`, part);
  const isKnown = share > 0 && length > 0;
  write(place, isKnown ? [words, ...(share < 1 && media.paused ? [say("goes-on")] : [])].join(" ") : "");
  show(place, isKnown);
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

/** Nothing is loaded before the learner asks for it; the transcript is open. @param {HTMLElement} film @param {HTMLMediaElement} media */
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
    media.dataset.sought = "";
    media.currentTime = Number(chapter.dataset.seek);
    media.play();
  }
});
