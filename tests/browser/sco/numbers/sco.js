const api = window.parent.API;
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_location", 4);
api.LMSSetValue("cmi.core.score.min", 2.5);
api.LMSSetValue("cmi.suspend_data", "x".repeat(5000));
api.LMSGetValue("cmi.core.bookmark");
addEventListener("pagehide", () => {
  api.LMSFinish("");
  api.LMSCommit("");
});
