/** Wires what stands on the pages beside the questions. */
import { wireCases } from "./elements/case.js";
import { wireExit } from "./elements/exit.js";
import { wireFilms } from "./elements/film.js";
import { changeLanguage } from "./elements/language.js";
import { wireSettings } from "./elements/settings.js";
import "./elements/glossary.js";

/** @param {import("./player.js").Player} player @param {{flush: () => void}} saving @param {() => void} wire */
export function wireElements(player, saving, wire) {
  wireExit(player.module, () => saving.flush());
  /** What is bound to elements that a change of language puts in anew. */
  function wireParts() {
    wireSettings(
      (file) => changeLanguage(player, file, again),
      () => player.draw(),
    );
    wireCases();
    wireFilms();
  }
  function again() {
    wireParts();
    wire();
  }
  wireParts();
}
