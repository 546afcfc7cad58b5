"""The bars of the player's size: what a learner with a bad line fetches before the first page can be used."""

import gzip
import subprocess
from pathlib import Path

import pytest

from lokaltmot_lms.pages.scripts import player_scripts, without_comments
from lokaltmot_lms.questions import QUESTION_TYPES

# Prints the files that are no module: V8 reads each, and runs none.
PARSE = """
import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";
for (const path of process.argv.slice(1)) {
  try { new SourceTextModule(readFileSync(path, "utf-8")); } catch (error) { console.log(path, error.message); }
}
"""
MOST = 40_000
MOST_GZIPPED = 15_000


@pytest.mark.parametrize("tracking", ["scorm12", "scorm2004", "cmi5", "web"])
def test_the_scripts_of_the_first_page_are_small(tracking: str) -> None:
    scripts = player_scripts(types=QUESTION_TYPES, tracking=tracking)
    at_start = b"".join(scripts.files[name] for name in (*scripts.modules, "disk.js"))
    assert len(at_start) <= MOST
    assert len(gzip.compress(at_start)) <= MOST_GZIPPED


@pytest.mark.parametrize("tracking", ["scorm12", "scorm2004", "cmi5", "web"])
def test_they_are_small_also_when_each_file_is_gzipped_alone(tracking: str) -> None:
    scripts = player_scripts(types=QUESTION_TYPES, tracking=tracking)
    assert sum(len(gzip.compress(scripts.files[name])) for name in (*scripts.modules, "disk.js")) <= MOST_GZIPPED


def test_a_package_holds_only_its_own_driver_and_types() -> None:
    scripts = player_scripts(types=["single"], tracking="web")
    assert [name for name in scripts.files if name.startswith("tracking/")] == ["tracking/web.js"]
    assert sorted(name for name in scripts.files if name.startswith("questions/")) == [
        "questions/marking.js",
        "questions/single.js",
    ]


def test_what_is_left_out_of_the_scripts_leaves_scripts(tmp_path: Path, node: str) -> None:
    for tracking in ("scorm12", "scorm2004", "lti", "web"):
        for name, content in player_scripts(types=QUESTION_TYPES, tracking=tracking).files.items():
            file = tmp_path / f"{tracking}-{name.replace('/', '-')}"
            file.write_bytes(content)
            assert b"//" not in content.replace(b"://", b""), name
    checked = [
        node,
        "--experimental-vm-modules",
        "--no-warnings",
        "--input-type=module",
        "--eval",
        PARSE,
        *map(str, sorted(tmp_path.iterdir())),
    ]
    assert subprocess.run(checked, capture_output=True, text=True, check=True).stdout == ""


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("/** Doc. */\nconst a = 1; // why\n\n  f(a);\n", "const a = 1;\nf(a);\n"),
        ('const a = "http://x"; // y\n', 'const a = "http://x";\n'),
        (
            "const a = `x\n   ${b.map((c) => `// ${c}`)} /* y */`;\n",
            "const a = `x\n   ${b.map((c) => `// ${c}`)} /* y */`;\n",
        ),
        ("const f = (a) => /\\/\\/x/.test(a);\n", "const f = (a) => /\\/\\/x/.test(a);\n"),
        ("let a = b\n  /* two\n  lines */ c()\n", "let a = b\nc()\n"),
        ("return/* x */a\n", "return a\n"),
    ],
)
def test_only_comments_and_indentation_are_left_out(script: str, expected: str) -> None:
    assert without_comments(script) == expected


def test_a_script_with_a_syntax_error_is_refused() -> None:
    with pytest.raises(ValueError, match="syntax error"):
        without_comments("const = 1;")
