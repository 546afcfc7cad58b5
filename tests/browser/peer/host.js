/**
 * A platform made of scorm-again: someone else's API, an attempt kept in localStorage.
 *
 * It answers as templates/lms/host.js does where the tests look: launch, leave, stored, calls, runtime.phase, attempt.forget.
 */
const settings = await (await fetch("settings.json")).json();
const is12 = settings.standard === "scorm12";
const PLACE = `peer:${settings.key}`;
const frame = document.getElementById("content");
const QUIET = { logLevel: 5, autocommit: false };

class Peer {
  calls = [];
  runtime = { phase: "before" };
  attempt = { forget: () => localStorage.removeItem(PLACE) };

  stored() {
    return JSON.parse(localStorage.getItem(PLACE) ?? "{}");
  }

  launch() {
    const api = is12 ? new window.Scorm12API(QUIET) : new window.Scorm2004API(QUIET);
    const exit = is12 ? "cmi.core.exit" : "cmi.exit";
    const kept = this.stored();
    const resumes = kept[exit] === "suspend";
    if (resumes) {
      const { [exit]: _exit, [is12 ? "cmi.core.session_time" : "cmi.session_time"]: _time, ...values } = kept;
      api.loadFromFlattenedJSON({ ...values, [is12 ? "cmi.core.entry" : "cmi.entry"]: "resume" });
    }
    window[is12 ? "API" : "API_1484_11"] = this.#watched(api);
    frame.src = settings.href;
  }

  leave() {
    return new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      frame.src = "about:blank";
    });
  }

  /** As in templates/lms/host.js. */
  async quiet(ms) {
    let seen = -1;
    while (seen !== this.calls.length) {
      seen = this.calls.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  /** Every call is noted; a commit and the end keep what the API holds. */
  #watched(api) {
    const names = ["Initialize", is12 ? "Finish" : "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"];
    const watched = {};
    for (const name of names.map((each) => (is12 ? `LMS${each}` : each))) {
      watched[name] = (...args) => {
        const held = api.getFlattenedCMI();
        const result = api[name](...args);
        const error = Number(api[is12 ? "LMSGetLastError" : "GetLastError"]());
        const refused = String(result) === "false";
        const seen = { launch: 1, at: 0, ms: 0, why: "", caution: "", error, refused };
        this.calls.push({ ...seen, name, args: args.map(String), result: String(result) });
        if (/Commit|Finish|Terminate/.test(name)) {
          localStorage.setItem(PLACE, JSON.stringify(/Commit/.test(name) ? api.getFlattenedCMI() : held));
        }
        this.runtime.phase = /Initialize/.test(name) ? "open" : /Finish|Terminate/.test(name) ? "ended" : this.runtime.phase;
        return result;
      };
    }
    return watched;
  }
}

window.lms = new Peer();
