/** An answer as SCORM and xAPI write it: an interaction. Fetched after the first page. */
import { decimal } from "../bits.js";

/** @typedef {import("./scorm.js").Dialect} Dialect */
/** What a standard must say of how it writes answers. @typedef {Pick<Dialect, "isScaled" | "wrong" | "comma" | "point" | "booleans" | "longest" | "span" | "pattern" | "more"> & {names: {answered: string, response: string}}} Writing */

const MOST = 250; // interactions that either standard promises to keep

/**
 * Sends interactions after those of earlier sessions. A platform that keeps none refuses the first: then none are sent.
 * @param {import("./scorm.js").Session} lms @param {Dialect} dialect @returns {(interactions: readonly Interaction[]) => void}
 */
export function sender(lms, dialect) {
  /** How many the platform holds, asked at the first answer; NaN when it keeps none. @type {number | undefined} */
  let count;

  /** @param {number} index @param {[string, string][]} record */
  function put(index, record) {
    for (const [at, [name, value]] of record.entries()) {
      const taken = lms.set(`cmi.interactions.${index}.${name}`, value);
      if (at === 0 && !taken) {
        return;
      }
    }
    count = Math.max(count ?? 0, index + 1);
  }

  return (interactions) => {
    for (const interaction of interactions) {
      const kept = count ?? lms.ask("cmi.interactions._count");
      if (kept === null) {
        return;
      }
      count ??= Number.parseInt(String(kept), 10);
      interaction.index ??= count;
      for (const [at, record] of records(interaction, dialect).entries()) {
        if (interaction.index + at < MOST) {
          put(interaction.index + at, record);
        }
      }
    }
  };
}

/** What a type of question is called in all of them; the rest is a choice. @type {Record<string, string>} */
const KINDS = {
  truefalse: "true-false",
  text: "fill-in",
  numeric: "numeric",
  matching: "matching",
  ordering: "sequencing",
  likert: "likert",
};

/** @param {QuestionData} question */
function kindOf({ type, data }) {
  if (type === "gaps") {
    const gaps = /** @type {{options?: string[]}[]} */ (Object.values(data.gaps));
    return gaps.every((gap) => gap.options) ? "matching" : "fill-in";
  }
  return KINDS[type] ?? "choice";
}

/** An answer as one text. @param {Answer} answer @param {string} kind @param {Writing} writing @param {QuestionData} question */
function response(answer, kind, { comma, point, longest, booleans }, { data }) {
  let text = String(answer ?? "");
  if (kind === "true-false") {
    text = booleans[answer === data.true ? 0 : 1];
  } else if (kind === "numeric") {
    text = text
      .replace(/\s/g, "")
      .replace("−", "-")
      .replace("+", "")
      .replace(",", ".")
      .replace(/^(-?)\./, "$10.");
  } else if (Array.isArray(answer)) {
    text = answer.join(comma);
  } else if (answer && typeof answer === "object") {
    const rows = Object.entries(answer);
    text = rows.map(([key, value]) => (kind === "matching" ? key + point + value : String(value))).join(comma);
  }
  return text.slice(0, longest);
}

/** One record an answer, but one a statement of a scale. @param {Interaction} interaction @param {Writing} dialect @returns {[string, string][][]} */
export function records(interaction, dialect) {
  const { question, answer, right, score, seconds, at } = interaction;
  const kind = kindOf(question);
  const result =
    question.points === 0 ? "neutral" : score > 1 - 1e-9 ? "correct" : score > 0 ? decimal(score, 4) : dialect.wrong;
  const pattern = right === null ? "" : dialect.pattern(kind, response(right, kind, dialect, question));
  const isScale = kind === "likert" && answer && typeof answer === "object" && !Array.isArray(answer);
  const answers = isScale
    ? Object.entries(answer).map(([key, value]) => ({ id: `__${key}`, value }))
    : [{ id: "", value: answer }];
  return answers.map(({ id, value }) => [
    ["id", question.cmi + id],
    ["type", kind],
    [dialect.names.answered, dialect.isScaled ? at : at.slice(11)],
    ["weighting", decimal(question.points)],
    .../** @type {[string, string][]} */ (pattern ? [["correct_responses.0.pattern", pattern]] : []),
    [dialect.names.response, response(value, kind, dialect, question)],
    ["result", result],
    ["latency", dialect.span(seconds)],
    ...dialect.more(interaction),
  ]);
}
