/** One question on the page: its answer, and what is said of it. */
import { find, findAll, say, setAttribute, setData, show, write } from "./dom.js";
import { emptyFields, fieldsOf, showAnswer, wordsOf } from "./fields.js";

/** @typedef {import("./player.js").Player} Player */

/** @param {string} id */
export const elementOf = (id) => /** @type {HTMLElement} */ (find(`[data-question="${id}"]`));

/** Gives a question the places for what is said of it, once. @param {HTMLElement} element @param {HTMLTemplateElement} template */
export function addPlaces(element, template) {
  if (find("[data-verdict]", element)) {
    return;
  }
  const places = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const error = /** @type {HTMLElement} */ (find("[data-error]", places));
  error.id = `${element.id}_error`;
  find("[data-hint]", element)?.before(error);
  element.insertBefore(places, find("[data-explanation]", element));
}

/** Says what is missing, at the fields where it is. @param {HTMLElement} element @param {string} text "" takes it away */
export function sayMissing(element, text) {
  const error = find("[data-error]", element);
  write(error, text);
  show(error, text !== "");
  const empty = emptyFields(element);
  const wrong = text === "" ? [] : empty.length > 0 ? empty : fieldsOf(element);
  for (const field of fieldsOf(element)) {
    const isWrong = wrong.includes(field);
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error?.id);
    setAttribute(field, "aria-invalid", isWrong ? "true" : "");
    setAttribute(field, "aria-describedby", [...others, ...(isWrong && error ? [error.id] : [])].join(" "));
  }
  wrong[0]?.focus();
}

/** Draws a question in its present state: open, or answered and marked. @param {Player} player @param {string} id */
export function drawQuestion(player, id) {
  const element = elementOf(id);
  const question = player.question(id);
  const type = player.typeOf(question);
  const given = question.sealed ? undefined : player.state.answers[id];
  if (given) {
    showAnswer(element, given.answer);
  }
  const right = question.sealed ? null : type.right(question.data);
  const marks = given ? (type.marks?.(question.data, given.answer) ?? {}) : {};
  for (const field of /** @type {HTMLInputElement[]} */ (findAll("input, select, [data-move]", element))) {
    field.disabled = given !== undefined;
  }
  for (const part of findAll("[data-part]", element)) {
    drawPart(element, part, marks[part.dataset.part ?? ""], right);
  }
  for (const feedback of findAll("[data-feedback]", element)) {
    show(feedback, (feedback.dataset.feedback ?? "") in marks);
  }
  const score = given ? type.score(question.data, given.answer) : 0;
  drawVerdict(element, given ? state(question, score) : "", marks);
  show(find("[data-explanation]", element), given !== undefined);
  const words = given && score < 1 ? wordsOf(element, right, "") : "";
  const answer = find("[data-right-answer]", element);
  write(answer, words && say("right-answer-is", { answer: words }));
  show(answer, words !== "");
}

/** Empties a question for a new try. @param {Player} player @param {string} id */
export function clearQuestion(player, id) {
  showAnswer(elementOf(id), null);
  drawQuestion(player, id);
}

/** @param {QuestionData} question @param {number} score */
export const state = (question, score) =>
  question.points === 0 ? "thanks" : score > 1 - 1e-9 ? "right" : score > 0 ? "partly" : "wrong";

/** @param {HTMLElement} element @param {HTMLElement} part @param {Mark | undefined} mark @param {Answer} right */
function drawPart(element, part, mark, right) {
  setData(part, "state", mark);
  const isOption = find("input[type=radio], input[type=checkbox]", part) !== null;
  const words = mark === "wrong" ? wordsOf(element, right, part.dataset.part ?? "") : "";
  const keys = isOption
    ? { right: "your-answer-right", wrong: "your-answer-wrong", missed: "right-answer" }
    : { right: "mark-right", wrong: "mark-wrong", missed: "" };
  const said = mark ? say(keys[mark]) : "";
  const place = find("[data-mark]", part) ?? (said ? addMark(part) : null);
  write(place, words ? `${said}. ${say("right-answer-is", { answer: words })}` : said);
}

/** Adds the place for a mark, last in the words of a part. @param {HTMLElement} part @returns {HTMLElement} */
function addMark(part) {
  const mark = document.createElement("strong");
  mark.dataset.mark = "";
  const words = find("input + span", part) ?? find("[data-name]", part)?.parentElement ?? part;
  words.append(" ", mark);
  return mark;
}

/** @param {HTMLElement} element @param {string} verdict @param {Record<string, Mark>} marks */
function drawVerdict(element, verdict, marks) {
  const line = find("[data-verdict]", element);
  const all = Object.values(marks);
  const key = { right: "right", wrong: "not-yet", partly: "partly", thanks: "thanks" }[verdict];
  write(line, key ? say(key, { right: all.filter((mark) => mark === "right").length, all: all.length }) : "");
  show(line, verdict !== "");
  if (line) {
    line.dataset.state = verdict;
  }
}
