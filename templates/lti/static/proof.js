// After a launch without a cookie: gets the proof from the platform's storage and posts it.
import { ask } from "./storage.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("storage"));
const answer = await ask(
  { frame: form.dataset.frame ?? "_parent", origin: form.dataset.origin ?? "" },
  { subject: "lti.get_data", key: form.dataset.key ?? "" },
);
if (typeof answer?.value === "string" && answer.value) {
  /** @type {HTMLInputElement} */ (form.elements.namedItem("proof")).value = answer.value;
  form.submit();
}
