"""Each of the 75 threats has a case: in the corpus, or in a test that carries its number (pytest.mark.row)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .messages import CASES

ROWS = range(1, 76)
TESTS = Path(__file__).parents[1]


def _marked(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for decorator in getattr(node, "decorator_list", ()):
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.row":
                yield from (argument.value for argument in decorator.args if isinstance(argument, ast.Constant))


def test_every_threat_has_a_case() -> None:
    covered = {case.row for case in CASES}
    for path in TESTS.rglob("test_*.py"):
        covered.update(_marked(path))
    assert covered == set(ROWS) - {66}
    storage = (TESTS / "attacks" / "storage.test.js").read_text(encoding="utf-8")
    assert "row 66" in storage
