/** Numbers as platforms take them: packed in bits and written in 64 characters that all keep as they are, or as decimals. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** How many bits hold the numbers 0 to most. @param {number} most */
export const bitsFor = (most) => (most > 0 ? 32 - Math.clz32(most) : 0);

/** "70", "66.66": what every standard takes as a number. @param {number} number @param {number} [decimals] */
export const decimal = (number, decimals = 2) => String(Number(number.toFixed(decimals)));

/** A number of `length` characters. @param {number} value @param {number} length */
export function characters(value, length) {
  let text = "";
  for (let at = length - 1; at >= 0; at--) {
    text += ALPHABET[(value >>> (6 * at)) & 63];
  }
  return text;
}

/** FNV-1a with Murmur3's last mix: distinguishes texts; not for secrets. @param {string} text @param {number} width in bits, at most 24 */
export function hash(text, width) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) & (2 ** width - 1);
}

export class BitWriter {
  /** @type {number[]} */
  #bits = [];

  /** @param {number} value @param {number} width */
  put(value, width) {
    for (let at = width - 1; at >= 0; at--) {
      this.#bits.push((value >>> at) & 1);
    }
  }

  /** A number of any size: three bits at a time, each group after a bit that says whether more follow. @param {number} value */
  number(value) {
    for (let at = Math.max(0, Math.ceil(bitsFor(value) / 3) - 1); at >= 0; at--) {
      this.put(at > 0 ? 1 : 0, 1);
      this.put(value >>> (3 * at), 3);
    }
  }

  toString() {
    let text = "";
    for (let at = 0; at < this.#bits.length; at += 6) {
      let six = 0;
      for (let bit = at; bit < at + 6; bit++) {
        six = six * 2 + (this.#bits[bit] ?? 0);
      }
      text += ALPHABET[six];
    }
    return text;
  }
}

/** Reads what BitWriter wrote. Throws a RangeError past the end or at a foreign character. */
export class BitReader {
  #text;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** @param {number} width */
  take(width) {
    let value = 0;
    for (let count = 0; count < width; count++) {
      const six = ALPHABET.indexOf(this.#text[Math.floor(this.#at / 6)] ?? " ");
      if (six < 0) {
        throw new RangeError("The state ends too early.");
      }
      value = value * 2 + ((six >>> (5 - (this.#at % 6))) & 1);
      this.#at++;
    }
    return value;
  }

  number() {
    let value = 0;
    for (let more = 1, groups = 0; more; groups++) {
      more = this.take(1);
      value = value * 8 + this.take(3);
      if (groups > 9) {
        throw new RangeError("The state holds no such number.");
      }
    }
    return value;
  }
}
