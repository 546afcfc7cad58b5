/** A number, typed: comma or point, spaces between thousands, a sign. */

export const missing = "write-number";

/** Digits, and how many of them are decimals: nothing is lost in rounding. @param {Answer} answer */
function decimal(answer) {
  const plain = typeof answer === "string" ? answer.replace(/\s/g, "").replace("−", "-").replace(",", ".") : "";
  const [, sign, whole = "", rest = ""] = /^([+-]?)(\d*)(?:\.(\d+))?$/.exec(plain) ?? [];
  const digits = whole + rest;
  return digits && digits.length < 100
    ? { digits: BigInt((sign === "-" ? "-" : "") + digits), decimals: rest.length }
    : null;
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
