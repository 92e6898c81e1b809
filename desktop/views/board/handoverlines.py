"""Knows how the hand-over facts read in big type: the same as on paper, one short line after the other."""

from __future__ import annotations

from desktop.domain.paper_live import GivenLine, HandoverFacts, TrendLine
from desktop.domain.words import tr
from desktop.views.board.shown_safety import FactLine

TREND = 3
"""How many readings stand on the screen, the latest first; the paper has more."""


def lines_of(facts: HandoverFacts) -> tuple[FactLine, ...]:
    """What a crew must be told, in the order in which it is read out."""
    given = "\n".join(_given(line) for line in facts.given)
    lost = "\n".join(
        tr("lost {amount}, {why}, {min} min ago", amount=line.amount, why=line.why, min=line.minutes_ago)
        for line in facts.lost
    )
    others = "\n".join(_given(line, named=True) for line in facts.others)
    trend = "\n".join(_trend(line) for line in reversed(facts.trend[-TREND:]))
    rated = facts.sedation
    sedation = "" if rated is None else tr(
        "{name} {value}{meaning}, {min} min ago", name=rated.name, value=rated.value,
        meaning=f" ({rated.meaning})" if rated.meaning else "", min=rated.minutes_ago,
    )
    born = tr("born {born}", born=facts.person.born)
    return (
        FactLine(tr("WHO"), f"{facts.person.name}, {born}"),
        _line(tr("MEDICINE"), f"{facts.medicine}, {facts.route}: {facts.total}"),
        _line(tr("GIVEN"), "\n".join(part for part in (given, lost) if part), tr("nothing given")),
        _line(tr("OTHER MEDICINES GIVEN"), others, tr("none given")),
        _line(tr("ALLERGIES"), facts.allergies, tr("not entered: ask")),
        _line(tr("TAKES"), facts.medicines, tr("not entered: ask")),
        _line(tr("READINGS"), "\n".join(part for part in (trend, sedation) if part), tr("none")),
        _line(tr("CONTACT"), facts.contact, tr("not entered")),
    )


def _line(name: str, words: str, missing: str = "") -> FactLine:
    return FactLine(name, words or missing, not words)


def _given(line: GivenLine, named: bool = False) -> str:
    what = f"{line.what} {line.amount}" if named else line.amount
    parts = (what, line.route, tr("{wall}, {min} min ago", wall=line.wall, min=line.minutes_ago), line.note)
    return ", ".join(part for part in parts if part)


def _trend(line: TrendLine) -> str:
    if line.note and not (line.bp or line.hr or line.spo2 or line.rr):
        return tr("{min} min ago: {note}", min=line.minutes_ago, note=line.note)
    values = [
        f"{name} {value}" + (f" ({level})" if (level := line.level(sign)) and level != "normal" else "")
        for name, value, sign in ((tr("BP"), line.bp, "bp"), (tr("HR"), line.hr, "hr"),
                                  (tr("SpO\u2082"), line.spo2, "spo2"), (tr("RR"), line.rr, "rr")) if value
    ]
    return tr("{min} min ago: {values}", min=line.minutes_ago, values=", ".join(values))
