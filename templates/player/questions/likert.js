/** Statements to agree or disagree with. Never right or wrong, never graded. */

export const missing = "answer-every";

/** @type {QuestionType["score"]} */
export const score = () => 0;
/** @type {QuestionType["right"]} */
export const right = () => null;
/** @type {NonNullable<QuestionType["marks"]>} */
export const marks = () => ({});
