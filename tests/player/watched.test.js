/** What was seen of a film: a bit a stretch, counted only when it was really played, and where the film goes on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, goesOnAt, stretchesIn } from "../../templates/player/watched.js";

test("a stretch counts when nine tenths of it were played, in one go or in parts", () => {
  const cases = [
    [[], 0b0],
    [[[0, 30]], 0b1],
    [[[0, 26.9]], 0b0],
    [[[0, 27]], 0b1],
    [[[0, 95]], 0b111],
    [[[29, 61]], 0b10],
    [
      [
        [0, 14],
        [15, 29],
        [300, 360],
      ],
      0b110000000001,
    ],
    [[[0, 360]], 0b111111111111],
  ];
  for (const [played, seen] of cases) {
    const ranges = played.map(([start, end]) => ({ start, end }));
    assert.equal(stretchesIn(ranges, 360, 12), seen, JSON.stringify(played));
  }
});

test("a film without a length, or without a place in the state, is never seen", () => {
  for (const length of [Number.NaN, Number.POSITIVE_INFINITY, 0]) {
    assert.equal(stretchesIn([{ start: 0, end: 100 }], length, 12), 0);
  }
  assert.equal(stretchesIn([{ start: 0, end: 100 }], 100, 0), 0);
});

test("it goes on where the last stretch seen counted; from its end at the first that was not; seen all, at the start", () => {
  const cases = [
    [0b0, 0],
    [0b1, 0.9],
    [0b111, 2.9],
    [0b101000, 5.9],
    [0b100000000000, 0],
    [0b100000000011, 1.9],
    [0b111111111111, 0],
  ];
  for (const [seen, at] of cases) {
    assert.equal(goesOnAt(seen, 12), at, seen.toString(2));
  }
  assert.equal(countOf(0b101001), 3);
  assert.equal(countOf(0), 0);
});

test("wherever one stops, nothing is passed over when it goes on, and less than a stretch is seen again", () => {
  const step = 3600 / 12;
  for (let stopped = 0; stopped < 3600 - 0.1 * step; stopped++) {
    const again = stopped - goesOnAt(stretchesIn([{ start: 0, end: stopped }], 3600, 12), 12) * step;
    assert.ok(again >= -1e-6 && again < step, `${stopped}: ${again}`);
  }
});
