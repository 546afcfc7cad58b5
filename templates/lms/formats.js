/** Checks of values: each returns what is wrong with a text, or undefined. */

/**
 * @typedef {object} Refusal
 * @property {string} why What is wrong, for GetDiagnostic and the trace.
 * @property {boolean} [range] The type is right, the number is out of its range (407 in SCORM 2004).
 */
/** @typedef {(value: string) => Refusal | undefined} Check */

/** @param {RegExp} pattern @param {string} why @returns {Check} */
export const matching = (pattern, why) => (value) => (pattern.test(value) ? undefined : { why });

/** @param {...string} words @returns {Check} */
export const oneOf =
  (...words) =>
  (value) =>
    words.includes(value) ? undefined : { why: `must be one of: ${words.map((word) => word || '""').join(", ")}` };

/** @param {number} limit @returns {Check} */
export const upTo = (limit) => (value) =>
  value.length > limit ? { why: `${value.length} characters; the limit is ${limit}` } : undefined;

/** A number that has passed its pattern, held to a range. @param {Check} number @param {number} low @param {number} high @returns {Check} */
export const between = (number, low, high) => (value) => {
  const refusal = number(value);
  if (refusal) {
    return refusal;
  }
  return Number(value) < low || Number(value) > high ? { why: `must be in ${low}..${high}`, range: true } : undefined;
};

/** Every check must pass; the first refusal counts. @param {...Check} checks @returns {Check} */
export const all =
  (...checks) =>
  (value) => {
    for (const check of checks) {
      const refusal = check(value);
      if (refusal) {
        return refusal;
      }
    }
    return undefined;
  };

/** One of two checks must pass; otherwise the refusal of the second is returned. @param {Check} first @param {Check} second @returns {Check} */
export const either = (first, second) => (value) => (first(value) ? second(value) : undefined);

/** A list joined by a delimiter, each part checked. @param {string} delimiter @param {Check} part @param {{unique?: boolean}} [options] @returns {Check} */
export const listOf =
  (delimiter, part, { unique = false } = {}) =>
  (value) => {
    const parts = value.split(delimiter);
    for (const item of parts) {
      const refusal = part(item);
      if (refusal) {
        return refusal;
      }
    }
    return unique && new Set(parts).size < parts.length ? { why: "the same identifier is given twice" } : undefined;
  };
