/** What a cmi5 session says, as xAPI statements. Fetched while the platform is asked about the launch. */
import { decimal } from "../../bits.js";
import { find } from "../../dom.js";
import { records } from "../answers.js";
import { uuid } from "./lrs.js";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction";

/** @typedef {{id: string, verb: {id: string, display: Record<string, string>}, [property: string]: any}} Statement */

/** The results of what counts (9.5). @type {Record<string, {completion?: true, success?: boolean}>} */
const RESULTS = { completed: { completion: true }, passed: { success: true }, failed: { success: false } };

/** How xAPI writes an answer: as SCORM 2004 does, and with room for all of it (xAPI 1.0.3, data, 2.4.4.1). @type {import("../answers.js").Writing} */
const WRITING = {
  names: { answered: "timestamp", response: "response" },
  isScaled: true,
  wrong: "incorrect",
  comma: "[,]",
  point: "[.]",
  booleans: ["true", "false"],
  longest: 4000,
  span: (seconds) => `PT${decimal(seconds)}S`,
  pattern(kind, right) {
    if (kind === "numeric") {
      return right.includes(":") ? right.replace(":", "[:]") : `${right}[:]${right}`;
    }
    return kind === "fill-in" ? `{case_matters=false}${right}` : right;
  },
  more: () => [],
};

export class Statements {
  #launch;
  #data;
  #begun;
  #earlier;

  /**
   * @param {import("../cmi5.js").Launch} launch @param {Record<string, any>} data the LMS.LaunchData document (10.2)
   * @param {string} begun @param {number} earlier seconds of earlier sessions
   */
  constructor(launch, data, begun, earlier) {
    this.#launch = launch;
    this.#data = data;
    this.#begun = begun;
    this.#earlier = earlier;
  }

  #sessionSeconds = () => Math.max(0, Date.now() - Date.parse(this.#begun)) / 1000;
  /** Time in the module, earlier sessions too. */
  seconds = () => this.#earlier + this.#sessionSeconds();

  /** What counts is one a registration; the rest one a session. @param {string} verb */
  idOf(verb) {
    const { registration, activityId } = this.#launch;
    return uuid([registration, activityId, verb in RESULTS ? "" : this.#begun, verb].join(" "));
  }

  /** A statement that cmi5 defines (9.3 to 9.7). @param {string} verb @param {number | null} score 0-100 @returns {Statement[]} */
  defined(verb, score) {
    const counts = RESULTS[verb];
    const mastery = this.#data.masteryScore;
    const seconds = verb === "terminated" ? this.#sessionSeconds() : this.seconds();
    const result = { ...counts, ...this.#points(counts?.success, score), duration: WRITING.span(seconds) };
    const isJudged = counts?.success !== undefined && typeof mastery === "number";
    const isFirst = verb === "initialized";
    return [
      {
        id: this.idOf(verb),
        actor: this.#launch.actor,
        verb: { id: VERBS + verb, display: { en: verb } },
        object: { objectType: "Activity", id: this.#launch.activityId },
        context: this.#context(counts ? ["cmi5", "moveon"] : ["cmi5"], isJudged ? { [MASTERY]: mastery } : {}),
        timestamp: isFirst ? this.#begun : new Date().toISOString(),
        ...(isFirst ? {} : { result }),
      },
    ];
  }

  /** A score belongs only to passed and failed, and agrees with them; with several quizzes it may not. @param {boolean | undefined} success @param {number | null} score */
  #points(success, score) {
    const { masteryScore } = this.#data;
    const scaled = Number(decimal((score ?? 0) / 100, 4));
    const fits = typeof masteryScore !== "number" || scaled >= masteryScore === success;
    return success === undefined || score === null || !fits
      ? {}
      : { score: { scaled, raw: Math.round(score), min: 0, max: 100 } };
  }

  /** An answer, as statements that cmi5 allows: of this session, and within its time (7.1.3). @param {Interaction} interaction @param {ModuleData} module @returns {Statement[]} */
  answered(interaction, module) {
    const { registration, activityId, actor } = this.#launch;
    const { question, text, score, at, language } = interaction;
    const context = this.#context([], {});
    context.contextActivities.parent ??= [{ objectType: "Activity", id: activityId }];
    const timestamp = new Date(Math.max(Date.parse(this.#begun), Date.parse(at))).toISOString();
    return records(interaction, WRITING).map((record) => {
      const told = Object.fromEntries(record);
      const [id = "", kind = ""] = [told.id, told.type];
      const row = id.slice(question.cmi.length + 2); // of a scale
      const pattern = told["correct_responses.0.pattern"];
      const graded = question.points === 0 ? {} : { success: told.result === "correct", score: { scaled: score } };
      return {
        id: uuid([registration, activityId, id, at, told.response].join(" ")),
        actor,
        verb: { id: `${VERBS}answered`, display: { en: "answered" } },
        object: {
          objectType: "Activity",
          id: `${module.tracking.id}/${module.module}/q/${id}`,
          definition: {
            type: INTERACTION,
            description: { [language]: [text, statement(question, row)].filter(Boolean).join(" ") },
            interactionType: kind,
            ...components(question, kind, row, language),
            ...(pattern ? { correctResponsesPattern: [pattern] } : {}),
          },
        },
        result: { response: told.response, ...graded, duration: told.latency },
        context,
        timestamp,
      };
    });
  }

  /** The template unchanged, with additions (10.2.1). @param {string[]} categories @param {Record<string, number>} extensions */
  #context(categories, extensions) {
    const { contextTemplate } = this.#data;
    const activities = { ...contextTemplate.contextActivities };
    if (categories.length > 0) {
      const own = categories.map((name) => ({ objectType: "Activity", id: CATEGORIES + name }));
      activities.category = [activities.category ?? [], own].flat();
    }
    return {
      ...contextTemplate,
      registration: this.#launch.registration,
      contextActivities: activities,
      extensions: { ...extensions, ...contextTemplate.extensions },
    };
  }
}

/** The words of one statement of a scale. @param {QuestionData} question @param {string} row */
const statement = ({ cmi }, row) =>
  row && wordsOf(find(`[data-question="${cmi.replaceAll("_", "-")}"] [data-part="${row}"] legend`));

/** The parts of a question that an answer names, with their words on the page (xAPI 1.0.3, data, 2.4.4.1). @param {QuestionData} question @param {string} kind @param {string} row @param {string} language */
function components({ cmi, data }, kind, row, language) {
  const element = find(`[data-question="${cmi.replaceAll("_", "-")}"]`);
  const within = (row && element && find(`[data-part="${row}"]`, element)) || element;
  const parts = (/** @type {string[]} */ keys, /** @type {(key: string) => string} */ place) =>
    keys.map((id) => {
      const found = within && find(place(id), within);
      const words = wordsOf(found?.closest("label") ?? found);
      return words ? { id, description: { [language]: words } } : { id };
    });
  const part = (/** @type {string} */ id) => `[data-part="${id}"] label, [data-part="${id}"] [data-name]`;
  if (kind === "choice") {
    return { choices: parts(data.options, part) };
  }
  if (kind === "sequencing") {
    return { choices: parts(data.items, part) };
  }
  if (kind === "likert") {
    const steps = [...Array(data.steps).keys()].map((step) => String(step + 1));
    return { scale: parts(steps, (id) => `[value="${id}"]`) };
  }
  if (kind !== "matching") {
    return {};
  }
  if (data.gaps) {
    const menus = /** @type {{options: string[]}[]} */ (Object.values(data.gaps));
    const keys = [...new Set(menus.flatMap((menu) => menu.options))];
    return { source: Object.keys(data.gaps).map((id) => ({ id })), target: keys.map((id) => ({ id })) };
  }
  return { source: parts(data.left, part), target: parts(data.match, (id) => `option[value="${id}"]`) };
}

/** The content of an element, without the marks of the player. @param {HTMLElement | null} element */
function wordsOf(element) {
  const copy = /** @type {HTMLElement | undefined} */ (element?.cloneNode(true));
  for (const mark of copy?.querySelectorAll("[data-mark]") ?? []) {
    mark.remove();
  }
  return (copy?.textContent ?? "").replace(/\s+/g, " ").trim();
}
