// Tells the platform, and no one else, that its frame can be closed (LTI Dynamic Registration 1.0, 3.7).
const button = /** @type {HTMLButtonElement} */ (document.getElementById("close"));
const { origin = "", origins = "" } = button.dataset;

/** Returns the origin of the page that holds this one when it is the platform's; a school's own under its maker's too. */
function holderOrigin() {
  const [nearest = ""] = window.location.ancestorOrigins ?? [];
  const isTheirs = origins.split(" ").some((one) => {
    const [scheme = "", domain] = one.split("*");
    return domain ? nearest.startsWith(scheme) && nearest.endsWith(domain) : nearest === one;
  });
  return nearest && isTheirs ? nearest : origin;
}

button.addEventListener("click", () => {
  const holder = window.parent === window ? window.opener : window.parent;
  holder?.postMessage({ subject: "org.imsglobal.lti.close" }, holderOrigin());
});
