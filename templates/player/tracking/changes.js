/** What happened between two states, as the events that the LTI tool stores. Answers are reported when they are marked. */
import { isSubmitted, recordOf } from "../progress.js";

/** @param {State} before @param {State} after @param {ModuleData} module @returns {({kind: string} & Record<string, Json>)[]} */
export function changes(before, after, module) {
  const events = [];
  for (const page of after.visited.filter((id) => !before.visited.includes(id))) {
    events.push({ kind: "visit", page });
  }
  if (after.place !== before.place) {
    events.push({ kind: "place", page: after.place });
  }
  for (const [film, seen] of Object.entries(after.films).filter(([id, now]) => now !== (before.films[id] ?? 0))) {
    events.push({ kind: "film", film, seen });
  }
  for (const quiz of module.quizzes) {
    const [was, is] = [recordOf(before, quiz).attempt, recordOf(after, quiz).attempt];
    if (is > was) {
      events.push({ kind: "retry", quiz: quiz.id, round: is });
    }
    if (isSubmitted(after, quiz) && (is > was || !isSubmitted(before, quiz))) {
      events.push({ kind: "submit", quiz: quiz.id, round: is });
    }
  }
  return events;
}
