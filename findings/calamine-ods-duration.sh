#!/usr/bin/env bash
# python-calamine reads the same duration as a timedelta from XLSX and as text from ODS.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 || exit 2

env/bin/python - <<'PYTHON'
import zipfile
from datetime import timedelta
from importlib.metadata import version

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

LENGTH = timedelta(hours=36)  # the length of a course

book = Workbook()
book.active["A1"] = LENGTH
book.active["A1"].number_format = "[h]:mm:ss"
book.save("hours.xlsx")

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
VALUE = 'office:value-type="time" office:time-value="PT36H00M00S"'
CELL = f"<table:table-cell {VALUE}><text:p>36:00:00</text:p></table:table-cell>"
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {NAMES} office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Hours"><table:table-row>{CELL}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""
MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
with zipfile.ZipFile("hours.ods", "w") as ods:
    ods.writestr("mimetype", MIME)
    ods.writestr("content.xml", CONTENT)
    ods.writestr("META-INF/manifest.xml", MANIFEST)

sheets = [CalamineWorkbook.from_path(f"hours.{kind}").get_sheet_by_index(0) for kind in ("xlsx", "ods")]
xlsx, ods = (sheet.to_python()[0][0] for sheet in sheets)
print("python-calamine", version("python-calamine"))
print("guess:   the same timedelta from both formats")
print(f"happens: {xlsx!r} from XLSX, {ods!r} from ODS")
print("matters: code that adds up hours works with one office program and fails with the other")

as_described = xlsx == LENGTH and ods == "PT36H00M00S"
print("As described." if as_described else "CHANGED: read the result above.")
raise SystemExit(not as_described)
PYTHON
