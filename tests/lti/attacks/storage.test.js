// What a page believes of the answers from the platform's storage (row 66).
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

const place = { frame: "_parent", origin: "https://moodle.example" };
let sent;
let hears;
let ask;
let parent;

/** Lets the page hear a message, as it came from a window of some origin. */
function say(data, origin = place.origin, source = parent) {
  for (const hear of [...hears]) hear({ data, origin, source });
}

beforeEach(async () => {
  sent = [];
  hears = new Set();
  parent = { postMessage: (message, origin) => sent.push({ message, origin }), frames: {} };
  globalThis.window = { parent };
  globalThis.addEventListener = (_, hear) => hears.add(hear);
  globalThis.removeEventListener = (_, hear) => hears.delete(hear);
  mock.timers.enable({ apis: ["setTimeout"] });
  ({ ask } = await import("../../../templates/lti/static/storage.js"));
});

afterEach(() => {
  mock.timers.reset();
  delete globalThis.window;
});

test("row 66: a question goes to the platform's origin only, and its answer is taken", async () => {
  const answer = ask(place, { subject: "lti.get_data", key: "k" });
  assert.equal(sent[0].origin, "https://moodle.example");
  say({ subject: "lti.get_data.response", message_id: sent[0].message.message_id, value: "proof" });
  assert.equal((await answer).value, "proof");
  assert.equal(hears.size, 0);
});

test("row 66: another origin, another message, another subject and an error are no answer", async () => {
  const answer = ask(place, { subject: "lti.get_data", key: "k" });
  const good = { subject: "lti.get_data.response", message_id: sent[0].message.message_id, value: "evil" };
  say(good, "https://evil.example");
  say(good, "https://moodle.example.evil.example");
  say({ ...good, message_id: "guessed" });
  say({ ...good, subject: "lti.put_data.response" });
  say(null);
  say("lti.get_data.response");
  assert.equal(hears.size, 1);
  say({ ...good, error: { code: "storage_exhaustion" } });
  assert.equal(await answer, null);
});

test("row 66: only the frame that was asked is heard, whatever else the platform shows", async () => {
  const keeper = { postMessage: (message, origin) => sent.push({ message, origin }) };
  parent.frames.keeper = keeper;
  const answer = ask({ ...place, frame: "keeper" }, { subject: "lti.get_data", key: "k" });
  const said = { subject: "lti.get_data.response", message_id: sent[0].message.message_id };
  say({ ...said, value: "evil" }, place.origin, parent);
  say({ ...said, value: "evil" }, place.origin, { postMessage() {} });
  assert.equal(hears.size, 1);
  say({ ...said, value: "proof" }, place.origin, keeper);
  assert.equal((await answer).value, "proof");
});

test("row 66: after three seconds the page goes another way", async () => {
  const answer = ask(place, { subject: "lti.get_data", key: "k" });
  mock.timers.tick(2999);
  assert.equal(hears.size, 1);
  mock.timers.tick(1);
  assert.equal(await answer, null);
  assert.equal(hears.size, 0);
});

test("row 66: without a window around it the page asks nobody", async () => {
  globalThis.window.parent = globalThis.window;
  assert.equal(await ask(place, { subject: "lti.get_data", key: "k" }), null);
  assert.deepEqual(sent, []);
});
