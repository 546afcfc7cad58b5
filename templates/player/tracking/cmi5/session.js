/** A session by cmi5: statements and one document of state. Numbers are those of the specification. */
import { attempt } from "../../device.js";
import { Lrs, OverError } from "./lrs.js";

const OUR_STATE = "lokaltmot";
const ONCE = ["completed", "passed", "failed"]; // what counts, in a registration
const MOST = 20; // statements in one request
const RELOADS = 2000; // ms after the key

/** @typedef {import("./statements.js").Statement} Statement */
/** begun: when it was initialized. earlier: seconds of earlier sessions. said: the verbs that were sent. @typedef {{token: string, begun: string, earlier: number, said: string[], returnTo: string}} Memory */

/** One session. What only this tab knows of it outlives a reload, since the token is given once. */
export class Session {
  #place;
  #launch;
  #lrs;
  #key;
  /** @type {Memory} */
  #session;
  #mode = "";
  /** Our document, as the LRS has it; said: what counts once a registration. */
  #kept = { state: "", said: /** @type {string[]} */ ([]), seconds: 0 };
  /** @type {Report | null} */
  #report = null;
  /** What the state says was reached before this session, though no answer came that it was kept. @type {string[]} */
  #doubts = [];
  /** @type {Statement[]} */
  #waiting = [];
  /** @type {readonly Statement[]} */
  #underWay = [];
  /** @type {WeakSet<Interaction>} */
  #told = new WeakSet();
  /** @type {Promise<boolean>} */
  #work = Promise.resolve(true);
  #reloadsAt = 0;
  /** @type {import("./statements.js").Statements | undefined} */
  #statements;

  /** @param {ModuleData} module @param {Window} place @param {import("../cmi5.js").Launch} launch */
  constructor(module, place, launch) {
    this.module = module;
    this.#place = place;
    this.#launch = launch;
    this.#lrs = new Lrs(launch);
    this.#key = `lokaltmot:cmi5:${launch.fetch}`;
    const kept = attempt(() => JSON.parse(sessionStorage.getItem(this.#key) ?? "null"), null);
    this.#session = kept ?? fresh();
  }

  #remember() {
    attempt(() => sessionStorage.setItem(this.#key, JSON.stringify(this.#session)), undefined);
  }

  /** @returns {Promise<Opening>} */
  async open() {
    const session = this.#session;
    if (session.said.includes("terminated")) {
      session.returnTo && this.#place.location.replace(session.returnTo);
      return { found: false, mode: "normal", state: "", isOver: true };
    }
    try {
      return await this.#begin().catch((error) => {
        // The address may be of a new session, though it looks like one that this tab remembers.
        if (!session.token || !(error instanceof OverError)) {
          throw error;
        }
        this.#session = fresh();
        return this.#begin();
      });
    } catch (error) {
      return { found: false, mode: "normal", state: "", isOver: error instanceof OverError };
    }
  }

  /** Everything the platform has to say comes before the first statement (10, 11). @returns {Promise<Opening>} */
  async #begin() {
    const session = this.#session;
    this.#lrs.token = session.token || (await this.#lrs.fetchToken());
    session.token = this.#lrs.token;
    this.#remember();
    const reads = [this.#lrs.readState("LMS.LaunchData"), this.#lrs.readPreferences(), this.#lrs.readState(OUR_STATE)];
    const [{ Statements }, data, likes, ours] = await Promise.all([import("./statements.js"), ...reads]);
    if (!data?.contextTemplate) {
      throw new OverError();
    }
    this.#mode = { Browse: "browse", Review: "review" }[String(data.launchMode)] ?? "normal";
    const said = Array.isArray(ours?.said) ? ours.said : [];
    this.#kept = { state: String(ours?.state ?? ""), said, seconds: Number(ours?.seconds) || 0 };
    session.returnTo = attempt(() => webAddress(data.returnURL), "");
    session.earlier = session.begun ? session.earlier : this.#kept.seconds;
    session.begun ||= new Date().toISOString();
    this.#statements = new Statements(this.#launch, data, session.begun, session.earlier);
    session.said.includes("initialized") || this.#say("initialized");
    this.#remember();
    this.#place.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      this.#reloadsAt = key === "F5" || (key === "r" && (ctrlKey || metaKey)) ? Date.now() : 0;
    });
    return {
      found: true,
      mode: /** @type {Opening["mode"]} */ (this.#mode),
      state: this.#kept.state,
      wishes: {
        pass: typeof data.masteryScore === "number" ? data.masteryScore : null,
        languages: String(likes?.languagePreference ?? "").split(","),
        isSilent: likes?.audioPreference === "off",
      },
    };
  }

  /** @param {Report} report */
  assume(report) {
    const reached = [report.completion, report.success].filter((verb) => ONCE.includes(verb));
    this.#doubts = reached.filter((verb) => !this.#kept.said.includes(verb));
  }

  /** Where the platform wants a learner who leaves (10.2.6). */
  get home() {
    return this.#session.returnTo;
  }

  get isRefused() {
    return this.#lrs.isRefused;
  }

  /** Whether the LRS has all, once it has answered to what is on its way. */
  async settled() {
    let [work, isSent] = [this.#work, await this.#work];
    while (work !== this.#work) {
      [work, isSent] = [this.#work, await this.#work];
    }
    return isSent || this.#mode !== "normal";
  }

  /** @param {Report} report @param {readonly Interaction[]} interactions */
  save(report, interactions) {
    if (this.#mode === "normal") {
      this.#report = report;
      for (const interaction of interactions.filter((one) => !this.#told.has(one))) {
        this.#told.add(interaction);
        this.#waiting.push(...(this.#statements?.answered(interaction, this.module) ?? []));
      }
    }
    const sent = this.#work.then(() => this.#send()).catch(() => false);
    this.#work = sent;
    return this.#mode === "normal" ? sent : true;
  }

  /** The state first: it holds the learner's progress, and the statements describe it. */
  async #send() {
    if (!this.#mode) {
      return false;
    }
    for (const verb of this.#doubts) {
      if (await this.#lrs.holds(this.#statements?.idOf(verb) ?? "")) {
        this.#session.said.push(verb);
      }
    }
    this.#doubts = [];
    this.#judge();
    if (!(await this.#keep())) {
      return false;
    }
    while (this.#waiting.length > 0) {
      this.#underWay = this.#waiting.slice(0, MOST);
      const isTaken = await this.#lrs.tell(this.#underWay).catch(() => false);
      const sent = this.#underWay;
      this.#underWay = [];
      if (!isTaken) {
        return false;
      }
      this.#waiting = this.#waiting.filter((one) => !sent.includes(one));
      this.#session.said.push(...sent.filter(isDefined).map(verbOf));
      this.#remember();
    }
    return this.#keep();
  }

  /** @returns {Promise<boolean>} */
  async #keep() {
    const { state } = this.#report ?? this.#kept;
    const said = [...new Set([...this.#kept.said, ...this.#session.said])].filter((verb) => ONCE.includes(verb));
    if (state === this.#kept.state && said.length === this.#kept.said.length) {
      return true;
    }
    const next = { state, said, seconds: this.#statements?.seconds() ?? 0 };
    const isKept = await this.#lrs.writeState(OUR_STATE, next);
    this.#kept = isKept ? next : this.#kept;
    return isKept;
  }

  /** Completed and passed once a registration, failed never after passed, and not both in a session (9.3). */
  #judge() {
    const { completion, success, score } = this.#report ?? { completion: "", success: "", score: null };
    const here = [...this.#session.said, ...this.#waiting.filter(isDefined).map(verbOf)];
    const isNew = (/** @type {string} */ verb) => ![...this.#kept.said, ...here, ...this.#doubts].includes(verb);
    const isTold = success === "passed" ? !here.includes("failed") : success === "failed" && isNew("passed");
    if (isTold && isNew(success)) {
      this.#say(success, score);
    }
    if (completion === "completed" && isNew(completion)) {
      this.#say(completion);
    }
  }

  /** @param {string} verb @param {number | null} [score] */
  #say(verb, score = null) {
    this.#waiting.push(...(this.#statements?.defined(verb, score) ?? []));
  }

  /** All at once, for the page is going. After the key for a reload the session goes on. */
  close() {
    if (!this.#session.begun || !this.#mode) {
      return;
    }
    this.#judge();
    const isEnd = Date.now() - this.#reloadsAt > RELOADS;
    isEnd && this.#say("terminated");
    const rest = this.#waiting.filter((one) => !this.#underWay.includes(one));
    // What does not fit is in the journal of this device.
    const last = rest.length > MOST ? rest.filter(isDefined) : rest;
    this.#waiting = [];
    this.#keep().catch(() => {});
    if (last.length > 0) {
      this.#lrs.tell(last).catch(() => {});
    }
    if (isEnd) {
      this.#session.said.push("terminated");
      this.#remember();
    }
    this.#mode = "";
  }
}

/** @returns {Memory} */
const fresh = () => ({ token: "", begun: "", earlier: 0, said: [], returnTo: "" });
/** @param {Statement} statement */
const verbOf = ({ verb }) => verb.id.split("/").at(-1) ?? "";
/** @param {Statement} statement */
const isDefined = (statement) => verbOf(statement) !== "answered";

/** Never a script. @param {string} address */
function webAddress(address) {
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : "";
}
