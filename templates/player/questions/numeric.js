/** A number, typed: comma or point, spaces between thousands, a sign. */
import { LONGEST, SPACES } from "./marking.js";

export const missing = "write-number";

/** Digits, and how many of them are decimals: nothing is lost in rounding. @param {Answer} answer */
function decimal(answer) {
  const plain =
    typeof answer === "string" && answer.length <= LONGEST ? answer.replace(SPACES, "").replace("−", "-") : "";
  const [, sign, whole = "", rest = ""] = /^([+-]?)(\d{0,30})(?:[.,](\d{0,30}))?$/.exec(plain) ?? [];
  return whole + rest ? { digits: BigInt((sign === "-" ? "-" : "") + whole + rest), decimals: rest.length } : null;
}

/** @param {{digits: bigint, decimals: number}} low @param {{digits: bigint, decimals: number}} high */
const isInOrder = (low, high) => low.digits * 10n ** BigInt(high.decimals) <= high.digits * 10n ** BigInt(low.decimals);

/** @type {NonNullable<QuestionType["isWhole"]>} */
export const isWhole = (answer) => decimal(answer) !== null;
/** @type {QuestionType["score"]} */
export function score(data, answer) {
  const [low, value, high] = [data.low, answer, data.high].map(decimal);
  return Number(Boolean(low && value && high && isInOrder(low, value) && isInOrder(value, high)));
}
/** @type {QuestionType["right"]} */
export const right = (data) => (data.low === data.high ? data.low : `${data.low}:${data.high}`);
