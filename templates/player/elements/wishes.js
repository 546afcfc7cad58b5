/** What a platform wants of the page: its own pass mark, the language that the learner likes best, no sound. */
import { findAll } from "../dom.js";

/** At the start, and when the page has come in another language. @param {Wishes | undefined} wishes @param {ModuleData} module */
export function grant(wishes, module) {
  for (const quiz of module.quizzes) {
    quiz.pass = wishes?.pass ?? quiz.pass;
  }
  for (const media of /** @type {HTMLElement[]} */ (wishes?.isSilent ? findAll("video, audio") : [])) {
    /** @type {HTMLMediaElement} */ (media).muted = true;
  }
}

/** The file of the first language that the module is in; "" when it is the one that is shown. @param {Wishes | undefined} wishes @param {ModuleData} module */
export function fileFor(wishes, module) {
  for (const wanted of wishes?.languages ?? []) {
    const language = wanted.trim().toLowerCase();
    const [base = ""] = language.split("-");
    // "Norwegian" can be Bokmål or Nynorsk; without more detail, the learner gets the one that exists.
    const names = base === "no" ? ["nb", "nn"] : [language, base];
    const found = names.find((name) => module.languages[name]);
    if (found) {
      return found === module.language ? "" : (module.languages[found] ?? "");
    }
  }
  return "";
}
