/** Starts the player: reads the module, asks the platform for the state, and shows the page. */
import { listen, readIslands, say, tell } from "./dom.js";
import { wireExit } from "./elements/exit.js";
import { wirePages } from "./pages.js";
import { Player } from "./player.js";
import { wireSaving } from "./saving.js";
import { newState } from "./state.js";

const module = readIslands();
const player = new Player(module, newState(module, Math.floor(Math.random() * 65536)));
const saving = wireSaving(player);
const turn = wirePages(player);
wireExit(module, saving.leave);
listen();
const isBack = await saving.open();
player.draw();
// From here on `hidden` says which page shows (see disk.js).
delete document.documentElement.dataset.script;

/** The look of what comes later; what failed is asked for again. */
function fetchLook() {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: new URL("later.css", import.meta.url).href,
      onload: resolve,
      onerror: reject,
    });
    document.head.append(link);
  });
}

/** Fetches what the first page does without. Under a name of its own each time: a browser remembers what failed. @returns {Promise<typeof import("./later.js").wireLater>} */
async function fetchRest(wait = 1) {
  try {
    const [{ wireLater }] = await Promise.all([
      wait > 1 ? import(`./later.js?${wait}`) : import("./later.js"),
      saving.load(),
      fetchLook(),
    ]);
    return wireLater;
  } catch {
    tell("message", say("not-all-here"));
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    const wireLater = await fetchRest(Math.min(wait * 2, 60));
    tell("message", "");
    return wireLater;
  }
}

const wireLater = await fetchRest();
wireLater({ player, saving, turn, isBack });
document.documentElement.dataset.ready = "";
