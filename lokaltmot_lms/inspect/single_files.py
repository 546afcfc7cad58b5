"""Rules for single XML files of a cartridge or a question bank, given without their package."""

from collections.abc import Iterator

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.cartridges import QTI_NUMBER, WEB_LINK_WITHOUT_URL
from lokaltmot_lms.inspect.inspection import Rule, Subject

_WHOLE_NUMBERS = ("maxChoices", "minChoices", "maxAssociations", "minAssociations", "matchMax", "matchMin")


def web_link_has_an_address(subject: Subject) -> Iterator[Problem]:
    """A web link has a url with an href (Common Cartridge 1.1, 4.6)."""
    url = subject.root.find("{*}url")
    if url is None or not url.get("href", "").strip():
        yield subject.problem(WEB_LINK_WITHOUT_URL, url)


def numbers_of_choices(subject: Subject) -> Iterator[Problem]:
    """The numbers of choices of an interaction are whole numbers (QTI 2.1, 7.2)."""
    for element in subject.root.iter("{*}*"):
        for name in _WHOLE_NUMBERS:
            found = element.get(name)
            if found is not None and not found.strip().isdecimal():
                yield subject.problem(QTI_NUMBER, element, attribute=name, found=found)


WEB_LINK: tuple[Rule, ...] = (web_link_has_an_address,)
QTI21: tuple[Rule, ...] = (numbers_of_choices,)
