/** The strict LMS against the tables of the standards and of what Moodle was seen to do; scorm-again where it is known to agree. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Scorm12API } from "scorm-again/scorm12";
import { Scorm2004API } from "scorm-again/scorm2004";
import { Scorm12 } from "../../templates/lms/scorm12.js";
import { Scorm2004 } from "../../templates/lms/scorm2004.js";

/** What the tables call a method, and what each standard calls it. */
const METHODS = {
  scorm12: { Initialize: "LMSInitialize", Finish: "LMSFinish", Get: "LMSGetValue", Set: "LMSSetValue", Commit: "LMSCommit" },
  scorm2004: { Initialize: "Initialize", Terminate: "Terminate", Get: "GetValue", Set: "SetValue", Commit: "Commit" },
};
const QUIET = { logLevel: 5, autocommit: false, lmsCommitUrl: false };
const LMS = {
  scorm12: {
    ours: (limits) => new Scorm12({ values: {}, given: {}, limits, save: () => true }).api,
    theirs: () => new Scorm12API(QUIET),
    end: "LMSFinish",
    lastError: "LMSGetLastError",
  },
  scorm2004: {
    ours: (limits) => new Scorm2004({ values: {}, given: {}, limits, save: () => true }).api,
    theirs: () => new Scorm2004API(QUIET),
    end: "Terminate",
    lastError: "GetLastError",
  },
};

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const plain = (value) => (Array.isArray(value?.repeat) ? value.repeat[0].repeat(value.repeat[1]) : value);
const shown = (value) => (Array.isArray(value?.repeat) ? `${value.repeat[1]} characters` : JSON.stringify(value));

/** Bring an LMS into the state of a row, and make the row's call. */
function played(api, standard, row) {
  const names = METHODS[standard];
  const made = ([method, ...args]) => api[names[method]](...args.map(plain));
  if (row.state !== "before") {
    assert.equal(String(made(["Initialize", ""])), "true");
  }
  for (const call of row.before ?? []) {
    assert.equal(String(made(call)), "true", `the row prepares with ${call}`);
  }
  if (row.state === "ended") {
    api[LMS[standard].end]("");
  }
  const answer = String(made(row.call));
  return { answer, error: Number(api[LMS[standard].lastError]()) };
}

for (const standard of ["scorm12", "scorm2004"]) {
  for (const row of read(`${standard}.json`)) {
    const expected = row.answer ?? String(row.error === 0);
    const prepared = (row.before ?? []).map((call) => call.slice(1).join("=")).join("; ");
    const title = `${standard}: ${row.state ?? ""} ${prepared} ${row.call.map(shown).join(" ")} -> ${row.error}`;
    test(`${title} (${row.from})`, () => {
      assert.deepEqual(played(LMS[standard].ours(row.limits), standard, row), { answer: expected, error: row.error });
    });
    if (row.agree) {
      test(`${title} (scorm-again agrees)`, () => {
        assert.equal(played(LMS[standard].theirs(), standard, row).answer, expected);
      });
    }
  }
}
