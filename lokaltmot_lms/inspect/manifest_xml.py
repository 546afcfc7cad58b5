"""Parses the XML of a manifest that anyone may have made, and forgives what Moodle forgives."""

import re

from lxml import etree

# An & that begins no entity (Moodle's pattern has the same meaning: mod/scorm/datamodels/scormlib.php).
_LONE_AMPERSAND = re.compile(rb"&(?!#?\w{1,8};)")
_UNDECLARED = re.compile(r"Namespace prefix ([\w.-]+)\b.* is not defined")
_MANIFEST = re.compile(rb"<manifest\b")
_NAMESPACES = {"adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}


def parse_manifest(content: bytes) -> tuple[etree._Element, bool]:
    """Return the root of a manifest, and whether it had to be repaired: an & written alone, or a prefix not declared.

    No entities, no network; libxml2's limits on depth and size apply.

    Raises:
        lxml.etree.XMLSyntaxError: it is not XML, and the repair does not help; the error is that of the original.
    """
    try:
        return _parsed(content), False
    except etree.XMLSyntaxError as error:
        repaired = _LONE_AMPERSAND.sub(b"&amp;", content)
        prefixes = sorted({match[1] for entry in error.error_log if (match := _UNDECLARED.search(entry.message))})
        declared = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:{prefix}")}"' for prefix in prefixes)
        repaired = _MANIFEST.sub(lambda match: match[0] + declared.encode(), repaired, count=1)
        if repaired == content:
            raise
        try:
            return _parsed(repaired), True
        except etree.XMLSyntaxError:
            raise error from None


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)
