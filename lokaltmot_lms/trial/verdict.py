"""The result of `try`: findings, the calls of the content, and a verdict in one sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.texts import N_, translations


class TrialError(Exception):
    """The package can't be tried: it is no package, or Playwright or a browser is missing."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(_filled(message, values, "en"))
        self.message = message
        self.values = values

    def text(self, language: str = "en") -> str:
        """Return what is wrong and what to do."""
        return _filled(self.message, self.values, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of the content. error: what GetLastError returns after it; result: None when it threw.

    type: of the value that SetValue got. phase: of the session before the call, "" for cmi5.
    """

    launch: int
    at: int
    name: str
    args: tuple[str, ...]
    result: str | None
    error: int
    why: str
    ms: float
    refused: bool
    caution: str
    type: str = "string"
    phase: str = ""

    @property
    def text(self) -> str:
        """The call as a line of a trace."""
        outcome = "threw" if self.result is None else _quoted(self.result)
        error = f"  [{self.error}: {self.why}]" if self.error else ""
        note = f"  ({self.caution})" if self.caution else ""
        return f"{self.at:6} ms  {self.source} -> {outcome}{error}{note}"

    @property
    def source(self) -> str:
        """The call as JavaScript, with long values cut."""
        given = [_quoted(arg) for arg in self.args]
        if self.type != "string":
            given[1:2] = self.args[1:2]
        return f"{self.name}({', '.join(given)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that would go wrong on a real platform. message: a gettext message with placeholders.

    is_remark: platforms take it. It does not count for the verdict.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_remark: bool = False

    def text(self, language: str = "en") -> str:
        """Return it as a sentence."""
        return _filled(self.message, self.values, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scenario that was run. title: a gettext message. figures: counts by name, also a gettext message."""

    title: str
    sco: str
    findings: tuple[Finding, ...]
    calls: tuple[Call, ...]
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether nothing worse than a remark was found."""
        return all(finding.is_remark for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """All runs. standard: "scorm12", "scorm2004" or "cmi5". ours: whether lokaltmot built the package."""

    path: str
    standard: str
    ours: bool
    runs: tuple[Run, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing worse than a remark was found."""
        return all(run.is_good for run in self.runs)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What would go wrong, without repeats, in order."""
        return self._every(is_remark=False)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What platforms take, without repeats, in order."""
        return self._every(is_remark=True)

    def _every(self, *, is_remark: bool) -> tuple[Finding, ...]:
        found: dict[object, Finding] = {}
        for run in self.runs:
            for finding in run.findings:
                if finding.is_remark is is_remark:
                    # A time that was measured, and a count, differ each time.
                    values = {name: str(value) for name, value in finding.values.items() if name not in _MEASURED}
                    found.setdefault((finding.message, *values.items()), finding)
        return tuple(found.values())

    def lines(self, language: str = "en", *, trace: bool = False) -> Iterator[str]:
        """Yield the lines of the report, with the calls when `trace` is set. The last line is the verdict."""
        _ = translations(language).gettext
        for run in self.runs:
            figures = ", ".join(f"{_(name)} {number}" for name, number in run.figures.items())
            mark = "✓" if run.is_good else "✗"
            yield f"{mark} {run.sco}: {_(run.title)}{f' ({figures})' if figures else ''}"
            for finding in run.findings:
                sign = f"{_(_REMARK)} " if finding.is_remark else ""
                yield f"    {sign}{finding.text(language)}"
            if trace:
                yield from (f"    {call.text}" for call in run.calls)
        yield self._sentence(language)

    def data(self, language: str = "en") -> dict[str, Any]:
        """Return the report as JSON, calls included."""
        _ = translations(language).gettext
        return {
            "path": self.path,
            "standard": self.standard,
            "ours": self.ours,
            "good": self.is_good,
            "remarks": [finding.text(language) for finding in self.remarks],
            "runs": [
                {
                    "sco": run.sco,
                    "title": _(run.title),
                    "findings": [finding.text(language) for finding in run.findings if not finding.is_remark],
                    "remarks": [finding.text(language) for finding in run.findings if finding.is_remark],
                    "figures": dict(run.figures),
                    "calls": [_call_data(call) for call in run.calls],
                }
                for run in self.runs
            ],
        }

    def _sentence(self, language: str) -> str:
        catalogue = translations(language)
        if self.is_good:
            numbers = {"count": len(self.runs), "calls": sum(len(run.calls) for run in self.runs)}
            remarks = len(self.remarks)
            if not remarks:
                return catalogue.gettext(_GOOD).format(**numbers)
            return catalogue.ngettext(
                "The package works, with {remarks} remark: {count} scenarios, {calls} calls.",
                "The package works, with {remarks} remarks: {count} scenarios, {calls} calls.",
                remarks,
            ).format(remarks=remarks, **numbers)
        count = len(self.findings)
        return catalogue.ngettext("{count} finding.", "{count} findings.", count).format(count=count)


_GOOD = N_("The package works: {count} scenarios, {calls} calls, nothing refused.")
_REMARK = N_("Remark:")
_MEASURED = {"seconds", "count"}
REFUSED = N_("The platform refused {call}: {why} (error {error}).")
HARMFUL = N_("{call} was accepted, but: {why}.")


_NOT_A_STRING = N_(
    "{call} has a value that is no string ({type}). Moodle takes it and makes it a string. By the letter of the "
    "standard it must be a string. Calls like this: {count}."
)
_TOO_LONG = N_(
    "{call} is longer than the {limit} characters that SCORM 1.2 promises. Moodle takes 64,000. Other platforms may "
    "refuse it."
)
_NO_ANSWER = N_("The platform has no answer to {call}: {why} (error {error}). Content that asks must expect this.")
_AFTER_THE_END = N_("{call} comes after the end of the session. The platform refuses it, and nothing is lost.")

# Moodle takes more than SCORM 1.2 promises (docs/platforms/moodle.md), and packages of others rely on that.
MOODLE_LIMITS = {"suspendData": 64_000, "location": 64_000, "comments": 64_000}
_PROMISED = {"cmi.suspend_data": 4096, "cmi.core.lesson_location": 255, "cmi.comments": 4096}
# What a reader meets who asks for something that is not there; before the session begins, the codes are others.
_NOT_THERE = {"API": {201, 202, 203, 401, 404}, "API_1484_11": {301, 401, 402, 403, 405}}


def call_findings(calls: tuple[Call, ...], *, is_ours: bool = True) -> Iterator[Finding]:
    """Yield a finding per call that was refused, threw, or does harm on a real platform, without repeats.

    With a package of others, what was refused and does no harm is a remark.
    """
    seen = set()
    for call in calls:
        found = _refused(call, is_ours) or _remark(call)
        if found is not None:
            key = (call.name, call.args[:1], call.error, call.caution, found.message)
            if key not in seen:
                seen.add(key)
                yield found
    if others := [call for call in calls if call.type != "string" and not call.refused]:
        values = {"call": others[0].source, "type": others[0].type, "count": len(others)}
        yield Finding(message=_NOT_A_STRING, values=values, is_remark=True)


def _refused(call: Call, is_ours: bool) -> Finding | None:
    if not (call.refused or call.caution):
        return None
    values = {"call": call.source, "why": call.why or call.caution, "error": call.error}
    if call.refused and not is_ours:
        if call.phase == "ended" and not call.name.endswith("SetValue"):
            return Finding(message=_AFTER_THE_END, values=values, is_remark=True)
        name = "API" if call.name.startswith("LMS") else "API_1484_11"
        if call.name.endswith("GetValue") and call.phase == "open" and call.error in _NOT_THERE[name]:
            return Finding(message=_NO_ANSWER, values=values, is_remark=True)
    # What is taken, but does harm: Moodle stores it, and whether it lowers a result depends on the learner.
    return Finding(
        message=REFUSED if call.refused else HARMFUL, values=values, is_remark=not call.refused and not is_ours
    )


def _remark(call: Call) -> Finding | None:
    limit = _PROMISED.get(call.args[0]) if call.name == "LMSSetValue" and len(call.args) > 1 else None
    if limit is not None and len(call.args[1]) > limit:
        return Finding(message=_TOO_LONG, values={"call": call.source, "limit": limit}, is_remark=True)
    return None


def _filled(message: str, values: Mapping[str, object], language: str) -> str:
    """Return a translated message with its placeholders filled. Problems among the values are translated too."""
    texts = {name: each.text(language) if isinstance(each, Problem) else each for name, each in values.items()}
    return translations(language).gettext(message).format_map(texts)


def _quoted(text: str, limit: int = 60) -> str:
    return f'"{text}"' if len(text) <= limit else f'"{text[:limit]}…" ({len(text)})'


def _call_data(call: Call) -> dict[str, Any]:
    return {
        "launch": call.launch,
        "at": call.at,
        "name": call.name,
        "args": list(call.args),
        "result": call.result,
        "error": call.error,
        "why": call.why,
        "ms": call.ms,
        "refused": call.refused,
        "caution": call.caution,
    }
