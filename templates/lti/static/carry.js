// For a browser that blocks our cookies: fetches the page with the session's proof in a header and replaces this page
// with it. The proof arrives in the URL's fragment, which is never sent to a server. It is then kept in the memory of
// this page and in the history entry, so that a reload finds it. The pages themselves do not need to know about it.

const HEADER = "X-LM-Proof";
const FRAGMENT = /^#lm=([\w-]{43})(?:&(.*))?$/;
const PLAIN = { Accept: "text/html" };
const plainFetch = window.fetch.bind(window);
const proof = takeProof();
const unsent = document.querySelector("[data-unsent]")?.textContent ?? "";
let isBusy = false;

if (proof) {
  window.fetch = carryingFetch;
  await fetchPage();
} else {
  fall("lost");
}

/** Removes the proof from the URL, or finds it in the history entry. */
function takeProof() {
  const [, brought, rest = ""] = FRAGMENT.exec(location.hash) ?? [];
  const found = brought ?? history.state?.proof ?? "";
  if (brought) {
    history.replaceState({ proof: brought }, "", location.pathname + location.search + (rest && `#${rest}`));
  }
  return String(found);
}

/** Replaces window.fetch for the scripts of the page. @type {typeof fetch} */
async function carryingFetch(input, init) {
  const request = new Request(input, init);
  if (isOurs(new URL(request.url))) {
    request.headers.set(HEADER, proof);
  }
  return plainFetch(request);
}

/** @param {URL | HTMLAnchorElement} address */
function isOurs({ origin, pathname }) {
  return origin === location.origin && pathname.startsWith("/s/");
}

/** Fetches the page of this URL. */
async function fetchPage() {
  const answer = await carryingFetch(location.href, { headers: PLAIN }).catch(() => null);
  if (!answer) {
    fall("offline");
  } else if (answer.status === 401) {
    fall("lost");
  } else if (await show(answer)) {
    history.back(); // it was a file: go back to the page that linked to it
  }
}

/** Shows a page in place of this one, or saves a file; returns whether it was a file. @param {Response} answer */
async function show(answer) {
  const [, name] = /^attachment\b.*?filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "") ?? [];
  if (name) {
    save(await answer.blob(), name);
    return true;
  }
  put(await answer.text());
  return false;
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Replaces the document. The URL stays, and the scripts of the new document run. @param {string} html */
function put(html) {
  document.open(); // removes all listeners, including ours
  addEventListener("click", follow);
  addEventListener("auxclick", follow);
  addEventListener("submit", send);
  // A link within the page creates a new history entry.
  addEventListener("hashchange", () => history.replaceState({ ...history.state, proof }, ""));
  document.write(html);
  document.close();
}

/** @param {"lost" | "offline"} why */
function fall(why) {
  const section = /** @type {HTMLElement} */ (document.querySelector(`[data-when="${why}"]`));
  section.hidden = false;
  section.querySelector("[data-again]")?.addEventListener("click", () => location.reload());
}

/** @param {string} href @param {string} [hash] */
function carried(href, hash = "") {
  const address = new URL(href, location.href);
  address.hash = `lm=${proof}${hash && `&${hash.slice(1)}`}`;
  return address.href;
}

/** Navigates to a page of the tool, with the proof. @param {string} href */
function go(href) {
  const { pathname, search, hash } = new URL(href, location.href);
  const isHere = pathname === location.pathname && search === location.search;
  isHere ? location.reload() : location.assign(carried(href, hash));
}

/** Handles a click on a link. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (event.defaultPrevented || !(link instanceof HTMLAnchorElement) || !isOurs(link)) return;
  const { href, hash, pathname, search } = link;
  const isWithin = hash && pathname === location.pathname && search === location.search;
  if (isWithin) return;
  if (
    event.button !== 0 ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    (link.target && link.target !== "_self")
  ) {
    // The browser opens the new window itself, so the link needs the proof for a moment.
    link.href = carried(href, hash);
    setTimeout(() => {
      link.href = href;
    }, 1000);
    return;
  }
  event.preventDefault();
  link.hasAttribute("download") ? fetchFile(href) : go(href);
}

/** @param {string} href */
async function fetchFile(href) {
  const answer = await carryingFetch(href, { headers: PLAIN }).catch(() => null);
  answer ? await show(answer) : go(href);
}

/** Handles a form submission. @param {SubmitEvent} event */
async function send(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const address = new URL(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href);
  if (event.defaultPrevented || !isOurs(address)) return;
  event.preventDefault();
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  if ((button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toLowerCase() !== "post") {
    address.search = fields.toString();
    go(address.href);
  } else if (!isBusy) {
    isBusy = true;
    await post(address, fields, form);
    isBusy = false;
  }
}

/** @param {URL} address @param {URLSearchParams} body @param {HTMLFormElement} form */
async function post(address, body, form) {
  const answer = await carryingFetch(address, { method: "POST", body, headers: PLAIN }).catch(() => null);
  if (!answer) {
    form.before(Object.assign(document.createElement("p"), { role: "alert", textContent: unsent }));
  } else if (answer.redirected) {
    go(answer.url);
  } else {
    await show(answer);
  }
}
