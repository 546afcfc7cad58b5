/** The stored state: it comes back as it was, it is short, and a later version of the module can read it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, newState } from "../../templates/player/state.js";
import { chance, randomState, sample } from "./sample.js";

const next = chance(20261122);

test("a state comes back as it was, whatever it holds", () => {
  for (let round = 0; round < 500; round++) {
    const module = sample({ pages: 1 + next(12), films: next(4) });
    const state = randomState(module, next);
    assert.deepEqual(decode(encode(state, module), module), state);
  }
});

test("a text that was cut, changed or is of another module is refused, and nothing throws", () => {
  const module = sample();
  for (let round = 0; round < 60; round++) {
    const text = encode(randomState(module, next), module);
    for (let length = 0; length < text.length; length++) {
      assert.equal(decode(text.slice(0, length), module), null);
    }
    const at = next(text.length);
    const other = text[at] === "A" ? "B" : "A";
    assert.equal(decode(text.slice(0, at) + other + text.slice(at + 1), module), null, `${text} at ${at}`);
    assert.equal(decode(text, sample({ pages: 4 })), null);
  }
  for (const text of ["1", "null", "{}", "æøå", "1AAAAA", "2".repeat(50), "A".repeat(5000), " "]) {
    assert.equal(decode(text, module), null);
  }
});

/** All seen, all answered, the fullest counts. */
function fullState(module) {
  const answers = Object.fromEntries(Object.keys(module.questions).map((id) => [id, { answer: "d", mark: 3 }]));
  const quizzes = { quiz: { attempt: 7, best: 100, passed: true } };
  const pages = module.pages.map((page) => page.id);
  const films = Object.fromEntries(module.slots.filter(([, kind]) => kind === "film").map(([id]) => [id, 4095]));
  return { seed: 65535, place: pages.at(-1), completed: true, passed: true, visited: pages, quizzes, answers, films };
}

test("20 pages, 20 questions and a film take at most 40 characters, 300, 300 and 30 at most 400", () => {
  for (const [count, films, most] of [
    [20, 1, 40],
    [300, 30, 400],
  ]) {
    const module = sample({ pages: count, kinds: Array(count).fill("single"), films });
    const state = fullState(module);
    const text = encode(state, module);
    assert.ok(text.length <= most, `${text.length} characters`);
    assert.deepEqual(decode(text, module), state);
  }
});

test("the worst case is what the head of state.js says", () => {
  const module = sample({ pages: 20, kinds: Array(20).fill("single") });
  const state = { ...fullState(module), quizzes: { quiz: { attempt: 511, best: 100, passed: true } } };
  assert.equal(encode(state, module).length, 39);
  const typed = sample({ pages: 1, kinds: ["text"] });
  const long = { ...newState(typed, 1), answers: { "text-0": { answer: "å".repeat(300), mark: 1 } } };
  const bits = 16 + 4 + 4 + 2 + 4 + (4 + 4 + 15) + 1 + 2 + 8 + 320;
  assert.equal(encode(long, typed).length, 6 + Math.ceil(bits / 6));
});

test("a typed answer is cut between letters, never inside one", () => {
  const module = sample({ pages: 1, kinds: ["text"] });
  const state = { ...newState(module, 1), answers: { "text-0": { answer: `x${"å".repeat(30)}`, mark: 1 } } };
  const back = decode(encode(state, module), module);
  assert.equal(back.answers["text-0"].answer, `x${"å".repeat(19)}`);
});

test("a new version keeps what is still there", () => {
  const old = sample();
  const state = randomState(old, next);
  const text = encode(state, old);

  const edited = structuredClone(old);
  edited.title = "Ny tittel";
  edited.pages[0].title = "Ny side";
  assert.deepEqual(decode(text, edited), state, "text edit");

  const grown = structuredClone(old);
  grown.pages.splice(1, 0, { id: "ny-side", title: "Ny", minutes: 2 });
  grown.slots.push(["ny-side", "page", 0], ["nytt", "single", 3]);
  grown.questions.nytt = structuredClone(old.questions["single-0"]);
  grown.quizzes[0].questions.unshift("nytt");
  assert.deepEqual(decode(text, grown), state, "added page and question");

  const turned = structuredClone(old);
  turned.pages.reverse();
  const back = decode(text, turned);
  assert.deepEqual([...back.visited].sort(), [...state.visited].sort(), "reordered pages");
  assert.deepEqual(back.answers, state.answers);
  assert.equal(back.place, state.place);

  const smaller = structuredClone(old);
  delete smaller.questions["multiple-2"];
  smaller.quizzes[0].questions = smaller.quizzes[0].questions.filter((id) => id !== "multiple-2");
  const { "multiple-2": removed, ...kept } = state.answers;
  assert.deepEqual(decode(text, smaller).answers, kept, `removed question (${Boolean(removed)})`);

  const shorter = structuredClone(old);
  shorter.pages = shorter.pages.filter((page) => page.id !== "page-1");
  assert.deepEqual(
    decode(text, shorter).visited,
    state.visited.filter((id) => id !== "page-1"),
    "removed page",
  );
});

test("a question with an option more has got a new slot, and keeps its answer", () => {
  const old = sample({ kinds: ["truefalse"] });
  const state = { ...newState(old, 9), answers: { "truefalse-0": { answer: "b", mark: 3 } } };
  const text = encode(state, old);
  const changed = structuredClone(old);
  changed.questions["truefalse-0"].data.options = ["a", "b", "c", "d"];
  changed.slots.push(["truefalse-0", "truefalse", 3]);
  const read = decode(text, changed);
  assert.deepEqual(read.answers, state.answers);
  assert.deepEqual(decode(encode(read, changed), changed), read);
});

test("what was seen of a film stays when the new version moves it, adds one, or lets one go", () => {
  const old = sample({ films: 2 });
  const text = encode({ ...newState(old, 7), films: { "film-0": 0b111, "film-1": 0b1 } }, old);
  const slots = [...old.slots, ["film-2", "film", 12]];
  const pages = [...old.pages].reverse();
  const read = decode(text, { ...old, slots, pages });
  assert.equal(read.films["film-0"], 0b111);
  assert.equal(read.films["film-1"], 0b1);
  assert.equal(read.films["film-2"] ?? 0, 0);
});
