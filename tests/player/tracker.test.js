/** When something is sent, and what happens while the platform is away. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Tracker } from "../../templates/player/tracker.js";

let driver;
let journal;
let lights;
let tracker;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  driver = {
    works: true,
    saves: [],
    closed: [],
    save(report, interactions) {
      this.saves.push({ ...report, interactions: [...interactions] });
      return this.works;
    },
    close(seconds) {
      this.closed.push(seconds);
    },
  };
  journal = {
    kept: null,
    write(unsaved) {
      this.kept = unsaved;
    },
    clear() {
      this.kept = null;
    },
  };
  lights = [];
  tracker = new Tracker({ driver, report: () => ({ state: "s" }), journal, onLight: (light) => lights.push(light) });
  tracker.begin(false, []);
  tracker.ready();
});

test("what happens in one event goes in one save", () => {
  tracker.changed({ answer: "a" });
  tracker.changed();
  tracker.changed({ answer: "b" });
  mock.timers.tick(50);
  assert.equal(driver.saves.length, 2);
  assert.deepEqual(driver.saves[1].interactions, [{ answer: "a" }, { answer: "b" }]);
});

test("a promised save is awaited: one at a time, on the device until it is kept", async () => {
  let keep;
  driver.save = (_report, interactions) => {
    driver.saves.push(interactions);
    return new Promise((resolve) => {
      keep = resolve;
    });
  };
  tracker.changed({ answer: "a" });
  mock.timers.tick(20);
  tracker.changed({ answer: "b" });
  mock.timers.tick(20);
  assert.deepEqual(driver.saves.slice(1), [[{ answer: "a" }]]);
  assert.deepEqual(journal.kept.interactions, [{ answer: "a" }, { answer: "b" }]);
  keep(true);
  await Promise.resolve();
  assert.deepEqual(driver.saves.slice(1), [[{ answer: "a" }], [{ answer: "b" }]]);
  keep(true);
  await Promise.resolve();
  assert.equal(journal.kept, null);
});

test("a promise that is not kept is a failure: told, and tried again", async () => {
  driver.save = () => Promise.resolve(false);
  tracker.changed({ answer: "a" });
  mock.timers.tick(20);
  await Promise.resolve();
  assert.equal(lights.at(-1), "waiting");
  driver.save = () => Promise.resolve(true);
  mock.timers.tick(2000);
  await Promise.resolve();
  assert.equal(lights.at(-1), "saved");
  assert.equal(journal.kept, null);
});

test("the page may go while a save is awaited: what is newer is handed over all the same", () => {
  driver.save = (_report, interactions) => {
    driver.saves.push(interactions);
    return new Promise(() => {});
  };
  tracker.changed({ answer: "a" });
  mock.timers.tick(20);
  tracker.changed({ answer: "b" });
  tracker.leave();
  assert.deepEqual(driver.saves.at(-1), [{ answer: "a" }, { answer: "b" }]);
  assert.equal(driver.closed.length, 1);
});

test("a failure is tried again after 2, 4 and 8 seconds, and told; nothing is lost", () => {
  driver.works = false;
  tracker.changed({ answer: "a" });
  mock.timers.tick(20);
  assert.equal(driver.saves.length, 2);
  assert.deepEqual(journal.kept, { state: "s", saved: true, interactions: [{ answer: "a" }] });
  for (const [seconds, saves] of [
    [2, 3],
    [4, 4],
    [8, 5],
  ]) {
    mock.timers.tick(seconds * 1000 - 1);
    assert.equal(driver.saves.length, saves - 1);
    mock.timers.tick(1);
    assert.equal(driver.saves.length, saves);
  }
  assert.deepEqual(lights, ["saved", "waiting", "waiting", "waiting", "failed"]);
  driver.works = true;
  mock.timers.tick(16_000);
  assert.deepEqual(driver.saves.at(-1).interactions, [{ answer: "a" }]);
  assert.equal(lights.at(-1), "saved");
  assert.equal(journal.kept, null);
});

test("it waits at most a minute", () => {
  driver.works = false;
  tracker.changed();
  mock.timers.tick(3_600_000);
  const before = driver.saves.length;
  mock.timers.tick(60_000);
  assert.equal(driver.saves.length, before + 1);
});

test("a hidden tab saves at once, and leaving ends the session once", () => {
  tracker.changed();
  tracker.hide();
  assert.equal(driver.saves.length, 2);
  mock.timers.tick(65_000);
  tracker.leave();
  tracker.leave();
  assert.deepEqual(driver.closed, [65]);
  tracker.changed();
  mock.timers.tick(1000);
  assert.equal(driver.saves.length, 2);
});
