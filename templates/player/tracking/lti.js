/** The LTI tool: events with ids of their own, kept on the device until the tool has them. The tool marks the answers. */

import { forget, keep, recall } from "../device.js";
import { find, findAll } from "../dom.js";
import { changes } from "./changes.js";

const MOST = 50; // events in one request

/** @typedef {{id: string, kind: string, at: string, [detail: string]: Json}} Event */
/** @typedef {{taken: string[], marked: Record<string, Marked>}} Receipt */

/** What the tool has put into the page it served. @returns {{mode: "normal" | "browse", learner: string, token: string, leave: string, state: State, pass: number | null, home: {address: string, words: string} | null, marked: Record<string, Marked>}} */
const readLaunch = () => JSON.parse(find("#lm-launch")?.textContent ?? "null");

/** @param {ModuleData} module @returns {Driver} */
export function connect(module) {
  const launch = readLaunch();
  const outbox = new Outbox(`lti:${module.course}:${module.module}:${launch.learner}`, launch.token);
  let known = launch.state;
  let now = () => known;

  return {
    open: () => ({ found: true, mode: launch.mode, state: JSON.stringify(launch.state), kept: launch.state }),
    load: async () => {},
    learner: () => launch.learner,
    home: launch.leave,
    settled: async () => {
      await outbox.send();
      return outbox.answers;
    },
    assume() {},
    save() {
      for (const event of launch.mode === "normal" ? changes(known, now(), module) : []) {
        outbox.put(event);
      }
      known = now();
      outbox.send();
      return outbox.answers;
    },
    close: () => void outbox.send(),
    server: {
      watch(state, tell) {
        now = state;
        outbox.tell = tell;
      },
      async mark(page, id, answer, round) {
        const marked = await outbox.ask({ kind: "answer", question: id, answer, round });
        unseal(page, id, marked);
        return marked.answer;
      },
      dress(page) {
        const { marked, pass, home } = readLaunch();
        // The page's own buttons are in the menu and under each result.
        for (const row of home ? findAll('[data-dialog="menu"] > .row, [data-results] > .row') : []) {
          row.prepend(
            Object.assign(document.createElement("a"), {
              className: "button",
              href: home?.address,
              textContent: home?.words,
            }),
          );
        }
        for (const quiz of page.quizzes) {
          quiz.pass = pass ?? quiz.pass;
        }
        for (const [id, said] of Object.entries(marked)) {
          unseal(page, id, said);
        }
      },
    },
  };
}

/** Events on their way: sent in order, kept on the device until the tool has them, also when the page is closed first. */
class Outbox {
  /** Whether the tool took what was sent last. */
  answers = true;
  tell = () => {};
  #key;
  #token;
  /** @type {Event[]} */
  #events;
  /** Who waits for a mark, by the id of the event. @type {Map<string, (marked: Marked) => void>} */
  #waiting = new Map();
  /** The sending that is under way. @type {Promise<void> | null} */
  #sending = null;

  /** @param {string} key on the device @param {string} token */
  constructor(key, token) {
    this.#key = key;
    this.#token = token;
    this.#events = read(key);
  }

  /** @param {{kind: string} & Record<string, Json>} event */
  put(event) {
    const id = crypto.randomUUID();
    this.#events.push({ ...event, id, at: new Date().toISOString() });
    keep(this.#key, JSON.stringify(this.#events));
    return id;
  }

  /** @param {{kind: string} & Record<string, Json>} event @returns {Promise<Marked>} */
  ask(event) {
    const id = this.put(event);
    const marked = new Promise((done) => {
      this.#waiting.set(id, done);
    });
    this.send();
    return marked;
  }

  /** Sends all there is, in one go at a time. The page hears of it when the tool falls silent, and when it answers again. */
  async send() {
    if (!this.#sending && this.#events.length > 0) {
      this.#sending = this.#sendAll();
    }
    await this.#sending;
  }

  async #sendAll() {
    let receipt;
    do {
      receipt = await post(this.#events.slice(0, MOST), this.#token);
      this.#settle(receipt ?? { taken: [], marked: {} });
    } while (receipt && receipt.taken.length > 0 && this.#events.length > 0);
    this.#sending = null;
    const answers = this.#events.length === 0;
    if (answers !== this.answers) {
      this.answers = answers;
      this.tell();
    }
  }

  /** @param {Receipt} receipt */
  #settle({ taken, marked }) {
    this.#events = this.#events.filter((event) => !taken.includes(event.id));
    this.#events.length > 0 ? keep(this.#key, JSON.stringify(this.#events)) : forget(this.#key);
    for (const id of taken.filter((one) => this.#waiting.has(one))) {
      const said = marked[id];
      // Not marked: another device has gone on to a round of its own, so this page is behind.
      said ? this.#waiting.get(id)?.(said) : location.reload();
      this.#waiting.delete(id);
    }
  }
}

/** Puts what the tool says of a question into the page: what is right, and why. @param {ModuleData} module @param {string} id @param {Marked} marked */
function unseal(module, id, { data, said }) {
  const question = module.questions[id];
  const element = find(`[data-question="${id}"]`);
  if (!question || !element) {
    return;
  }
  question.data = data;
  question.sealed = false;
  for (const [key, html] of Object.entries(said)) {
    const place = find(key === "explanation" ? "[data-explanation]" : `[data-feedback="${key}"]`, element);
    if (place) {
      place.innerHTML = html; // the compiler's own, cleaned, from our own server
    }
  }
}

/** @param {Event[]} events @param {string} token @returns {Promise<Receipt | null>} */
async function post(events, token) {
  try {
    const answer = await fetch("events", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-LM-Token": token },
      body: JSON.stringify({ language: document.documentElement.lang, events }),
      keepalive: true,
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} key @returns {Event[]} */
function read(key) {
  try {
    const found = JSON.parse(recall(key) || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
