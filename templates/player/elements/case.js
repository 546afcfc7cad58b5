/** A branching case: one step at a time, with the way so far and a way back. Nothing of it is kept or sent. */
import { find, findAll, on, show } from "../dom.js";

/** The steps of the way so far, by the case's id. @type {Record<string, string[]>} */
const ways = {};

/** @param {HTMLElement} element @param {(way: string[]) => string[]} [change] */
function draw(element, change) {
  const id = element.dataset.case ?? "";
  const steps = findAll("[data-step]", element);
  const before = ways[id] ?? [steps[0]?.dataset.step ?? ""];
  const way = change ? change(before) : before;
  ways[id] = way;
  const here = steps.find((step) => step.dataset.step === way.at(-1));
  for (const step of steps) {
    show(step, step === here);
    show(find("[data-action=case-back]", step), way.length > 1);
  }
  const path = find("[data-path]", element);
  const title = (/** @type {string} */ name) =>
    find(
      "h2",
      steps.find((step) => step.dataset.step === name),
    )?.textContent ?? "";
  path?.replaceChildren(
    ...way.map((name) => Object.assign(document.createElement("li"), { textContent: title(name) })),
  );
  show(path, way.length > 1);
  const heading = change && here ? find("h2", here) : null;
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

export function wireCases() {
  for (const element of findAll("[data-case]")) {
    draw(element);
  }
}

/** @param {Element} from @returns {HTMLElement | null} */
const caseOf = (from) => from.closest("[data-case]");

on("case-back", (button) => {
  const element = caseOf(button);
  element && draw(element, (way) => way.slice(0, -1));
});

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("[data-to]");
  const element = link && caseOf(link);
  if (link instanceof HTMLElement && element) {
    event.preventDefault();
    // Back to a step of the way is a way back, not a longer way.
    const to = link.dataset.to ?? "";
    draw(element, (way) => [...way.slice(0, way.includes(to) ? way.indexOf(to) : way.length), to]);
  }
});
