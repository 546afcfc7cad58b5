// Speaks with the platform's storage (1EdTech, LTI Client Side postMessages and Platform Storage 1.0).

/** How long a platform may take before we go another way, in milliseconds. */
const PATIENCE = 3000;

/**
 * Sends one message to the frame that keeps the platform's storage, and resolves to that frame's answer, or null when
 * none came.
 *
 * @param {{ frame: string, origin: string }} place the frame's name ("_parent" for the parent) and whom to trust
 * @param {{ subject: string, key: string, value?: string }} message
 * @returns {Promise<{ value?: string } | null>}
 */
export function ask(place, message) {
  const id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
  const holder = window.parent === window ? window.opener : window.parent;
  if (!holder) return Promise.resolve(null);
  const target = frame(holder, place.frame);
  return new Promise((resolve) => {
    const end = (/** @type {{ value?: string } | null} */ answer) => {
      removeEventListener("message", hear);
      clearTimeout(clock);
      resolve(answer);
    };
    const hear = (/** @type {MessageEvent} */ event) => {
      const said = event.data;
      // Another frame of the platform's, such as what a student wrote there, has its origin too.
      if (event.source !== target || event.origin !== place.origin || !said || said.message_id !== id) return;
      if (said.subject === `${message.subject}.response`) end(said.error ? null : said);
    };
    const clock = setTimeout(end, PATIENCE, null);
    addEventListener("message", hear);
    target.postMessage({ ...message, message_id: id }, place.origin);
  });
}

/** @param {Window} holder @param {string} name */
function frame(holder, name) {
  if (name === "_parent") return holder;
  try {
    return holder.frames[/** @type {any} */ (name)] ?? holder;
  } catch {
    return holder; // another origin's frames cannot always be seen
  }
}
