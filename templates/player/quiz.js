/** A quiz: one question at a time, marked at once, handed in at the end, and taken again. */
import * as attempts from "./attempts.js";
import { find, findAll, on, say, show, tell, write, written } from "./dom.js";
import { readAnswer } from "./fields.js";
import * as progress from "./progress.js";
import { addPlaces, clearQuestion, drawQuestion, elementOf, sayMissing } from "./question.js";
import { drawResults } from "./results.js";

/** @typedef {import("./player.js").Player} Player */

export class Quiz {
  #player;
  #quiz;
  /** The question on the screen. */
  #shown = "";
  #since = 0;
  /** Questions whose answer is on its way to the server. @type {Set<string>} */
  #marking = new Set();
  /** The answers that the page shows. @type {State["answers"]} */
  #drawn = {};

  /** @param {Player} player @param {QuizData} quiz */
  constructor(player, quiz) {
    this.#player = player;
    this.#quiz = quiz;
    player.watch(() => this.#follow());
  }

  get page() {
    return this.#quiz.page;
  }

  get #element() {
    return /** @type {HTMLElement} */ (find(`[data-quiz="${this.#quiz.id}"]`));
  }

  /** What there is to go through: the open round, or all when it is handed in. */
  get #ids() {
    const { state } = this.#player;
    const ids = progress.isSubmitted(state, this.#quiz)
      ? progress.drawn(state, this.#quiz)
      : attempts.round(state, this.#quiz);
    return this.#quiz.draw && this.#quiz.shuffle ? progress.shuffled(ids, state, this.#quiz) : ids;
  }

  /** The first question of the round without an answer. */
  get next() {
    return this.#ids.find((id) => !this.#player.state.answers[id]) ?? "";
  }

  /** Its number in the round. */
  get number() {
    return this.#ids.indexOf(this.next || (this.#ids.at(-1) ?? "")) + 1;
  }

  /** Whether some of the round is answered, but not handed in. */
  get isOpen() {
    return this.#ids.some((id) => this.#player.state.answers[id]?.mark === 1);
  }

  /** Called when the page is shown anew: by a turn or in another language. */
  wire() {
    const places = /** @type {HTMLTemplateElement} */ (find("[data-places]", this.#element));
    for (const id of this.#quiz.questions) {
      addPlaces(elementOf(id), places);
    }
    this.#arrange();
    this.draw();
  }

  /** Options in an order of their own for this attempt, where the author wants it. */
  #arrange() {
    for (const id of this.#quiz.shuffle ? this.#quiz.questions : []) {
      const element = elementOf(id);
      const parts = findAll("[data-part]", element);
      if (/single|multiple/.test(element.dataset.type ?? "")) {
        const keys = parts.map((part) => part.dataset.part ?? "").sort();
        const place = parts[0]?.parentElement;
        for (const key of progress.shuffled(keys, this.#player.state, this.#quiz, id)) {
          place?.append(...parts.filter((part) => part.dataset.part === key));
        }
      }
    }
  }

  /** Another page was turned to, or this one anew; or another tab has answered. */
  #follow() {
    const isLeft = this.#shown !== "" && this.#player.where.view === "page";
    this.#shown = isLeft ? "" : this.#shown;
    if (isLeft || this.#drawn !== this.#player.state.answers) {
      this.draw();
    }
  }

  /** @param {string} id */
  open(id) {
    this.#shown = id;
    this.#since = Date.now();
    tell("resume", "");
    this.draw();
    const heading = find("h2", elementOf(id));
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  start() {
    this.open(this.next || (this.#ids[0] ?? ""));
  }

  /** @param {number} step */
  move(step) {
    const ids = this.#ids;
    this.open(ids[ids.indexOf(this.#shown) + step] ?? this.next);
  }

  async check() {
    const id = this.#shown;
    const element = elementOf(id);
    const question = this.#player.question(id);
    const type = this.#player.typeOf(question);
    const given = readAnswer(element);
    const whole = type.isWhole?.(given) === false ? null : given;
    sayMissing(element, whole === null ? say(type.missing) : "");
    if (whole === null || this.#player.state.answers[id] || this.#marking.has(id)) {
      return;
    }
    const answer = this.#player.server ? await this.#marked(this.#player.server, id, whole) : whole;
    if (answer === undefined) {
      return;
    }
    this.#player.set(attempts.answer(this.#player.state, id, answer), {
      question,
      text: find("legend h2", element)?.textContent ?? "",
      answer,
      right: type.right(question.data),
      score: type.score(question.data, answer),
      seconds: (Date.now() - this.#since) / 1000,
      at: localTime(new Date()),
      language: document.documentElement.lang,
    });
    this.draw();
    find("[data-verdict]", element)?.focus();
  }

  /** Returns the answer that counts: another device may have been first. undefined when the server refuses the answer. @param {Server} server @param {string} id @param {Answer} answer */
  async #marked(server, id, answer) {
    const { module, state } = this.#player;
    this.#marking.add(id);
    try {
      return await server.mark(module, id, answer, progress.recordOf(state, this.#quiz).attempt);
    } catch (error) {
      const isLong = error instanceof Error && error.message === "too_long";
      sayMissing(elementOf(id), say(isLong ? "answer-too-long" : "answer-refused"));
      return undefined;
    } finally {
      this.#marking.delete(id);
    }
  }

  submit() {
    const { state, module, types } = this.#player;
    this.#shown = "";
    if (!progress.isSubmitted(state, this.#quiz)) {
      this.#player.set(attempts.submit(state, this.#quiz, module, types));
    }
    this.draw("result");
    find("[data-results-title]", this.#element)?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  retry() {
    const { state, module } = this.#player;
    const again = attempts.toRetry(state, this.#quiz, module);
    this.#player.set(attempts.retry(state, this.#quiz, module));
    for (const id of again) {
      clearQuestion(this.#player, id);
    }
    this.#arrange();
    this.start();
  }

  /** @param {"page" | "result"} view what is seen when no question is open */
  draw(view = "page") {
    const element = this.#element;
    const { state } = this.#player;
    const ids = this.#ids;
    const at = ids.indexOf(this.#shown);
    const isSubmitted = progress.isSubmitted(state, this.#quiz);
    this.#drawn = state.answers;
    for (const id of this.#quiz.questions) {
      drawQuestion(this.#player, id);
      show(elementOf(id), id === this.#shown);
    }
    show(find("[data-start]", element), !this.#shown && !isSubmitted);
    show(find("[data-action=start]", element), true);
    show(find("[data-results]", element), !this.#shown && isSubmitted);
    show(find("[data-quiz-buttons]", element), this.#shown !== "");
    const isAnswered = state.answers[this.#shown] !== undefined;
    const isLast = at === ids.length - 1 && this.next === "";
    show(find("[data-action=prev-question]", element), at > 0);
    show(find("[data-action=check]", element), !isAnswered);
    show(find("[data-action=next-question]", element), isAnswered && !isLast);
    show(find("[data-action=submit]", element), isAnswered && isLast);
    this.#drawCount(at, ids.length);
    if (isSubmitted) {
      drawResults(this.#player, this.#quiz, element);
    }
    if (state.place === this.page) {
      this.#player.where = { view: this.#shown ? "question" : view, at: at + 1, all: ids.length };
      this.#player.draw();
    }
  }

  /** @param {number} at @param {number} all */
  #drawCount(at, all) {
    const { state, module, types } = this.#player;
    const { need, all: worth } = attempts.points(state, this.#quiz, module, types);
    const count = find("[data-count]", this.#element);
    const key = worth > 0 && all === progress.drawn(state, this.#quiz).length ? "question-of-need" : "question-of";
    write(count, say(key, { at: at + 1, all, need: say("score-of", { points: written(need), all: written(worth) }) }));
    show(count, this.#shown !== "");
  }
}

/** As the clock shows it, without a zone. @param {Date} date */
const localTime = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);

/** @param {Player} player */
export function wireQuizzes(player) {
  const quizzes = player.module.quizzes.map((quiz) => new Quiz(player, quiz));
  /** @param {(quiz: Quiz, element: HTMLElement) => void} act @returns {(element: HTMLElement) => void} */
  const of = (act) => (element) => {
    const id = /** @type {HTMLElement | null} */ (element.closest("[data-quiz]"))?.dataset.quiz;
    const quiz = quizzes[player.module.quizzes.findIndex((one) => one.id === id)];
    if (quiz) {
      act(quiz, element);
    }
  };
  on(
    "start",
    of((quiz) => quiz.start()),
  );
  on(
    "check",
    of((quiz) => quiz.check()),
  );
  on(
    "next-question",
    of((quiz) => quiz.move(1)),
  );
  on(
    "prev-question",
    of((quiz) => quiz.move(-1)),
  );
  on(
    "submit",
    of((quiz) => quiz.submit()),
  );
  on(
    "retry",
    of((quiz) => quiz.retry()),
  );
  on(
    "question",
    of((quiz, link) => quiz.open(link.getAttribute("href")?.slice(1) ?? "")),
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "text") {
      of((quiz) => quiz.check())(event.target);
    }
  });
  return quizzes;
}
