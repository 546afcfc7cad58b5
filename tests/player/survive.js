/** Reads an old state with a new package: `node survive.js OLD.json NEW.json` prints what is left, as JSON. */
import { readFileSync } from "node:fs";
import { remark } from "../../templates/player/attempts.js";
import { decode, encode, newState } from "../../templates/player/state.js";
import { types } from "./sample.js";

const [old, young] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf-8")));
/** The last of every choice: what is lost first when there are fewer. */
const chosen = {
  single: ({ options }) => options.at(-1),
  truefalse: ({ options }) => options.at(-1),
  multiple: ({ options }) => [options.at(-1)],
  text: ({ accepted }) => accepted[0],
  numeric: ({ low }) => low,
  matching: ({ right }) => right,
  ordering: ({ items }) => items,
  gaps: ({ gaps }) =>
    Object.fromEntries(Object.keys(gaps).map((key) => [key, gaps[key].right ?? gaps[key].accepted[0]])),
  hotspot: ({ options, multiple }) => (multiple ? [options.at(-1)] : options.at(-1)),
  likert: ({ statements }) => Object.fromEntries(statements.map((key) => [key, "5"])),
};
const answers = Object.fromEntries(
  Object.entries(old.questions).map(([id, { type, data }]) => [id, { answer: chosen[type](data), mark: 2 }]),
);
const visited = old.pages.map((page) => page.id);
const quizzes = Object.fromEntries(old.quizzes.map((quiz) => [quiz.id, { attempt: 2, best: 90, passed: true }]));
const films = Object.fromEntries(old.slots.filter(([, kind]) => kind === "film").map(([id]) => [id, 0b111]));
const state = { ...newState(old, 1), visited, answers, quizzes, films, completed: true, passed: true };
const read = decode(encode(state, old), young);
const back = read && remark(read, young, types);
const marks = back && Object.fromEntries(Object.entries(back.answers).map(([id, given]) => [id, given.mark]));
process.stdout.write(
  JSON.stringify(
    back && {
      pages: back.visited,
      quizzes: Object.keys(read.quizzes),
      marks,
      films: read.films,
      passed: back.passed,
    },
  ),
);
