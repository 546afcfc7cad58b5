/** A number, typed: comma or point, spaces between thousands, a sign. */
import { read as readText } from "./text.js";

export { fromText, show, toText } from "./text.js";

export const missing = "write-number";

/** Digits and how many of them are decimals, so that no answer is lost in rounding. @param {Answer} answer */
function decimal(answer) {
  const plain = typeof answer === "string" ? answer.replace(/\s/g, "").replace("−", "-").replace(",", ".") : "";
  const parts = /^([+-]?)(\d*)(?:\.(\d+))?$/.exec(plain);
  const [, sign, whole = "", rest = ""] = parts ?? [];
  return parts && whole + rest && plain.length < 100
    ? { digits: BigInt(`${whole}${rest}`) * (sign === "-" ? -1n : 1n), decimals: rest.length }
    : null;
}

/** @param {{digits: bigint, decimals: number}} low @param {{digits: bigint, decimals: number}} high */
const isInOrder = (low, high) => low.digits * 10n ** BigInt(high.decimals) <= high.digits * 10n ** BigInt(low.decimals);

/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const [low, value, high] = [data.low, answer, data.high].map(decimal);
  return Number(Boolean(low && value && high && isInOrder(low, value) && isInOrder(value, high)));
}
/** @type {QuestionType["right"]} */
export const right = (data) => (data.low === data.high ? data.low : `${data.low}:${data.high}`);
/** @type {QuestionType["read"]} */
export function read(element, data) {
  const answer = readText(element, data);
  return decimal(answer) ? answer : null;
}
/** @type {NonNullable<QuestionType["words"]>} */
export function words(element, data) {
  const point = /^en/.test(element.closest("[lang]")?.getAttribute("lang") ?? "") ? "." : ",";
  return [...new Set([data.low, data.high])].map((number) => number.replace(".", point)).join(" – ");
}
