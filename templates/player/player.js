/** What the parts of the player share: the module, the learner's state, and how the one changes the other. */
import { settle } from "./progress.js";

/** @typedef {{view: "page" | "question" | "result", at: number, all: number}} Where */

export class Player {
  /** @type {Where} */
  where = { view: "page", at: 0, all: 0 };
  /** Whether every page is open: someone looks through the module. */
  isFree = false;
  /** Whether a page can't be opened yet. After a lock no new page can, until elements/lock.js is loaded and decides. @param {string} page */
  isShut = (page) => {
    const ids = this.module.pages.map(({ id }) => id);
    const isNew = !this.isFree && !this.state.visited.includes(page);
    return isNew && this.module.quizzes.some((quiz) => quiz.locked && ids.indexOf(quiz.page) < ids.indexOf(page));
  };
  /** @type {(interaction?: Interaction) => void} */
  #tell = () => {};
  /** Of the questions of this module; they come with later.js. @type {Record<string, QuestionType>} */
  types = {};
  /** Where the answers are marked, if not here. @type {Server | null} */
  server = null;
  /** @type {(() => void)[]} */
  #watchers = [];

  /** @param {ModuleData} module @param {State} state */
  constructor(module, state) {
    this.module = module;
    this.state = state;
  }

  /** The listener that gets every change; it is called before the page is drawn. @param {(interaction?: Interaction) => void} tell */
  tellOf(tell) {
    this.#tell = tell;
  }

  /** @param {() => void} draw */
  watch(draw) {
    this.#watchers.push(draw);
  }

  /** @param {State} state @param {Interaction} [interaction] */
  set(state, interaction) {
    const next = settle(state, this.module);
    if (next !== this.state) {
      this.state = next;
      this.#tell(interaction);
    }
    this.draw();
  }

  draw() {
    for (const draw of this.#watchers) {
      draw();
    }
  }

  /** @param {string} id @returns {QuestionData} */
  question(id) {
    const question = this.module.questions[id];
    if (!question) {
      throw new Error(`The module holds no question ${id}.`);
    }
    return question;
  }

  /** @param {QuestionData} question @returns {QuestionType} */
  typeOf(question) {
    const type = this.types[question.type];
    if (!type) {
      throw new Error(`The package holds no script for ${question.type}.`);
    }
    return type;
  }
}
