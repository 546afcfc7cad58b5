/** The SCORM drivers against an API that writes down every call. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { findApi } from "../../templates/player/tracking/scorm.js";
import { connect as connect12 } from "../../templates/player/tracking/scorm12.js";
import { connect as connect2004 } from "../../templates/player/tracking/scorm2004.js";
import { sample } from "./sample.js";

const STANDARDS = {
  "SCORM 1.2": {
    connect: connect12,
    api: "API",
    prefix: "LMS",
    finish: "LMSFinish",
    core: "cmi.core.",
    mode: "cmi.core.lesson_mode",
  },
  "SCORM 2004": {
    connect: connect2004,
    api: "API_1484_11",
    prefix: "",
    finish: "Terminate",
    core: "cmi.",
    mode: "cmi.mode",
  },
};
const STATUS = { "SCORM 1.2": "cmi.core.lesson_status", "SCORM 2004": "cmi.completion_status" };
const start = { state: "1abc", place: "page-0", completion: "incomplete", success: "unknown", score: null };

/** An API of a standard that keeps values and calls; `broken` is what a commit answers instead of "true". */
function recorder({ prefix, finish }, values = {}) {
  const calls = [];
  const api = { calls, values, broken: null };
  const answer = (name, act) => {
    api[name] = (...words) => {
      calls.push([name, ...words]);
      assert.ok(words.every((word) => typeof word === "string"));
      return act(...words);
    };
  };
  answer(`${prefix}Initialize`, () => "true");
  answer(`${prefix}GetValue`, (element) => values[element] ?? "");
  answer(`${prefix}SetValue`, (element, value) => {
    values[element] = value;
    return "true";
  });
  answer(`${prefix}Commit`, () => {
    if (api.broken === "throw") {
      throw new Error("gone");
    }
    return api.broken ?? "true";
  });
  answer(finish, () => "true");
  return api;
}

for (const [name, standard] of Object.entries(STANDARDS)) {
  describe(name, () => {
    let api;
    let driver;
    const { connect, prefix, core, mode } = standard;
    const place = () => {
      const window = { [standard.api]: api };
      window.parent = window;
      return window;
    };
    const begin = (values) => {
      api = recorder(standard, values);
      driver = connect(sample(), place());
      return driver.open();
    };
    const since = (step) => {
      const before = api.calls.length;
      step();
      return api.calls.slice(before).map((call) => call.join(" ").trim());
    };
    beforeEach(async () => {
      begin({ "cmi.interactions._count": "0" });
      await driver.load();
    });

    test("a launch takes at most 8 calls, and says at once that it will be resumed", () => {
      driver.assume(start);
      driver.save(start, []);
      assert.ok(api.calls.length <= 8, String(api.calls.length));
      assert.equal(api.values[`${core}exit`], "suspend");
      assert.equal(api.values[STATUS[name]], "incomplete");
      assert.equal(api.calls.at(-1)[0], `${prefix}Commit`);
    });

    test("a page turn takes 3 calls, leaving 4", () => {
      driver.assume(start);
      driver.save(start, []);
      assert.deepEqual(
        since(() => driver.save({ ...start, state: "1abd", place: "page-1" }, [])),
        [
          `${prefix}SetValue cmi.suspend_data 1abd`,
          `${prefix}SetValue ${name === "SCORM 1.2" ? "cmi.core.lesson_location" : "cmi.location"} page-1`,
          `${prefix}Commit`,
        ],
      );
      const span = name === "SCORM 1.2" ? "01:01:05" : "PT3665.13S";
      assert.deepEqual(
        since(() => driver.close(3665.128)),
        [
          `${prefix}SetValue ${core}session_time ${span}`,
          `${prefix}SetValue ${core}exit suspend`,
          `${prefix}Commit`,
          standard.finish,
        ],
      );
    });

    test("the turn that completes a module takes 3 calls too, and the place comes with the next save", () => {
      driver.assume(start);
      driver.save(start, []);
      const end = { ...start, place: "page-2", state: "1end", completion: "completed" };
      assert.equal(since(() => driver.save(end, [])).length, 3);
      const sent = since(() => driver.save({ ...end, state: "1more" }, []));
      assert.ok(sent.some((call) => call.endsWith("page-2")));
    });

    test("no score before one is reached; then raw, min and max", () => {
      driver.save(start, []);
      assert.ok(!api.calls.some((call) => call.join().includes("score")));
      driver.save({ ...start, score: 66.66 }, []);
      const { [`${core}score.raw`]: raw, [`${core}score.min`]: min, [`${core}score.max`]: max } = api.values;
      assert.deepEqual([raw, min, max], ["66.66", "0", "100"]);
      assert.equal(api.values["cmi.score.scaled"], name === "SCORM 2004" ? "0.6666" : undefined);
    });

    test("a score of another session is not lowered", () => {
      begin({ [`${core}score.raw`]: "90" });
      driver.save({ ...start, score: 70 }, []);
      assert.equal(api.values[`${core}score.raw`], "90");
    });

    test("a pass stands, whatever comes after it", () => {
      const element = name === "SCORM 1.2" ? "cmi.core.lesson_status" : "cmi.success_status";
      begin({ [element]: "passed", "cmi.completion_status": "completed" });
      driver.assume(start);
      driver.save({ ...start, success: "failed", score: 10 }, []);
      driver.save({ ...start, success: "unknown" }, []);
      assert.equal(api.values[element], "passed");
      assert.equal(api.values["cmi.completion_status"], "completed");
    });

    for (const kept of ["review", "browse"]) {
      test(`nothing is written in the mode ${kept}`, () => {
        assert.equal(begin({ [mode]: kept, "cmi.suspend_data": "1abc" }).mode, kept);
        assert.equal(driver.save({ ...start, score: 100, success: "passed", completion: "completed" }, []), true);
        driver.close(5);
        assert.ok(!api.calls.some(([call]) => call === `${prefix}SetValue` || call === `${prefix}Commit`));
        assert.equal(api.calls.at(-1)[0], standard.finish);
      });
    }

    test("an unknown mode is an ordinary one", () => assert.equal(begin({ [mode]: "training" }).mode, "normal"));

    for (const broken of ["false", "throw", "undefined"]) {
      test(`a commit that answers ${broken} is a failure, and all is sent again`, () => {
        driver.assume(start);
        api.broken = broken;
        assert.equal(driver.save({ ...start, state: "1new" }, [interaction()]), false);
        api.broken = null;
        const sent = since(() => assert.equal(driver.save({ ...start, state: "1new" }, []), true));
        assert.ok(sent.includes(`${prefix}SetValue cmi.suspend_data 1new`));
      });
    }

    for (const part of ["suspend_data", "location", "status", "scaled", "raw", "exit"]) {
      test(`a platform that refuses ${part} gets all the rest, and the page does not wait for ever`, () => {
        const set = api[`${prefix}SetValue`];
        api[`${prefix}SetValue`] = (element, value) => (element.includes(part) ? "false" : set(element, value));
        driver.assume(start);
        const end = { ...start, state: "1end", place: "page-2", completion: "completed", success: "passed", score: 90 };
        const saved = [1, 2, 3, 4, 5].map(() => driver.save(end, [interaction()]));
        assert.equal(saved.at(-1), true);
        const rest = Object.entries({
          "cmi.suspend_data": "1end",
          [STATUS[name]]: name === "SCORM 1.2" ? "passed" : "completed",
          [`${core}score.raw`]: "90",
          [`${core}score.max`]: "100",
          [`${core}exit`]: "suspend",
          "cmi.interactions.0.result": api.values["cmi.interactions.0.result"] ?? "missing",
        }).filter(([element]) => !element.includes(part));
        for (const [element, value] of rest) {
          assert.equal(api.values[element], value);
        }
        const isMissed = saved[0] === false && !["scaled", "exit"].includes(part);
        assert.equal(driver.isRefused(), isMissed);
        // It takes the value again when the platform has come to its senses.
        api[`${prefix}SetValue`] = set;
        driver.save({ ...end, state: "1more", score: 95 }, []);
        assert.equal(api.values["cmi.suspend_data"], "1more");
        assert.equal(api.values[`${core}score.raw`], "95");
        assert.equal(driver.isRefused(), isMissed && part === "status" && api.values[STATUS[name]] === undefined);
      });
    }

    test("interactions go on after those of earlier sessions, and keep their number when sent again", () => {
      api.values["cmi.interactions._count"] = "4";
      api.broken = "false";
      const one = interaction();
      driver.save(start, [one]);
      api.broken = null;
      driver.save(start, [one]);
      driver.save(start, [interaction()]);
      assert.equal(api.calls.filter((call) => call[1] === "cmi.interactions._count").length, 1);
      const ids = new Set(api.calls.filter((call) => call[1]?.endsWith(".id")).map((call) => call[1]));
      assert.deepEqual([...ids], ["cmi.interactions.4.id", "cmi.interactions.5.id"]);
    });

    test("a platform without interactions is asked once, and the rest is saved", async () => {
      begin({});
      await driver.load();
      assert.equal(driver.save(start, [interaction()]), true);
      driver.save(start, [interaction()]);
      assert.equal(api.calls.filter((call) => call[1]?.includes("interactions")).length, 1);
    });

    test("the time of an answer has no zone", () => {
      driver.save(start, [interaction()]);
      const element = name === "SCORM 1.2" ? "time" : "timestamp";
      const expected = name === "SCORM 1.2" ? "10:20:30" : "2026-11-22T10:20:30";
      assert.equal(api.values[`cmi.interactions.0.${element}`], expected);
    });
  });
}

function interaction() {
  const question = sample({ kinds: ["single"] }).questions["single-0"];
  return { question, answer: "a", right: "b", score: 0, seconds: 3, at: "2026-11-22T10:20:30", language: "nb" };
}

test("what SCORM 1.2's one status says is the preset's choice", () => {
  const cases = [
    ["passed", "completed", "passed", "passed"],
    ["passed", "completed", "unknown", "completed"],
    ["passed", "completed", "failed", "failed"],
    ["passed", "incomplete", "failed", "failed"],
    ["passed", "incomplete", "passed", "incomplete"],
    ["completed", "completed", "passed", "completed"],
    ["completed", "completed", "failed", "completed"],
    ["completed", "incomplete", "failed", "failed"],
  ];
  for (const [done, completion, success, expected] of cases) {
    const api = recorder(STANDARDS["SCORM 1.2"]);
    const window = { API: api };
    window.parent = window;
    const driver = connect12({ ...sample(), tracking: { name: "scorm12", done } }, window);
    driver.open();
    driver.save({ ...start, completion, success }, []);
    assert.equal(api.values["cmi.core.lesson_status"], expected, `${done}: ${completion}, ${success}`);
  }
});

test("the API is found in the windows around, then around the opener; a window that throws is passed by", () => {
  const api = {};
  const top = { API: api };
  top.parent = top;
  const middle = { parent: top };
  assert.equal(findApi({ parent: middle }, "API"), api);
  const closed = {
    get API() {
      throw new Error("another origin");
    },
    get parent() {
      throw new Error("another origin");
    },
  };
  assert.equal(findApi({ parent: closed, opener: { parent: middle } }, "API"), api);
  assert.equal(findApi({ parent: closed }, "API"), null);
  const alone = {};
  alone.parent = alone;
  assert.equal(findApi(alone, "API"), null);
});
