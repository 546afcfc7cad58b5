const api = window.parent.API;
api.LMSInitialize("");
api.LMSSetValue("cmi.core.exit", "suspend");
api.LMSSetValue("cmi.core.lesson_status", "incomplete");
api.LMSCommit("");
addEventListener("pagehide", () => {
  api.LMSSetValue("cmi.core.session_time", "0000:00:10");
  api.LMSFinish("");
});
