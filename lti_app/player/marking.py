"""What is said of an answer once it is marked: what is right, and the author's words about it."""

from typing import Any

from lti_app.built_modules import BuiltModule


def said_of(built: BuiltModule, question: str, answer: Any, language: str) -> dict[str, Any]:
    """Return what the page shows now. answer: the one that counts. language: of the page; else the module's own."""
    asked = built.questions[question]
    said = asked.get("said", {})
    return {
        "data": asked["data"],
        "said": said.get(language) or said.get(built.about["language"]) or {},
        "answer": answer,
    }
