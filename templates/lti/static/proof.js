// After a launch without a cookie: fetches the proof that was left with the platform, and sends it in.
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
