"""A film in the page: nothing plays or loads by itself, captions show, and it can be read instead."""

import io
import math
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from lokaltmot_lms.build import build_course
from lokaltmot_lms.serve import Resource, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import Options

MODULE = """---
tittel: Film
id: film
versjon: "1"
språk: nb
varighet: 5 min
---

# Se {#se}

::: video media/film.mp4
title: Tre spørsmål
captions: media/film.vtt
transcript: media/film.md
audio-description: ikke nødvendig – alt blir sagt
chapters: media/kapitler.vtt
length: 0:04
:::
"""
CAPTIONS = (
    "WEBVTT\n\n00:00.000 --> 00:02.000\nHvem kan du snakke med?\n\n00:02.000 --> 00:04.000\nHvem bestemmer hjemme?\n"
)
CHAPTERS = "WEBVTT\n\n00:00.000 --> 00:02.000\nFørste\n\n00:02.000 --> 00:04.000\nAndre\n"
READY = "() => document.documentElement.dataset.ready !== undefined"
CUES = "video => [...video.textTracks[0].activeCues].map((cue) => cue.text)"


def tone() -> bytes:
    """Four seconds of a quiet tone: sound that Chromium plays, whatever the file is called."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"".join(struct.pack("<h", int(900 * math.sin(at / 4))) for at in range(4 * 8000)))
    return made.getvalue()


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """The page with the film on a phone, and what it has asked for."""
    media = tmp_path / "media"
    media.mkdir()
    (tmp_path / "film.md").write_text(MODULE, encoding="utf-8")
    (media / "film.mp4").write_bytes(tone())
    (media / "film.vtt").write_text(CAPTIONS, encoding="utf-8")
    (media / "kapitler.vtt").write_text(CHAPTERS, encoding="utf-8")
    (media / "film.md").write_text("Hvem kan du snakke med? Hvem bestemmer hjemme?\n", encoding="utf-8")
    course = read_course(tmp_path / "film.md").course
    assert course is not None
    made = build_course(course, targets=["web"], out=tmp_path / "out", options=Options())
    folder = next(each.path for each in made if each.kind == "package")

    def found(name: str) -> Resource | None:
        return on_disk(name, folder / name) if (folder / name).is_file() else None

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with Server(found) as server:
        page.set_viewport_size({"width": 390, "height": 700})
        page.goto(f"{server.address}index.html")
        page.wait_for_function(READY)
        yield page, asked


def test_captions_show_at_once_and_nothing_played_or_loaded_before(opened: tuple[Page, list[str]]) -> None:
    page, asked = opened
    assert [url for url in asked if url.endswith(".mp4")] == []
    assert page.get_by_text("0:04 · 64 kB").first.is_visible()
    video = page.locator("video")
    assert video.evaluate("video => [video.paused, video.autoplay]") == [True, False]

    page.get_by_role("button", name="Spill av: Tre spørsmål").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    assert video.evaluate("video => video.textTracks[0].mode") == "showing"
    assert video.evaluate(CUES) == ["Hvem kan du snakke med?"]
    assert page.evaluate("() => document.activeElement.localName") == "video"

    page.get_by_role("button", name="Andre").click()
    page.wait_for_function(f"() => ({CUES})(document.querySelector('video'))[0] === 'Hvem bestemmer hjemme?'")


def test_captions_can_be_turned_off_and_a_film_can_be_read_on_a_dear_line(opened: tuple[Page, list[str]]) -> None:
    page, asked = opened
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    page.get_by_label("Vis teksting i filmer").uncheck(force=True)
    page.get_by_label("Spar data").check(force=True)
    assert page.evaluate("() => document.querySelector('video').textTracks[0].mode") == "disabled"
    page.reload()
    page.wait_for_function(READY)
    assert page.evaluate("() => document.querySelector('video').textTracks[0].mode") == "disabled"
    assert page.locator("video").is_hidden()
    assert page.locator("[data-transcript]").get_by_text("Hvem bestemmer hjemme?").is_visible()
    assert [url for url in asked if url.endswith(".mp4")] == []
    page.get_by_role("button", name="Hent filmen").click()
    assert page.locator("video").is_visible()
    assert page.locator("video").evaluate("video => [video.paused, video.controls]") == [True, True]
