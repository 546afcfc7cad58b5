"""The feedback on a marked answer: what is right, and the author's feedback texts."""

from typing import Any

from lti_app.built_modules import BuiltModule


def feedback_on(built: BuiltModule, question: str, answer: Any, language: str) -> dict[str, Any]:
    """Return what the page shows after marking.

    answer: the one that counts. language: of the page; falls back to the module's main language.
    """
    asked = built.questions[question]
    texts = asked.get("said", {})
    return {
        "data": asked["data"],
        "said": texts.get(language) or texts.get(built.about["language"]) or {},
        "answer": answer,
    }
