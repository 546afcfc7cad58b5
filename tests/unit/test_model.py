"""Properties that the model computes."""

import pytest

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import Film


@pytest.mark.parametrize(
    ("length", "seconds"),
    [("1:24", 84), ("0:20", 20), ("18:40", 1120), ("1:02:03", 3723), ("1:02:10", 3730), ("", 0), ("84", 0), ("1:60", 0),
     ("en time", 0), ("lang", 0), ("9:9", 0), ("1:02:03:04", 0)],
)  # fmt: skip
def test_the_length_of_a_film_in_seconds(length: str, seconds: int) -> None:
    film = Film(kind="video", path="media/a.mp4", title="En film", length=length, at=Position(path="m.md"))
    assert film.seconds == seconds
