/** Starts the player: reads the module, asks the platform for the state, and wires the page. */

import { listen, on, tell } from "./dom.js";
import { wireElements } from "./elements.js";
import { wirePages } from "./pages.js";
import { Player } from "./player.js";
import * as types from "./questions.js";
import { wireQuizzes } from "./quiz.js";
import { wireSaving } from "./saving.js";
import { newState } from "./state.js";
import { readIslands, say } from "./texts.js";

const module = readIslands();
const player = new Player(module, types, newState(module, Math.floor(Math.random() * 4096)));
const saving = wireSaving(player);
const quizzes = wireQuizzes(player);
const turn = wirePages(player, () => {
  for (const quiz of quizzes) {
    quiz.leave();
  }
});

/** The quiz on the page that was left in the middle. */
const openQuiz = () => quizzes.find((quiz) => quiz.page === player.state.place && quiz.isOpen);

/** Called at the start, and when the page has come in another language. */
function wire() {
  for (const quiz of quizzes) {
    quiz.wire();
  }
  player.draw();
  document.documentElement.dataset.ready = "";
}

/** Where a learner who comes back was. */
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

listen();
const isBack = saving.open();
wireElements(player, saving, wire);
on("resume", () => {
  const quiz = openQuiz();
  quiz ? quiz.start() : turn(player.state.place);
});
wire();
if (isBack) {
  welcome();
}
