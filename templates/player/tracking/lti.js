/** The LTI tool: events with ids of their own, kept on the device until the tool has them. The tool marks the answers. */

import { forget, isShared, keep, recall } from "../device.js";
import { find, findAll } from "../dom.js";
import { changes } from "./changes.js";

const MOST = 50; // events in one request
const LARGEST = 48_000; // bytes of one request: a browser sends at most 64 kB for a page that is gone
// Another try may help: the session has ended, the server waits for the rest, or it is busy.
const PASSING = [401, 408, 429];

/** @typedef {{id: string, kind: string, at: string, [detail: string]: Json}} Event */
/** @typedef {{taken: string[], marked: Record<string, Marked>, refused: {id: string, why: string}[]}} Receipt */

/** What the tool has put into the page it served. @returns {{mode: "normal" | "browse", learner: string, link: string, token: string, end: string, leave: string, state: State, pass: number | null, home: {address: string, words: string} | null, marked: Record<string, Marked>}} */
const readLaunch = () => JSON.parse(find("#lm-launch")?.textContent ?? "null");

/** @param {ModuleData} module @returns {Driver} */
export function connect(module) {
  const launch = readLaunch();
  const outbox = new Outbox(`lti:${launch.link}:${launch.learner}`, launch);
  let known = launch.state;
  /** Whether the page is left for another page of the tool, or read again. */
  let isStaying = false;
  // A browser without the Navigation API says nothing of its back button: then the session ends, which is the safe way.
  window.navigation?.addEventListener("navigate", ({ destination }) => {
    isStaying = destination.url.startsWith(`${location.origin}/s/`);
  });
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
    // On a shared computer nobody after this learner may find the module open.
    close: () => void (isShared() && !isStaying ? outbox.end() : outbox.send()),
    end: () => void outbox.end(),
    isRefused: () => outbox.isRefused,
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

/**
 * Events on their way: sent in order, kept on the device until the tool has them, also when the page is closed first.
 *
 * An event that is refused never stops those after it. When the tool names it (refused), no later try can help, and it
 * is gone. When the whole request is refused, by the tool or by something between, the events are sent one by one;
 * those that are refused alone are set aside, and tried once more when the module is opened again.
 */
class Outbox {
  /** Whether the tool took what was sent last. */
  answers = true;
  /** Whether something was refused. */
  isRefused = false;
  tell = () => {};
  #key;
  #token;
  #end;
  /** @type {Event[]} */
  #events;
  /** @type {Event[]} */
  #aside = [];
  /** Who waits for a mark, by the id of the event. @type {Map<string, {resolve: (marked: Marked) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  /** The sending that is under way. @type {Promise<void> | null} */
  #sending = null;

  /** @param {string} key on the device @param {{token: string, end: string}} launch */
  constructor(key, { token, end }) {
    this.#key = key;
    this.#token = token;
    this.#end = end;
    this.#events = read(key);
  }

  /** @param {{kind: string} & Record<string, Json>} event */
  put(event) {
    const id = crypto.randomUUID();
    this.#events.push({ ...event, id, at: new Date().toISOString() });
    this.#keep();
    return id;
  }

  /** Promises the mark of an answer. Throws a RefusedError. @param {{kind: string} & Record<string, Json>} event @returns {Promise<Marked>} */
  ask(event) {
    const id = this.put(event);
    const marked = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
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

  /** Sends what one request holds, and ends the session: what is left over could not be sent later. */
  end() {
    post(fitting(this.#events.slice(0, MOST)), this.#token, this.#end);
  }

  async #sendAll() {
    let most = MOST;
    let isHeard = true;
    while (isHeard && this.#events.length > 0) {
      const batch = fitting(this.#events.slice(0, most));
      const answer = await post(batch, this.#token);
      isHeard = answer !== null;
      if (answer?.receipt) {
        this.#settle(batch, answer.receipt);
      } else if (answer && batch.length > 1) {
        most = 1;
      } else if (answer) {
        this.#aside.push(...batch);
        this.#refuse(batch[0]?.id ?? "", "invalid");
      }
      this.#keep();
    }
    this.#sending = null;
    const answers = this.#events.length === 0;
    if (answers !== this.answers || this.isRefused) {
      this.answers = answers;
      this.tell();
    }
  }

  /** @param {Event[]} batch @param {Receipt} receipt */
  #settle(batch, { taken, marked, refused }) {
    for (const { id } of batch) {
      if (!taken.includes(id)) {
        this.#refuse(id, refused.find((one) => one.id === id)?.why ?? "invalid");
      } else if (this.#waiting.has(id) && !marked[id]) {
        location.reload(); // another device has gone on to a round of its own, so this page is behind
      } else if (marked[id]) {
        this.#waiting.get(id)?.resolve(marked[id]);
      }
      this.#waiting.delete(id);
    }
    this.#drop(batch);
  }

  /** @param {string} id @param {string} why */
  #refuse(id, why) {
    // Who waits for a mark says it at the question; all else is said on top of the page.
    this.isRefused ||= !this.#waiting.has(id);
    this.#waiting.get(id)?.reject(new RefusedError(why));
    this.#waiting.delete(id);
    this.#events = this.#events.filter((event) => event.id !== id);
  }

  /** @param {Event[]} batch */
  #drop(batch) {
    this.#events = this.#events.filter((event) => !batch.some(({ id }) => id === event.id));
  }

  #keep() {
    const left = [...this.#aside, ...this.#events];
    left.length > 0 ? keep(this.#key, JSON.stringify(left)) : forget(this.#key);
  }
}

/** The tool will never take an answer. The message is the reason: "invalid" or "too_long". */
class RefusedError extends Error {}

/** As many events as one request holds, one at least. @param {Event[]} events */
function fitting(events) {
  let room = LARGEST;
  return events.filter((event, at) => {
    room -= new TextEncoder().encode(JSON.stringify(event)).length;
    return at === 0 || room > 0;
  });
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

/**
 * Sends events. Returns null when another try may help, else the receipt, or an answer without one: a refusal.
 * @param {Event[]} events @param {string} token @param {string} address @returns {Promise<{receipt?: Receipt} | null>}
 */
async function post(events, token, address = "events") {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-LM-Token": token },
      body: events.length > 0 ? JSON.stringify({ language: document.documentElement.lang, events }) : null,
      keepalive: true,
    });
    // What is not JSON comes from something between, such as the sign-in page of a network.
    const said = answer.ok || answer.status === 403 ? await answer.json().catch(() => null) : null;
    if (answer.ok) {
      return said && { receipt: said };
    }
    const isPassing = PASSING.includes(answer.status) || said?.reason === "not_open";
    return answer.status >= 400 && answer.status < 500 && !isPassing ? {} : null;
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
