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
    """A call of the content. error: what GetLastError returns after it; result: None when it threw."""

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
        return f"{self.at:6} ms  {self.source} -> {outcome}{error}{note}"

    @property
    def source(self) -> str:
        """The call as JavaScript, with long values cut."""
        return f"{self.name}({', '.join(_quoted(arg) for arg in self.args)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that would go wrong on a real platform. message: a gettext message with placeholders."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """All runs. standard: "scorm12", "scorm2004" or "cmi5". ours: whether lokaltmot built the package."""

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
        """All findings, without repeats, in order."""
        every = {finding.text(): finding for run in self.runs for finding in run.findings}
        return tuple(every.values())

    def lines(self, language: str = "en", *, trace: bool = False) -> Iterator[str]:
        """Yield the lines of the report, with the calls when `trace` is set. The last line is the verdict."""
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
    """Yield a finding per call that was refused, threw, or does harm on a real platform, without repeats."""
    seen = set()
    for call in calls:
        if call.refused or call.caution:
            message = REFUSED if call.refused else HARMFUL
            key = (call.name, call.args[:1], call.error, call.caution)
            if key not in seen:
                seen.add(key)
                why = call.why or call.caution
                yield Finding(message=message, values={"call": call.source, "why": why, "error": call.error})


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
