const api = window.parent.API_1484_11;
api.Initialize("");
api.SetValue("cmi.exit", "suspend");
api.SetValue("cmi.completion_status", "incomplete");
api.GetValue("cmi.location");
api.Commit("");
addEventListener("pagehide", () => api.Terminate(""));
