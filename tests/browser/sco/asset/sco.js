document.title = "Read";
