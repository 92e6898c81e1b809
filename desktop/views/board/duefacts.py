"""Knows which due item is shown first, and in which words; it decides nothing about what is due."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.state import DueItem, DueKind, DueState, PersonState
from desktop.views.board.shown import NextDue
from desktop.views.board.vitalsfacts import sign_words
from desktop.views.board.wording import letter_of, seat_of
from desktop.views.ui.facts import DueFacts
from desktop.views.ui.theme import Tone

_SPANS = {DueKind.REPEAT: 300, DueKind.HOLD: 720, DueKind.ROUND: 900}
_QUIET = (DueKind.STAY,)


def first_due(items: tuple[DueItem, ...]) -> DueItem | None:
    """What is asked for now, the longest waiting first; else what comes next."""
    asked = [item for item in items if item.open]
    if asked:
        return min(asked, key=lambda item: item.due_ms)
    coming = [item for item in items if item.state is DueState.UPCOMING]
    loud = [item for item in coming if item.kind not in _QUIET]
    return min(loud or coming, key=lambda item: item.due_ms, default=None)


def due_what(item: DueItem) -> str:
    """A due item in as few words as possible."""
    signs = ", ".join(sign_words(sign) for sign in item.needs)
    words = {
        DueKind.BASELINE: tr("Baseline"), DueKind.VITALS: signs, DueKind.REPEAT: tr("{signs} again", signs=signs),
        DueKind.LEAVING: tr("{signs} to leave", signs=signs), DueKind.HOLD: tr("Spit"), DueKind.ROUND: tr("Round"),
        DueKind.RESPONSE: tr("Response"), DueKind.STAY: tr("Stay ends"), DueKind.DISCHARGE: tr("Leaving checks"),
    }
    return words[item.kind]


def tone_of(item: DueItem) -> Tone:
    """How a due item is coloured: accent until late, then amber; a late repeat is red."""
    if item.state is DueState.LATE:
        return Tone.RED if item.kind is DueKind.REPEAT else Tone.AMBER
    return Tone.AMBER if item.kind is DueKind.REPEAT else Tone.ACCENT


def ring_of(items: tuple[DueItem, ...], now_ms: int) -> DueFacts:
    """The due ring of one person."""
    item = first_due(items)
    if item is None:
        return DueFacts("", tr("nothing due"), None)
    if item.kind is DueKind.BASELINE and item.open:
        return DueFacts(due_what(item), tr("before the dose"), None)
    seconds = (item.due_ms - now_ms) // 1000
    words = {
        DueState.UPCOMING: tr("due in"), DueState.DUE: tr("due"), DueState.LATE: tr("late"),
        DueState.AWAY: tr("waits: away"),
    }
    tone = Tone.PLAIN if item.state is DueState.AWAY else tone_of(item)
    return DueFacts(due_what(item), words[item.state], seconds, _SPANS.get(item.kind, 1200), tone)


def line_of(person: PersonState, items: tuple[DueItem, ...], now_ms: int) -> NextDue:
    """The same in the top line, to be read from afar."""
    seat, letter = seat_of(person.key), letter_of(person.key)
    if person.ended:
        return NextDue(seat, letter, tr("discharged"))
    item = first_due(items)
    if item is None:
        return NextDue(seat, letter, tr("nothing due") if person.doses else tr("before the dose"))
    facts = ring_of(items, now_ms)
    if facts.seconds is None:
        return NextDue(seat, letter, f"{facts.what} {facts.word}")
    tone = facts.tone if facts.tone in (Tone.AMBER, Tone.RED) and item.state is not DueState.UPCOMING else Tone.PLAIN
    more = len([one for one in items if one.open]) - 1
    also = tr(" \u00b7 {count} more", count=more) if more > 0 else ""
    return NextDue(seat, letter, f"{facts.what} {facts.word} {facts.figure}{also}", tone)
