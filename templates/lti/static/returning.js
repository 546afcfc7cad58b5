// Sends the chosen modules to the platform at once; the button is there for a browser without scripts.
/** @type {HTMLFormElement} */ (document.getElementById("return")).submit();
