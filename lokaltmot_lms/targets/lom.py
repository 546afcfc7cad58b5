"""Writes metadata of a course as IEEE LOM 1.0 (1484.12.3), for SCORM 2004."""

from lxml import etree

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.targets import xml


def add_lom(metadata: etree._Element, subject: Course | Module) -> None:
    """Append a LOM record to a manifest's metadata: only known values, in the schema's order."""
    language = subject.language if isinstance(subject, Module) else subject.languages[0]
    record = xml.add(metadata, "lom:lom")
    general = xml.add(record, "lom:general")
    _say(xml.add(general, "lom:title"), subject.title, language)
    xml.add(general, "lom:language", language)
    if subject.description:
        _say(xml.add(general, "lom:description"), subject.description, language)
    if isinstance(subject, Module):
        _say(xml.add(xml.add(record, "lom:lifeCycle"), "lom:version"), subject.version, "en")
        if subject.minutes:
            duration = xml.add(xml.add(record, "lom:educational"), "lom:typicalLearningTime")
            xml.add(duration, "lom:duration", f"PT{subject.minutes}M")
    if subject.license:
        rights = xml.add(record, "lom:rights")
        copyrighted = xml.add(rights, "lom:copyrightAndOtherRestrictions")
        xml.add(copyrighted, "lom:source", "LOMv1.0")
        xml.add(copyrighted, "lom:value", "yes")
        _say(xml.add(rights, "lom:description"), subject.license, language)


def _say(element: etree._Element, text: str, language: str) -> None:
    xml.add(element, "lom:string", text, language=language)
