/** What the platform has not taken yet, kept on the device until it has: by module and learner, of one attempt. */
import { hash } from "./bits.js";
import { forget, hasAny, isShared, keep, recall } from "./device.js";

/** saved: whether the platform ever took anything of this attempt. @typedef {{state: string, saved: boolean, interactions: Interaction[]}} Unsaved */

export class Journal {
  #start;
  #driver;
  #isWritten = true;

  /** @param {ModuleData} module @param {Driver} driver */
  constructor(module, driver) {
    this.#start = `journal:${module.course}:${module.module}:`;
    this.#driver = driver;
  }

  #key = () => this.#start + hash(this.#driver.learner(), 24);

  /** The platform is asked who learns only when there is something to find. @returns {Unsaved | null} */
  read() {
    this.#isWritten = hasAny(this.#start);
    try {
      const found = this.#isWritten ? JSON.parse(recall(this.#key()) || "null") : null;
      return found && typeof found.state === "string" && Array.isArray(found.interactions) ? found : null;
    } catch {
      return null;
    }
  }

  /** @param {Unsaved} unsaved */
  write(unsaved) {
    if (!isShared()) {
      this.#isWritten = keep(
        this.#key(),
        JSON.stringify({ ...unsaved, interactions: unsaved.interactions.map(unnumbered) }),
      );
    }
  }

  clear() {
    if (this.#isWritten) {
      forget(this.#key());
      this.#isWritten = false;
    }
  }
}

/** Another session counts anew. @param {Interaction} interaction */
const unnumbered = ({ index, ...interaction }) => interaction;
