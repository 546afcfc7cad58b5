/** A learner's attempt between launches: what is stored, and what the next launch gets. The rules are Moodle 4.5's. */

/** @typedef {"scorm12" | "scorm2004"} Standard */

/**
 * @typedef {object} Settings What the platform knows of a package, from its manifest and the teacher's choices.
 * @property {Standard} standard
 * @property {string} key Which package: attempts are kept apart by it.
 * @property {string} href The launch file, from the host page.
 * @property {string} [title]
 * @property {string} [launchData]
 * @property {string} [masteryScore] SCORM 1.2, 0-100.
 * @property {string} [scaledPassingScore] SCORM 2004, -1..1.
 * @property {string} [completionThreshold] SCORM 2004 4th edition, 0..1.
 * @property {"normal" | "browse" | "review"} [mode]
 * @property {boolean} [reviewAfterEnd] Whether an ended attempt opens for review, as in Moodle. Default true.
 * @property {Record<string, number>} [limits]
 */

/**
 * @typedef {object} Kept What is stored of an attempt.
 * @property {number} launches
 * @property {Record<string, string>} values
 */

/** @typedef {{getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void}} Storage */

const LEARNER = { id: "kari.prove", name: "Kari Prøve" };

/** Where each standard keeps what the rules below look at. */
const NAMES = {
  scorm12: {
    exit: "cmi.core.exit",
    session: "cmi.core.session_time",
    total: "cmi.core.total_time",
    noTime: "0000:00:00.00",
    ended: (/** @type {Record<string, string>} */ values) =>
      ["passed", "completed", "failed"].includes(values["cmi.core.lesson_status"] ?? ""),
  },
  scorm2004: {
    exit: "cmi.exit",
    session: "cmi.session_time",
    total: "cmi.total_time",
    noTime: "PT0H0M0S",
    ended: (/** @type {Record<string, string>} */ values) => values["cmi.completion_status"] === "completed",
  },
};

/** @param {Record<string, string | undefined>} values @returns {Record<string, string>} */
const present = (values) =>
  /** @type {Record<string, string>} */ (
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  );

export class Attempt {
  /** @param {Storage} storage @param {Settings} settings */
  constructor(storage, settings) {
    this.storage = storage;
    this.settings = settings;
    this.place = `strict-lms:${settings.standard}:${settings.key}`;
  }

  /** @returns {Kept} */
  kept() {
    const text = this.storage.getItem(this.place);
    return text === null ? { launches: 0, values: {} } : JSON.parse(text);
  }

  /** Forget the attempt, as when a teacher deletes it. */
  forget() {
    this.storage.removeItem(this.place);
  }

  /** @param {Record<string, string>} values */
  save(values) {
    const kept = this.kept();
    this.storage.setItem(this.place, JSON.stringify({ ...kept, values: { ...kept.values, ...values } }));
    return true;
  }

  /**
   * Begin a launch.
   *
   * @returns {{values: Record<string, string>, given: Record<string, string>, mode: string}}
   */
  begin() {
    const kept = this.kept();
    const names = NAMES[this.settings.standard];
    const first = kept.launches === 0;
    const suspended = kept.values[names.exit] === "suspend";
    const entry = first ? "ab-initio" : suspended ? "resume" : "";
    const over = names.ended(kept.values) && this.settings.reviewAfterEnd !== false;
    const mode = this.settings.mode ?? (over ? "review" : "normal");
    this.storage.setItem(this.place, JSON.stringify({ ...kept, launches: kept.launches + 1 }));
    const { [names.exit]: _exit, [names.session]: _session, [names.total]: total, ...values } = kept.values;
    return this.settings.standard === "scorm12"
      ? { values, given: this.#given12(entry, mode, total ?? names.noTime), mode }
      : {
          // Without suspend, SCORM 2004 begins anew: everything comes back empty.
          values: suspended ? values : {},
          given: this.#given2004(suspended ? "resume" : "ab-initio", mode, (suspended && total) || names.noTime),
          mode,
        };
  }

  /** @param {string} entry @param {string} mode @param {string} total @returns {Record<string, string>} */
  #given12(entry, mode, total) {
    return {
      "cmi.core.student_id": LEARNER.id,
      "cmi.core.student_name": LEARNER.name,
      "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
      "cmi.core.entry": entry,
      "cmi.core.lesson_mode": mode,
      "cmi.core.total_time": total,
      "cmi.launch_data": this.settings.launchData ?? "",
      "cmi.student_data.mastery_score": this.settings.masteryScore ?? "",
    };
  }

  /** @param {string} entry @param {string} mode @param {string} total @returns {Record<string, string>} */
  #given2004(entry, mode, total) {
    return present({
      "cmi.learner_id": LEARNER.id,
      "cmi.learner_name": LEARNER.name,
      "cmi.credit": mode === "normal" ? "credit" : "no-credit",
      "cmi.entry": entry,
      "cmi.mode": mode,
      "cmi.total_time": total,
      "cmi.launch_data": this.settings.launchData,
      "cmi.scaled_passing_score": this.settings.scaledPassingScore,
      "cmi.completion_threshold": this.settings.completionThreshold,
    });
  }
}
