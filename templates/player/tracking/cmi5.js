/** cmi5: what the launch address says. The session itself is fetched while the first page is read. */

/** @typedef {{endpoint: string, fetch: string, actor: Json, registration: string, activityId: string}} Launch */

/** The five values of a launch address (cmi5 8.1), in any order; null when it holds none. @param {string} search @returns {Launch | null} */
export function readLaunch(search) {
  const query = new URLSearchParams(search);
  const read = (/** @type {string} */ name) => query.get(name) ?? "";
  try {
    const launch = {
      endpoint: read("endpoint").replace(/\/*$/, "/"),
      fetch: read("fetch"),
      actor: JSON.parse(read("actor")),
      registration: read("registration"),
      activityId: read("activityId"),
    };
    return query.has("endpoint") && launch.fetch && launch.registration && launch.activityId ? launch : null;
  } catch {
    return null;
  }
}

const NOWHERE = { found: false, mode: /** @type {"normal"} */ ("normal"), state: "" };

/** @param {ModuleData} module @param {Window} place @returns {Driver} */
export function connect(module, place) {
  const launch = readLaunch(place.location.search);
  /** @type {import("./cmi5/session.js").Session | undefined} */
  let session;

  return {
    async open() {
      try {
        // Under another name the second time: a browser remembers what failed.
        const fetched = launch && (await import("./cmi5/session.js").catch(() => import(`./cmi5/session.js?${1}`)));
        session = fetched && launch ? new fetched.Session(module, place, launch) : undefined;
        return (await session?.open()) ?? NOWHERE;
      } catch {
        return NOWHERE;
      }
    },
    load: async () => {},
    learner: () => launch?.registration ?? "",
    assume: (report) => session?.assume(report),
    save: (report, interactions) => session?.save(report, interactions) ?? true,
    get home() {
      return session?.home ?? "";
    },
    settled: async () => (await session?.settled()) ?? true,
    isRefused: () => session?.isRefused ?? false,
    close: () => session?.close(),
  };
}
