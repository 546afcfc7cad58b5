/** Modules for the tests, and chance that comes out the same each time. */
import * as gaps from "../../templates/player/questions/gaps.js";
import * as hotspot from "../../templates/player/questions/hotspot.js";
import * as likert from "../../templates/player/questions/likert.js";
import * as matching from "../../templates/player/questions/matching.js";
import * as multiple from "../../templates/player/questions/multiple.js";
import * as numeric from "../../templates/player/questions/numeric.js";
import * as ordering from "../../templates/player/questions/ordering.js";
import * as single from "../../templates/player/questions/single.js";
import * as text from "../../templates/player/questions/text.js";
import * as truefalse from "../../templates/player/questions/truefalse.js";

export const types = { gaps, hotspot, likert, matching, multiple, numeric, ordering, single, text, truefalse };

/** One question of each kind, with some answers and the width that docs/hooks.md and the compiler give it. */
export const KINDS = {
  single: { width: 3, data: { options: ["a", "b", "c", "d"], right: "b" }, answers: ["a", "b", "d"] },
  truefalse: { width: 2, data: { options: ["a", "b"], right: "a" }, answers: ["a", "b"] },
  multiple: {
    width: 5,
    data: { options: ["a", "b", "c", "d"], right: ["a", "c"] },
    answers: [["a"], ["a", "c"], ["b", "c", "d"]],
  },
  text: { width: 0, data: { accepted: ["barnevernet"] }, answers: ["barnevernet", "æøå 1", "x".repeat(40)] },
  numeric: { width: 0, data: { low: "18", high: "18" }, answers: ["18", "3,5"] },
  matching: {
    width: 5,
    data: { left: ["1", "2"], match: ["a", "b", "c"], right: { 1: "a", 2: "b" } },
    answers: [
      { 1: "a", 2: "b" },
      { 1: "c", 2: "a" },
    ],
  },
  ordering: {
    width: 7,
    data: { items: ["a", "b", "c"] },
    answers: [
      ["a", "b", "c"],
      ["c", "a", "b"],
    ],
  },
  gaps: {
    width: 0,
    data: { gaps: { 1: { accepted: ["196"] }, 2: { options: ["a", "b"], right: "b" } } },
    answers: [
      { 1: "196", 2: "b" },
      { 1: "197", 2: "a" },
    ],
  },
  menus: {
    type: "gaps",
    width: 4,
    data: { gaps: { 1: { options: ["a", "b"], right: "a" }, 2: { options: ["a", "b", "c"], right: "b" } } },
    answers: [
      { 1: "a", 2: "c" },
      { 1: "b", 2: "b" },
    ],
  },
  hotspot: {
    width: 4,
    data: { options: ["a", "b", "c"], right: ["a", "b"], multiple: true },
    answers: [["a"], ["b", "c"]],
  },
  spot: {
    type: "hotspot",
    width: 2,
    data: { options: ["a", "b", "c"], right: ["c"], multiple: false },
    answers: ["a", "c"],
  },
  likert: {
    width: 6,
    data: { statements: ["1", "2"], steps: 5 },
    answers: [
      { 1: "5", 2: "1" },
      { 1: "3", 2: "3" },
    ],
  },
};

/** A module of so many pages and films, the last with a quiz of these kinds of questions (a name may come many times). */
export function sample({ pages = 3, kinds = Object.keys(KINDS), films = 0, quiz = {} } = {}) {
  const pageIds = Array.from({ length: pages }, (_page, at) => `page-${at}`);
  const filmIds = Array.from({ length: films }, (_film, at) => `film-${at}`);
  const questions = Object.fromEntries(
    kinds.map((kind, at) => [
      `${kind}-${at}`,
      {
        type: KINDS[kind].type ?? kind,
        points: kind === "likert" ? 0 : 1,
        cmi: `${kind}_${at}`,
        data: KINDS[kind].data,
      },
    ]),
  );
  const slots = kinds.map((kind, at) => [`${kind}-${at}`, KINDS[kind].type ?? kind, KINDS[kind].width]);
  return {
    format: 1,
    course: "prove",
    module: "modul",
    title: "Modul",
    version: "1",
    language: "nb",
    languages: { nb: "index.html" },
    tracking: { name: "scorm12", done: "passed" },
    pages: pageIds.map((id) => ({ id, title: id, minutes: 1 })),
    skips: {},
    slots: [...pageIds.map((id) => [id, "page", 0]), ...filmIds.map((id) => [id, "film", 12]), ...slots],
    quizzes: [
      {
        id: "quiz",
        page: pageIds.at(-1),
        draw: null,
        attempts: null,
        retryWrong: true,
        shuffle: false,
        testOut: false,
        pass: 0.8,
        questions: Object.keys(questions),
        ...quiz,
      },
    ],
    questions,
    completion: { allPages: true, passedQuiz: true },
    exitTo: "https://www.yr.no",
    quickExit: true,
  };
}

/** The numbers 0 to below, each time the same ones (a linear congruence, Numerical Recipes' constants). */
export function chance(seed) {
  let value = seed;
  return (below) => {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    return Math.floor((value / 2 ** 32) * below);
  };
}

/** Any state a learner could have in a module. */
export function randomState(module, next) {
  const answers = {};
  for (const [id, question] of Object.entries(module.questions)) {
    const kind = KINDS[id.slice(0, id.lastIndexOf("-"))];
    if (next(3) > 0) {
      answers[id] = { answer: kind.answers[next(kind.answers.length)], mark: question.points === 0 ? 2 : 1 + next(3) };
    }
  }
  return {
    seed: next(65536),
    place: module.pages[next(module.pages.length)].id,
    completed: next(2) === 1,
    passed: next(2) === 1,
    visited: module.pages.map((page) => page.id).filter(() => next(2) === 1),
    quizzes: { quiz: { attempt: 1 + next(500), best: next(2) ? next(10001) / 100 : null, passed: next(2) === 1 } },
    answers,
    films: Object.fromEntries(filmsOf(module).map((id) => [id, next(4096)])),
  };
}

const filmsOf = (module) => module.slots.filter(([, kind]) => kind === "film").map(([id]) => id);
