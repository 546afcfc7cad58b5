window.parent.API.LMSInitialize("");
console.error("a fault of the content");
