/** Where the state comes from and goes to: the platform, the journal, other tabs; and what the learner sees of it. */
import { find, locales, say, show, tell, write } from "./dom.js";
import { Journal } from "./journal.js";
import { merge, report, settle, visit } from "./progress.js";
import { decode, encode } from "./state.js";
import { Tracker } from "./tracker.js";
import { connect } from "./tracking.js";

/** @param {import("./player.js").Player} player */
export function wireSaving(player) {
  const { module } = player;
  const driver = connect(module, window);
  const journal = new Journal(module, driver);
  const channel =
    "BroadcastChannel" in window && !driver.server
      ? new BroadcastChannel(`lokaltmot:${module.course}:${module.module}`)
      : null;
  let isKept = true;

  const stateText = () => encode(player.state, module);
  const fullReport = () => ({ ...report(player.state, module), state: stateText() });
  const read = (/** @type {string} */ text) => (text ? decode(text, module) : null);

  /** @param {import("./tracker.js").Light} light */
  function onLight(light) {
    const now = new Date().toLocaleTimeString(locales(), { timeStyle: "short" });
    const save = find("[data-save]");
    const words = light === "saved" ? say("saved") : say("not-saved");
    write(save, isKept ? words : say("not-tracked"));
    write(find("[data-saved-at]"), isKept && light === "saved" ? say("saved-at", { time: now }) : "");
    if (save) {
      save.dataset.state = light;
    }
    tell("bar", { saved: "", waiting: say("not-saved-yet"), failed: say("no-answer") }[light]);
    show(find("[data-bar] [data-action=receipt]"), light === "failed");
    if (driver.isRefused?.()) {
      tell("message", say("not-accepted"));
    }
    if (isKept) {
      channel?.postMessage(stateText());
    }
  }

  const tracker = new Tracker({ driver, report: fullReport, journal, onLight });

  /** What another tab did counts here too, and is sent from here as well: each tab sends all it knows. @param {string} text */
  function hear(text) {
    const theirs = read(text);
    const merged = theirs && merge(player.state, theirs, module);
    if (merged && encode(merged, module) !== stateText()) {
      tell("message", say("other-tab"));
      player.set(merged);
    }
  }

  /**
   * What the platform holds, and what it has not taken yet. The journal of an attempt that the platform
   * has put away (it knew it once, and gives nothing back) is left out.
   * @param {string} kept
   * @param {State | null} [held] the same, from a server that keeps more than a text
   */
  function gather(kept, held = read(kept)) {
    const unsaved = journal.read();
    const own = unsaved && read(unsaved.state);
    const isSame = own && (held ? held.seed === own.seed : kept !== "" || !unsaved.saved);
    const state = held && own ? merge(held, own, module) : isSame ? own : held;
    return { held, state, pending: isSame ? unsaved.interactions : [] };
  }

  /** Asks the platform for the state. Returns whether there was one. */
  async function open() {
    const opening = await driver.open();
    isKept = opening.found && opening.mode === "normal";
    player.isFree = opening.mode !== "normal";
    saving.wishes = opening.wishes;
    const { held, state, pending } = gather(opening.state, opening.kept);
    driver.assume({ ...report(held ?? player.state, module), state: opening.state });
    const start = state ?? player.state;
    player.state = settle(visit(start, [...player.state.visited, start.place]), module);
    player.tellOf((interaction) => tracker.changed(interaction));
    player.server = driver.server ?? null;
    player.server?.watch(
      () => player.state,
      () => tracker.changed(),
    );
    const message = opening.isOver
      ? "session-over"
      : !opening.found
        ? "no-platform"
        : !isKept
          ? "review-mode"
          : opening.state && !state
            ? "state-unreadable"
            : "";
    tell("message", message && say(message));
    if (opening.found) {
      tracker.begin(opening.state !== "", pending);
    } else {
      write(find("[data-save]"), say("not-tracked"));
    }
    if (isKept) {
      channel?.addEventListener("message", (event) => hear(String(event.data)));
    }
    return state !== null;
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tracker.hide());
  addEventListener("pagehide", () => tracker.leave());
  // Taken out of the browser's store of left pages, its session is over.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  /** From now on answers are sent, those of the journal first. */
  async function load() {
    await driver.load();
    tracker.ready();
  }

  /** Ends the session when the learner says so. Returns null, and ends nothing, while something is not saved; else where to go. */
  async function finish() {
    tracker.flush();
    if (!((await driver.settled?.()) ?? tracker.isSaved)) {
      return null;
    }
    tracker.leave();
    return { to: driver.home ?? "", isKept };
  }

  const saving = {
    open,
    load,
    finish,
    report: fullReport,
    flush: () => tracker.flush(),
    leave() {
      tracker.flush();
      driver.end?.();
    },
    wishes: /** @type {Wishes | undefined} */ (undefined),
  };
  return saving;
}
