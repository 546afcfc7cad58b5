"""The pages of the preview: the panel, the strict test LMS, and the files of each module's package."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from lokaltmot_lms.errors import CourseError, Problem
from lokaltmot_lms.pages import PackageFile
from lokaltmot_lms.pages.environment import template
from lokaltmot_lms.pages.page_data import as_script_json
from lokaltmot_lms.pages.themes import read_theme
from lokaltmot_lms.preview.cmi5 import Cmi5Servers
from lokaltmot_lms.preview.live_events import LiveEvents
from lokaltmot_lms.preview.rebuild import PreviewBuilder, SourceSnapshot
from lokaltmot_lms.preview.texts import panel_texts
from lokaltmot_lms.serve import ServedFile, Stream, in_memory, on_disk, strict_lms
from lokaltmot_lms.texts import translations


class Site:
    """Answers the requests of the server. reading: returns the newest snapshot."""

    def __init__(
        self, builder: PreviewBuilder, events: LiveEvents, reading: Callable[[], SourceSnapshot], language: str
    ) -> None:
        self._builder = builder
        self._events = events
        self._reading = reading
        self._language = language
        self.cmi5 = Cmi5Servers(self._files)

    def route(self, path: str) -> ServedFile | Stream | None:
        """Return the file at a path: "", "m/ID/" with package/… and cmi5/…, "lms/…", "events", "theme.css"."""
        if path == "events":
            return Stream(events=self._events.listen)
        if path == "theme.css":
            return in_memory(path, read_theme("default").tokens.encode())
        if path.startswith("lms/"):
            return strict_lms().get(path)
        if path == "":
            course = self._reading().course
            return self._page(course.modules[0].id if course and course.modules else "")
        first, _, rest = path.partition("/")
        module, slash, name = rest.partition("/")
        if first != "m" or not slash:
            return None
        if name.startswith("cmi5/"):
            return self.cmi5.route(path)
        return self._page(module) if name == "" else self._module_file(module, name)

    def _files(self, module: str) -> Mapping[str, PackageFile]:
        course = self._reading().course
        try:
            return {} if course is None else self._builder.files(course, module)
        except CourseError:
            return {}

    def _module_file(self, module: str, name: str) -> ServedFile | None:
        file = self._files(module).get(name.removeprefix("package/")) if name.startswith("package/") else None
        if file is None:
            return None
        return in_memory(file.name, file.content) if isinstance(file.content, bytes) else on_disk(name, file.content)

    def _page(self, module: str) -> ServedFile | None:
        course = self._reading().course
        if course is not None and module not in {each.id for each in course.modules}:
            return None
        catalogue = translations(self._language)
        html = template("lms/preview.html.jinja").render(
            _=catalogue.gettext,
            language=self._language,
            texts=as_script_json(dict(panel_texts(self._language))),
            settings=as_script_json(self._settings(module)),
            news=as_script_json(self.news()),
        )
        return in_memory("preview.html", html.encode())

    def _settings(self, module: str) -> dict[str, Any]:
        course = self._reading().course
        return {
            "standard": self._builder.target,
            "key": f"preview/{course.id if course else ''}/{module}",
            "href": f"/m/{module}/package/index.html",
            "module": module,
            "platform": f"/m/{module}/cmi5/",
            # Authors return to completed modules; in review mode nothing would be recorded.
            "reviewAfterEnd": False,
        }

    def news(self) -> dict[str, Any]:
        """Return the newest snapshot as data for the panel."""
        reading = self._reading()
        course = reading.course
        return {
            "number": reading.number,
            "title": course.title if course else "",
            "modules": [{"id": each.id, "title": each.title} for each in course.modules] if course else [],
            "isShown": reading.is_shown,
            "versions": dict(reading.versions),
            "media": reading.media,
            "ms": round(reading.ms),
            "problems": [self._problem(each) for each in reading.problems],
        }

    def publish(self) -> None:
        """Send the newest snapshot to every open page."""
        self._events.publish(json.dumps(self.news(), ensure_ascii=False))

    def _problem(self, problem: Problem) -> dict[str, str]:
        at = problem.at
        return {
            "place": f"{at.path}:{at.line}:{at.column}",
            "code": problem.code,
            "severity": problem.severity.value,
            "message": problem.message(self._language),
            "hint": problem.hint(self._language),
        }
