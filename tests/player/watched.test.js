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

test("it goes on after the last stretch seen; from its end at the first that was not; seen all, at the start", () => {
  const cases = [
    [0b0, 0],
    [0b1, 1],
    [0b111, 3],
    [0b101000, 6],
    [0b100000000000, 0],
    [0b100000000011, 2],
    [0b111111111111, 0],
  ];
  for (const [seen, at] of cases) {
    assert.equal(goesOnAt(seen, 12), at, seen.toString(2));
  }
  assert.equal(countOf(0b101001), 3);
  assert.equal(countOf(0), 0);
});
