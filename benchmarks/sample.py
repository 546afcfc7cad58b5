"""Makes the courses that the benchmarks build. The same call makes the same bytes on every machine."""

import random
import struct
import zlib
from pathlib import Path

PAGES = 20
QUESTIONS = 20
PICTURE_SIDE = 262  # pixels; noise does not shrink, so that twenty pictures are about 4 MB

_WORDS = (
    "frihet trygghet samtale skole familie venner valg støtte hjelp tillit voksen ungdom kontroll press grenser "
    "respekt regler rett plikt råd varsel veileder lærer helsesykepleier barnevern politi kommune møte spørsmål svar"
)


def write_course(folder: Path, *, modules: int = 1) -> Path:
    """Write a course of 20 pages, 20 questions and about 4 MB of pictures a module, and return its folder."""
    (folder / "media").mkdir(parents=True)
    names = [f"{number:03d}-modul.md" for number in range(1, modules + 1)]
    lines = ["title: Målekurs", "id: maalekurs", "languages: [nb]", "license: CC BY 4.0", "modules:"]
    (folder / "course.yaml").write_text("\n".join([*lines, *(f"  - {name}" for name in names), ""]), encoding="utf-8")
    for number, name in enumerate(names, start=1):
        chance = random.Random(number)  # noqa: S311  # a repeatable text, no secret
        for page in range(1, PAGES + 1):
            (folder / "media" / f"{number:03d}-{page:02d}.png").write_bytes(_picture(chance))
        (folder / name).write_text(_module(number, chance), encoding="utf-8")
    return folder


def _module(number: int, chance: random.Random) -> str:
    head = [
        "---",
        f"title: Modul {number}",
        f"id: modul-{number}",
        "version: 2026.1",
        "language: nb",
        "duration: 35 min",
        "pass: 80 %",
        "completion: all pages and passed quiz",
        "---",
        "",
    ]
    pages = [_page(number, page, chance) for page in range(1, PAGES)]
    return "\n".join(head) + "\n".join(pages) + _quiz(number, chance)


def _page(number: int, page: int, chance: random.Random) -> str:
    paragraphs = "\n\n".join(_sentences(chance, 5) for _ in range(3))
    picture = f"![{_sentences(chance, 1)}](media/{number:03d}-{page:02d}.png)"
    points = "\n".join(f"- {_sentences(chance, 1)}" for _ in range(3))
    return f"# Side {page} {{#side-{page}}}\n\n{paragraphs}\n\n{picture}\n\n{points}\n"


def _quiz(number: int, chance: random.Random) -> str:
    picture = f"![{_sentences(chance, 1)}](media/{number:03d}-{PAGES:02d}.png)"
    asked = "\n".join(_question(index, chance) for index in range(1, QUESTIONS + 1))
    return f"\n# Quiz {{#quiz}}\n\n{picture}\n\n::: quiz\nattempts: unlimited\nretry: wrong ones only\n\n{asked}:::\n"


def _question(index: int, chance: random.Random) -> str:
    head = f"## Spørsmål {index}: {_sentences(chance, 1)} {{#q-{index}}}\n\n"
    kind = index % 4
    if kind == 0:
        answers = f"Svar: {index}\n"
    elif kind == 1:
        answers = "- (x) Sant\n- ( ) Usant\n"
    else:
        open_, close = ("(", ")") if kind == 2 else ("[", "]")
        marks = ["x", " ", " ", " "] if kind == 2 else ["x", "x", " ", " "]
        chance.shuffle(marks)
        options = [f"- {open_}{mark}{close} {_sentences(chance, 1)}\n  > {_sentences(chance, 1)}" for mark in marks]
        answers = "\n".join(options) + "\n"
    return f"{head}{answers}\nForklaring: {_sentences(chance, 2)}\n"


def _sentences(chance: random.Random, count: int) -> str:
    made = (" ".join(chance.choices(_WORDS.split(), k=8)).capitalize() + "." for _ in range(count))
    return " ".join(made)


def _picture(chance: random.Random) -> bytes:
    side = PICTURE_SIDE
    rows = b"".join(b"\0" + chance.randbytes(side * 3) for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
