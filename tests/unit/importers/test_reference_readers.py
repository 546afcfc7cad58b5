"""Our readers beside others: gift-pegjs reads the same GIFT, and text2qti turns its own files into QTI."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.model import ChoiceQuestion, Matching, Module, Numeric, Question, Quiz, ShortText

ROOT = Path(__file__).parents[3]
GIFT = (ROOT / "tests" / "imports" / "corpus" / "gift.gift", ROOT / "tests" / "imports" / "moodle.gift")
_PARSE = """
const { parse } = require("gift-pegjs");
const blocks = JSON.parse(require("fs").readFileSync(0, "utf8"));
const read = (text) => { try { return parse(text); } catch { return null; } };
console.log(JSON.stringify(blocks.map(read)));
"""


def _questions(modules: tuple[Module, ...]) -> Iterator[Question]:
    for module in modules:
        for page in module.pages:
            for block in page.blocks:
                yield from block.questions if isinstance(block, Quiz) else ()


def _ours(question: Question) -> Any:
    match question:
        case ChoiceQuestion(type="truefalse", options=options):
            return next(option.text.plain for option in options if option.is_right) in ("Sant", "True")
        case ChoiceQuestion(options=options):
            return sorted(option.text.plain for option in options if option.is_right)
        case ShortText(accepted=accepted):
            return sorted(accepted)
        case Numeric(low=low, high=high):
            return float(low), float(high)
        case Matching(pairs=pairs):
            return sorted((pair.left.plain, pair.right.plain) for pair in pairs if pair.left is not None)
    return None


def _plain(text: dict[str, str]) -> str:
    return text["text"].replace("<p>", "").replace("</p>", "").strip()


def _theirs(question: dict[str, Any]) -> Any:
    """What gift-pegjs says is right; None for what it has no answers of."""
    match question["type"]:
        case "TF":
            return question["isTrue"]
        case "MC":
            # With one "=" the others with points are partly right; without, all with points are right together.
            whole = [_plain(c["text"]) for c in question["choices"] if c["isCorrect"]]
            return sorted(whole or (_plain(c["text"]) for c in question["choices"] if (c["weight"] or 0) > 0))
        case "Short":
            # Partly right answers, and patterns, are reported by our import and left out.
            typed = (_plain(c["text"]) for c in question["choices"] if c["weight"] in (None, 100))
            return sorted(text for text in typed if "*" not in text)
        case "Numerical" if question["choices"]["type"] == "simple":
            return (float(question["choices"]["number"]),) * 2
        case "Numerical" if question["choices"]["type"] == "high-low":
            return float(question["choices"]["numberLow"]), float(question["choices"]["numberHigh"])
        case "Matching":
            return sorted((_plain(pair["subquestion"]), pair["subanswer"]) for pair in question["matchPairs"])
    return None


def test_gift_pegjs_finds_the_same_right_answers(node: str, tmp_path: Path) -> None:
    blocks = [block for file in GIFT for block in file.read_text("utf-8").split("\n\n") if block.strip()]
    done = subprocess.run(
        [node, "-e", _PARSE], input=json.dumps(blocks), capture_output=True, text=True, check=True, cwd=ROOT
    )
    compared = 0
    for at, (block, found) in enumerate(zip(blocks, json.loads(done.stdout), strict=True)):
        # It reads neither several gaps in a text nor Moodle's ordering, and leaves the gap out of a text with one.
        if not found or len(found) != 1 or found[0].get("hasEmbeddedAnswers") or "{>" in block:
            continue
        if (right := _theirs(found[0])) is None:
            continue
        (tmp_path / f"{at}.gift").write_text(f"{block}\n", "utf-8")
        (question,) = _questions(read_file(tmp_path / f"{at}.gift")[1].modules)
        assert _ours(question) == right, block
        compared += 1
    assert compared >= 10


def test_the_qti_that_text2qti_makes_has_the_questions_of_its_file(peer_python: Path, tmp_path: Path) -> None:
    source = tmp_path / "samme.txt"
    source.write_bytes((ROOT / "tests" / "imports" / "corpus" / "text2qti.txt").read_bytes())
    subprocess.run(
        [peer_python.with_name("text2qti"), source.name], cwd=tmp_path, env={"HOME": str(tmp_path)}, check=True,
        capture_output=True,
    )  # fmt: skip
    ours, theirs = (
        {question.prompt.plain: _ours(question) for question in _questions(read_file(tmp_path / name)[1].modules)}
        for name in ("samme.txt", "samme.zip")
    )
    assert theirs == ours
    assert len(ours) >= 5
