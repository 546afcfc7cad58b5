const api = window.parent.API;
let left = 12;
function wait() {
  left -= 1;
  if (left > 0) {
    setTimeout(wait, 50);
  } else {
    api.LMSInitialize("");
  }
}
fetch("data.json").then(wait);
addEventListener("pagehide", () => api.LMSFinish(""));
