/** A quiz that later pages wait for: its reason on the page, and at every link that is shut. Only where an author asks for it. */
import { isAnswered, lockOf } from "../attempts.js";
import { find, findAll, say, setAttribute, show, write } from "../dom.js";

/** @typedef {import("../player.js").Player} Player */

/** @param {QuizData} quiz */
const reasonOf = (quiz) => find(`#${quiz.id}_lock`);

/** @param {Player} player @param {(page: string) => void} turn */
export function wireLocks(player, turn) {
  const lockOn = (/** @type {string} */ page) =>
    player.isFree ? undefined : lockOf(player.state, player.module, page);

  /** Who asks for a page that is shut comes to the reason, and hears it. */
  player.isShut = (page) => {
    const lock = lockOn(page);
    if (lock) {
      player.state.place === lock.page || turn(lock.page);
      reasonOf(lock)?.focus();
    }
    return lock !== undefined;
  };

  function draw() {
    const locked = player.module.quizzes.filter((quiz) => quiz.locked);
    for (const quiz of locked) {
      drawReason(player, quiz);
    }
    for (const link of locked.length > 0 ? findAll("[data-action=next], [data-goto]") : []) {
      const lock = lockOn(link.getAttribute("href")?.slice(1) ?? "");
      setAttribute(link, "aria-disabled", lock ? "true" : "");
      setAttribute(link, "aria-describedby", lock ? `${lock.id}_lock` : "");
      lock && write(find("[data-seen]", link), say("locked"));
    }
  }
  player.watch(draw);
}

/** @param {Player} player @param {QuizData} quiz */
function drawReason({ isFree, state }, quiz) {
  const reason = reasonOf(quiz);
  const isShut = !isFree && !state.completed && !isAnswered(state, quiz);
  if (reason && !reason.hidden && !isShut) {
    write(find("[data-say]"), say("opened"));
  }
  show(reason, isShut);
}
