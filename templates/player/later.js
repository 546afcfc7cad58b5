/** What the first page does not need, loaded once it is shown: quizzes and other interactive blocks. */
import { remark } from "./attempts.js";
import { on, say, tell } from "./dom.js";
import { wireCases } from "./elements/case.js";
import { wireFilms } from "./elements/film.js";
import { wireFinish } from "./elements/finish.js";
import "./elements/glossary.js";
import { changeLanguage } from "./elements/language.js";
import { wireLocks } from "./elements/lock.js";
import "./elements/moves.js";
import { wireSettings } from "./elements/settings.js";
import { fileFor, grant } from "./elements/wishes.js";
import * as types from "./questions.js";
import { wireQuizzes } from "./quiz.js";
import { download } from "./receipt.js";

/** @typedef {ReturnType<typeof import("./saving.js").wireSaving>} Saving */

/**
 * @param {{player: import("./player.js").Player, saving: Saving, turn: (page: string) => void,
 *   isBack: boolean}} parts isBack: whether the platform held a state
 */
export function wireLater({ player, saving, turn, isBack }) {
  player.types = types;
  const quizzes = wireQuizzes(player);

  /** At the start, and when the page has come in another language. */
  function wire() {
    player.server?.dress(player.module);
    grant(saving.wishes, player.module);
    wireSettings(
      (file) => changeLanguage(player, file, wire),
      () => player.draw(),
    );
    wireCases();
    wireFilms(player);
    for (const quiz of quizzes) {
      quiz.wire();
    }
    player.draw();
  }

  /** The quiz on this page that was left in the middle. */
  const openQuiz = () => quizzes.find((quiz) => quiz.page === player.state.place && quiz.isOpen);

  /** Says to a learner who comes back where it was. */
  function welcome() {
    const { pages } = player.module;
    const at = pages.findIndex((page) => page.id === player.state.place);
    const place = { at: at + 1, all: pages.length, title: pages[at]?.title ?? "" };
    const quiz = openQuiz();
    const key = player.state.completed ? "welcome-back-done" : quiz ? "welcome-back-question" : "welcome-back";
    if (at > 0 || quiz || player.state.completed) {
      tell("resume", say(key, { ...place, question: quiz?.number ?? 0 }));
    }
  }

  on("resume", () => {
    const quiz = openQuiz();
    quiz ? quiz.start() : turn(player.state.place);
  });
  wireFinish(saving.finish);
  wireLocks(player, turn);
  on("receipt", () => download(player.module, saving.report()));
  // A right answer, or the platform's pass mark, may have changed since these were given.
  grant(saving.wishes, player.module);
  const marked = remark(player.state, player.module, player.types);
  if (JSON.stringify(marked) !== JSON.stringify(player.state)) {
    player.set(marked);
  }
  wire();
  // From the list of pages on the course's start page.
  const asked = player.module.pages.find((page) => location.hash === `#${page.id}`);
  if (asked) {
    history.replaceState(null, "", location.pathname + location.search);
    turn(asked.id);
  }
  const file = fileFor(saving.wishes, player.module);
  if (file) {
    changeLanguage(player, file, wire).then(greet);
  } else {
    greet();
  }

  function greet() {
    if (isBack && !asked) {
      welcome();
    }
  }
}
