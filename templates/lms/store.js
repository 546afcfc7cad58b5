/** A flat store of data model elements: names as the content says them, and how far each list has come. */

/**
 * @typedef {object} Address An element name taken apart.
 * @property {string} pattern The name with `n` in place of each index.
 * @property {{list: string, index: number}[]} indices Each list the name goes through, outermost first.
 */

const INDEX = /\.(0|[1-9]\d*)(?=\.|$)/g;

/** @param {string} element @returns {Address} */
export function address(element) {
  /** @type {Address["indices"]} */
  const indices = [];
  for (const match of element.matchAll(INDEX)) {
    indices.push({ list: element.slice(0, match.index), index: Number(match[1]) });
  }
  // A name that holds a literal n must not pass for an indexed one.
  const pattern = /\.n(\.|$)/.test(element) ? "" : element.replace(INDEX, ".n");
  return { pattern, indices };
}

export class Store {
  /** @type {Map<string, string>} */
  #values = new Map();
  /** @type {Map<string, number>} */
  #counts = new Map();

  /** @param {Record<string, string>} values */
  constructor(values) {
    for (const [element, value] of Object.entries(values)) {
      this.set(element, value);
    }
  }

  /** @param {string} element @returns {string | undefined} */
  get(element) {
    return this.#values.get(element);
  }

  /** @param {string} element @param {string} value */
  set(element, value) {
    this.#values.set(element, value);
    for (const { list, index } of address(element).indices) {
      this.#counts.set(list, Math.max(this.count(list), index + 1));
    }
  }

  /** How many entries a list has. @param {string} list */
  count(list) {
    return this.#counts.get(list) ?? 0;
  }

  /** The first list of a name that the index would leave a gap in. @param {Address} where */
  gap(where) {
    return where.indices.find(({ list, index }) => index > this.count(list));
  }

  /** The first list of a name that has no such entry. @param {Address} where */
  missing(where) {
    return where.indices.find(({ list, index }) => index >= this.count(list));
  }

  /** @returns {Record<string, string>} */
  all() {
    return Object.fromEntries(this.#values);
  }
}
