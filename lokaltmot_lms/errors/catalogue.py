"""All faults by code.

1xx: source, text. 2xx: questions; 226-249: files, what is pasted. 3xx: media.
4xx: language, facts, fairness. 5xx: targets, packages. 6xx: imports.
"""

from lokaltmot_lms.errors import (
    facts,
    fairness,
    files,
    imports,
    language,
    media,
    packages,
    question_files,
    questions,
    source,
    targets,
    text,
)
from lokaltmot_lms.errors.problem import Fault


def _faults() -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    for module in (
        source, text, questions, files, media, language, facts, fairness, targets, packages, imports, question_files
    ):  # fmt: skip
        for fault in vars(module).values():
            if isinstance(fault, Fault):
                found[fault.code] = fault
    return dict(sorted(found.items()))


CATALOGUE = _faults()
