"""What `try` found: findings, the calls that were made, and a verdict in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.texts import N_, translations


class TrialError(Exception):
    """The package can't be tried at all: it is no package, or there is nothing to try it with."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(_filled(message, values, "en"))
        self.message = message
        self.values = values

    def text(self, language: str = "en") -> str:
        """Return what is wrong and what to do."""
        return _filled(self.message, self.values, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that the content made. error: what GetLastError answers after it; result: None when it threw."""

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

    @property
    def text(self) -> str:
        """The call as a line of a trace."""
        outcome = "threw" if self.result is None else _quoted(self.result)
        error = f"  [{self.error}: {self.why}]" if self.error else ""
        note = f"  ({self.caution})" if self.caution else ""
        return f"{self.at:6} ms  {self.said} -> {outcome}{error}{note}"

    @property
    def said(self) -> str:
        """The call as it stands in a script, long values cut."""
        return f"{self.name}({', '.join(_quoted(arg) for arg in self.args)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that would go wrong on a real platform. message: an English text with places, for gettext."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """Return it as a sentence."""
        return _filled(self.message, self.values, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scenario played. title: what was tried, a key of the catalogues. figures: what was counted."""

    title: str
    sco: str
    findings: tuple[Finding, ...]
    calls: tuple[Call, ...]
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """The whole trial. standard: "scorm12", "scorm2004" or "cmi5". ours: whether lokaltmot built the package."""

    path: str
    standard: str
    ours: bool
    runs: tuple[Run, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing was found."""
        return not any(run.findings for run in self.runs)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, each thing once, in the order it was met."""
        every = {finding.text(): finding for run in self.runs for finding in run.findings}
        return tuple(every.values())

    def lines(self, language: str = "en", *, trace: bool = False) -> Iterator[str]:
        """Yield the report, a line at a time; with the calls when asked for. The last line is the verdict."""
        _ = translations(language).gettext
        for run in self.runs:
            figures = ", ".join(f"{_(name)} {number}" for name, number in run.figures.items())
            mark = "✗" if run.findings else "✓"
            yield f"{mark} {run.sco}: {_(run.title)}{f' ({figures})' if figures else ''}"
            yield from (f"    {finding.text(language)}" for finding in run.findings)
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
            "runs": [
                {
                    "sco": run.sco,
                    "title": _(run.title),
                    "findings": [finding.text(language) for finding in run.findings],
                    "figures": dict(run.figures),
                    "calls": [_call_data(call) for call in run.calls],
                }
                for run in self.runs
            ],
        }

    def _sentence(self, language: str) -> str:
        catalogue = translations(language)
        if self.is_good:
            return catalogue.gettext(_GOOD).format(count=len(self.runs), calls=sum(len(run.calls) for run in self.runs))
        count = len(self.findings)
        return catalogue.ngettext("{count} finding.", "{count} findings.", count).format(count=count)


_GOOD = N_("The package works: {count} scenarios, {calls} calls, nothing refused.")
REFUSED = N_("The platform refused {call}: {why} (error {error}).")
HARMFUL = N_("{call} was accepted, but: {why}.")


def call_findings(calls: tuple[Call, ...]) -> Iterator[Finding]:
    """Yield a finding for each call that was refused, threw, or does harm on a real platform; the same one once."""
    seen = set()
    for call in calls:
        if call.refused or call.caution:
            message = REFUSED if call.refused else HARMFUL
            key = (call.name, call.args[:1], call.error, call.caution)
            if key not in seen:
                seen.add(key)
                why = call.why or call.caution
                yield Finding(message=message, values={"call": call.said, "why": why, "error": call.error})


def _filled(message: str, values: Mapping[str, object], language: str) -> str:
    """Return a text of the catalogue with its places filled; a problem among the values speaks the same language."""
    said = {name: each.text(language) if isinstance(each, Problem) else each for name, each in values.items()}
    return translations(language).gettext(message).format_map(said)


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
