"""Rules of the house that no linter knows: what a committed file may name, and that texts and docs keep up."""

import ast
import importlib.util
import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from lokaltmot_lms.cli.group import COMMANDS
from lokaltmot_lms.texts import DOMAINS

ROOT = Path(__file__).resolve().parents[2]

# Hosts of package registries: a clone must also install from its owner's registry. Split here, so
# that this file does not name them either.
_REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "npmjs" + ".com/package",
    "deb.debian" + ".org",
    "conda" + ".anaconda.org",
]
_MACHINE_PATH = re.compile(rb"(?<![\w.~-])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+|opt/(?:wheels|pypi))/[\w.]")
_SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}")


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_names_a_registry():
    hosts = re.compile("|".join(map(re.escape, _REGISTRIES)).encode())
    found = {
        path.relative_to(ROOT).as_posix(): hit[0] for path in _committed() if (hit := hosts.search(path.read_bytes()))
    }
    assert found == {}


def test_no_committed_file_names_a_place_on_one_machine():
    found = {
        path.relative_to(ROOT).as_posix(): hit[0]
        for path in _committed()
        if (hit := _MACHINE_PATH.search(path.read_bytes()))
    }
    assert found == {}


def test_no_committed_file_holds_a_secret():
    assert [path for path in _committed() if _SECRET.search(path.read_bytes())] == []


def test_every_pin_is_an_exact_version():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*( ; .+)?", pin)] == []


def test_the_npm_lock_has_no_addresses():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_docs(name):
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"## `lokaltmot {name}`" in page
    assert f"`{COMMANDS[name][0]}`" in page


def test_every_link_in_the_docs_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "changes").glob("*.md"), *(ROOT / "findings").glob("*.md")]
    pages += (ROOT / "docs").rglob("*.md")
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", _without_code(page.read_text(encoding="utf-8")))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_file_that_the_developer_guide_names_exists():
    page = (ROOT / "docs" / "how-it-is-built.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:lokaltmot_lms|lti_app|templates)/[\w/.-]+\.\w+)`", page)
    assert len(named) >= 10
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_page_of_the_docs_can_be_found_from_the_first():
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (ROOT / "docs" / "index.md").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"} == linked


def test_the_glossary_is_sorted_and_has_each_term_once():
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| ([^|]+?) \|.*\|$", page, re.MULTILINE)[2:]  # the first two rows are the table's head
    assert terms == sorted(set(terms), key=str.lower)


def test_every_fragment_of_the_changelog_names_its_reader():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kinds = "|".join(kind["directory"] for kind in project["tool"]["towncrier"]["type"])
    names = {path.name for path in (ROOT / "changes").iterdir()} - {"README.md", "template.jinja"}
    assert [name for name in names if not re.fullmatch(rf"[a-z0-9-]+\.({kinds})\.md", name)] == []


def test_no_python_module_is_larger_than_a_room():
    sizes = {
        path.relative_to(ROOT).as_posix(): count
        for package in ("lokaltmot_lms", "lti_app")
        for path in (ROOT / package).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert sizes == {}


def test_no_folder_has_more_than_thirty_modules():
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in _modules())
    assert {folder: count for folder, count in folders.items() if count > 30} == {}


def test_no_two_classes_have_the_same_name():
    """A leading underscore does not make a name another one. Migrations are history and are not counted."""
    places: dict[str, list[str]] = {}
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.strip("_"), []).append(path.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _modules() -> list[Path]:
    """Return the Python modules of both packages, without package files (__init__.py) and migrations."""
    return [
        path
        for package in ("lokaltmot_lms", "lti_app")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "__init__.py" and "migrations" not in path.parts
    ]


def test_the_catalogues_hold_exactly_the_texts_of_the_code_all_translated():
    texts = _texts_script()
    in_code = texts.texts_in_code()

    assert all(len(wanted) > 20 for wanted in in_code.values())
    seen = []
    for code, path, catalogue in texts.catalogues():
        seen.append((code, path.stem))
        wanted = in_code[path.stem]
        assert texts.waiting(catalogue) == []
        assert texts.strangers(catalogue, wanted) == []
        assert [message for message in wanted if message not in catalogue] == []
        assert not catalogue.obsolete
    assert sorted(seen) == sorted((code, domain) for code in ("nb", "nn") for domain in DOMAINS)


def test_a_translation_names_the_same_places_as_its_text():
    wrong = []
    for code, _, catalogue in _texts_script().catalogues():
        for message in catalogue:
            if not message.id or not message.string:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            allowed = [_places(text) for text in ids]
            wrong += [(code, text) for text in strings if _places(text) not in allowed]
    assert wrong == []


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`]*`|^    .*$", "", text, flags=re.DOTALL | re.MULTILINE)


def _texts_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("texts", ROOT / "scripts" / "texts.py")
    texts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(texts)
    return texts


def _places(text: str) -> set[str]:
    """Return the named places of a text; {{fact.x}} is the author's, not ours."""
    return set(re.findall(r"(?<!\{)\{([a-z_]+)[^{}]*\}(?!\})", text)) | set(re.findall(r"%\((\w+)\)", text))
