"""Turns the categories of a question bank into modules and pages."""

import re

from lokaltmot_lms.errors import Position
from lokaltmot_lms.importers.clean_html import words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, Thing, modules_of
from lokaltmot_lms.model import Module
from lokaltmot_lms.source.headings import is_id

_TOP = re.compile(r"\$(?:course|system|module|cat\d*|category)\$|\$\w+\$", re.IGNORECASE)


def category_names(path: str) -> tuple[str, ...]:
    """Return the names in a category's path, outermost first, without the platform's own. // is a slash in a name."""
    names = [name.strip() for name in path.replace("//", "\ue003").split("/")]
    names = [name.replace("\ue003", "/") for name in names if name and not _TOP.fullmatch(name)]
    return tuple(names[1:] if names[:1] == ["top"] else names)


class Bank:
    """Questions by category. The last name of a path is a page, the one before it a module, the others the course."""

    def __init__(self, context: ImportContext, stem: str) -> None:
        self._context = context
        self._context.turn_to(stem)  # for questions before the first category
        self._stem = stem
        self._modules: dict[str, DraftModule] = {}
        self._pages: dict[tuple[str, ...], DraftPage] = {}
        self._page: DraftPage | None = None
        self._paths: list[tuple[str, ...]] = []

    def turn_to(self, path: str, at: Position, identifier: str = "") -> None:
        """Set the category of the next questions. identifier: "module.page" in our own exports."""
        names = category_names(path)
        self._paths.append(names)
        own = identifier.split(".") if len(identifier.split(".")) == 2 else ["", ""]
        own = own if all(map(is_id, own)) else ["", identifier]
        title = names[-2] if len(names) > 1 else names[0] if names else self._stem
        key = own[0] or "/".join(names[:-1]) or title
        if key not in self._modules:
            self._modules[key] = DraftModule(id=self._context.module_id(own[0], title, at), title=title, at=at)
        self._context.turn_to(key)
        page_key = (key, *names)
        if page_key not in self._pages:
            name = names[-1] if names else self._stem
            wanted = own[1] if own[1] else ""
            page = DraftPage(id=self._context.take_id(wanted, name, at), title=words_text(name, at), at=at)
            self._pages[page_key] = page
            self._modules[key].pages.append(page)
        self._page = self._pages[page_key]

    def add(self, thing: Thing, at: Position) -> None:
        """Add a question or text to the category."""
        if self._page is None:
            self.turn_to(self._stem, at)
        if self._page is not None:
            self._page.add(thing)

    @property
    def title(self) -> str:
        """The outermost name when all categories share it, else the name of the file."""
        first = {names[0] for names in self._paths if names}
        return first.pop() if len(first) == 1 and any(len(names) > 1 for names in self._paths) else self._stem

    def modules(self) -> tuple[Module, ...]:
        """Return the modules. A category without questions gives no page."""
        return tuple(module for draft in self._modules.values() for module in modules_of(draft, self._context))
