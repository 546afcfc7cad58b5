"""Writes small Word documents, part by part (ECMA-376, WordprocessingML)."""

from html import escape
from pathlib import Path

from .imported import zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/></w:style>'
    for ident, name in (("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"))
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def paragraph(text: str, style: str = "", *, bold: bool = False, item: bool = False) -> str:
    """Return a paragraph."""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if item else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        f"<w:p><w:pPr>{styled}{numbered}</w:pPr><w:r>{look}"
        f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'
    )


def picture(relation: str, *, kind: str = "embed") -> str:
    """Return a paragraph with an image that has no description."""
    return (
        "<w:p><w:r><w:drawing><wp:inline xmlns:wp="
        '"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="Bilde 1"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic='
        f'"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="{_R}" '
        f'r:{kind}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def document(path: Path, body: str, **more: str | bytes) -> Path:
    """Write a document. more: further parts by name, with "__" for a slash; they are not checked."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{_NUMBERING}</w:numbering>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="r2" Type="{_R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{_R}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="r4" Type="{_R}/image" Target="media/image1.png"/>'
        f'<Relationship Id="r5" Type="{_R}/image" Target="file:///etc/hostname" TargetMode="External"/>'
        "</Relationships>",
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(24),
    }
    return zipped(path, entries | {name.replace("__", "/"): content for name, content in more.items()})
