"""`check --fix`: one run does everything, other lines stay byte for byte, and every missing id is written."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from lokaltmot_lms.cli.repairing import repair_course
from lokaltmot_lms.errors import Severity
from lokaltmot_lms.pipeline import read_and_check

from ..examples import examples

_FRONT = "---\ntitle: Prøve\nid: prove\nversion: 1\nlanguage: nb\n---"
_TITLES = st.sampled_from(
    ("Start", "start", "Våg å spørre", "§ 12 og § 13", "ቋንቋ", "Å" * 60, "A", "Side-2", "side 2", "2026")
)
_TAILS = st.sampled_from(("", " ", "\t", "  \t "))
_ENDS = st.sampled_from((b"\n", b"\r\n", b"\r"))
_MARKS = st.sampled_from(("- ", "– ", "—", "•\u00a0"))


@st.composite
def _modules(draw: st.DrawFn) -> list[str]:
    """Return the lines of a module from which any of the ids were lost, and in which options have odd dashes."""
    lines = [_FRONT]
    for number in range(draw(st.integers(1, 4))):
        lines += ["", f"# {draw(_TITLES)}{_id(draw, f'p{number}')}{draw(_TAILS)}", "", f"Tekst nummer {number}.", ""]
        if draw(st.booleans()):
            lines += [
                f"::: reflection{_id(draw, f'r{number}')}{draw(_TAILS)}",
                f"Hva tenker du om {number}?",
                ":::",
                "",
            ]
        if draw(st.booleans()):
            lines += ["::: quiz", f"## {draw(_TITLES)} {number}?{_id(draw, f'q{number}')}{draw(_TAILS)}", ""]
            lines += [
                f"{draw(_MARKS)}(x) Ja{draw(_TAILS)}",
                f"{draw(_MARKS)}( ) Nei",
                "",
                "Forklaring: Slik er det bare.",
                ":::",
            ]
    return lines


def _id(draw: st.DrawFn, id_: str) -> str:
    return draw(st.sampled_from(("", f" {{#{id_}}}")))


@examples(60)
@given(lines=_modules(), end=_ENDS, mark=st.sampled_from((b"", b"\xef\xbb\xbf")), is_ended=st.booleans())
def test_a_module_without_ids_checks_clean_after_one_fix(
    lines: list[str], end: bytes, mark: bytes, is_ended: bool
) -> None:
    written = "\n".join(lines).split("\n")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "m.md"
        file.write_bytes(mark + end.join(line.encode() for line in written) + (end if is_ended else b""))
        made = list(repair_course(file))
        after = file.read_bytes()
        again = list(repair_course(file))
        errors = [problem.text() for problem in read_and_check(file).problems if problem.severity is Severity.ERROR]
        assert (errors, again, file.read_bytes()) == ([], [], after)
    now = after.removeprefix(mark).decode().split(end.decode())
    assert after.startswith(mark)
    assert len(now) == len(written) + is_ended
    changed = {repair.at.line for _, repair in made}
    for number, (old, new) in enumerate(zip(written, now, strict=False), start=1):
        assert (old == new) is (number not in changed)
        # Only an id comes, before what white space was at the end, or the marks of an option.
        assert re.sub(r" \{#[a-z0-9-]+\}(?=\s*$)", "", new) in (
            old,
            re.sub(r" \{#[a-z0-9-]+\}(?=\s*$)", "", old),
        ) or new.startswith("- (")
    ids = re.findall(r"\{#([a-z0-9-]+)\}", after.decode())
    assert len(ids) == len(set(ids)) == sum(line.startswith(("# ", "## ", "::: reflection")) for line in written)
