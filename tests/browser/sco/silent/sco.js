document.title = "Silent";
