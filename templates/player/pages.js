/** One page at a time: turning, the menu, and where the learner is. */
import { isShared } from "./device.js";
import { find, findAll, on, say, setData, show, tell, write } from "./dom.js";
import { visit } from "./progress.js";

/** @param {import("./player.js").Player} player */
export function wirePages(player) {
  /** @param {string} id */
  function turn(id) {
    if (player.isShut(id)) {
      return;
    }
    tell("resume", "");
    player.where = { view: "page", at: 0, all: 0 };
    player.set(visit({ ...player.state, place: id }, [id]));
    const page = find(`[data-page="${id}"]`);
    (find("h1", page ?? document) ?? page)?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Pages between a notice and where its short path goes on count as seen. @param {string} id */
  function skip(id) {
    const ids = player.module.pages.map((page) => page.id);
    player.set(visit(player.state, ids.slice(ids.indexOf(player.state.place), ids.indexOf(id) + 1)));
    turn(id);
  }

  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest('a[href^="#"]');
    const id = link?.getAttribute("href")?.slice(1) ?? "";
    const page = player.module.pages.some((one) => one.id === id);
    if (link instanceof HTMLElement && page && !event.defaultPrevented) {
      event.preventDefault();
      link.closest("dialog")?.close();
      link.dataset.action === "skip" ? skip(id) : turn(id);
    }
  });
  on("restart", () => turn(player.module.pages[0]?.id ?? ""));
  on("menu", () => dialog("menu")?.showModal());
  on("close", (button) => button.closest("dialog")?.close());
  on("print", () => print());
  player.watch(() => draw(player));
  return turn;
}

/** @param {string} name @returns {HTMLDialogElement | null} */
export const dialog = (name) => document.querySelector(`dialog[data-dialog="${name}"]`);

/** @param {import("./player.js").Player} player */
function draw({ module, state, where }) {
  const at = module.pages.findIndex((page) => page.id === state.place);
  const page = module.pages[at];
  for (const section of findAll("[data-page]")) {
    const isHere = section.dataset.page === state.place;
    show(section, isHere);
    setData(section, "view", isHere && where.view !== "page" ? where.view : undefined);
  }
  const key = { page: "page-of", question: "question-of", result: "result" }[where.view];
  write(
    find("[data-where]"),
    say(key, where.view === "page" ? { at: at + 1, all: module.pages.length } : { ...where }),
  );
  const left = module.pages.slice(at).reduce((minutes, one) => minutes + one.minutes, 0);
  write(find("[data-left]"), where.view === "page" && left > 0 ? say("minutes-left", { count: left }) : "");
  const bar = find("[data-progress]");
  if (bar instanceof HTMLProgressElement) {
    bar.value = where.view === "question" ? at + where.at / (where.all + 1) : at + 1;
  }
  for (const link of findAll("[data-goto]")) {
    const id = link.dataset.goto ?? "";
    id === state.place ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    write(find("[data-seen]", link), state.visited.includes(id) ? say("seen") : "");
  }
  const title = find("title");
  const isQuiet = "quiet" in document.documentElement.dataset || isShared() || title?.dataset.always !== undefined;
  document.title = isQuiet ? (title?.dataset.neutral ?? "") : `${page?.title ?? ""} – ${module.title}`;
}
