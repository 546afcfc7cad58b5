/** How much of a film was seen: it is cut in equal stretches, a bit each, the first one the lowest. */

const ENOUGH = 0.9; // of a stretch: nobody stops to the second

/**
 * The stretches that were played.
 * @param {{start: number, end: number}[]} played in seconds, none of them overlapping @param {number} length @param {number} count
 */
export function stretchesIn(played, length, count) {
  const step = length / count;
  let seen = 0;
  for (let at = 0; at < count && step > 0 && Number.isFinite(step); at++) {
    const parts = played.map(({ start, end }) => Math.min(end, (at + 1) * step) - Math.max(start, at * step));
    const inside = parts.reduce((total, part) => total + Math.max(0, part), 0);
    seen |= inside >= step * ENOUGH ? 1 << at : 0;
  }
  return seen;
}

/** How many stretches were seen. @param {number} seen */
export const countOf = (seen) => seen.toString(2).replaceAll("0", "").length;

/**
 * Where to go on, in stretches from the start: after the last one seen, or at the first one not seen. It is a little
 * before the end of the stretch before it, of which the last part need not have been played: nothing is passed over.
 * @param {number} seen @param {number} count
 */
export function goesOnAt(seen, count) {
  const after = 32 - Math.clz32(seen);
  const isSeen = (/** @type {number} */ at) => (seen >> at) & 1;
  const first = Array.from({ length: count }, (_stretch, at) => at).findIndex((at) => !isSeen(at));
  const next = after < count ? after : Math.max(first, 0);
  return next > 0 ? next - 1 + ENOUGH : 0;
}
