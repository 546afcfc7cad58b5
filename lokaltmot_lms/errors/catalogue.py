"""All faults by code. A file a room: 1xx source, 2xx questions, 3xx media, 4xx language, 5xx targets, 6xx imports."""

from lokaltmot_lms.errors import facts, fairness, imports, language, media, packages, questions, source, targets, text
from lokaltmot_lms.errors.problem import Fault


def _faults() -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    for room in (source, text, questions, media, language, facts, fairness, targets, packages, imports):
        for fault in vars(room).values():
            if isinstance(fault, Fault):
                found[fault.code] = fault
    return dict(sorted(found.items()))


CATALOGUE = _faults()
