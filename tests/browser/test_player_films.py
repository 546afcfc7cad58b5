"""A film in the page: nothing plays or loads by itself, captions show, it can be read, and goes on where it stopped."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Launchable, built, served

FOLDER = Path(__file__).parents[1] / "player" / "film"
COURSE = FOLDER / "film.md"
READY = "() => document.documentElement.dataset.ready !== undefined"
CUES = "video => [...video.textTracks[0].activeCues].map((cue) => cue.text)"
# The film at twice its speed, with each line as it comes and when; done when it has ended.
LISTEN = """video => new Promise((done) => {
  const heard = [];
  const track = video.textTracks[0];
  track.addEventListener("cuechange", () =>
    heard.push(...[...track.activeCues].map((cue) => [video.currentTime, cue.text])));
  video.addEventListener("ended", () => done(heard));
  video.playbackRate = 2;
})"""
# How loud the film is in each of some spans of seconds.
LOUD = """async ([address, spans]) => {
  const bytes = await (await fetch(address)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 22050, 22050).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  return spans.map(([from, to]) => {
    const part = samples.slice(from * sound.sampleRate, to * sound.sampleRate);
    return Math.sqrt(part.reduce((total, one) => total + one * one, 0) / part.length);
  });
}"""
PLAY_TO = """([video, second]) => new Promise((done) => {
  video.playbackRate = 4;
  video.addEventListener("timeupdate", function stop() {
    if (video.currentTime >= second) {
      video.removeEventListener("timeupdate", stop);
      video.addEventListener("pause", () => done(video.currentTime), {once: true});
      video.pause();
    }
  });
  video.play();
})"""


def cues() -> list[tuple[float, float, str]]:
    """What the captions say: from, to, words."""
    found = re.findall(
        r"00:(\d\d\.\d{3}) --> 00:(\d\d\.\d{3})\n(.+)", (FOLDER / "media" / "stemme.vtt").read_text(encoding="utf-8")
    )
    return [(float(begin), float(end), words) for begin, end, words in found]


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """The page with the film on a phone, and what it has asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(built(COURSE, "web", tmp_path)) as address:
        page.set_viewport_size({"width": 390, "height": 700})
        page.goto(address)
        page.wait_for_function(READY)
        yield page, asked


def test_captions_show_at_once_and_nothing_played_or_loaded_before(opened: tuple[Page, list[str]]) -> None:
    page, asked = opened
    assert [url for url in asked if url.endswith(".mp4")] == []
    assert page.get_by_text("0:11 · 54 kB").first.is_visible()
    video = page.locator("video")
    assert video.evaluate("video => [video.paused, video.autoplay]") == [True, False]

    page.get_by_role("button", name="Spill av: Tre spørsmål").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.6")
    assert video.evaluate("video => video.textTracks[0].mode") == "showing"
    assert video.evaluate(CUES) == [cues()[0][2]]
    assert page.evaluate("() => document.activeElement.localName") == "video"

    page.get_by_role("button", name="Å ringe").click()
    page.wait_for_function(f"words => ({CUES})(document.querySelector('video'))[0] === words", arg=cues()[2][2])


def test_each_line_of_the_captions_comes_when_it_is_said(opened: tuple[Page, list[str]]) -> None:
    page, asked = opened
    page.evaluate(f"() => {{ window.heard = ({LISTEN})(document.querySelector('video')); }}")
    page.get_by_role("button", name="Spill av: Tre spørsmål").click()
    heard = page.evaluate("() => window.heard")
    assert [words for _, words in heard] == [words for _, _, words in cues()]
    assert [at for at, _ in heard] == pytest.approx([begin for begin, _, _ in cues()], abs=0.6)
    # And the voice is heard in those times, and silent between them: the sound itself is the judge.
    address = next(url for url in asked if url.endswith(".mp4"))
    spoken = [(begin + 0.1, end - 0.1) for begin, end, _ in cues()]
    between = [(before[1] + 0.1, after[0] - 0.1) for before, after in zip(cues(), cues()[1:], strict=False)]
    voice, silence = page.evaluate(LOUD, [address, spoken]), page.evaluate(LOUD, [address, between])
    assert min(voice) > 0.02 > 4 * max(silence)


def test_a_film_goes_on_where_it_stopped_and_says_how_far_one_came(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    video, told = page.locator("video"), page.locator("[data-watched]")
    assert told.is_hidden()
    stopped = video.evaluate(f"video => ({PLAY_TO})([video, 5.5])")
    told.filter(has_text=re.compile(r"^Du har sett \d+ av 11 sekunder")).wait_for()
    page.reload()
    page.wait_for_function(READY)
    said = re.fullmatch(r"Du har sett (\d+) av 11 sekunder\. Den fortsetter der du stoppet\.", told.inner_text())
    assert said and abs(int(said[1]) - stopped) < 1.5
    page.get_by_role("button", name="Spill av: Tre spørsmål").click()
    page.wait_for_function("() => document.querySelector('video').played.length > 0")
    began = video.evaluate("video => video.played.start(0)")
    assert stopped - 1 < began <= stopped, "nothing is passed over, and at most a twelfth of the film is seen twice"
    # Who asks for a chapter gets that one, also the first.
    page.reload()
    page.wait_for_function(READY)
    page.get_by_role("button", name="Når noe er vanskelig").click()
    page.wait_for_function("() => document.querySelector('video').played.length > 0")
    assert video.evaluate("video => video.played.start(0)") < 1
    video.evaluate(f"video => ({PLAY_TO})([video, video.duration - 0.05])")
    assert told.inner_text() == "Du har sett hele filmen."
    # It was never asked for: the module is done when its pages are read.
    page.get_by_role("link", name="Neste: Etterpå").click()
    page.get_by_role("heading", name="Etterpå").wait_for()


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_what_was_seen_is_kept_by_the_platform(
    on_strict_lms: Callable[[Path], Launchable], tmp_path: Path, standard: str
) -> None:
    launchable = on_strict_lms(built(COURSE, standard, tmp_path))
    launchable.start()
    frame = launchable.stage.content
    frame.locator("video").evaluate(f"video => ({PLAY_TO})([video, 5.5])")
    frame.locator("[data-watched]").filter(has_text="Du har sett").wait_for()
    launchable.stage.settle()
    launchable.stage.kill()
    launchable.stage.open()
    launchable.start()
    frame = launchable.stage.content
    said: Any = frame.locator("[data-watched]").inner_text()
    assert said.startswith("Du har sett ")


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
    assert page.locator("[data-transcript]").get_by_text("Hvem bestemmer over mobilen din?").is_visible()
    assert [url for url in asked if url.endswith(".mp4")] == []
    page.get_by_role("button", name="Hent filmen").click()
    assert page.locator("video").is_visible()
    assert page.locator("video").evaluate("video => [video.paused, video.controls]") == [True, True]
