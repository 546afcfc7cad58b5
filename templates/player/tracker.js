/** Says to the driver what has happened, once an event; keeps trying when the platform does not answer. */

const SOON = 20; // ms: what happens in one event goes in one commit
const LONGEST_WAIT = 60; // s
const SILENT = 3; // failures before the page asks the learner not to close the window

/** @typedef {"saved" | "waiting" | "failed"} Light */

export class Tracker {
  #driver;
  #report;
  #journal;
  #onLight;
  /** @type {Interaction[]} */
  #pending = [];
  /** Whether the driver knows how to say an answer. */
  #isReady = false;
  #isDirty = false;
  /** Whether an answer of the platform is awaited. */
  #isSaving = false;
  #isOpen = false;
  #hasSaved = false;
  #failures = 0;
  #began = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {{driver: Driver, report: () => Report, journal: import("./journal.js").Journal, onLight: (light: Light) => void}} parts */
  constructor({ driver, report, journal, onLight }) {
    this.#driver = driver;
    this.#report = report;
    this.#journal = journal;
    this.#onLight = onLight;
  }

  /** @param {boolean} hasSaved whether the platform gave something back @param {Interaction[]} pending from the journal */
  begin(hasSaved, pending) {
    this.#isOpen = true;
    this.#hasSaved = hasSaved;
    this.#pending = pending;
    this.#isDirty = true;
    this.flush();
  }

  /** Whether there is nothing left to send. */
  get isSaved() {
    return !this.#isOpen || (!this.#isDirty && this.#pending.length === 0);
  }

  ready() {
    this.#isReady = true;
    if (this.#pending.length > 0) {
      this.changed();
    }
  }

  /** @param {Interaction} [interaction] */
  changed(interaction) {
    this.#pending.push(...(interaction ? [interaction] : []));
    this.#isDirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), SOON);
  }

  flush() {
    clearTimeout(this.#timer);
    if (!this.#isOpen || !this.#isDirty) {
      return;
    }
    if (this.#isSaving) {
      this.#write();
      return;
    }
    this.#save();
  }

  #save() {
    const answers = this.#isReady ? [...this.#pending] : [];
    this.#isDirty = false;
    const taken = this.#driver.save(this.#report(), answers);
    if (typeof taken === "boolean") {
      this.#settle(taken, answers.length);
      return;
    }
    // Until the answer comes this device is the only one that surely has it.
    this.#isSaving = true;
    this.#write();
    taken.then((isTaken) => {
      this.#isSaving = false;
      this.#settle(isTaken, answers.length);
      if (isTaken && this.#isDirty) {
        this.flush();
      }
    });
  }

  /** @param {boolean} isTaken @param {number} count of the answers that were sent */
  #settle(isTaken, count) {
    if (isTaken) {
      this.#pending = this.#pending.slice(count);
      this.#hasSaved = true;
      this.#failures = 0;
      if (this.#pending.length === 0 && !this.#isDirty) {
        this.#journal.clear();
      }
      this.#onLight("saved");
      return;
    }
    this.#failures++;
    this.#isDirty = true;
    this.#write();
    this.#onLight(this.#failures > SILENT ? "failed" : "waiting");
    this.#timer = setTimeout(() => this.flush(), Math.min(2 ** this.#failures, LONGEST_WAIT) * 1000);
  }

  #write() {
    this.#journal.write({ state: this.#report().state, saved: this.#hasSaved, interactions: this.#pending });
  }

  /** The tab is hidden: it may never be seen again. */
  hide() {
    this.#isDirty = true;
    this.flush();
  }

  /** Once, when the page goes away. */
  leave() {
    if (this.#isOpen && this.#isDirty) {
      this.#save();
    }
    clearTimeout(this.#timer);
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#driver.close((Date.now() - this.#began) / 1000);
    }
  }
}
