/** The platform's page: puts the API where content looks for it, frames a package, and breaks things when asked to. */
import { Attempt } from "./attempt.js";
import { Scorm12 } from "./scorm12.js";
import { Scorm2004 } from "./scorm2004.js";
import { traced } from "./trace.js";

/** @typedef {import("./attempt.js").Settings} Settings */
/** @typedef {import("./trace.js").Call} Call */

/**
 * @typedef {object} Faults What goes wrong on purpose. Change a field at any time.
 * @property {"" | "false" | "throw"} commit What a commit and the end do: work, answer "false", or throw.
 * @property {number} delay Milliseconds that each commit holds the page up.
 * @property {string | null} suspendData What the next launch gets in place of the stored state; null: the state.
 */

/** Hold the page up, as a synchronous request does. @param {number} ms */
function hold(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    // Nothing: a synchronous commit blocks the content's own thread in just this way.
  }
}

export class Host {
  /** @type {Call[]} */
  calls = [];
  /** @type {Faults} */
  faults = { commit: "", delay: 0, suspendData: null };
  launches = 0;
  /** @type {Scorm12 | Scorm2004 | null} */
  runtime = null;

  /**
   * @param {HTMLIFrameElement} frame Where content is shown.
   * @param {Settings} settings
   * @param {(call: Call) => void} [onCall] Called with every call.
   */
  constructor(frame, settings, onCall = () => {}) {
    this.frame = frame;
    this.settings = settings;
    this.onCall = onCall;
  }

  get attempt() {
    return new Attempt(localStorage, this.settings);
  }

  /** Begin a launch and show the content. @param {Partial<Settings>} [changes] Settings that differ from now on. */
  launch(changes = {}) {
    this.settings = { ...this.settings, ...changes };
    const { attempt, settings } = this;
    const { values, given, mode } = attempt.begin();
    if (this.faults.suspendData !== null) {
      values["cmi.suspend_data"] = this.faults.suspendData;
    }
    const Runtime = settings.standard === "scorm12" ? Scorm12 : Scorm2004;
    const runtime = new Runtime({
      values,
      given,
      limits: settings.limits,
      save: (stored) => this.#save(attempt, stored),
    });
    this.runtime = runtime;
    this.launches += 1;
    const api = traced(runtime, {
      calls: this.calls,
      launch: this.launches,
      mode,
      broken: () => this.faults.commit !== "",
      onCall: this.onCall,
    });
    Object.assign(window, { API: undefined, API_1484_11: undefined, [runtime.name]: api });
    this.frame.src = settings.href;
  }

  /** Take the content away, as a platform does when the learner goes elsewhere. */
  leave() {
    return new Promise((resolve) => {
      this.frame.addEventListener("load", resolve, { once: true });
      this.frame.src = "about:blank";
    });
  }

  /** Wait until the content has made no call for a while, or has talked for too long. @param {number} ms @param {number} [most] */
  async quiet(ms, most = 3000) {
    const until = performance.now() + most;
    let seen = -1;
    while (seen !== this.calls.length && performance.now() < until) {
      seen = this.calls.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  /** What the platform has stored of the attempt. */
  stored() {
    return this.attempt.kept().values;
  }

  /** @param {Attempt} attempt @param {Record<string, string>} values */
  #save(attempt, values) {
    hold(this.faults.delay);
    if (this.faults.commit === "throw") {
      throw new Error("The platform does not answer (a fault made on purpose).");
    }
    return this.faults.commit === "false" ? false : attempt.save(values);
  }
}
