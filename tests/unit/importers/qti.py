"""Writes QTI 2 and QTI 3 documents, and checks them against the schemas where they are at hand."""

import re
from functools import cache
from pathlib import Path

from lxml import etree

_SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas"
_SPACES = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
_TEMPLATES = {
    "2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    "2.2": "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
MATCH = '<responseProcessing template="TEMPLATES/match_correct"/>'
MAP = '<responseProcessing template="TEMPLATES/map_response"/>'
_HTML = frozenset(["p", "div", "span", "em", "strong", "ul", "li", "img", "table", "tr", "td", "h2", "br", "object"])


def response(
    right: str | list[str] = "",
    *,
    cardinality: str = "single",
    kind: str = "identifier",
    ident: str = "RESPONSE",
    points: str = "",
) -> str:
    """Return a declaration. points: the inside of its mapping."""
    values = "".join(f"<value>{value}</value>" for value in ([right] if isinstance(right, str) else right) if value)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    mapping = f"<mapping defaultValue='0'>{points}</mapping>" if points else ""
    return (
        f'<responseDeclaration identifier="{ident}" cardinality="{cardinality}" baseType="{kind}">'
        f"{correct}{mapping}</responseDeclaration>"
    )


def entry(key: str, points: str, *, exact: str = "") -> str:
    """Return an entry of a mapping."""
    case = f' caseSensitive="{exact}"' if exact else ""
    return f'<mapEntry mapKey="{key}" mappedValue="{points}"{case}/>'


def choice(*options: str, prompt: str = "Hvem kan varsle?", most: str = "1", more: str = "", inside: str = "") -> str:
    """Return a choice interaction whose options are named A, B, C …"""
    rows = "".join(
        f'<simpleChoice identifier="{chr(65 + at)}">{text}</simpleChoice>' for at, text in enumerate(options)
    )
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="{most}"{more}>'
        f"<prompt>{prompt}</prompt>{inside}{rows}</choiceInteraction>"
    )


def item(
    body: str,
    declarations: str,
    processing: str = MATCH,
    *,
    ident: str = "sporsmal",
    title: str = "Spørsmål én",
    version: str = "2.1",
    outcomes: str = SCORE,
    after: str = "",
    valid: bool = True,
) -> bytes:
    """Return an item. after: what follows the processing."""
    source = (
        f'<assessmentItem xmlns="{_SPACES["2.1"]}" identifier="{ident}" title="{title}" adaptive="false" '
        f'timeDependent="false">{declarations}{outcomes}<itemBody>{body}</itemBody>{processing}{after}</assessmentItem>'
    )
    content = in_version(source, version)
    if valid and version == "2.1":  # the others have the same elements, and 2.2 takes seconds to compile
        check(content)
    return content


def in_version(source: str, version: str) -> bytes:
    """Return a document of QTI 2.1 in another version. QTI 3 has other names for the same elements."""
    text = source.replace("TEMPLATES/", _TEMPLATES[version]).replace(_SPACES["2.1"], _SPACES[version])
    if version == "3.0":
        text = re.sub(r"(</?)([A-Za-z]\w*)([^<>]*?)(/?>)", _renamed, text).replace("match_correct", "match_correct.xml")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _renamed(found: re.Match[str]) -> str:
    if found[2] in _HTML:
        return found[0]
    attributes = re.sub(r"(\s)([a-z]+[A-Z]\w*)(=)", lambda one: f"{one[1]}{_kebab(one[2])}{one[3]}", found[3])
    return f"{found[1]}qti-{_kebab(found[2])}{attributes}{found[4]}"


def _kebab(name: str) -> str:
    return re.sub("([A-Z])", lambda found: f"-{found[1].lower()}", name)


def check(content: bytes) -> None:
    """Check a document of QTI 2.1 against its schema, where the schemas are at hand."""
    schema = _schema()
    if schema is not None:
        schema.assertValid(etree.fromstring(content))


@cache
def _schema() -> etree.XMLSchema | None:
    file = _SCHEMAS / "qti2" / "qtiv2p1" / "imsqti_v2p1.xsd"
    if not file.is_file():
        return None

    class Local(etree.Resolver):
        def resolve(self, address: str | None, _public: str | None, context: object) -> object:
            if not address or not address.startswith(("http:", "https:")):
                return None
            found = sorted(file.parents[1].rglob(address.rpartition("/")[2]))
            return self.resolve_filename(str(found[0]), context) if found else None  # type: ignore[attr-defined]

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(file), parser))
