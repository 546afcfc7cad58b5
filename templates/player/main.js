/** Starts the player: reads the module, asks the platform for the state, and shows the page. */
import { listen } from "./dom.js";
import { wireExit } from "./elements/exit.js";
import { wirePages } from "./pages.js";
import { Player } from "./player.js";
import * as types from "./questions.js";
import { wireSaving } from "./saving.js";
import { newState } from "./state.js";
import { readIslands } from "./texts.js";

const module = readIslands();
const player = new Player(module, types, newState(module, Math.floor(Math.random() * 65536)));
const saving = wireSaving(player);
const turn = wirePages(player);
wireExit(module, saving.flush);
listen();
const isBack = saving.open();
player.draw();

// The first page can be read and left while the rest comes.
const { wireLater } = await import("./later.js");
wireLater({ player, saving, turn, isBack });
document.documentElement.dataset.ready = "";
