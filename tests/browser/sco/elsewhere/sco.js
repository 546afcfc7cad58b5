const api = window.parent.API;
api.LMSInitialize("");
const picture = document.body.appendChild(new Image());
picture.src = "http://example.test/pixel.png";
picture.alt = "";
addEventListener("pagehide", () => api.LMSFinish(""));
