// Before the sign-in: stores the proof with the platform, then continues whether that worked or not.
import { ask } from "./storage.js";

const place = /** @type {HTMLElement} */ (document.getElementById("storage")).dataset;
await ask(
  { frame: place.frame ?? "_parent", origin: place.origin ?? "" },
  { subject: "lti.put_data", key: place.key ?? "", value: place.value },
);
location.replace(place.address ?? "/");
