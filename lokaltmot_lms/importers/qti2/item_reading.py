"""What all interactions of a QTI 2 item share while its questions are built."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.errors import Fault
from lokaltmot_lms.errors.imports import FILE_MISSING, SETTING_LEFT_OUT, SHARES_LOST
from lokaltmot_lms.errors.question_files import ALL_OR_NOTHING, KEY_UNDECIDED
from lokaltmot_lms.importers.build_questions import QuestionParts
from lokaltmot_lms.importers.clean_html import Cleaner
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.qti2.body import ItemBody
from lokaltmot_lms.importers.qti2.keys import AnswerKey, InteractionKeys
from lokaltmot_lms.importers.qti2.processing import ItemScoring
from lokaltmot_lms.importers.qti2.variables import ResponseVariable, Value
from lokaltmot_lms.model import Text


class CannotBuildError(Exception):
    """An interaction can't become a question. fault: the reason; values: of its message."""

    def __init__(self, fault: Fault, **values: object) -> None:
        super().__init__(fault.code)
        self.fault = fault
        self.values = values


@dataclass(slots=True, kw_only=True)
class ItemReading:
    """An item while its questions are built.

    right: the right responses found so far, by response. option_feedback: to an option, from outside of it.
    noted: codes of what is reported once per file.
    """

    element: etree._Element
    context: ImportContext
    body: ItemBody
    clean: Cleaner
    scoring: ItemScoring
    name: str
    option_feedback: Callable[[str, str], Text | None]
    noted: set[str]
    right: dict[str, Value] = field(default_factory=dict)

    def variable(self, element: etree._Element) -> ResponseVariable:
        """Return the declaration of the response to an interaction.

        Raises:
            CannotBuildError: there is none.
        """
        found = self.scoring.responses.get(element.get("responseIdentifier", ""))
        if found is None or found.cardinality == "record":
            raise CannotBuildError(KEY_UNDECIDED, what="responseDeclaration")
        return found

    def keys(self, variable: ResponseVariable) -> InteractionKeys:
        """Return what finds the right answers to a response."""
        return InteractionKeys(self.element, self.scoring, variable)

    def option(self, element: etree._Element) -> Text:
        """Return the text of an option as one line.

        Raises:
            CannotBuildError: it has none.
        """
        text = self.line(element)
        if text is None:
            image = next(element.iter("img", "object"), None)
            if image is not None:
                raise CannotBuildError(FILE_MISSING, file=unquote(image.get("src") or image.get("data") or "?"))
            raise CannotBuildError(KEY_UNDECIDED, what=str(element.tag))
        return text

    def line(self, element: etree._Element) -> Text | None:
        """Return the text of an option as one line, without the feedback in it."""
        return self.clean.line(self.body.inside(element))

    def plain(self, element: etree._Element) -> str:
        """Return the text of an option without any markup."""
        text = self.line(element)
        return text.plain if text is not None else ""

    def note_points(self, key: AnswerKey) -> None:
        """Report parts that don't give equal points, and, once per file, that only the whole answer gives any."""
        if key.is_whole:
            self.once(ALL_OR_NOTHING, name=self.name)
        elif not key.is_even:
            self.context.report(SHARES_LOST, self.body.at, name=self.name)

    def once(self, fault: Fault, **values: object) -> None:
        """Report what is said once per file."""
        if fault.code not in self.noted:
            self.noted.add(fault.code)
            self.context.report(fault, self.body.at, **values)

    def setting(self, parts: QuestionParts, what: str) -> None:
        """Report a setting that has no like here."""
        self.context.report(SETTING_LEFT_OUT, parts.at, name=self.name, what=what)
