"""Writes docs/redaksjon.md: what a second reader must verify in Lokalt mot, from its fact register. In Norwegian.

`python scripts/editorial_checklist.py` writes; `--check` writes nothing and ends with 1 when the page is old.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.checks.facts import FactStatus, Use, UseKind, register  # noqa: E402  # the checkout, not an installed copy
from lokaltmot_lms.model import Course  # noqa: E402
from lokaltmot_lms.source import read_course  # noqa: E402

COURSE = ROOT / "courses" / "lokalt-mot"
PAGE = ROOT / "docs" / "redaksjon.md"

BEGINNING = """\
# Sjekkliste for den som leser kurset for andre gang

Siden lages av `python scripts/editorial_checklist.py` fra faktaregisteret i `courses/lokalt-mot`.
Ikke rett den for hånd.

Kurset Lokalt mot står **til kontroll**. Ingen fagperson har gått god for det ennå. Du som leser nå, er den som gjør
det.
Slik går du fram:

1. Gå gjennom lista under. Åpne kilden, les, og se på stedene i kurset der faktaet brukes.
2. Stemmer det, skriver du det ned: `lokaltmot facts verify NØKKEL courses/lokalt-mot --by "Navn" --on ÅÅÅÅ-MM-DD`.
   Et faktum merket C løftes med `--confidence A`.
3. Stemmer det ikke, retter du `facts.yaml`. `lokaltmot facts affected NØKKEL courses/lokalt-mot` viser hvilke
   pakker som endrer seg.
4. Når ingen C-er er igjen og den faste lista er gått gjennom, settes `status: publisert` i `course.yaml`.

Merkene: **A** er lest i en offentlig kilde. **B** er en gammel eller indirekte kilde. **C** er ikke kontrollert, og
stanser publisering.

## Den faste lista

Dette står ikke i registeret, for det er ikke enkeltfakta. En jurist og en fagperson fra feltet bør dele det mellom
seg.

- [ ] **Nye lover.** Se etter endringer i alle lovene kurset viser til, vedtatt eller satt i kraft etter 2. mai 2026.
- [ ] **Loven om særskilt innsats mot negativ sosial kontroll og æresmotivert vold.** Er den i kraft? Les den, og
  rett begreper og oppgaver.
- [ ] **Ny forvaltningslov og ny barnelov.** Når de trer i kraft, byttes paragrafnumrene om taushetsplikt og om barn
  i utlandet.
- [ ] **Psykisk vold som eget straffebud.** Har Stortinget vedtatt noe etter at kurset ble skrevet?
- [ ] **Utreiseforbud og stans av pass.** Spør barnevernet og politiet hvordan det gjøres hos dem, også om kvelden.
- [ ] **Ikke varsle foreldre først.** Rådet er støttet for barnevernet. En fagperson må bekrefte det for skole,
  barnehage og helse.
- [ ] **Modulen om taushetsplikt, meldeplikt og avverging** leses i sammenheng av en jurist, særlig grensen mellom
  mishandling,
  trusler og tvang, og hva som gjelder for frivillige.
- [ ] **Telefoner, åpningstider og navn på tjenester.** Ring dem.
- [ ] **Sykehus med kompetanse på kjønnslemlestelse.** Stemmer lista, også for Nord-Norge?
- [ ] **Tall for kjønnslemlestelse.** Finnes det et nyere anslag enn fra 2013?
- [ ] **Politiets verktøy for risikovurdering.** Hva brukes i slike saker i dag?
- [ ] **Ordlista** på nynorsk og nordsamisk leses av noen som har språket.
- [ ] **Sakene** leses sammen med mennesker fra gruppene de handler om, før kurset brukes.

## Faktaene
"""
TITLES = {
    "C": "Ikke kontrollert (C): stanser publisering",
    "B": "Gammel eller indirekte kilde (B)",
    "A": "Lest i offentlig kilde (A), men ikke av en fagperson",
    "": "Kontrollert av en fagperson",
}
PLACES = {
    UseKind.PAGE: "side",
    UseKind.QUESTION: "spørsmål",
    UseKind.STEP: "steg i saken",
    UseKind.FACILITATOR: "veileder på",
    UseKind.HELP_LINE: "hjelpelinje",
}


def page(course: Course) -> str:
    """Return the whole page. It names no line numbers and no days left, so that it is old only when a fact is."""
    entries = sorted(register(course, today=date.min), key=lambda entry: entry.fact.key)
    groups = {mark: [entry for entry in entries if _mark(entry) == mark] for mark in TITLES}
    parts = [BEGINNING, f"{len(entries)} fakta, {len(groups['C'])} av dem merket C.\n"]
    for mark, found in groups.items():
        if found:
            parts += [f"### {TITLES[mark]}\n", *(_entry(entry) for entry in found), ""]
    return "\n".join(parts).rstrip() + "\n"


def _mark(entry: FactStatus) -> str:
    return "" if entry.fact.verified_by else entry.fact.confidence


def _entry(entry: FactStatus) -> str:
    fact = entry.fact
    box = "x" if fact.verified_by else " "
    name = f" ({fact.name})" if fact.name else ""
    lines = [f"- [{box}] **{fact.key}**{name}: {fact.text}"]
    dated = f", {fact.source_date.isoformat()}" if fact.source_date else ""
    lines.append(f"  Kilde: {fact.source or 'mangler'}{dated}.")
    if fact.verified_by:
        lines.append(f"  Kontrollert av {fact.verified_by} {fact.verified_on or ''}.".replace(" .", "."))
    if fact.review_by:
        lines.append(f"  Leses på nytt innen {fact.review_by.isoformat()}.")
    if fact.note:
        lines.append(f"  Merk: {fact.note.rstrip('.')}.")
    lines.append(f"  Brukes: {'; '.join(_places(entry.uses)) or 'ikke i bruk'}.")
    return "\n".join(lines)


def _places(uses: Sequence[Use]) -> Iterator[str]:
    """Yield each module with its places once; translations rest on the same ids."""
    for module in dict.fromkeys(use.module for use in uses):
        found = dict.fromkeys(f"{PLACES[use.kind]} `{use.id}`" for use in uses if use.module == module)
        yield f"{module}: {', '.join(found)}" if module else "hjelpelinje på alle sider"


def main() -> int:
    """Write the page, or say that it is old."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when the page is old")
    is_check = parser.parse_args().check
    course = read_course(COURSE).course
    if course is None:
        print(f"{COURSE.name} can't be read. Run: lokaltmot check {COURSE.relative_to(ROOT)}", file=sys.stderr)
        return 1
    new = page(course)
    if is_check:
        old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        if old != new:
            print(f"{PAGE.relative_to(ROOT)} is old. Run: python scripts/editorial_checklist.py", file=sys.stderr)
        return int(old != new)
    PAGE.write_text(new, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(course.facts)} facts.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
