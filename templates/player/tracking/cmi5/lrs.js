/** Requests to the learning record store (LRS) that a launch by cmi5 names. */
import { hash } from "../../bits.js";

const LONGEST_KEPT_ALIVE = 30_000; // bytes: a browser sends 64 kB for a page that is gone, all requests together
const ANY = "*"; // version of a document
const TRIES = [1, 2, 4]; // s between tries at the launch
const LONGEST = 15; // s that an answer is waited for

/** @typedef {import("../cmi5.js").Launch} Launch */

/** An id that is the same for the same text: what is sent twice is stored once. @param {string} text */
export function uuid(text) {
  const parts = [...Array(6).keys()].map((salt) =>
    hash(salt + text, 24)
      .toString(16)
      .padStart(6, "0"),
  );
  return parts.join("").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-5$3-8$4-$5");
}

/** The session is over, or was never ours. */
export class OverError extends Error {}

/** Whether another try may help. @param {number} status */
const isPassing = (status) => status >= 500 || status === 408 || status === 429;

export class Lrs {
  token = "";
  #launch;
  /** The version of each document, if the LRS sends it. @type {Map<string, string>} */
  #versions = new Map();

  /** @param {Launch} launch */
  constructor(launch) {
    this.#launch = launch;
  }

  /** Asks for the token, which is given only once (cmi5 8.2). */
  async fetchToken() {
    const answer = await patiently(() => fetch(this.#launch.fetch, { method: "POST" }));
    const said = await answer.json();
    if (typeof said["auth-token"] !== "string") {
      throw new OverError(said["error-text"]);
    }
    return String(said["auth-token"]);
  }

  /** @param {string} method @param {string} resource @param {Record<string, string>} query @param {Json} [body] @param {Record<string, string>} [headers] */
  #ask(method, resource, query, body, headers = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return fetch(`${this.#launch.endpoint}${resource}?${new URLSearchParams(query)}`, {
      method,
      headers: {
        Authorization: `Basic ${this.token}`,
        "X-Experience-API-Version": "1.0.3",
        ...(text === undefined ? null : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text, keepalive: text.length < LONGEST_KEPT_ALIVE }),
      cache: "no-store",
      signal: AbortSignal.timeout?.(LONGEST * 1000),
    });
  }

  #state = (/** @type {string} */ stateId) => ({
    stateId,
    activityId: this.#launch.activityId,
    agent: JSON.stringify(this.#launch.actor),
    registration: this.#launch.registration,
  });

  /** A document of this registration, null if it does not exist. @param {string} stateId */
  readState = (stateId, ask = patiently) => this.#read("activities/state", this.#state(stateId), stateId, ask);

  /** What the learner likes, null when nobody has said. */
  readPreferences() {
    const profileId = "cmi5LearnerPreferences";
    const query = { profileId, agent: JSON.stringify(this.#launch.actor) };
    return this.#read("agents/profile", query, profileId).catch(() => null);
  }

  /** @param {string} resource @param {Record<string, string>} query @param {string} name @param {typeof patiently} [ask] @returns {Promise<any>} */
  async #read(resource, query, name, ask = patiently) {
    const answer = await ask(() => this.#ask("GET", resource, query));
    if (answer.status === 404) {
      return null;
    }
    if (!answer.ok) {
      throw new OverError(String(answer.status));
    }
    this.#versions.set(name, answer.headers.get("ETag") ?? "");
    return answer.json().catch(() => null);
  }

  /** Whether the store has refused a document or a statement that no later try can change. */
  isRefused = false;

  /** Returns whether the document was kept, or never will be. Some stores want to hear which version it takes the place of. @param {string} stateId @param {Json} document */
  async writeState(stateId, document) {
    const put = (/** @type {string} */ version) =>
      this.#ask("PUT", "activities/state", this.#state(stateId), document, version ? { "If-Match": version } : {});
    let version = this.#versions.get(stateId) ?? "";
    let answer = await put(version);
    if (answer.status === 409 || answer.status === 412) {
      // Another session of this registration wrote it. That one is over (cmi5 9.3.6), so this one's word counts.
      await this.readState(stateId, (ask) => ask());
      version = this.#versions.get(stateId) || ANY;
      answer = await put(version);
    }
    if (answer.ok) {
      // Where another host hides its versions, asking once is enough.
      this.#versions.set(stateId, answer.headers.get("ETag") ?? (version === ANY ? ANY : ""));
    }
    return answer.ok || this.#isForGood(answer.status);
  }

  /** Whether the store will never take what it refused. @param {number} status */
  #isForGood(status) {
    const isForGood = status !== 401 && !isPassing(status);
    this.isRefused ||= isForGood && status !== 409; // 409: it has a statement of this id already
    return isForGood;
  }

  /** Whether a statement is kept already. @param {string} statementId */
  holds = async (statementId) => (await this.#ask("GET", "statements", { statementId })).ok;

  /** Sends statements in their order. Returns whether the store took them, or never will. @param {readonly {id: string}[]} statements @returns {Promise<boolean>} */
  async tell(statements) {
    const [first, ...others] = statements;
    const answer = await (others.length === 0
      ? this.#ask("PUT", "statements", { statementId: first?.id ?? "" }, /** @type {any} */ (first))
      : this.#ask("POST", "statements", {}, /** @type {any} */ (statements)));
    if (answer.ok || (others.length === 0 && this.#isForGood(answer.status))) {
      return true;
    }
    if (answer.status === 401 || isPassing(answer.status)) {
      return false;
    }
    // The LRS refuses a whole batch for one statement, so each is sent alone. We can't fix one that is refused alone.
    for (const one of statements) {
      if (!(await this.tell([one]))) {
        return false;
      }
    }
    return true;
  }
}

/** Tries again when the store does not answer, for a while. @param {() => Promise<Response>} ask */
async function patiently(ask) {
  for (const seconds of [...TRIES, 0]) {
    const answer = await ask().catch((error) => {
      if (seconds === 0) {
        throw error;
      }
      return null;
    });
    if (answer && (seconds === 0 || !isPassing(answer.status))) {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  throw new OverError();
}
