"""The teacher's page: who may see it, what it says, and that it says nothing of anybody else (rows 45-47)."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from lti_app.report.learner_status import LearnerStatus
from lti_app.report.names import Names
from lti_app.store.engine import reading, writing
from lti_app.store.keys import list_audit
from lti_app.store.people import see_context
from lti_app.store.schema import grade_queue, metadata

from .classroom import Classroom, state
from .served_report import NAMES, SLUG, ServedReport, fill, serve_report


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedReport]:
    with serve_report(tmp_path) as made:
        yield made


@dataclass
class Teacher:
    """A browser with a session of a course."""

    served: ServedReport
    browser: FlaskClient
    home: str

    def get(self, path: str = "/report", **headers: str) -> TestResponse:
        return self.browser.get(f"{self.home}{path}", base_url=self.served.origin, headers=headers)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> TestResponse:
        own = {"Origin": self.served.origin, **headers}
        return self.browser.post(f"{self.home}{path}", data=data, base_url=self.served.origin, headers=own)

    def token(self) -> str:
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.get().text)
        assert found
        return found.group(1)


def enter(served: ServedReport, room: Classroom, **more: Any) -> Teacher:
    home, cookie = served.session(room, **more)
    browser = served.app.test_client()
    browser.set_cookie(cookie["name"], cookie["value"], domain="localhost", secure=True)
    return Teacher(served=served, browser=browser, home=home)


def _words(answer: TestResponse) -> str:
    """What a person reads."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_page_says_how_it_goes_in_sentences_and_figures(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    answer = enter(served, room).get()
    assert answer.status_code == 200
    said = _words(answer)
    assert "4 av de 8 som har åpnet modulen, har bestått." in said
    for figure in ("bestått 4", "underveis 1", "ikke begynt 1", "sitter fast 2"):
        assert figure in said
    assert 'aria-label="4 bestått, 1 underveis, 2 sitter fast, 1 ikke begynt"' in answer.text
    for why in ("tre forsøk uten å bestå", "ikke gjort noe på to uker", "etter fristen", "fristen er gått ut"):
        assert why in said
    assert "01-en-trygg-samtale.md" in said
    assert "I et rom der ingen ser inn riktig 3 (50 %)" in said
    assert 'href="' + enter(served, room).home not in answer.text  # links are of this session
    assert f'{re.search(r"/s/[^/]+", answer.request.path).group()}/"' in answer.text  # the module itself


def test_the_pages_and_files_are_there_on_both_databases(database: Engine, tmp_path: Path) -> None:
    address = database.url.render_as_string(hide_password=False)
    with serve_report(tmp_path, database=address) as served:
        room = served.classroom()
        fill(room)
        teacher = enter(served, room, roster=served.tell_roster())
        assert "4 av 9 har bestått." in _words(teacher.get("/report?names=1"))
        for path in ("/course", "/course/learners.csv", f"/{room.link_id}/questions.xlsx"):
            assert teacher.get(f"/report{path}").status_code == 200
        assert teacher.post(f"/report/{room.link_id}/retry", {"token": teacher.token()}).status_code == 303


def test_what_a_learner_typed_and_what_the_platform_calls_them_is_not_on_the_page(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    teacher = enter(served, room)
    for path in ("/report", f"/report/{room.link_id}/questions.csv", f"/report/{room.link_id}/learners.csv"):
        assert "ringer mora" not in teacher.get(path).text


@pytest.mark.parametrize("role", ["learner", "preview", "admin"])
@pytest.mark.parametrize("path", ["", "/course", "/{link}", "/{link}/learners.csv", "/course/learners.xlsx"])
def test_nobody_but_a_teacher_sees_it(served: ServedReport, role: str, path: str) -> None:
    room = served.classroom()
    answer = enter(served, room, role=role).get("/report" + path.format(link=room.link_id))
    assert answer.status_code == 403
    with reading(served.tool.engine) as connection:
        assert list_audit(connection, limit=1)[0].reason == "role"


def test_a_learner_cannot_send_grades_again(served: ServedReport) -> None:
    room = served.classroom()
    learner = enter(served, room, role="learner")
    assert learner.post(f"/report/{room.link_id}/retry", {"token": "x"}).status_code == 403


def test_another_course_and_another_platform_are_not_there(served: ServedReport) -> None:
    room = served.classroom()
    neighbour = served.classroom(course="8", link="8")
    foreign = Classroom(engine=served.tool.engine, registration_id=served.other_platform(), module=SLUG)
    fill(foreign)
    teacher = enter(served, room)
    token = served.tool.secret.sign("write", teacher.home.rpartition("/")[2])
    for other in (neighbour.link_id, foreign.link_id, 10**9, 10**30):
        for path in ("", "/learners.csv", "/questions.xlsx"):
            assert teacher.get(f"/report/{other}{path}").status_code == 404
        assert teacher.post(f"/report/{other}/retry", {"token": token}).status_code == 404
    assert "0 deltakere" in _words(teacher.get())
    assert "1 modul" in _words(teacher.get("/report/course"))


def test_another_browser_and_another_sessions_course_are_refused(served: ServedReport) -> None:
    room = served.classroom()
    teacher = enter(served, room)
    stranger = Teacher(served=served, browser=served.app.test_client(), home=teacher.home)
    assert stranger.get().status_code == 401


def test_a_session_without_a_course_sees_its_own_link_only(served: ServedReport) -> None:
    room = served.classroom()
    teacher = enter(served, room, in_course=False)
    other = served.classroom(link="2")
    assert teacher.get().status_code == 200
    assert teacher.get(f"/report/{other.link_id}").status_code == 404


def test_names_are_shown_when_asked_for(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    teacher = enter(served, room, roster=served.tell_roster())
    plain = teacher.get()
    assert not [name for name in NAMES if name in plain.text]
    assert served.web.asked == []
    shown = teacher.get("/report?names=1")
    said = _words(shown)
    assert not [name for name in NAMES if name not in said]
    assert "4 av 9 har bestått." in said
    assert "ikke begynt 2" in said  # one more: she has never opened it
    assert shown.headers["Cache-Control"] == "no-store"
    # By the Norwegian alphabet: Å comes last.
    assert said.rindex("Kari Li") < said.rindex("Ola Nordmann") < said.rindex("Per Dahl") < said.rindex("Åse Berg")
    assert "Kari Li" not in teacher.get().text


def test_names_are_kept_nowhere_not_even_when_we_fail(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(learner: LearnerStatus, names: Names) -> LearnerStatus:
        name = names.name_of("2")
        raise ZeroDivisionError(len(name), learner.sub)

    with serve_report(tmp_path) as served:  # its log is this test's
        room = served.classroom()
        fill(room)
        teacher = enter(served, room, roster=served.tell_roster())
        assert "Kari Li" in teacher.get("/report?names=1").text
        monkeypatch.setattr("lti_app.report.course_report._named", fall)
        assert teacher.get("/report?names=1").status_code == 500
        with reading(served.tool.engine) as connection:
            rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
            assert list_audit(connection, limit=1)[0].reason == "names_shown"
    printed = "".join(capfd.readouterr())
    assert "names_shown" in printed
    assert "ZeroDivisionError" in printed
    assert not [name for name in NAMES if name in printed or name in "".join(rows)]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((403, {}), "Plattformen lar ikke verktøyet se deltakerlisten."),
        ((500, {}), "Plattformen ga ikke fra seg deltakerlisten akkurat nå."),
        ((200, {"members": [{"user_id": "0", "roles": ["Learner"]}]}), "Plattformen deler ikke navn med verktøyet"),
        ((200, {"members": [{"user_id": "0", "name": "x" * 1_000_000}]}), "Deltakerlisten er for stor"),
    ],
)
def test_trouble_with_the_roster_is_said_and_the_rest_of_the_page_stands(
    served: ServedReport, answer: tuple[int, Any], sentence: str
) -> None:
    room = served.classroom()
    fill(room)
    roster = served.tell_roster()
    served.web.answer("/members", answer[1], answer[0])
    said = _words(enter(served, room, roster=roster).get("/report?names=1"))
    assert sentence in said
    assert "har bestått." in said


def test_without_names_somebody_who_never_came_is_told_by_the_platforms_number(served: ServedReport) -> None:
    room = served.classroom()
    roster = served.tell_roster()
    served.web.answer("/members", {"members": [{"user_id": "77", "roles": ["Learner"]}]})
    assert "Nummer 77 i plattformen" in _words(enter(served, room, roster=roster).get("/report?names=1"))


def test_without_a_roster_the_page_says_why_there_are_no_names(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    said = _words(enter(served, room).get("/report?names=1"))
    assert "Plattformen har ikke åpnet deltakerlisten for verktøyet." in said
    assert re.search(r"Deltaker [0-9a-f]{8}", said)
    assert "Vis navn" not in said


def test_who_has_left_the_course_is_marked_and_not_counted_unless_done(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    roster = served.tell_roster()
    members = [
        {
            "user_id": str(number),
            "name": name,
            "roles": ["Learner"],
            "status": "Deleted" if number in (0, 4) else "Active",
        }
        for number, name in enumerate(NAMES)
    ]
    served.web.answer("/members", {"members": members})
    said = _words(enter(served, room, roster=roster).get("/report?names=1"))
    assert "4 av 8 har bestått." in said  # the one who is done counts, the one who was under way does not
    assert "underveis 0" in said
    assert said.count("ikke lenger i kurset") == 2


def test_the_platform_is_not_asked_without_end(served: ServedReport) -> None:
    room = served.classroom()
    teacher = enter(served, room, roster=served.tell_roster())
    assert [teacher.get("/report?names=1").status_code for _ in range(12)].count(429) >= 1


def test_grades_that_did_not_arrive_are_told_with_the_reason_and_can_be_sent_again(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    teacher = enter(served, room)
    said = _words(teacher.get())
    assert "3 resultater er ikke levert. 2 er levert." in said
    assert "Karakterlisten har ikke lenger en kolonne for dette resultatet." in said
    assert "Plattformen svarer ikke akkurat nå." in said
    answer = teacher.post(f"/report/{room.link_id}/retry", {"token": teacher.token()})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/report/{room.link_id}#grades")
    with reading(served.tool.engine) as connection:
        statuses = sorted(connection.execute(select(grade_queue.c.status)).scalars())
        line = list_audit(connection, limit=1)[0]
    assert statuses == ["done", "done", "waiting", "waiting", "waiting"]
    assert (line.kind, line.reason, line.detail["count"]) == ("grades", "retried", 2)
    assert "Send" not in _words(teacher.get())


def test_only_our_own_page_sends_grades_again_and_not_without_end(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    teacher = enter(served, room)
    token, path = teacher.token(), f"/report/{room.link_id}/retry"
    assert teacher.post(path, {"token": "0" * 64}).status_code == 403
    assert teacher.post(path, {"token": token}, Origin="https://evil.example").status_code == 403
    assert teacher.post(path, {"token": token}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert teacher.get(path).status_code in (404, 405)
    with reading(served.tool.engine) as connection:
        assert list(connection.execute(select(grade_queue.c.status)).scalars()).count("parked") == 2
    codes = [teacher.post(path, {"token": token}).status_code for _ in range(8)]
    assert codes == [303] * 5 + [429] * 3


@pytest.mark.parametrize(
    ("claims", "grade", "sentence"),
    [
        ({"line_item": "https://moodle.example/item"}, None, "Ingen resultater er sendt ennå."),
        ({}, None, "Modulen har ingen kolonne i karakterlisten"),
        ({}, 1.0, "Det ene resultatet er levert."),
    ],
)
def test_grades_without_trouble(
    served: ServedReport, claims: dict[str, str], grade: float | None, sentence: str
) -> None:
    room = served.classroom()
    room.learner("1", state=state(), grade=grade)
    with served.tool.engine.begin() as connection:
        connection.execute(grade_queue.update().values(status="done"))
    assert sentence in _words(enter(served, room, **claims).get())


def test_an_empty_course_says_what_will_come_here(served: ServedReport) -> None:
    said = _words(enter(served, served.classroom()).get())
    assert "Ingen har åpnet modulen ennå." in said
    assert "Si hvor i kurset modulen ligger." in said
    assert "Vis navn" not in said


def test_who_has_not_begun_can_be_seen_before_anybody_has(served: ServedReport) -> None:
    teacher = enter(served, served.classroom(), roster=served.tell_roster())
    assert "Vis navn" in _words(teacher.get())
    said = _words(teacher.get("/report?names=1"))
    assert "0 av 9 har bestått." in said
    assert "Ikke begynt: 9" in said


def test_several_modules_have_a_page_of_the_course(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    other = served.classroom(link="2", settings={})
    other.learner("1", state=state(visited=("rommet",)))
    teacher = enter(served, room)
    assert "Alle modulene i kurset" in _words(teacher.get())
    said = _words(teacher.get("/report/course"))
    assert "2 moduler" in said
    assert "4 av 8" in said
    assert "0 av 1" in said
    assert f"/report/{other.link_id}" in teacher.get("/report/course").text
    page = teacher.get(f"/report/{other.link_id}")
    assert "0 av de 1 som har åpnet" in _words(page)
    assert "Se modulen" not in _words(page)  # this session plays the module that was launched


def test_a_course_without_a_module_says_how_to_get_one(served: ServedReport) -> None:
    teacher = enter(served, served.classroom(module=None))
    assert "Det er ingen modul i dette kurset ennå." in _words(teacher.get("/report/course"))
    assert teacher.get("/report/course/learners.csv").status_code == 200


def test_a_crowd_is_cut_on_the_page_and_whole_in_the_file(served: ServedReport) -> None:
    room = served.classroom()
    room.crowd(1_002, state(visited=("rommet",)), ["hvor"])
    teacher = enter(served, room)
    said = _words(teacher.get())
    assert "1002 deltakere" in said
    assert "De første 1000 vises." in said
    assert len(re.findall(r"Deltaker [0-9a-f]{8}", said)) == 1_000
    assert teacher.get(f"/report/{room.link_id}/learners.csv").text.count("Deltaker 0") == 1_002


def test_a_module_that_is_no_longer_served_is_reported(served: ServedReport) -> None:
    room = served.classroom(module="finnes-ikke")
    room.learner("1", state=state(), outcome=("completed", "passed", 80.0))
    said = _words(enter(served, room).get())
    assert "Modulen ligger ikke her lenger" in said
    assert "1 av de 1 som har åpnet modulen, har fullført." in said


def test_a_platforms_administrator_sees_the_set_up_and_no_learner(served: ServedReport) -> None:
    room = served.classroom()
    fill(room)
    scopes = ["https://purl.imsglobal.org/spec/lti-ags/scope/score"]
    claims = {"line_item": "https://moodle.example/item", "scopes": scopes}
    said = _words(enter(served, room, role="admin", **claims).get("/setup"))
    assert "På plass Resultater kan sendes tilbake til karakterlisten." in said
    assert "Mangler Lærere kan ikke se hvem som ikke har begynt." in said
    assert not re.search(r"bestått|Deltaker [0-9a-f]{8}", said)
    assert enter(served, room, role="instructor").get("/setup").status_code == 403


def test_five_hundred_learners_and_thirty_questions_cost_few_queries_and_little_time(served: ServedReport) -> None:
    many = [f"q{number}" for number in range(30)]
    room = served.classroom(module=served.module_with(many))
    answers = {id_: {"answer": "a", "mark": 2, "share": 0.0} for id_ in many}
    room.crowd(500, state(visited=("rommet", "quiz"), answers=answers), many)
    teacher = enter(served, room)
    teacher.get()
    queries: list[str] = []
    event.listen(served.tool.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
    begun = time.process_time()
    answer = teacher.get()
    spent = time.process_time() - begun
    assert answer.status_code == 200
    assert "500 deltakere" in _words(answer)
    assert len([query for query in queries if query.startswith("SELECT")]) <= 10
    assert spent < 2.0  # a third of a second on an idle machine


def test_a_course_that_was_renamed_is_called_what_it_is_now(served: ServedReport) -> None:
    room = served.classroom()
    with writing(served.tool.engine) as connection:
        see_context(connection, served.registration_id, room.course, "VPL-2010 vår")
    assert "VPL-2010 vår" in enter(served, room).get().text
