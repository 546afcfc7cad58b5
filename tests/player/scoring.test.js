/** Marking: the same cases as the compiler's, tests/scoring/<type>.json. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { forms } from "../../templates/player/forms.js";
import { types } from "./sample.js";

const folder = new URL("../scoring/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

test("every question type has cases and a form to be kept in, and every file of cases a type", () => {
  assert.deepEqual(Object.keys(forms).sort(), Object.keys(types).sort());
  assert.deepEqual(files.map((name) => name.replace(".json", "")).sort(), Object.keys(types).sort());
});

for (const file of files) {
  for (const { name, data, answer, score } of JSON.parse(readFileSync(new URL(file, folder), "utf8"))) {
    test(`${file}: ${name}`, () => {
      const [over, under = "1"] = score.split("/");
      const given = types[file.replace(".json", "")].score(data, answer);
      assert.ok(Math.abs(given - Number(over) / Number(under)) < 1e-9, `${given}, not ${score}`);
    });
  }
}
