/** Another language: the texts of the page are replaced in place; the position, the answers and the session stay. */
import { find, readIslands } from "../dom.js";

/** @param {import("../player.js").Player} player @param {string} file @param {() => void} wire */
export async function changeLanguage(player, file, wire) {
  const answer = await fetch(file).catch(() => null);
  if (!answer?.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.body.replaceWith(document.adoptNode(page.body));
  const title = page.querySelector("title");
  title && find("title")?.replaceWith(document.adoptNode(title));
  player.module = readIslands();
  wire();
  document.getElementById("lm-main")?.focus();
}
