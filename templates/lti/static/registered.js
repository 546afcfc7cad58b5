// Tells the platform, and no one else, that its frame can be closed (LTI Dynamic Registration 1.0, 3.7).
const button = /** @type {HTMLButtonElement} */ (document.getElementById("close"));
button.addEventListener("click", () => {
  const holder = window.parent === window ? window.opener : window.parent;
  holder?.postMessage({ subject: "org.imsglobal.lti.close" }, button.dataset.origin ?? "");
});
