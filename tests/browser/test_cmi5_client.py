"""An independent client, @xapi/cmi5, plays a session: our platform is a fair judge, for it refuses nothing of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from lokaltmot_lms.serve import Server, in_memory
from lokaltmot_lms.serve.cmi5 import Cmi5Platform, Cmi5Server, Unit

_BUNDLE = Path(__file__).parents[2] / "node_modules" / "@xapi" / "cmi5" / "dist" / "Cmi5.umd.js"

# Everything the client can say but a numeric range, which it writes "min:max" and not "min[:]max".
_SESSION = """async () => {
  const client = new Cmi5();
  await client.initialize();
  await client.interactionChoice("quiz", "hvem", ["a", "b"], ["a", "b"], [{id: "a"}, {id: "b"}, {id: "c"}]);
  await client.interactionTrueFalse("quiz", "sant", true, true);
  await client.interactionNumeric("quiz", "alder", 18, {exact: 18});
  await client.interactionSequencing("quiz", "orden", ["b", "a"], ["b", "a"]);
  await client.interactionMatching("quiz", "par", {1: "a"}, {1: "a"}, [{id: "1"}], [{id: "a"}]);
  await client.interactionFillIn("quiz", "ord", ["mot"], ["mot"]);
  await client.progress(50);
  await client.pass({scaled: 0.9, raw: 90, min: 0, max: 100});
  await client.complete();
  await client.terminate();
  return client.getLearnerPreferences();
}"""


@pytest.mark.skipif(not _BUNDLE.is_file(), reason="@xapi/cmi5: run npm ci")
def test_someone_elses_client_is_taken_whole(page: Page) -> None:
    unit = Unit(id="urn:x:unit", title="En modul", url="index.html", move_on="CompletedAndPassed", mastery="0.8")
    preferences = {"languagePreference": "nb-NO,en", "audioPreference": "on"}
    cmi5_server = Cmi5Server(Cmi5Platform(units=[unit], preferences=preferences), base="")
    files = {"index.html": in_memory("index.html", b"<!doctype html><link rel=icon href=data:,><title>x</title>")}
    with Server(files.get, talk=lambda request: cmi5_server.talk(request, request.path)) as server:
        cmi5_server.platform.address = server.address
        page.goto(cmi5_server.platform.launch(base=server.address))
        page.add_script_tag(path=_BUNDLE)

        got = page.evaluate(_SESSION)

    assert [f"{entry.name}: {entry.requirement} {entry.why}" for entry in cmi5_server.platform.refused] == []
    said = [str(each["verb"]["id"]).rpartition("/")[2] for each in cmi5_server.platform.attempt().statements]
    answers = ["answered"] * 6
    after = ["progressed", "passed", "completed", "satisfied", "terminated"]
    assert said == ["launched", "initialized", *answers, *after]
    assert got == preferences
