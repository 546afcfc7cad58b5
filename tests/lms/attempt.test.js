/** What is kept between launches, by Moodle 4.5's rules, and what the platform decides when a session ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Attempt } from "../../templates/lms/attempt.js";
import { addDuration, addTimespan } from "../../templates/lms/durations.js";
import { finalStatus12, Scorm12 } from "../../templates/lms/scorm12.js";
import { finalCompletion2004, Scorm2004 } from "../../templates/lms/scorm2004.js";
import { caution, traced } from "../../templates/lms/trace.js";

/** A storage as a browser has it, for one test. */
function emptyStorage() {
  const texts = new Map();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => texts.set(key, value),
    removeItem: (key) => texts.delete(key),
  };
}

/** Launch, make the calls, and give back the API. */
function launched(attempt, calls) {
  const { values, given } = attempt.begin();
  const Runtime = attempt.settings.standard === "scorm12" ? Scorm12 : Scorm2004;
  const { api } = new Runtime({ values, given, save: (stored) => attempt.save(stored) });
  for (const [method, ...args] of calls) {
    assert.equal(api[method](...args), "true", `${method} ${args}`);
  }
  return api;
}

const start12 = [["LMSInitialize", ""]];
const start2004 = [["Initialize", ""]];
const attemptOf = (standard, more = {}) => new Attempt(emptyStorage(), { standard, key: "k", href: "", ...more });

test("SCORM 1.2: the first launch is ab-initio, and nothing is kept that was not committed", () => {
  const attempt = attemptOf("scorm12");
  const api = launched(attempt, [...start12, ["LMSSetValue", "cmi.suspend_data", "abc"]]);
  assert.equal(api.LMSGetValue("cmi.core.entry"), "ab-initio");
  const again = launched(attempt, start12);
  assert.equal(again.LMSGetValue("cmi.suspend_data"), "");
  assert.equal(again.LMSGetValue("cmi.core.entry"), "");
});

test("SCORM 1.2: a killed session resumes when it had committed suspend", () => {
  const attempt = attemptOf("scorm12");
  launched(attempt, [
    ...start12,
    ["LMSSetValue", "cmi.core.exit", "suspend"],
    ["LMSSetValue", "cmi.suspend_data", "abc"],
    ["LMSCommit", ""],
  ]);
  const again = launched(attempt, start12);
  assert.equal(again.LMSGetValue("cmi.core.entry"), "resume");
  assert.equal(again.LMSGetValue("cmi.suspend_data"), "abc");
});

test("SCORM 1.2: without suspend the data comes back, but entry is empty", () => {
  const attempt = attemptOf("scorm12");
  launched(attempt, [
    ...start12,
    ["LMSSetValue", "cmi.core.lesson_status", "incomplete"],
    ["LMSSetValue", "cmi.suspend_data", "abc"],
    ["LMSFinish", ""],
  ]);
  const again = launched(attempt, start12);
  assert.equal(again.LMSGetValue("cmi.core.entry"), "");
  assert.equal(again.LMSGetValue("cmi.suspend_data"), "abc");
});

test("SCORM 2004: without suspend everything comes back empty", () => {
  const attempt = attemptOf("scorm2004");
  launched(attempt, [...start2004, ["SetValue", "cmi.suspend_data", "abc"], ["Terminate", ""]]);
  const again = launched(attempt, start2004);
  assert.equal(again.GetValue("cmi.entry"), "ab-initio");
  assert.equal(again.GetValue("cmi.suspend_data"), "");
  assert.equal(again.GetLastError(), "403");
});

test("SCORM 2004: with suspend the data and the time come back", () => {
  const attempt = attemptOf("scorm2004");
  launched(attempt, [
    ...start2004,
    ["SetValue", "cmi.exit", "suspend"],
    ["SetValue", "cmi.suspend_data", "abc"],
    ["SetValue", "cmi.session_time", "PT1M30S"],
    ["Terminate", ""],
  ]);
  const again = launched(attempt, start2004);
  assert.equal(again.GetValue("cmi.entry"), "resume");
  assert.equal(again.GetValue("cmi.suspend_data"), "abc");
  assert.equal(again.GetValue("cmi.total_time"), "PT0H1M30S");
});

for (const status of ["passed", "completed", "failed"]) {
  test(`SCORM 1.2: an attempt that is ${status} opens for review without credit`, () => {
    const attempt = attemptOf("scorm12");
    launched(attempt, [...start12, ["LMSSetValue", "cmi.core.lesson_status", status], ["LMSFinish", ""]]);
    const again = launched(attempt, start12);
    assert.equal(again.LMSGetValue("cmi.core.lesson_mode"), "review");
    assert.equal(again.LMSGetValue("cmi.core.credit"), "no-credit");
  });
}

test("SCORM 2004: a completed attempt opens for review, a passed one that is incomplete does not", () => {
  const over = attemptOf("scorm2004");
  launched(over, [...start2004, ["SetValue", "cmi.completion_status", "completed"], ["Terminate", ""]]);
  assert.equal(over.begin().mode, "review");
  const going = attemptOf("scorm2004");
  launched(going, [...start2004, ["SetValue", "cmi.success_status", "passed"], ["Terminate", ""]]);
  assert.equal(going.begin().mode, "normal");
});

test("a platform that does not review opens an ended attempt as normal", () => {
  const attempt = attemptOf("scorm12", { reviewAfterEnd: false });
  launched(attempt, [...start12, ["LMSSetValue", "cmi.core.lesson_status", "passed"], ["LMSFinish", ""]]);
  assert.equal(attempt.begin().mode, "normal");
});

// status, raw, mastery, mode -> kept. Moodle 4.5, and the standard's rule for mastery scores.
for (const [status, raw, mastery, mode, kept] of [
  [undefined, undefined, "", "normal", "completed"],
  [undefined, undefined, "", "browse", "browsed"],
  ["incomplete", "50", "80", "normal", "failed"],
  ["completed", "50", "80", "normal", "failed"],
  ["incomplete", "80", "80", "normal", "passed"],
  ["incomplete", undefined, "80", "normal", "incomplete"],
  ["incomplete", "50", "", "normal", "incomplete"],
  ["passed", "50", "80", "review", "passed"],
]) {
  test(`SCORM 1.2 ends: ${status} with raw ${raw}, mastery ${mastery || "none"}, ${mode} -> ${kept}`, () => {
    const values = { "cmi.core.lesson_status": status, "cmi.core.score.raw": raw };
    const given = { "cmi.student_data.mastery_score": mastery, "cmi.core.lesson_mode": mode };
    assert.equal(finalStatus12(values, given), kept);
  });
}

test("SCORM 2004 ends: a threshold and a measure decide completion", () => {
  const given = { "cmi.completion_threshold": "0.8" };
  const told = { "cmi.completion_status": "incomplete", "cmi.progress_measure": "0.9" };
  assert.equal(finalCompletion2004(told, given), "completed");
  assert.equal(finalCompletion2004({ ...told, "cmi.progress_measure": "0.7" }, given), "incomplete");
  assert.equal(finalCompletion2004(told, {}), "incomplete");
});

test("times add up", () => {
  assert.equal(addTimespan("0000:59:59.50", "0000:00:00.75"), "0001:00:00.25");
  assert.equal(addDuration("PT59M59.5S", "PT0.75S"), "PT1H0M0.25S");
  assert.equal(addDuration("P1D", "PT1H"), "PT25H0M0S");
});

test("a commit that the platform could not store is told: 101 in SCORM 1.2, 391 in SCORM 2004", () => {
  const lost = { values: {}, given: {}, save: () => false };
  const old = new Scorm12(lost).api;
  old.LMSInitialize("");
  assert.deepEqual([old.LMSCommit(""), old.LMSGetLastError()], ["false", "101"]);
  const young = new Scorm2004(lost).api;
  young.Initialize("");
  assert.deepEqual([young.Commit(""), young.GetLastError()], ["false", "391"]);
});

test("what counts is a mistake in review and browse, and an empty score always", () => {
  assert.match(caution("LMSSetValue", ["cmi.core.score.raw", "95"], "review"), /review mode/);
  assert.match(caution("SetValue", ["cmi.completion_status", "completed"], "browse"), /browse mode/);
  assert.equal(caution("LMSSetValue", ["cmi.core.lesson_location", "p2"], "review"), "");
  assert.equal(caution("LMSSetValue", ["cmi.core.score.raw", "95"], "normal"), "");
  assert.match(caution("LMSSetValue", ["cmi.core.score.raw", ""], "normal"), /as 0/);
});

test("a trace holds every call; a fault made on purpose is nobody's mistake", () => {
  const calls = [];
  let broken = false;
  const runtime = new Scorm12({ values: {}, given: {}, save: () => !broken });
  const api = traced(runtime, { calls, launch: 1, mode: "normal", broken: () => broken, onCall: () => {} });
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.exit", "normal");
  api.LMSGetLastError();
  broken = true;
  api.LMSCommit("");
  const seen = calls.map(({ name, result, error, refused }) => [name, result, error, refused]);
  assert.deepEqual(seen, [
    ["LMSInitialize", "true", 0, false],
    ["LMSSetValue", "false", 405, true],
    ["LMSGetLastError", "405", 0, false],
    ["LMSCommit", "false", 101, false],
  ]);
});
