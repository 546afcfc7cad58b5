/** What the two SCORM drivers share: finding the platform's API, and sending only what has changed. */
import { decimal } from "../bits.js";

const TRIES = 3; // what a platform refuses in so many commits holds up nothing any longer

/**
 * The API in this window, the windows around it, or around the one that opened it.
 * @param {Window} start @param {string} name @returns {any}
 */
export function findApi(start, name) {
  for (const from of [start, attempt(() => start.opener), attempt(() => start.top?.opener)]) {
    let here = /** @type {Window | null} */ (from);
    for (let step = 0; here && step < 50; step++) {
      const [window, api] = [here, attempt(() => /** @type {any} */ (here)[name])];
      if (api) {
        return api;
      }
      const above = attempt(() => window.parent);
      here = above === here ? null : above;
    }
  }
  return null;
}

/** A window of another origin throws when it is asked, and some platforms throw when they are down. @template T @param {() => T} step @returns {T | null} */
function attempt(step) {
  try {
    return step();
  } catch {
    return null;
  }
}

/** @typedef {{open: string, get: string, set: string, commit: string, close: string}} Verbs */

/** One session with an API of either standard; `verbs` holds the names of its functions. */
export class Session {
  #api;
  #verbs;
  /** What the platform holds, as far as we know. @type {Map<string, string>} */
  #known = new Map();
  /** The elements that it refused since the last commit. @type {Set<string>} */
  #refused = new Set();
  /** In how many commits in a row it refused an element and kept the rest. @type {Map<string, number>} */
  #refusals = new Map();

  /** @param {any} api @param {Verbs} verbs */
  constructor(api, verbs) {
    this.#api = api;
    this.#verbs = verbs;
  }

  /** @param {keyof Verbs} verb @param {...string} words */
  #call(verb, ...words) {
    return attempt(() => String(this.#api[this.#verbs[verb]](...words)));
  }

  open = () => this.#call("open", "") === "true";
  close = () => this.#call("close", "") === "true";

  /** Whether the platform refuses an element whenever it is sent. @param {string} element */
  refuses = (element) => (this.#refusals.get(element) ?? 0) >= TRIES;

  /** A platform that keeps the rest is not down: what it refuses, it refuses on purpose. */
  commit() {
    const isKept = this.#call("commit", "") === "true";
    for (const element of isKept ? this.#refused : []) {
      this.#refusals.set(element, (this.#refusals.get(element) ?? 0) + 1);
    }
    this.#refused.clear();
    return isKept;
  }

  /** An element; null when the platform is down. @param {string} element */
  ask = (element) => this.#call("get", element);

  /** An element, "" when it is not there. @param {string} element */
  get(element) {
    const value = this.ask(element);
    return value === null || value === "null" || value === "undefined" ? "" : value;
  }

  /** Takes a value as sent. @param {string} element @param {string} value */
  know(element, value) {
    this.#known.set(element, value);
  }

  /** Forgets what was sent: after a failed commit nobody knows what is kept. */
  forget() {
    this.#known.clear();
  }

  /** Returns whether the platform took it, or never will: waiting for it would hold up the rest. @param {string} element @param {string | number} value */
  set(element, value) {
    if (this.#known.get(element) === String(value)) {
      return true;
    }
    const taken = this.#call("set", element, String(value)) === "true";
    if (taken) {
      this.know(element, String(value));
      this.#refusals.delete(element);
    } else {
      this.#refused.add(element);
    }
    return taken || this.refuses(element);
  }
}

/**
 * What one standard calls things, and how it writes them.
 *
 * names: its elements; score: what the elements of the score begin with. statuses: those of completion and success. begin, send: its statuses, set once at the
 * launch and then as they change; know: what they are already. span: a length of time. pattern: a right answer, "" when
 * it has no form. more: what else an interaction says.
 * @typedef {{
 *   api: string, verbs: Verbs, statuses: string[], isScaled: boolean, wrong: string, comma: string, point: string, booleans: [string, string], longest: number,
 *   names: Record<"mode" | "state" | "place" | "learner" | "exit" | "time" | "score" | "answered" | "response", string>,
 *   begin(lms: Session): void, know(lms: Session, report: Report): void, send(lms: Session, report: Report): boolean,
 *   span(seconds: number): string, pattern(kind: string, right: string): string, more(interaction: Interaction): [string, string][],
 * }} Dialect
 */

/** @param {Report} report */
const statusesOf = ({ completion, success }) => completion + success;

/** @param {Window} place @param {Dialect} dialect @returns {Driver} */
export function scormDriver(place, dialect) {
  const { names } = dialect;
  const lms = new Session(findApi(place, dialect.api), dialect.verbs);
  let score = -1;
  let mayWrite = false;
  /** The statuses that the platform has. */
  let told = "";
  /** @type {(interactions: readonly Interaction[]) => void} */
  let send = () => {};

  /** @returns {[string, string][]} */
  const scores = () => [
    .../** @type {[string, string][]} */ (dialect.isScaled ? [["scaled", decimal(score / 100, 4)]] : []),
    ["raw", decimal(score)],
    ["min", "0"],
    ["max", "100"],
  ];

  /** The first time the platform is asked for its own: a score is never lowered. @param {number | null} reached */
  function sendScore(reached) {
    if (reached === null) {
      return true;
    }
    score = Math.max(reached, score < 0 ? Number.parseFloat(lms.get(`${names.score}raw`)) || 0 : score);
    return scores()
      .map(([name, value]) => lms.set(names.score + name, value))
      .every(Boolean);
  }

  return {
    async load() {
      const { sender } = await import("./answers.js");
      send = sender(lms, dialect);
    },

    open() {
      if (!lms.open()) {
        return { found: false, mode: "normal", state: "" };
      }
      const mode = lms.get(names.mode);
      const state = lms.get(names.state);
      // Moodle 4.5 stores what is set in a preview, and it becomes the grade.
      mayWrite = mode !== "review" && mode !== "browse";
      if (mayWrite) {
        lms.know(names.state, state);
        lms.set(names.exit, "suspend");
        dialect.begin(lms);
      }
      return { found: true, mode: mayWrite ? "normal" : /** @type {"review" | "browse"} */ (mode), state };
    },

    learner: () => lms.get(names.learner),

    assume(report) {
      lms.know(names.place, report.place);
      dialect.know(lms, report);
      told = statusesOf(report);
      if (report.score !== null) {
        score = report.score;
        for (const [name, value] of scores()) {
          lms.know(names.score + name, value);
        }
      }
    },

    save(report, interactions) {
      if (!mayWrite) {
        return true;
      }
      send(interactions);
      const statuses = statusesOf(report);
      const taken = [
        lms.set(names.state, report.state),
        // The turn that completes a module says just that: the state holds the place too, and the next save sends it.
        statuses !== told || lms.set(names.place, report.place),
        sendScore(report.score),
        lms.set(names.exit, "suspend"),
        dialect.send(lms, report),
      ];
      const saved = lms.commit() && taken.every(Boolean);
      if (saved) {
        told = statuses;
      } else {
        lms.forget();
      }
      return saved;
    },

    // Not what no learner would miss, such as the place: the state has it too.
    isRefused: () => [names.state, `${names.score}raw`, ...dialect.statuses].some(lms.refuses),

    close(seconds) {
      if (mayWrite) {
        lms.forget();
        lms.set(names.time, dialect.span(seconds));
        lms.set(names.exit, "suspend");
        lms.commit();
      }
      lms.close();
    },
  };
}
