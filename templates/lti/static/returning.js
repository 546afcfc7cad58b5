// Submits the form to the platform at once. The button is for browsers without scripts.
/** @type {HTMLFormElement} */ (document.getElementById("return")).submit();
