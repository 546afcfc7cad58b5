"""The measures of the page's one chart: a bar whose parts are as wide as there are learners in each standing."""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_app.report.standing import Standing

WIDTH = 1000.0
_ORDER = (Standing.DONE, Standing.UNDERWAY, Standing.STUCK, Standing.NOT_BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the bar, in thousandths of its width."""

    standing: Standing
    x: float
    width: float


def bar(counts: Mapping[Standing, int]) -> tuple[Segment, ...]:
    """Return the parts that are not empty, from the left."""
    total = sum(counts.values())
    found: list[Segment] = []
    x = 0.0
    for standing in _ORDER:
        count = counts.get(standing, 0)
        if count:
            width = WIDTH * count / total
            found.append(Segment(standing=standing, x=round(x, 1), width=round(width, 1)))
            x += width
    return tuple(found)
