"""All faults by code.

1xx: source, text, lookalikes. 2xx: questions; 226-249: files, what is pasted. 3xx: media. 4xx: language, facts,
fairness. 5xx: targets, packages. 6xx: imports.
"""

from lokaltmot_lms.errors import (
    cartridges,
    facts,
    fairness,
    files,
    h5p,
    imported_documents,
    imported_questions,
    imports,
    language,
    lookalikes,
    media,
    packages,
    question_files,
    questions,
    source,
    tables,
    targets,
    text,
)
from lokaltmot_lms.errors.problem import Fault

_MODULES = (
    source, text, lookalikes, questions, files, media, language, facts, fairness, targets, packages, cartridges,
    imports, imported_questions, imported_documents, question_files, h5p, tables,
)  # fmt: skip


def _faults() -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    for module in _MODULES:
        for fault in vars(module).values():
            if isinstance(fault, Fault):
                found[fault.code] = fault
    return dict(sorted(found.items()))


CATALOGUE = _faults()
