// Leaves the frame when the modules are chosen, and keeps the gradebook fresh while somebody looks at it.
const SECONDS = 2;

document.getElementById("out")?.click();

if (document.getElementById("grades")) {
  setInterval(async () => {
    const text = await fetch(location.href).then((answer) => answer.text());
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("grades");
    const shown = document.getElementById("grades");
    if (fresh && shown && fresh.innerHTML !== shown.innerHTML) {
      shown.replaceWith(document.adoptNode(fresh));
    }
  }, SECONDS * 1000);
}
