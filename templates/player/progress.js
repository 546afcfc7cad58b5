/** The rules: what is drawn, completed and passed, and what two states have together. */
import { hash } from "./bits.js";

/** @param {State} state @param {QuizData} quiz @returns {QuizRecord} */
export const recordOf = (state, quiz) => state.quizzes[quiz.id] ?? { attempt: 0, best: null, passed: false };

/**
 * Keys in an order that follows from the seed, the attempt and the question alone: the same after a resume.
 * @param {readonly string[]} keys @param {State} state @param {QuizData} quiz @param {string} [salt]
 */
export function shuffled(keys, state, quiz, salt = "") {
  const rank = (/** @type {string} */ key) => hash([state.seed, recordOf(state, quiz).attempt, salt, key].join(), 24);
  return [...keys].sort((one, other) => rank(one) - rank(other));
}

/** The questions of this attempt. Those with an answer stay in when the bank has grown. @param {State} state @param {QuizData} quiz */
export function drawn(state, quiz) {
  if (quiz.draw === null || quiz.draw >= quiz.questions.length) {
    return quiz.questions;
  }
  const answered = quiz.questions.filter((id) => state.answers[id]);
  const others = shuffled(quiz.questions, state, quiz).filter((id) => !state.answers[id]);
  const chosen = [...answered, ...others].slice(0, quiz.draw);
  return quiz.questions.filter((id) => chosen.includes(id));
}

/** @param {State} state @param {string} id */
export const isHandedIn = (state, id) => (state.answers[id]?.mark ?? 0) > 1;

/** @param {State} state @param {QuizData} quiz */
export const isSubmitted = (state, quiz) => drawn(state, quiz).every((id) => isHandedIn(state, id));

/** @param {QuizData} quiz @param {ModuleData} module */
const isGraded = (quiz, module) => quiz.questions.some((id) => (module.questions[id]?.points ?? 0) > 0);

/** Attempts left, Infinity when they are not counted. @param {State} state @param {QuizData} quiz */
export const attemptsLeft = (state, quiz) =>
  quiz.attempts === null
    ? Number.POSITIVE_INFINITY
    : quiz.attempts - recordOf(state, quiz).attempt - Number(isSubmitted(state, quiz));

/** @param {State} state @param {readonly string[]} pages */
export function visit(state, pages) {
  const visited = [...new Set([...state.visited, ...pages])];
  return visited.length === state.visited.length ? state : { ...state, visited };
}

/** What was reached is never lost. @param {State} state @param {ModuleData} module @returns {State} */
export function settle(state, module) {
  const graded = module.quizzes.filter((quiz) => isGraded(quiz, module));
  const passed = state.passed || (graded.length > 0 && graded.every((quiz) => recordOf(state, quiz).passed));
  const seen = module.pages.every((page) => state.visited.includes(page.id));
  const { allPages, passedQuiz } = module.completion;
  const completed = state.completed || ((seen || !allPages) && (passed || !passedQuiz || graded.length === 0));
  return { ...state, passed, completed };
}

/** @param {State} state @param {ModuleData} module @returns {Omit<Report, "state">} */
export function report(state, module) {
  const graded = module.quizzes.filter((quiz) => isGraded(quiz, module));
  const isLost = graded.some(
    (quiz) => !recordOf(state, quiz).passed && isSubmitted(state, quiz) && attemptsLeft(state, quiz) <= 0,
  );
  return {
    place: state.place,
    completion: state.completed ? "completed" : "incomplete",
    success: state.passed ? "passed" : isLost ? "failed" : "unknown",
    score: score(state, graded, module),
  };
}

/** 0-100 over the graded quizzes by their points; null before one is handed in. @param {State} state @param {QuizData[]} graded @param {ModuleData} module */
function score(state, graded, module) {
  if (graded.every((quiz) => recordOf(state, quiz).best === null)) {
    return null;
  }
  let got = 0;
  let all = 0;
  for (const quiz of graded) {
    const worth = drawn(state, quiz).reduce((total, id) => total + (module.questions[id]?.points ?? 0), 0);
    got += worth * (recordOf(state, quiz).best ?? 0);
    all += worth;
  }
  return all > 0 ? Math.floor((got / all) * 100 + 1e-6) / 100 : null;
}

/**
 * Two tabs of one attempt: nobody's gain is lost.
 * @param {State} mine @param {State} theirs @param {ModuleData} module @returns {State}
 */
export function merge(mine, theirs, module) {
  if (mine.seed !== theirs.seed) {
    return mine;
  }
  const merged = visit(mine, theirs.visited);
  const answers = { ...mine.answers };
  const quizzes = { ...mine.quizzes };
  const films = { ...mine.films };
  for (const [id, seen] of Object.entries(theirs.films)) {
    films[id] = (films[id] ?? 0) | seen;
  }
  for (const quiz of module.quizzes) {
    const [ours, other] = [recordOf(mine, quiz), recordOf(theirs, quiz)];
    for (const id of quiz.questions) {
      const [own, given] = [mine.answers[id], theirs.answers[id]];
      if (other.attempt > ours.attempt) {
        delete answers[id];
      }
      if (
        given &&
        (other.attempt > ours.attempt || (other.attempt === ours.attempt && (own?.mark ?? 0) < given.mark))
      ) {
        answers[id] = given;
      }
    }
    const best = Math.max(ours.best ?? -1, other.best ?? -1);
    quizzes[quiz.id] = {
      attempt: Math.max(ours.attempt, other.attempt),
      best: best < 0 ? null : best,
      passed: ours.passed || other.passed,
    };
  }
  return settle(
    {
      ...merged,
      answers,
      quizzes,
      films,
      passed: mine.passed || theirs.passed,
      completed: mine.completed || theirs.completed,
    },
    module,
  );
}
