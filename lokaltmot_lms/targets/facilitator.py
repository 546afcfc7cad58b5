"""A facilitator guide on paper: the plan with minutes, ground rules, notes, cases, discussion and a list to sign."""

from collections.abc import Iterator

from lokaltmot_lms.model import Case, Course, Facilitator, Module, Reflection
from lokaltmot_lms.targets.base import BuildOptions, Package, Target
from lokaltmot_lms.targets.paper import PaperContext, Part, block_parts, help_parts, inline, paper_package, parts
from lokaltmot_lms.texts import N_

_ROWS_TO_SIGN = 18
_GROUND_RULES = (
    N_("We do not talk about people we know. The cases here are made up."),
    N_("What is said in the room stays in the room."),
    N_("You may pass, and you may leave the room, without saying why."),
    N_("We talk about what people do, never about a country or a faith."),
    N_("Someone here may have experienced this. We speak as if they were sitting next to us."),
    N_("If someone is in danger now, we act now; the meeting can wait."),
)


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return one PDF for each language of a module."""
    return paper_package(TARGET.name, course, modules, kind=N_("For the facilitator of the meeting"), body=_body)


def _body(context: PaperContext) -> list[Part]:
    return [
        *_plan(context), *_ground_rules(context), *help_parts(context), *_notes(context), *_cases(context),
        *_discussion(context), *_list_to_sign(context),
    ]  # fmt: skip


def _plan(context: PaperContext) -> list[Part]:
    notes = context.module.facilitator
    if not notes:
        return [_paragraph(context.words.say(N_("The module has no plan of its own for a meeting.")))]
    titles = _titles(context)
    rows, start = [], 0
    for note in notes:
        end = start + (note.minutes or 0)
        clock = f"{_clock(start)}–{_clock(end)}" if note.minutes else ""
        rows.append([[_paragraph(clock)], [_paragraph(titles[note.page])], [_paragraph(_minutes(context, note))]])
        start = end
    head = [[_paragraph(context.words.say(word))] for word in (N_("Clock"), N_("Page"), N_("Time"))]
    total = context.words.ngettext("The meeting takes {count} minute.", "The meeting takes {count} minutes.", start)
    return [
        _heading(context.words.say(N_("The plan"))),
        *([_paragraph(total)] if start else []),
        {"t": "table", "head": head, "rows": rows, "widths": ["auto", "1fr", "auto"]},
    ]


def _ground_rules(context: PaperContext) -> list[Part]:
    rules = [[_paragraph(context.words.say(rule))] for rule in _GROUND_RULES]
    return [_heading(context.words.say(N_("Ground rules"))), {"t": "ol", "start": 1, "items": rules}]


def _notes(context: PaperContext) -> list[Part]:
    titles = _titles(context)
    made: list[Part] = [_heading(context.words.say(N_("Notes")))] if context.module.facilitator else []
    for note in context.module.facilitator:
        minutes = _minutes(context, note)
        title = f"{titles[note.page]} · {minutes}" if minutes else titles[note.page]
        made += [{"t": "heading", "level": 2, "c": [title]}, *parts(note.text, context)]
    return made


def _cases(context: PaperContext) -> Iterator[Part]:
    """Yield each case on separate pages, so that it can be copied and handed out."""
    for page in context.module.pages:
        for block in page.blocks:
            if isinstance(block, Case):
                yield {"t": "break"}
                yield {
                    "t": "heading",
                    "level": 1,
                    "c": [context.words.say(N_("Case")), ": ", *inline(page.title, context)],
                }
                yield from block_parts(block, context)


def _discussion(context: PaperContext) -> Iterator[Part]:
    found = [block for page in context.module.pages for block in page.blocks if isinstance(block, Reflection)]
    if found:
        yield {"t": "break"}
        yield _heading(context.words.say(N_("To discuss, and to think about")))
    for block in found:
        yield {
            "t": "panel",
            "tone": "quiet",
            "label": "",
            "c": [*parts(block.text, context), {"t": "lines", "count": 4}],
        }


def _list_to_sign(context: PaperContext) -> Iterator[Part]:
    yield {"t": "break"}
    yield _heading(context.words.say(N_("Who took part")))
    yield _paragraph(context.words.say(N_("Write only what is needed. Destroy the list when it has been counted.")))
    head = [[_paragraph(context.words.say(word))] for word in (N_("Name"), N_("Place of work"), N_("Signature"))]
    empty: list[Part] = [[_paragraph(" ")] for _ in head]
    yield {"t": "table", "head": head, "rows": [empty] * _ROWS_TO_SIGN, "widths": ["1fr", "1fr", "1fr"], "tall": True}


def _titles(context: PaperContext) -> dict[str, str]:
    return {page.id: page.title.plain for page in context.module.pages}


def _minutes(context: PaperContext, note: Facilitator) -> str:
    return context.words.ngettext("{count} min", "{count} min", note.minutes) if note.minutes else ""


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _heading(text: str) -> Part:
    return {"t": "heading", "level": 1, "c": [text]}


def _paragraph(text: str) -> Part:
    return {"t": "p", "c": [text]}


TARGET = Target(name="facilitator", title="PDF", suffix=".pdf", bundles=False, is_paper=True, package=package)
