/** Shows in the panel what is wrong with the source, what the platform holds, and every call. */

/** @typedef {import("./trace.js").Call} Call */
/** @typedef {{place: string, code: string, severity: string, message: string, hint: string}} Problem */
/** @typedef {{number: number, title: string, modules: {id: string, title: string}[], isShown: boolean, versions: Record<string, number>, media: number, ms: number, problems: Problem[]}} News */

/** @param {string} id @returns {any} */
export const island = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** @type {Record<string, string>} */
const texts = island("panel-texts");

/** @param {string} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) =>
  (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** @param {string} selector @returns {HTMLElement} */
export function find(selector) {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) {
    throw new Error(`The panel has no ${selector}`);
  }
  return element;
}

/** @param {string} name @param {string} [text] */
function made(name, text = "") {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/** @param {string} kind @param {string} text */
export function showStatus(kind, text) {
  const status = find("[data-status]");
  status.dataset.kind = kind;
  status.textContent = text;
}

/** @param {News} news @param {string} shown The module on the screen. */
export function showModules(news, shown) {
  document.title = find("[data-title]").textContent = news.title || document.title;
  const links = news.modules.map(({ id, title }) => {
    const link = /** @type {HTMLAnchorElement} */ (made("a", title));
    link.href = `/m/${id}/`;
    if (id === shown) {
      link.setAttribute("aria-current", "page");
    }
    const item = made("li");
    item.append(link);
    return item;
  });
  find("[data-modules]").replaceChildren(...links);
}

/** @param {Problem[]} problems */
export function showProblems(problems) {
  find("[data-no-problems]").textContent = problems.length === 0 ? say("no-problems") : "";
  const items = problems.map(({ place, code, severity, message, hint }) => {
    const item = made("li");
    item.dataset.severity = severity;
    const button = made("button", place);
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", say("copy", { place }));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place);
      button.textContent = say("copied", { place });
    });
    item.append(button, made("p", `${code}: ${message} ${hint}`));
    return item;
  });
  find("[data-problems]").replaceChildren(...items);
}

/** @param {string} text */
const short = (text) => (text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text);

/** @param {Call} call */
function line(call) {
  const item = made("li");
  const args = call.args.map((arg) => JSON.stringify(short(arg))).join(", ");
  const result = call.result === null ? "–" : JSON.stringify(short(call.result));
  item.append(made("time", `${call.at} ms `), `${call.name}(${args}) → ${result}`);
  if (call.refused || call.caution) {
    item.dataset.refused = "";
    item.append(` · ${say(call.refused ? "refused" : "caution")}: ${call.why || call.caution}`);
    if (call.error) {
      item.append(` [${call.error}]`);
    }
  } else if (call.error && call.result === "false") {
    item.append(` · ${say("fault")}`);
  }
  return item;
}

/** @param {Call} call @param {Call[]} calls */
export function showCall(call, calls) {
  const list = find("[data-calls]");
  const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(line(call));
  if (follows) {
    list.scrollTop = list.scrollHeight;
  }
  const refused = calls.filter((each) => each.refused || each.caution).length;
  find("[data-count]").textContent = say("count", { calls: calls.length, refused });
}

/** @param {Record<string, string>} stored @param {number} limit */
export function showPlatform(stored, limit) {
  const status = [
    stored["cmi.core.lesson_status"],
    stored["cmi.completion_status"],
    stored["cmi.success_status"],
  ].filter(Boolean);
  find("[data-result]").textContent = status.join(", ") || "–";
  find("[data-score]").textContent = stored["cmi.core.score.raw"] ?? stored["cmi.score.raw"] ?? "–";
  const count = (stored["cmi.suspend_data"] ?? "").length;
  find("[data-state]").textContent = Number.isFinite(limit)
    ? say("bytes", { count, limit })
    : say("characters", { count });
}
