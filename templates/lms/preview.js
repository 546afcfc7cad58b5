/** The preview's page: the strict LMS with its panel, and the same page again, answers kept, when the source changes. */
import { Cmi5Host } from "./cmi5.js";
import { Host } from "./host.js";
import { LIMITS12 } from "./model12.js";
import { LIMITS2004 } from "./model2004.js";
import { find, island, say, showCall, showModules, showPlatform, showProblems, showStatus } from "./panel.js";

/** @typedef {import("./panel.js").News} News */

const settings = island("panel-settings");
// A record store has no limit of its own.
const most = settings.standard === "scorm12" ? LIMITS12.suspendData : LIMITS2004.suspendData;
const limit = settings.standard === "cmi5" ? Number.POSITIVE_INFINITY : most;
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("content"));
const Platform = settings.standard === "cmi5" ? Cmi5Host : Host;
/** @type {Host} */
const host = new Platform(frame, settings, (call) => {
  showCall(call, host.calls);
  showPlatform(host.stored(), limit);
});
/** @type {News} */
let news = island("panel-news");
let isShowing = false;

/** The content's document, once it can be used. @returns {Promise<Document | null>} */
async function ready() {
  const content = frame.contentDocument;
  if (!content) {
    return null;
  }
  if (content.documentElement.dataset.ready === undefined) {
    await new Promise((resolve) => {
      new MutationObserver((_, watcher) => {
        watcher.disconnect();
        resolve(null);
      }).observe(content.documentElement, { attributeFilter: ["data-ready"] });
      setTimeout(resolve, 2000); // a page that never comes to be ready is shown as it is
    });
  }
  return content;
}

/** What a person sees of the content now: how far down, and in which view of a quiz. */
function look() {
  const page = frame.contentDocument?.querySelector("[data-page]:not([hidden])");
  return { top: frame.contentWindow?.scrollY ?? 0, view: page instanceof HTMLElement ? page.dataset.view : undefined };
}

/** Go back to what a person saw: past the question whether to resume, into the quiz, down to the same line. @param {ReturnType<typeof look>} seen */
async function restore(seen) {
  const content = await ready();
  /** @param {string} selector */
  const press = (selector) => {
    const button = content?.querySelector(selector);
    if (button instanceof HTMLElement) {
      button.click();
    }
  };
  press('[data-resume]:not([hidden]) [data-action="resume"]');
  if (seen.view === "question" && look().view === undefined) {
    press('[data-page]:not([hidden]) [data-action="start"]');
  }
  frame.contentWindow?.scrollTo(0, seen.top);
}

/** Show the module as it is now. */
async function reload() {
  const seen = look();
  if (isShowing) {
    await host.leave();
  }
  isShowing = news.modules.some(({ id }) => id === settings.module);
  if (!isShowing) {
    return;
  }
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  host.launch();
  await loaded;
  await restore(seen);
}

/** What of a module the player has arranged itself by when it started; the rest are words. @param {any} module */
const structure = (module) =>
  JSON.stringify({
    ...module,
    title: "",
    version: "",
    pages: module.pages.map((/** @type {{id: string}} */ page) => page.id),
    questions: Object.entries(module.questions).map(([id, question]) => [id, { ...question, text: "" }]),
  });

/** The content of the fields of a page, answered or only begun. @param {Document} page */
function drafts(page) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = page.querySelectorAll("main input, main select, main textarea");
  return [...fields].map(({ name, value, checked }) => ({ name, value, checked }));
}

/** Restores them where the same field still exists. @param {Document} page @param {ReturnType<typeof drafts>} written */
function putBack(page, written) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = page.querySelectorAll("main input, main select, main textarea");
  for (const [at, field] of fields.entries()) {
    const draft = written[at];
    if (draft && draft.name === field.name && (field.type !== "radio" || draft.value === field.value)) {
      field.value = draft.value;
      field.checked = draft.checked;
    }
  }
}

/** @param {Document} page */
const moduleOf = (page) => page.getElementById("lm-module")?.textContent;

/**
 * Replace the texts in place, as the player does when a learner chooses another language (docs/hooks.md): the
 * session, the answers and an open question stay. Says whether it could be done: not when questions or pages changed.
 */
async function renew() {
  const content = frame.contentDocument;
  const dialog = content?.querySelector('dialog[data-dialog="settings"]');
  const shown = content && moduleOf(content);
  if (!dialog || !shown || content.documentElement.dataset.ready === undefined) {
    return false;
  }
  const file = new URL(content.URL).pathname.split("/").at(-1) ?? "";
  const answer = await fetch(settings.href);
  const fresh = moduleOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (!fresh || structure(JSON.parse(fresh)) !== structure(JSON.parse(shown))) {
    return false;
  }
  const top = frame.contentWindow?.scrollY ?? 0;
  const written = drafts(content);
  const replaced = new Promise((resolve) => {
    new MutationObserver((_, watcher) => {
      watcher.disconnect();
      resolve(null);
    }).observe(content.documentElement, { childList: true });
  });
  const select = content.createElement("select");
  select.name = "language";
  select.append(new Option(file, file));
  dialog.append(select);
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await replaced;
  putBack(content, written);
  frame.contentWindow?.scrollTo(0, top);
  return true;
}

/** @param {News} fresh */
async function follow(fresh) {
  const version = (/** @type {News} */ of) => of.versions[settings.module] ?? 0;
  const concerns = version(fresh) > version(news) || fresh.media > news.media || !isShowing;
  const sameMedia = fresh.media === news.media;
  news = fresh;
  if (fresh.isShown && concerns) {
    showStatus("reloading", say("reloading"));
    if (!isShowing || !sameMedia || !(await renew())) {
      await reload();
    }
  }
  show();
}

/** Bring the panel up to date. */
function show() {
  const nothing = find("[data-nothing]");
  nothing.hidden = isShowing;
  frame.hidden = !isShowing;
  nothing.textContent = isShowing ? "" : say("never-whole");
  const kind = news.isShown ? "up-to-date" : isShowing ? "broken" : "never-whole";
  showStatus(kind, say(kind, { ms: news.ms }));
  showModules(news, settings.module);
  showProblems(news.problems);
  showPlatform(host.stored(), limit);
}

/** What the panel's buttons do. @type {Record<string, (control: HTMLElement) => void>} */
const deeds = {
  toggle(button) {
    const isClosed = document.body.classList.toggle("closed");
    button.setAttribute("aria-expanded", String(!isClosed));
  },
  again: () => void reload(),
  async anew() {
    await host.leave();
    isShowing = false;
    await host.attempt.forget();
    await reload();
    show();
  },
  lose(box) {
    host.faults.commit = /** @type {HTMLInputElement} */ (box).checked ? "false" : "";
  },
  refused(box) {
    find("[data-calls]").classList.toggle("only-refused", /** @type {HTMLInputElement} */ (box).checked);
  },
};

for (const control of document.querySelectorAll("[data-do]")) {
  const deed = deeds[/** @type {HTMLElement} */ (control).dataset.do ?? ""];
  control.addEventListener(control.matches("input") ? "change" : "click", () =>
    deed?.(/** @type {HTMLElement} */ (control)),
  );
}
for (const radio of document.querySelectorAll("[name=width]")) {
  radio.addEventListener("change", () => {
    find("[data-stage]").dataset.stage = /** @type {HTMLInputElement} */ (radio).value;
  });
}

Object.assign(window, { lms: host });
await reload();
show();
const events = new EventSource("/events");
let work = Promise.resolve();
events.addEventListener("message", (event) => {
  work = work.then(() => follow(JSON.parse(event.data))); // one after the other, also when they come fast
});
events.addEventListener("error", () => showStatus("gone", say("gone")));
events.addEventListener("open", show);
