#!/usr/bin/env bash
# mammoth keeps the prompt of a form field that nobody has filled in.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mammoth==1.13.0 || exit 2

env/bin/python - <<'PYTHON'
import zipfile
from importlib.metadata import version

import mammoth

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:document {W}><w:body>
<w:p><w:r><w:t>Contact: </w:t></w:r>
<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr>
<w:sdtContent><w:r><w:t>Click here to enter text.</w:t></w:r></w:sdtContent></w:sdt></w:p>
</w:body></w:document>"""
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
with zipfile.ZipFile("form.docx", "w") as docx:
    docx.writestr("[Content_Types].xml", TYPES)
    docx.writestr("_rels/.rels", RELS)
    docx.writestr("word/document.xml", DOCUMENT)

with open("form.docx", "rb") as file:
    result = mammoth.convert_to_html(file)
print("mammoth", version("mammoth"))
print("guess:   an empty form field gives no text: the file marks the prompt with showingPlcHdr")
print(f"happens: {result.value} with messages {result.messages}")
print("matters: an import shows learners “Click here to enter text.” as if the author had written it")

as_described = "Click here to enter text." in result.value and not result.messages
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
