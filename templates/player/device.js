/** What is kept on the device. On a shared computer only until the tab is closed. Storage may be refused: then nothing is. */

export const PREFIX = "lokaltmot:";
export const SHARED = `${PREFIX}shared`;

/** @template T @param {() => T} step @param {T} otherwise @returns {T} */
export function attempt(step, otherwise) {
  try {
    return step();
  } catch {
    return otherwise;
  }
}

export const isShared = () => attempt(() => sessionStorage.getItem(SHARED) !== null, false);
const storage = () => (isShared() ? sessionStorage : localStorage);

/** @param {string} key */
export const recall = (key) => attempt(() => storage().getItem(PREFIX + key) ?? "", "");

/** Returns whether it was kept. @param {string} key @param {string} text */
export const keep = (key, text) =>
  attempt(() => {
    storage().setItem(PREFIX + key, text);
    return true;
  }, false);

/** @param {string} key */
export const forget = (key) => attempt(() => storage().removeItem(PREFIX + key), undefined);

/** @param {string} start */
export const hasAny = (start) =>
  attempt(() => Object.keys(storage()).some((key) => key.startsWith(PREFIX + start)), false);
