/**
 * A learner's state as a short text, and back.
 *
 * version 1 char, hash of the first n slots 2 chars, the bits, a check sum of it all 3 chars. The bits:
 *   n, seed 16, place (slot), completed 1, passed 1, number of quizzes;
 *   each quiz: page (slot), attempt, best in hundredths + 1 (0: none) 14, passed 1;
 *   each slot in order: a page visited 1; a film a bit for each of its `width` stretches; a question its mark 2, and when that is not 0 its answer:
 *   `width` bits, or for width 0 the typed text: its bytes counted, then 8 bits a byte, at most 40 bytes.
 * A count takes 4 bits for every 3 bits it has (0-7: 4, 8-63: 8, 64-511: 12).
 *
 * Worst case in characters: 6 + ceil(bits / 6), bits = 18 + 2 * count(n) + count(quizzes) +
 *   quizzes * (27 + count(n)) [511 attempts] + pages + questions * 2 + widths + typed * 328.
 * 20 pages + 20 questions of 4 options + 1 quiz: 18+16+4+35+20+40+60 = 193 bits: 39 characters.
 * 300 + 300: 18+32+4+43+300+600+900 = 1,897 bits: 323. A film adds 2 characters.
 *
 * Slots are only ever added at the end, so a later version of the module reads an older state by the hash of its first n.
 */
import { BitReader, BitWriter, characters, hash } from "./bits.js";
import { forms } from "./forms.js";

const VERSION = "1";
const LONGEST_TEXT = 40;

/** @param {readonly Slot[]} slots */
const slotsHash = (slots) => characters(hash(slots.map((slot) => slot.join(":")).join(","), 12), 2);
/** @param {string} text */
const checkSum = (text) => characters(hash(text, 18), 3);

/** A state nothing has happened in. @param {ModuleData} module @param {number} seed 0-65535 @returns {State} */
export function newState(module, seed) {
  const place = module.pages[0]?.id ?? "";
  return { seed, place, completed: false, passed: false, visited: [], quizzes: {}, answers: {}, films: {} };
}

/** @param {State} state @param {ModuleData} module */
export function encode(state, module) {
  const bits = new BitWriter();
  const last = lastSlots(module.slots);
  bits.number(module.slots.length);
  bits.put(state.seed, 16);
  bits.number(last.get(state.place) ?? 0);
  bits.put(Number(state.completed), 1);
  bits.put(Number(state.passed), 1);
  bits.number(module.quizzes.length);
  for (const quiz of module.quizzes) {
    const record = state.quizzes[quiz.id];
    bits.number(last.get(quiz.page) ?? 0);
    bits.number(record?.attempt ?? 0);
    bits.put(record?.best == null ? 0 : Math.floor(record.best * 100 + 1e-6) + 1, 14);
    bits.put(Number(record?.passed ?? false), 1);
  }
  module.slots.forEach((slot, index) => {
    const [id, kind] = slot;
    if (kind === "page") {
      bits.put(Number(state.visited.includes(id)), 1);
    } else if (kind === "film") {
      bits.put(last.get(id) === index ? (state.films[id] ?? 0) : 0, slot[2]);
    } else {
      putGiven(bits, slot, last.get(id) === index ? state.answers[id] : undefined, module.questions[id]);
    }
  });
  const text = VERSION + slotsHash(module.slots) + bits;
  return text + checkSum(text);
}

/** Returns the state, or null for a text that is not whole or not of this module. @param {string} text @param {ModuleData} module @returns {State | null} */
export function decode(text, module) {
  if (text[0] !== VERSION || checkSum(text.slice(0, -3)) !== text.slice(-3)) {
    return null;
  }
  try {
    const bits = new BitReader(text.slice(3, -3));
    const slots = module.slots.slice(0, bits.number());
    return slotsHash(slots) === text.slice(1, 3) ? readState(bits, slots, module) : null;
  } catch (error) {
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}

/** @param {BitReader} bits @param {Slot[]} slots @param {ModuleData} module @returns {State} */
function readState(bits, slots, module) {
  const isPage = (/** @type {string | undefined} */ id) => module.pages.some((page) => page.id === id);
  const state = newState(module, bits.take(16));
  const place = slots[bits.number()]?.[0];
  state.place = place !== undefined && isPage(place) ? place : state.place;
  state.completed = bits.take(1) === 1;
  state.passed = bits.take(1) === 1;
  state.quizzes = readQuizzes(bits, slots, module);
  /** @type {string[]} */
  const visited = [];
  /** @type {Record<string, Given>} */
  const answers = {};
  /** @type {Record<string, number>} */
  const films = {};
  for (const slot of slots) {
    const [id, kind] = slot;
    if (kind === "page") {
      if (bits.take(1) && isPage(id)) {
        visited.push(id);
      }
      continue;
    }
    if (kind === "film") {
      films[id] = bits.take(slot[2]);
      continue;
    }
    const given = takeGiven(bits, slot, module.questions[id]);
    if (given) {
      answers[id] = given;
    }
  }
  return { ...state, visited, answers, films };
}

/** Quizzes have no slots: they are known by their page, and by their order on it. @param {BitReader} bits @param {Slot[]} slots @param {ModuleData} module */
function readQuizzes(bits, slots, module) {
  /** @type {Record<string, QuizRecord>} */
  const records = {};
  const left = [...module.quizzes];
  for (let count = bits.number(); count > 0; count--) {
    const page = slots[bits.number()]?.[0];
    const attempt = bits.number();
    const best = bits.take(14);
    const passed = bits.take(1) === 1;
    const at = left.findIndex((quiz) => quiz.page === page);
    const [quiz] = at < 0 ? [] : left.splice(at, 1);
    if (quiz && (attempt || best || passed)) {
      records[quiz.id] = { attempt, best: best ? (best - 1) / 100 : null, passed };
    }
  }
  return records;
}

/** The slot of an id now: a question that changed much has a new slot. @param {readonly Slot[]} slots */
const lastSlots = (slots) => new Map(slots.map((slot, index) => [slot[0], index]));

/** @param {Slot} slot @param {QuestionData | undefined} question */
function formOf([, kind, width], question) {
  const type = question?.type === kind ? forms[kind] : undefined;
  const packing = (question && type?.packing?.(question.data)) ?? null;
  const widths = packing?.widths(width) ?? [];
  return question && type ? { data: question.data, type, packing, widths, fits: sum(widths) === width } : null;
}

/** @param {BitWriter} bits @param {Slot} slot @param {Given | undefined} given @param {QuestionData | undefined} question */
function putGiven(bits, slot, given, question) {
  const form = formOf(slot, question);
  if (!given || !form?.fits) {
    bits.put(0, 2);
    return;
  }
  bits.put(given.mark, 2);
  if (form.packing) {
    const numbers = form.packing.pack(given.answer);
    for (const [at, width] of form.widths.entries()) {
      bits.put(numbers[at] ?? 0, width);
    }
    return;
  }
  const bytes = cut(form.type.toText?.(form.data, given.answer) ?? String(given.answer));
  bits.number(bytes.length);
  for (const byte of bytes) {
    bits.put(byte, 8);
  }
}

/** @param {BitReader} bits @param {Slot} slot @param {QuestionData | undefined} question @returns {Given | null} */
function takeGiven(bits, slot, question) {
  const mark = bits.take(2);
  if (mark === 0) {
    return null;
  }
  const form = formOf(slot, question);
  let answer = null;
  if (slot[2] === 0) {
    const bytes = Uint8Array.from({ length: bits.number() }, () => bits.take(8));
    const text = new TextDecoder().decode(bytes);
    answer = form?.fits ? (form.type.fromText?.(form.data, text) ?? (text || null)) : null;
  } else if (form?.packing && form.fits) {
    answer = form.packing.unpack(form.widths.map((width) => bits.take(width)));
  } else {
    bits.take(slot[2]);
  }
  return answer === null ? null : { answer, mark: /** @type {1 | 2 | 3} */ (mark) };
}

/** Whole letters only: half of an å is no text. @param {string} text */
function cut(text) {
  const bytes = new TextEncoder().encode(text);
  let length = Math.min(bytes.length, LONGEST_TEXT);
  while (length < bytes.length && ((bytes[length] ?? 0) & 0xc0) === 0x80) {
    length--;
  }
  return bytes.slice(0, length);
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
