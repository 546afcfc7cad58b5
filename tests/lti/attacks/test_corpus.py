"""Every case of the corpus gets the answer that is right, leaves one line in the audit trail, and echoes nothing."""

from pathlib import Path

import pytest

from ..bench import bench_in, tokens_in
from .corpus import Case
from .messages import CASES


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.row}-{one.name}")
def test_a_hostile_request_gets_the_right_answer(one: Case, tmp_path: Path, database_url: str) -> None:
    with bench_in(tmp_path, database_url) as bench:
        answer = one.run(bench)
        assert answer.status_code in one.answers
        assert bench.sessions() == one.opens
        assert len(bench.audit()) == one.lines
        if one.lines:
            assert bench.rows("person") == one.opens
            (line,) = bench.audit()
            assert line.reason
            assert line.incident in answer.text
        for echoed in ("evil.example", "moodle.example", "<script>alert", "Lokalt mot"):
            assert echoed not in answer.text
        assert tokens_in(answer.text) == []
