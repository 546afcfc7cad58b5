/** A cmi5 session against a record store that answers as it is told: what is sent once, again, and never. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { uuid } from "../../templates/player/tracking/cmi5/lrs.js";
import { connect } from "../../templates/player/tracking/cmi5.js";
import { sample } from "./sample.js";

const LAUNCH = {
  endpoint: "https://lrs.example/xapi",
  fetch: "https://lms.example/fetch?k=1",
  actor: JSON.stringify({ objectType: "Agent", account: { homePage: "https://lms.example", name: "7" } }),
  registration: "760e3480-ba55-4991-94b0-01820dbd23a2",
  activityId: "https://lms.example/activity/1",
};
const DATA = {
  contextTemplate: { contextActivities: { grouping: [{ id: "urn:x:unit" }] }, extensions: { sessionid: "s" } },
  launchMode: "Normal",
  masteryScore: 0.8,
};
const start = { state: "1abc", place: "page-0", completion: "incomplete", success: "unknown", score: null };
const done = { ...start, state: "1abd", completion: "completed", success: "passed", score: 90 };

let requests;
let documents;
let held;
/** What the store answers to a request, instead of taking it. */
let refuse;

beforeEach(() => {
  requests = [];
  documents = { "LMS.LaunchData": DATA };
  held = new Set();
  refuse = () => 0;
  const kept = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
  };
  globalThis.fetch = async (address, { method, headers = {}, body } = {}) => {
    const url = new URL(address);
    const request = { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers };
    request.body = body && JSON.parse(body);
    requests.push(request);
    const status = refuse(request) || take(request);
    const text = status === 200 ? JSON.stringify(answerTo(request)) : "";
    return new Response(status === 204 ? null : text, { status });
  };
});

function take({ method, path, query, body }) {
  if (path === "/fetch") {
    return 200;
  }
  if (path.endsWith("statements")) {
    for (const statement of method === "GET" ? [] : [body].flat()) {
      held.add(statement.id);
    }
    return method === "GET" ? (held.has(query.statementId) ? 200 : 404) : 204;
  }
  const name = query.stateId ?? query.profileId;
  if (method === "PUT") {
    documents[name] = body;
    return 204;
  }
  return documents[name] ? 200 : 404;
}

const answerTo = ({ path, query }) =>
  path === "/fetch" ? { "auth-token": "dG9rZW4=" } : (documents[query.stateId ?? query.profileId] ?? {});

const launched = () =>
  connect(sample(), {
    location: { search: `?${new URLSearchParams(LAUNCH)}`, replace() {} },
    addEventListener() {},
  });

const told = () =>
  requests
    .filter(({ method, path }) => method !== "GET" && path.endsWith("statements"))
    .map(({ body }) => [body].flat().map(({ verb }) => verb.id.split("/").at(-1)));

async function opened() {
  const driver = launched();
  const opening = await driver.open();
  driver.assume(start);
  return { driver, opening };
}

test("the address may end without a slash, the token goes with every request, and the token is asked for once", async () => {
  const { driver, opening } = await opened();
  await driver.save(start, []);
  assert.equal(opening.found, true);
  assert.ok(requests.slice(1).every(({ path }) => path.startsWith("/xapi/")));
  assert.ok(requests.slice(1).every(({ headers }) => headers.Authorization === "Basic dG9rZW4="));
  assert.equal(requests.filter(({ path }) => path === "/fetch").length, 1);
});

test("a second start in the same tab goes on with the session: same token, no second initialized", async () => {
  const { driver } = await opened();
  await driver.save(start, []);
  const again = await opened();
  await again.driver.save({ ...start, state: "1abe" }, []);
  assert.equal(requests.filter(({ path }) => path === "/fetch").length, 1);
  assert.deepEqual(told(), [["initialized"]]);
});

test("a token of an older session is forgotten, and the new one is asked for", async () => {
  const { driver } = await opened();
  await driver.save(start, []);
  let isOld = true;
  refuse = ({ path, headers }) => {
    isOld &&= path !== "/fetch";
    return isOld && headers.Authorization ? 401 : 0;
  };
  const { opening } = await opened();
  assert.equal(opening.found, true);
  assert.equal(requests.filter(({ path }) => path === "/fetch").length, 2);
});

test("a used fetch address ends in words to the learner, not in an error", async () => {
  globalThis.fetch = async () => new Response('{"error-code": "1", "error-text": "used"}');
  assert.deepEqual(await launched().open(), { found: false, mode: "normal", state: "", isOver: true });
});

test("one refused statement does not take the others with it, and is not sent for ever", async () => {
  const { driver } = await opened();
  await driver.save(start, []);
  const isPassed = ({ verb }) => verb.id.endsWith("passed");
  refuse = ({ path, body }) => (path.endsWith("statements") && [body].flat().some(isPassed) ? 403 : 0);
  assert.equal(await driver.save(done, []), true);
  assert.deepEqual(told().slice(1), [["passed", "completed"], ["passed"], ["completed"]]);
  assert.equal(await driver.save({ ...done, state: "1abf" }, []), true);
  assert.equal(told().length, 4);
});

test("a store that is away gets the same statements again when it is back", async () => {
  const { driver } = await opened();
  await driver.save(start, []);
  refuse = ({ path }) => (path.endsWith("statements") ? 503 : 0);
  assert.equal(await driver.save(done, []), false);
  const [first] = requests.filter(({ method }) => method === "POST").slice(-1);
  refuse = () => 0;
  assert.equal(await driver.save(done, []), true);
  const [second] = requests.filter(({ method }) => method === "POST").slice(-1);
  assert.deepEqual(second.body, first.body);
  assert.deepEqual(documents.lokaltmot.said.sort(), ["completed", "passed"]);
});

test("what was said before the answer came is looked up, and not said again", async () => {
  const { driver } = await opened();
  await driver.save(done, []);
  documents.lokaltmot.said = [];
  globalThis.sessionStorage.getItem = () => null;
  const next = launched();
  await next.open();
  next.assume(done);
  const before = told().length;
  await next.save(done, []);
  assert.deepEqual(told().slice(before), [["initialized"]]);
  assert.deepEqual(documents.lokaltmot.said.sort(), ["completed", "passed"]);
});

test("a store that hides its versions is asked for them once", async () => {
  const { driver } = await opened();
  refuse = ({ method, path, headers }) =>
    method === "PUT" && path.endsWith("state") && documents.lokaltmot && !headers["If-Match"] ? 409 : 0;
  await driver.save(start, []);
  await driver.save({ ...start, state: "2" }, []);
  await driver.save({ ...start, state: "3" }, []);
  const puts = requests.filter(({ method, path }) => method === "PUT" && path.endsWith("state"));
  assert.deepEqual(
    puts.map(({ headers }) => headers["If-Match"]),
    [undefined, undefined, "*", "*"],
  );
});

test("passed is not said with a score below the platform's mark, nor failed with one above", async () => {
  const { driver } = await opened();
  await driver.save({ ...start, success: "failed", score: 85 }, []);
  const failed = requests.flatMap(({ body }) => [body].flat()).find((one) => one?.verb?.id.endsWith("failed"));
  assert.equal(failed.result.success, false);
  assert.equal(failed.result.score, undefined);
});

test("leaving sends what is left and terminated in one request, and nothing after it", async () => {
  const { driver } = await opened();
  await driver.save(start, []);
  driver.save(done, []);
  driver.close(60);
  await driver.settled();
  assert.deepEqual(told().at(-1), ["passed", "completed", "terminated"]);
  const count = requests.length;
  assert.equal(await driver.save({ ...done, state: "x" }, []), true);
  assert.equal(requests.length, count);
});

test("the id of a statement is a UUID that its text decides", () => {
  assert.match(uuid("æ"), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(uuid("a"), uuid("a"));
  const many = new Set(Array.from({ length: 20_000 }, (_, at) => uuid(`registration ${at} completed`)));
  assert.equal(many.size, 20_000);
});

for (const status of [400, 403, 413]) {
  test(`a state that the store refuses with ${status} does not hold up the statements`, async () => {
    const { driver } = await opened();
    refuse = ({ method, path }) => (method === "PUT" && path.endsWith("state") ? status : 0);
    assert.equal(await driver.save(done, []), true);
    assert.deepEqual(told().flat().sort(), ["completed", "initialized", "passed"]);
    assert.equal(driver.isRefused(), true);
  });
}

test("a statement that the store refuses does not hold up the others, and it is said", async () => {
  const { driver } = await opened();
  refuse = ({ method, path, body }) =>
    method !== "GET" && path.endsWith("statements") && JSON.stringify(body).includes("verbs/passed") ? 400 : 0;
  assert.equal(await driver.save(done, []), true);
  assert.ok(told().flat().includes("completed"));
  assert.equal(held.size, 2);
  assert.equal(driver.isRefused(), true);
});

for (const status of [401, 408, 429, 500]) {
  test(`what the store answers with ${status} is sent again`, async () => {
    const { driver } = await opened();
    refuse = ({ method, path }) => (method !== "GET" && path.endsWith("statements") ? status : 0);
    assert.equal(await driver.save(done, []), false);
    assert.equal(driver.isRefused(), false);
    refuse = () => 0;
    assert.equal(await driver.save(done, []), true);
    assert.equal(held.size, 3);
  });
}
