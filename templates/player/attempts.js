/** What a learner does in a quiz: answer, hand in, try again. Each takes a state and returns a new one. */
import { drawn, isHandedIn, isSubmitted, recordOf, visit } from "./progress.js";

/** @typedef {Record<string, QuestionType>} Types */

const NEARLY = 1e-9;

/** What this attempt asks: all that was drawn, or in a practice of the wrong ones just those. @param {State} state @param {QuizData} quiz */
export const round = (state, quiz) => drawn(state, quiz).filter((id) => !isHandedIn(state, id));

/** @param {State} state @param {QuizData} quiz @param {ModuleData} module @param {Types} types */
export function points(state, quiz, module, types) {
  const result = { got: 0, all: 0, share: 0, need: 0 };
  for (const id of drawn(state, quiz)) {
    const worth = module.questions[id]?.points ?? 0;
    result.all += worth;
    result.got += worth * scoreOf(state, id, module, types);
  }
  result.share = result.all > 0 ? result.got / result.all : 0;
  result.need = quiz.pass * result.all;
  return result;
}

/** 0-1. @param {State} state @param {string} id @param {ModuleData} module @param {Types} types */
export function scoreOf(state, id, module, types) {
  const question = module.questions[id];
  const given = state.answers[id];
  return question && given && !question.sealed ? (types[question.type]?.score(question.data, given.answer) ?? 0) : 0;
}

/** @param {State} state @param {string} id @param {Answer} answer @returns {State} */
export const answer = (state, id, answer) => ({
  ...state,
  answers: { ...state.answers, [id]: { answer, mark: 1 } },
});

/** Hand in a quiz. @param {State} state @param {QuizData} quiz @param {ModuleData} module @param {Types} types @returns {State} */
export function submit(state, quiz, module, types) {
  const answers = { ...state.answers };
  for (const id of drawn(state, quiz)) {
    const given = answers[id] ?? { answer: null };
    answers[id] = { ...given, mark: scoreOf(state, id, module, types) > 1 - NEARLY ? 3 : 2 };
  }
  const record = better(recordOf(state, quiz), points({ ...state, answers }, quiz, module, types).share, quiz);
  const next = { ...state, answers, quizzes: { ...state.quizzes, [quiz.id]: record } };
  return quiz.testOut && record.passed
    ? visit(
        next,
        module.pages.map((page) => page.id),
      )
    : next;
}

/** A result only rises. @param {QuizRecord} record @param {number} share @param {QuizData} quiz @returns {QuizRecord} */
const better = (record, share, quiz) => ({
  ...record,
  best: Math.max(record.best ?? 0, Math.floor(share * 10000 + NEARLY) / 100),
  passed: record.passed || share + NEARLY >= quiz.pass,
});

/** The questions a new try asks: the wrong ones, or all. @param {State} state @param {QuizData} quiz @param {ModuleData} module */
export const toRetry = (state, quiz, module) =>
  drawn(state, quiz).filter(
    (id) => !quiz.retryWrong || (state.answers[id]?.mark !== 3 && (module.questions[id]?.points ?? 0) > 0),
  );

/** @param {State} state @param {QuizData} quiz @param {ModuleData} module @returns {State} */
export function retry(state, quiz, module) {
  const again = toRetry(state, quiz, module);
  const answers = Object.fromEntries(Object.entries(state.answers).filter(([id]) => !again.includes(id)));
  const record = recordOf(state, quiz);
  return { ...state, answers, quizzes: { ...state.quizzes, [quiz.id]: { ...record, attempt: record.attempt + 1 } } };
}

/** Mark stored answers again: the right answer may have changed since. @param {State} state @param {ModuleData} module @param {Types} types */
export const remark = (state, module, types) =>
  module.quizzes.reduce(
    (marked, quiz) => (isSubmitted(marked, quiz) ? submit(marked, quiz, module, types) : marked),
    state,
  );

/** The locked quiz that a page waits for: one on a page before it that was never answered. What was seen stays open. @param {State} state @param {ModuleData} module @param {string} page */
export function lockOf(state, module, page) {
  const ids = module.pages.map(({ id }) => id);
  const before = state.completed || state.visited.includes(page) ? [] : ids.slice(0, ids.indexOf(page));
  return module.quizzes.find((quiz) => quiz.locked && before.includes(quiz.page) && !isAnswered(state, quiz));
}

/** Once is enough: a new try closes nothing. @param {State} state @param {QuizData} quiz */
export const isAnswered = (state, quiz) =>
  recordOf(state, quiz).best !== null || drawn(state, quiz).every((id) => state.answers[id]);
