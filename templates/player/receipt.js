/** A file with what was reached, for when the platform does not answer. */
import { locales, say } from "./dom.js";

/** @param {ModuleData} module @param {Report} report */
export function download(module, report) {
  const { title, version } = module;
  const lines = [say("receipt-title"), `${title} (${module.module} ${version})`, new Date().toLocaleString(locales())];
  const facts = Object.entries({ ...report, score: report.score ?? "" }).map(([key, value]) => `${key}: ${value}`);
  const text = [...lines, "", say("receipt-note"), "", ...facts, ""].join("\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = `${say("receipt-file")}-${module.module}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
