/** The result of a quiz that was handed in: the score, what is needed, and the questions one by one. */
import * as attempts from "./attempts.js";
import { find, findAll, say, show, write, written } from "./dom.js";
import * as progress from "./progress.js";
import { state as stateOf } from "./question.js";

/** @param {import("./player.js").Player} player @param {QuizData} quiz @param {HTMLElement} element */
export function drawResults(player, quiz, element) {
  const { state, module, types } = player;
  const { got, all, share, need } = attempts.points(state, quiz, module, types);
  const { passed } = progress.recordOf(state, quiz);
  const isGraded = all > 0;
  const left = progress.attemptsLeft(state, quiz);
  const again = attempts.toRetry(state, quiz, module);
  const title = !isGraded ? "completed" : passed ? "passed" : left > 0 ? "almost" : "not-passed";
  write(find("[data-results-title]", element), say(title));
  show(find("[data-score]", element), isGraded);
  write(find("[data-results-score]", element), say("score-of", { points: written(got), all: written(all) }));
  find("[data-ring]", element)?.setAttribute("stroke-dasharray", `${Math.round(share * 100)} 100`);
  const isPassedNow = share + 1e-9 >= quiz.pass;
  const sentence = say(isPassedNow ? "score-passed" : "score-sentence", {
    points: written(got),
    all: written(all),
    need: written(need),
  });
  write(
    find("[data-results-text]", element),
    isGraded ? [sentence, ...goOn(player, quiz, left, again.length)].join(" ") : say("thanks"),
  );
  const retry = find("[data-action=retry]", element);
  write(retry, quiz.retryWrong ? say("practice-button", { count: again.length }) : say("again-button"));
  show(retry, left > 0 && again.length > 0 && isGraded);
  drawList(player, quiz, element);
}

/** @param {import("./player.js").Player} player @param {QuizData} quiz @param {number} left @param {number} wrong */
function goOn({ state, module }, quiz, left, wrong) {
  const words = [];
  const isCounted = Number.isFinite(left);
  if (left <= 0) {
    words.push(say("no-attempts"));
  } else if (wrong > 0) {
    words.push(
      isCounted
        ? say("attempts-left", { count: left })
        : say(quiz.retryWrong ? "practice" : "practice-all", { count: wrong }),
    );
  }
  if (quiz.testOut && progress.recordOf(state, quiz).passed) {
    words.push(say("test-out-done"));
  }
  const unread = module.pages.length - state.visited.length;
  if (module.completion.allPages && unread > 0) {
    words.push(say("remaining-pages", { count: unread }));
  }
  return words;
}

/** @param {import("./player.js").Player} player @param {QuizData} quiz @param {HTMLElement} element */
function drawList(player, quiz, element) {
  const list = find("[data-results-list]", element);
  const template = list?.querySelector("template");
  if (!list || !template) {
    return;
  }
  const words = { right: "right", partly: "partly", wrong: "not-yet", thanks: "thanks" };
  const rows = progress.drawn(player.state, quiz).map((id) => {
    const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const question = player.question(id);
    const verdict = stateOf(question, attempts.scoreOf(player.state, id, player.module, player.types));
    const marks = Object.values(
      player.typeOf(question).marks?.(question.data, player.state.answers[id]?.answer ?? null) ?? {},
    );
    const item = /** @type {HTMLElement} */ (row.firstElementChild);
    item.dataset.state = verdict;
    write(
      find("[data-mark]", item),
      say(words[verdict], { right: marks.filter((mark) => mark === "right").length, all: marks.length }),
    );
    const link = /** @type {HTMLAnchorElement} */ (find("a", item));
    link.href = `#${id}`;
    link.dataset.action = "question";
    write(link, find("legend h2", document.getElementById(id) ?? document)?.textContent ?? "");
    return row;
  });
  for (const old of findAll("li", list)) {
    old.remove();
  }
  list.append(...rows);
}
