const clock = document.body.appendChild(document.createElement("p"));
setInterval(() => {
  clock.textContent = String(performance.now());
}, 20);
