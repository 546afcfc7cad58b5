/** Plays attempts by the player's own rules: reads [{module, seed, events}] and writes what each came to. */
import { readFileSync } from "node:fs";
import * as attempts from "../../../templates/player/attempts.js";
import * as progress from "../../../templates/player/progress.js";
import { newState } from "../../../templates/player/state.js";
import { types } from "../../player/sample.js";

function step(state, event, module) {
  const quiz = module.quizzes.find((one) => one.id === event.name);
  switch (event.kind) {
    case "visit":
      return progress.visit(state, [event.name]);
    case "place":
      return { ...state, place: event.name };
    case "answer":
      return attempts.answer(state, event.name, event.answer);
    case "submit":
      return attempts.submit(state, quiz, module, types);
    case "film":
      return { ...state, films: { ...state.films, [event.name]: (state.films[event.name] ?? 0) | event.seen } };
    default:
      return attempts.retry(state, quiz, module);
  }
}

const results = JSON.parse(readFileSync(0, "utf8")).map(({ module, seed, events }) => {
  let state = newState(module, seed);
  const reports = events.map((event) => {
    state = progress.settle(step(state, event, module), module);
    return progress.report(state, module);
  });
  return { reports, state: { ...state, visited: [...state.visited].sort() } };
});
process.stdout.write(JSON.stringify(results));
