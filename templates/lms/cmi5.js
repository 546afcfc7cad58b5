/** The page of a cmi5 platform: what host.js is for SCORM. The platform itself is the server (lokaltmot_lms/serve/cmi5). */
import { Host } from "./host.js";

/** @typedef {import("./host.js").Settings} Settings */
/** @typedef {import("./trace.js").Call} Call */
/** @typedef {Settings & {unit?: string, platform?: string}} Cmi5Settings unit: its number. platform: where it is served. */
/** @typedef {{calls: Call[], stored: Record<string, string>, phase: string}} News */

const LAST_WORDS = 5000; // ms that a left unit is waited for

export class Cmi5Host extends Host {
  /** @type {any} */
  runtime = { phase: "before" };
  /** @type {Record<string, string>} */
  #stored = {};
  #platform;
  #unit;
  #ready;
  /** @type {string | null} */
  #state = null;

  /** @param {HTMLIFrameElement} frame @param {Cmi5Settings} settings @param {(call: Call) => void} [onCall] */
  constructor(frame, settings, onCall) {
    super(frame, settings, onCall);
    this.#platform = `${settings.platform ?? "/cmi5/"}platform/`;
    this.#unit = Number(settings.unit ?? 0);
    this.faults = this.#breakable();
    this.faults.commit = ""; // the platform is back when its page is opened anew
    const events = new EventSource(`${this.#platform}events/${this.#unit}`);
    this.#ready = new Promise((resolve) => {
      events.addEventListener("message", (event) => {
        this.#hear(JSON.parse(event.data));
        resolve(null);
      });
    });
  }

  /** Faults as in host.js. The platform gets the setting before anything else happens. */
  #breakable() {
    const set = (/** @type {string} */ what, /** @type {object} */ order) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.#platform + what, false);
      request.send(JSON.stringify({ unit: this.#unit, ...order }));
    };
    const host = this;
    return {
      delay: 0,
      get commit() {
        return /** @type {""} */ ("");
      },
      set commit(how) {
        set("fails", { status: how === "" ? 0 : 503 });
      },
      get suspendData() {
        return host.#state;
      },
      set suspendData(state) {
        host.#state = state;
      },
    };
  }

  /** @param {News} news */
  #hear({ calls, stored, phase }) {
    this.#stored = stored;
    this.runtime.phase = phase;
    for (const call of calls) {
      this.calls.push({ ...call, n: this.calls.length + 1 });
      this.onCall(call);
    }
  }

  /** @param {string} what @param {object} [order] */
  async #ask(what, order = {}) {
    await this.#ready; // or news from before would come after the answer
    const answer = await fetch(this.#platform + what, {
      method: "POST",
      body: JSON.stringify({ unit: this.#unit, ...order }),
    });
    const news = await answer.json();
    this.#hear(news);
    return news;
  }

  /** @param {Partial<Settings>} [changes] */
  async launch(changes = {}) {
    await this.#ready;
    Object.assign(this.settings, changes);
    const isOver = this.#stored["cmi.completion_status"] === "completed" && this.settings.reviewAfterEnd !== false;
    const mode = this.settings.mode ?? (isOver ? "review" : "normal");
    if (this.#state !== null) {
      await this.#ask("state", { state: this.#state });
    }
    const { href } = await this.#ask("launch", { mode: (mode[0] ?? "").toUpperCase() + mode.slice(1) });
    this.launches += 1;
    this.frame.src = href;
  }

  /** Take the unit away, and wait for its last words. */
  async leave() {
    await super.leave();
    const until = performance.now() + LAST_WORDS;
    while (this.runtime.phase === "open" && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  stored() {
    return this.#stored;
  }

  /** @type {any} */
  get attempt() {
    return { forget: () => this.#ask("forget") };
  }
}
