"""Sends the corpus of hostile launches to our tool and to a minimal PyLTI1p3 tool, and prints who refused what.

`python benchmarks/attacks.py`; it ends with 1 when our tool let one through. A case counts as let through when a
launch that must be refused was accepted, or a login that must be refused was sent on.
"""

import contextlib
import io
import logging
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from baseline_tool import stock_app

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.lti.attacks.corpus import Case  # the path above makes it known
from tests.lti.attacks.messages import CASES
from tests.lti.bench import Bench, bench_in
from tests.lti.platform import Platform, serving


@dataclass
class StockBench(Bench):
    """The steps of a launch before the stock tool."""

    launched: list[str] = field(default_factory=list)
    teachers: list[bool] = field(default_factory=list)

    def sessions(self) -> int:
        return len(self.launched)

    def is_teacher(self) -> bool:
        return any(self.teachers)


@contextlib.contextmanager
def stock_bench(_folder: Path) -> Iterator[StockBench]:
    """A stock tool that knows the same two clients."""
    with serving() as web:
        ours, theirs = Platform(web=web, client_id="ours"), Platform(web=web, client_id="theirs")
        launched: list[str] = []
        teachers: list[bool] = []
        app = stock_app([ours, theirs], launched, teachers=teachers)
        yield StockBench(
            app=app, web=web, platform=ours, other=theirs, is_ours=False, launched=launched, teachers=teachers
        )


def verdict(case: Case, make: object) -> str:
    """Return "right", "let through", "crashed", or "other answer" (refused or accepted by another status)."""
    with TemporaryDirectory() as folder, make(Path(folder)) as bench:  # type: ignore[operator]
        try:
            answer = case.run(bench)
        except AssertionError:
            return "let through"
        except Exception:  # noqa: BLE001  # an error inside a tool is a finding, not the end of the run
            return "crashed"
        wants_refusal = min(case.answers) >= 400
        if bench.sessions() > case.opens or (wants_refusal and answer.status_code < 400):
            return "let through"
        if answer.status_code >= 500:
            return "crashed"
        return "right" if answer.status_code in case.answers else "other answer"


def main() -> int:
    """Print a line a case and the sums."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sums: dict[str, dict[str, int]] = {"ours": {}, "PyLTI1p3": {}}
    print(f"{'row':>3}  {'ours':12}  {'PyLTI1p3':12}  case")
    for case in CASES:
        found = {}
        with contextlib.redirect_stderr(io.StringIO()):
            for name, make in (("ours", bench_in), ("PyLTI1p3", stock_bench)):
                found[name] = verdict(case, make)
                sums[name][found[name]] = sums[name].get(found[name], 0) + 1
        print(f"{case.row:>3}  {found['ours']:12}  {found['PyLTI1p3']:12}  {case.name}")
    for name, counts in sums.items():
        print(f"{name}: " + ", ".join(f"{count} {word}" for word, count in sorted(counts.items())))
    return 1 if set(sums["ours"]) - {"right"} else 0


if __name__ == "__main__":
    sys.exit(main())
