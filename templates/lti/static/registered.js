// Asks the platform, and no other origin, to close the frame (LTI Dynamic Registration 1.0, 3.7).
const button = /** @type {HTMLButtonElement} */ (document.getElementById("close"));
const { origin = "", origins = "" } = button.dataset;

/** Returns the origin of the framing page if it belongs to the platform (a school's host under its vendor's domain too). */
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
