/** The rules: when a module is completed, passed or failed, and what a new try asks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as attempts from "../../templates/player/attempts.js";
import * as rules from "../../templates/player/progress.js";
import { newState } from "../../templates/player/state.js";
import { sample, types } from "./sample.js";

const progress = { ...rules, ...attempts };
const five = (quiz = {}) => sample({ pages: 2, kinds: Array(5).fill("single"), quiz });
const answered = (state, answers) =>
  Object.entries(answers).reduce((so, [at, key]) => progress.answer(so, `single-${at}`, key), state);
const allRight = { 0: "b", 1: "b", 2: "b", 3: "b", 4: "b" };
const hand = (state, module) => progress.settle(progress.submit(state, module.quizzes[0], module, types), module);

test("no score before a quiz is handed in", () => {
  const module = five();
  const state = answered(newState(module, 1), allRight);
  assert.deepEqual(progress.report(progress.settle(state, module), module), {
    place: "page-0",
    completion: "incomplete",
    success: "unknown",
    score: null,
  });
});

test("a right quiz is passed; the module is completed when its pages are read too", () => {
  const module = five();
  const done = hand(answered(newState(module, 1), allRight), module);
  assert.equal(progress.report(done, module).success, "passed");
  assert.equal(progress.report(done, module).score, 100);
  assert.equal(progress.report(done, module).completion, "incomplete");
  const read = progress.settle(progress.visit(done, ["page-0", "page-1"]), module);
  assert.equal(progress.report(read, module).completion, "completed");
});

test("four of five is passed at 80 %, three of five is not", () => {
  const module = five();
  const four = hand(answered(newState(module, 1), { ...allRight, 4: "a" }), module);
  assert.deepEqual([four.passed, progress.report(four, module).score], [true, 80]);
  const three = hand(answered(newState(module, 1), { ...allRight, 3: "a", 4: "a" }), module);
  assert.deepEqual([three.passed, progress.report(three, module).score], [false, 60]);
});

test("failed only when the attempts are used up", () => {
  const wrong = { 0: "a", 1: "a", 2: "a", 3: "a", 4: "a" };
  const module = five({ attempts: 2 });
  const once = hand(answered(newState(module, 1), wrong), module);
  assert.equal(progress.report(once, module).success, "unknown");
  assert.equal(progress.attemptsLeft(once, module.quizzes[0]), 1);
  const twice = hand(answered(progress.retry(once, module.quizzes[0], module), wrong), module);
  assert.equal(progress.report(twice, module).success, "failed");
  assert.equal(progress.attemptsLeft(twice, module.quizzes[0]), 0);
  const free = five();
  assert.equal(progress.report(hand(answered(newState(free, 1), wrong), free), free).success, "unknown");
});

test("a worse try never lowers the score, nor takes a pass away", () => {
  const module = five({ retryWrong: false });
  const good = hand(answered(newState(module, 1), allRight), module);
  const again = progress.retry(good, module.quizzes[0], module);
  assert.deepEqual(again.answers, {});
  assert.equal(progress.report(again, module).score, 100);
  const bad = hand(answered(again, { 0: "a", 1: "a", 2: "a", 3: "a", 4: "a" }), module);
  assert.deepEqual([bad.passed, progress.report(bad, module).score], [true, 100]);
});

test("practice asks exactly the wrong ones, and keeps the right ones", () => {
  const module = five();
  const [quiz] = module.quizzes;
  const state = hand(answered(newState(module, 1), { ...allRight, 1: "a", 3: "c" }), module);
  assert.deepEqual(progress.toRetry(state, quiz, module), ["single-1", "single-3"]);
  const again = progress.retry(state, quiz, module);
  assert.deepEqual(progress.round(again, quiz), ["single-1", "single-3"]);
  assert.equal(again.answers["single-0"].answer, "b");
  const better = hand(answered(again, { 1: "b", 3: "b" }), module);
  assert.equal(progress.report(better, module).score, 100);
});

test("a draw follows from the seed and the attempt, and keeps what is answered when the bank grows", () => {
  const module = sample({ kinds: Array(12).fill("single"), quiz: { draw: 5 } });
  const [quiz] = module.quizzes;
  const draws = new Set();
  for (let seed = 0; seed < 40; seed++) {
    const state = newState(module, seed);
    const ids = progress.drawn(state, quiz);
    assert.equal(ids.length, 5);
    assert.deepEqual(progress.drawn(structuredClone(state), quiz), ids);
    draws.add(ids.join());
    const some = progress.answer(progress.answer(state, ids[0], "a"), ids[3], "b");
    const bank = { ...quiz, questions: [...quiz.questions, "ny-1", "ny-2", "ny-3"] };
    assert.ok([ids[0], ids[3]].every((id) => progress.drawn(some, bank).includes(id)));
  }
  assert.ok(draws.size > 30);
});

test("a changed right answer is marked again from the stored answers", () => {
  const module = five();
  const state = hand(answered(newState(module, 1), { ...allRight, 3: "c", 4: "c" }), module);
  assert.equal(progress.report(state, module).success, "unknown");
  for (const at of [3, 4]) {
    module.questions[`single-${at}`] = {
      ...module.questions[`single-${at}`],
      data: { options: ["a", "b", "c"], right: "c" },
    };
  }
  const marked = progress.settle(progress.remark(state, module, types), module);
  assert.deepEqual([marked.passed, progress.report(marked, module).score], [true, 100]);
});

test("a scale counts neither way", () => {
  const module = sample({ pages: 1, kinds: ["single", "likert"] });
  const state = progress.answer(progress.answer(newState(module, 1), "single-0", "b"), "likert-1", { 1: "1", 2: "5" });
  const done = hand(state, module);
  assert.deepEqual([done.passed, progress.report(done, module).score], [true, 100]);
  assert.deepEqual(progress.toRetry(done, module.quizzes[0], module), []);
  const only = sample({ pages: 1, kinds: ["likert"] });
  const thanks = hand(progress.answer(newState(only, 1), "likert-0", { 1: "1", 2: "5" }), only);
  assert.equal(progress.report(thanks, only).score, null);
});

test("who shows what they know need not read the pages", () => {
  const module = five({ testOut: true });
  const done = hand(answered(newState(module, 1), allRight), module);
  assert.equal(progress.report(done, module).completion, "completed");
});

test("two tabs lose nothing of each other, in either order", () => {
  const module = five();
  const start = newState(module, 7);
  const one = answered(progress.visit(start, ["page-0"]), { 0: "b", 1: "a" });
  const two = answered(progress.visit(start, ["page-1"]), { 2: "b" });
  for (const [mine, theirs] of [
    [one, two],
    [two, one],
  ]) {
    const merged = progress.merge(mine, theirs, module);
    assert.deepEqual(Object.keys(merged.answers).sort(), ["single-0", "single-1", "single-2"]);
    assert.deepEqual([...merged.visited].sort(), ["page-0", "page-1"]);
  }
  const handed = hand(answered(start, allRight), module);
  assert.equal(progress.merge(two, handed, module).passed, true);
  assert.deepEqual(progress.merge(handed, two, module).answers, handed.answers);
  const later = answered(
    progress.retry(hand(answered(start, { ...allRight, 0: "a", 1: "a" }), module), module.quizzes[0], module),
    { 0: "b" },
  );
  assert.equal(progress.merge(two, later, module).quizzes.quiz.attempt, 1);
  assert.equal(progress.merge(two, later, module).answers["single-1"], undefined);
  assert.equal(progress.merge(one, { ...two, seed: 8 }, module), one, "another attempt");
});
