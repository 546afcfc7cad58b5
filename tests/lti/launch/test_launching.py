"""A launch writes what has changed since the last one, and takes a token in one spelling only."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jwt.utils import base64url_encode
from sqlalchemy import event, select

from lti_app.store.engine import reading
from lti_app.store.schema import context, line_item, resource_link

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM
from ..serving import GRADES

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ITEM = "https://moodle.example/item/1"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool without modules."""
    with bench_in(tmp_path) as made:
        yield made


def _kept(bench: Bench) -> tuple[Any, ...]:
    """The course's title, and the link's module, settings and line item."""
    query = (
        select(context.c.title, resource_link.c.module, resource_link.c.settings, line_item.c.url)
        .select_from(resource_link)
        .join(context, context.c.id == resource_link.c.context)
        .outerjoin(line_item, line_item.c.id == resource_link.c.line_item_id)
    )
    with reading(bench.engine) as connection:
        return tuple(connection.execute(query).one())


def _launch(bench: Bench, **more: Any) -> None:
    claims = {GRADES: {"lineitem": _ITEM, "scope": []}, f"{CLAIM}custom": {"module": "a", "pass": "80"}, **more}
    assert bench.launch(**claims).status_code == 303


def test_a_launch_that_says_nothing_new_writes_only_who_came(bench: Bench) -> None:
    _launch(bench)
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("SELECT"):
            written.append(" ".join(statement.split()[:3]))

    event.listen(bench.engine, "before_cursor_execute", note)
    _launch(bench, sub="5")
    assert written == [
        "INSERT INTO login_attempt", "DELETE FROM login_attempt", "INSERT INTO person", "INSERT INTO launch_session",
    ]  # fmt: skip
    assert _kept(bench) == ("Lokalt mot", "a", {"pass_share": 0.8}, _ITEM)


@pytest.mark.parametrize(
    ("claims", "kept"),
    [
        ({f"{CLAIM}context": {"id": "2", "title": "Nytt"}}, ("Nytt", "a", {"pass_share": 0.8}, _ITEM)),
        ({f"{CLAIM}custom": {"module": "b", "pass": "80"}}, ("Lokalt mot", "b", {"pass_share": 0.8}, _ITEM)),
        ({f"{CLAIM}custom": {"module": "a", "pass": "50"}}, ("Lokalt mot", "a", {"pass_share": 0.5}, _ITEM)),
        ({f"{CLAIM}custom": {}}, ("Lokalt mot", "a", {"pass_share": 0.8}, _ITEM)),  # keeps the binding it has
        ({GRADES: {"lineitem": f"{_ITEM}1"}}, ("Lokalt mot", "a", {"pass_share": 0.8}, f"{_ITEM}1")),
        ({GRADES: ...}, ("Lokalt mot", "a", {"pass_share": 0.8}, _ITEM)),
    ],
)
def test_what_a_launch_says_anew_is_kept(bench: Bench, claims: dict[str, Any], kept: tuple[Any, ...]) -> None:
    _launch(bench)
    _launch(bench, **claims)
    assert _kept(bench) == kept


def test_a_link_that_moved_to_another_course_is_found_there(bench: Bench) -> None:
    _launch(bench)
    _launch(bench, **{f"{CLAIM}context": {"id": "3", "title": "Et annet kurs"}})
    assert _kept(bench)[0] == "Et annet kurs"
    assert (bench.rows("context"), bench.rows("resource_link")) == (2, 1)


@pytest.mark.parametrize("spelling", ["padding", "other bits", "junk"])
def test_a_signature_in_another_spelling_is_refused(bench: Bench, spelling: str) -> None:
    """RFC 7515 has one spelling for the same bytes: two would be two tokens with two hashes."""
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    head, _, mark = token.rpartition(".")
    # 256 bytes end with a character of which four bits mean nothing (RFC 4648, 3.5).
    last = _ALPHABET[_ALPHABET.index(mark[-1]) + 1]
    other = {
        "padding": f"{mark}==", "other bits": mark[:-1] + last, "junk": f"{mark[:9]}!{mark[9:]}",
    }[spelling]  # fmt: skip
    assert bench.send(f"{head}.{other}", begun.state).status_code == 401
    assert bench.sessions() == 0


def test_a_header_that_leaves_the_payload_unencoded_is_refused(bench: Bench) -> None:
    """RFC 7797: "b64" counts only beside "crit", which we refuse too."""
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    header = {"alg": "RS256", "kid": "k1", "b64": False}
    swapped = base64url_encode(json.dumps(header).encode()).decode() + "." + token.partition(".")[2]
    assert bench.send(swapped, begun.state).status_code == 401
    assert bench.audit()[0].reason == "crit"
