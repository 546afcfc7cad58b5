"""Reads the fact register: everything in a course that can grow old."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lokaltmot_lms.errors.source import ID_BAD, NOT_A_MAPPING
from lokaltmot_lms.model import Fact
from lokaltmot_lms.source.files import MOST_YAML, read_source
from lokaltmot_lms.source.headings import LONGEST_ID, is_id, suggestion
from lokaltmot_lms.source.keywords import FACT_KEYS, SAID_IN_LANGUAGES
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import Fields, KeyValue
from lokaltmot_lms.source.yaml import read_yaml

_CONFIDENCE = frozenset("ABC")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)  # Python also takes weeks, 2026-W05-1


def read_facts_file(file: Path | None, report: Report) -> Mapping[str, Fact]:
    """Return the facts by key. A file that is missing or broken gives none, and was reported."""
    source = read_source(file, report, most=MOST_YAML) if file else None
    value = read_yaml(source, report) if source else None
    if value is None:
        return {}
    facts = (_fact(entry, report) for entry in value.entries())
    return {fact.key: fact for fact in facts if fact is not None}


def _fact(entry: KeyValue, report: Report) -> Fact | None:
    if not is_id(entry.key):
        report.add(ID_BAD, entry.at, id=entry.key[:LONGEST_ID], suggestion=suggestion(entry.key))
    if not entry.value.is_mapping:
        report.add(NOT_A_MAPPING, entry.value.at, key=entry.key[:60])
        return None
    said = SAID_IN_LANGUAGES["facts.yaml"]
    table = Fields(entry.value.entries(), FACT_KEYS, entry.at, report, in_languages=said)
    table.require("text")
    return Fact(
        key=entry.key,
        text=table.text("text"),
        texts=table.by_language("text"),
        name=table.text("name"),
        names=table.by_language("name"),
        url=table.text("url"),
        source=table.text("source"),
        source_date=table.parsed("source-date", day, None, "2026-05-22"),
        confidence=table.parsed("confidence", _confidence, "C", "A | B | C"),
        verified_by=table.text("verified-by"),
        verified_on=table.parsed("verified-on", day, None, "2026-05-22"),
        review_by=table.parsed("review-by", day, None, "2027-05-22"),
        note=table.text("note"),
        at=entry.at,
    )


def _confidence(text: str) -> str | None:
    return text.upper() if text.upper() in _CONFIDENCE else None


def day(text: str) -> date | None:
    """Return the date in "2026-05-22"; None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
