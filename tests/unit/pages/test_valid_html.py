"""Two validators that are not ours read every page we write: the Nu validator and html-validate."""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"

RULES = {
    "extends": ["html-validate:recommended"],
    "root": True,
    "rules": {
        # One page shows at a time, and each has its title: without script the document holds them all.
        "heading-level": ["error", {"allowMultipleH1": True}],
        # Checkboxes that belong together share a name (HTML, 4.10.19.1), as radio buttons do.
        "form-dup-name": ["error", {"shared": ["radio", "checkbox", "button"]}],
    },
}


def test_the_nu_validator_finds_no_error(folder: Path, java: str) -> None:
    done = subprocess.run(
        [java, "-jar", str(NU), "--errors-only", "--format", "json", *_pages(folder)],
        capture_output=True,
        text=True,
        check=False,  # a finding is an exit code of 1; the report says which
    )
    assert json.loads(done.stderr)["messages"] == []


def test_html_validate_finds_no_error(folder: Path, tmp_path: Path, node: str) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    report = tmp_path / "report.json"  # its standard output is cut when the report is long
    subprocess.run(
        [node, str(HTML_VALIDATE), "--config", str(rules), "--formatter", f"json={report}", *_pages(folder)],
        check=False,  # a finding is an exit code of 1; the report says which
        env={"PATH": os.environ["PATH"]},
    )
    read = json.loads(report.read_text(encoding="utf-8"))
    found = [message for file in read for message in file["messages"]]
    assert found == []


def _pages(folder: Path) -> list[str]:
    pages = [str(page) for page in sorted(folder.glob("*.html"))]
    assert len(pages) == 4  # the module and its statement, in two languages
    return pages
