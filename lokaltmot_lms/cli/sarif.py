"""Problems as SARIF 2.1.0 (OASIS), which code platforms and editors read."""

from collections.abc import Sequence
from urllib.parse import quote

from lokaltmot_lms import __version__
from lokaltmot_lms.errors.problem import Problem
from lokaltmot_lms.texts import translations


def as_sarif(problems: Sequence[Problem], language: str = "en") -> dict[str, object]:
    """Return a SARIF log with one run. Paths are relative to the folder the command ran in (3.4.4, 3.14.14)."""
    codes = sorted({problem.code for problem in problems})
    faults = {problem.code: problem.fault for problem in problems}
    explain = translations(language).gettext
    rules = [
        {
            "id": code,
            "shortDescription": {"text": explain(faults[code].message)},
            "fullDescription": {"text": explain(faults[code].why)},
            "help": {"text": explain(faults[code].hint)},
            "defaultConfiguration": {"level": faults[code].severity.value},
        }
        for code in codes
    ]
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "lokaltmot", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code), language) for problem in problems],
            }
        ],
    }


def _result(problem: Problem, rule: int, language: str) -> dict[str, object]:
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": f"{problem.message(language)} {problem.hint(language)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(problem.at.path)},
                    "region": {"startLine": problem.at.line, "startColumn": problem.at.column},
                }
            }
        ],
    }
