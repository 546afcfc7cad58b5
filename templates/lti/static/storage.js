// Client for the platform's storage (1EdTech, LTI Client Side postMessages and Platform Storage 1.0).

/** How long to wait for the platform, in milliseconds. */
const PATIENCE = 3000;

/**
 * Sends one message to the platform's storage frame and resolves to its response, or null if there is none.
 *
 * @param {{ frame: string, origin: string }} place the frame's name ("_parent" for the parent) and its trusted origin
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
      // Another frame on the platform, such as one with student content, has the same origin.
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
    return holder; // frames of another origin are not always accessible
  }
}
