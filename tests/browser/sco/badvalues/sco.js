const api = window.parent.API;
api.LMSInitialize("");
api.LMSSetValue("cmi.core.score.raw", "80,5");
api.LMSSetValue("cmi.core.exit", "normal");
api.LMSSetValue("cmi.interactions.0.id", "spørsmål 1");
api.LMSSetValue("cmi.core.lesson_location", 7);
addEventListener("pagehide", () => api.LMSFinish(""));
