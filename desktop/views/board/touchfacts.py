"""Knows how a touch plan confirmed sober reads now: who, where, in the present state, and what is narrowed since."""

from __future__ import annotations

from desktop.domain.care_files import TouchWords
from desktop.domain.words import tr
from desktop.live.describe_safety import touch_words
from desktop.live.events import TouchLevel, TouchNarrowed
from desktop.live.readings import phase_of
from desktop.live.state import LiveState, PersonState
from desktop.views.board.shown_safety import TouchCell, TouchFacts, TouchRow
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import minute_text
from desktop.views.ui.theme import Tone

AWAKE, PEAK, RETURN = "awake", "peak", "return"
STATES = {"onset": AWAKE, "peak": PEAK, "return": RETURN, "afterglow": RETURN}
"""In which state of the plan a phase finds somebody; any other phase counts as the peak, the most careful one."""
_NARROW = {"yes": 2, "ask": 1, "no": 0}
_TONES = {
    TouchLevel.NONE: Tone.RED, TouchLevel.HANDS: Tone.AMBER, TouchLevel.ASK: Tone.AMBER, TouchLevel.PLANNED: Tone.GREEN,
}
HAND = "hand"


def touch_state(state: LiveState, person: PersonState, now_ms: int) -> tuple[str, bool]:
    """`awake`, `peak` or `return`, and whether only the clock says so: a phase that was marked since counts first."""
    phase = phase_of(state.protocol, person, now_ms)
    if phase is None:
        return AWAKE, False
    marked = person.phases_marked[-1] if person.phases_marked else None
    if marked is not None and marked.at_ms >= (person.first_dose_ms or 0) + phase.start_min.ms:
        return STATES.get(marked.phase, PEAK), False
    return STATES.get(phase.key, PEAK), True


def may_now(may: str, place: str, person: PersonState) -> str:
    """What is left of `yes`, `ask` or `no` at a place, with what was narrowed everywhere and there."""
    levels = (person.touch, dict(person.touch_places).get(place.casefold(), TouchLevel.PLANNED))
    left = may
    for level in levels:
        if level is TouchLevel.NONE or (level is TouchLevel.HANDS and place.casefold() != HAND):
            return "no"
        if level is not TouchLevel.PLANNED and left == "yes":
            left = "ask"
    return left


def may_words(may: str) -> str:
    """What one may do, in a word."""
    return {"yes": tr("yes"), "ask": tr("ask"), "no": tr("no")}.get(may, may)


def row_words(row: TouchRow) -> str:
    """One row in plain words: `therapist: no: head; ask: shoulder; yes: hand`."""
    parts = []
    for may in ("no", "ask", "yes"):
        places = ", ".join(cell.place for cell in row.cells if cell.may == may)
        if places:
            parts.append(f"{may_words(may)}: {places}")
    return f"{row.who}: {'; '.join(parts) or may_words('no')}"


def touch_of(state: LiveState, person: PersonState, now_ms: int, words: TouchWords) -> TouchFacts:
    """The card of a person now."""
    now, by_clock = touch_state(state, person, now_ms)
    shown = tr("{state}, by the clock", state=words.label(now)) if by_clock else words.label(now)
    rules = [rule for rule in person.brought.touch if rule.state in (now, "any")]
    rows = []
    for who in dict.fromkeys(rule.who for rule in person.brought.touch):
        cells: dict[str, TouchCell] = {}
        for rule in rules:
            if rule.who != who:
                continue
            may = may_now(rule.may, rule.place, person)
            known = cells.get(rule.place)
            if known is None or _NARROW.get(may, 0) < _NARROW.get(known.may, 0):
                cells[rule.place] = TouchCell(words.label(rule.place), may, may != rule.may)
        rows.append(TouchRow(words.label(who), tuple(cells.values())))
    planned = bool(person.brought.touch)
    return TouchFacts(
        person.key, letter_of(person.key), shown, _said(state, person, planned),
        _TONES[person.touch] if planned or person.touch is not TouchLevel.PLANNED else Tone.PLAIN, tuple(rows),
        tr("Safety touch stays: cuff, airway, a fall. Named aloud first."), planned, bool(person.safe_signals),
    )


def _said(state: LiveState, person: PersonState, planned: bool) -> str:
    """How much of the plan holds, and since when it is less."""
    places = [f"{place}: {touch_words(level)}" for place, level in person.touch_places]
    if person.safe_signals and person.touch is TouchLevel.NONE:
        at = minute_text(person.safe_signals[-1] / 1000)
        return tr("No touch since {time}: safe signal", time=at)
    if person.touch is TouchLevel.PLANNED:
        base = tr("As agreed") if planned else tr("No plan: ask each time, for safety only")
        return "; ".join((base, *places))
    since = _since(state, person)
    said = touch_words(person.touch)
    said = said[:1].upper() + said[1:]
    return "; ".join((tr("{said} since {time}", said=said, time=since) if since else said, *places))


def _since(state: LiveState, person: PersonState) -> str:
    """Since when touch everywhere is what it is now."""
    for entry in reversed(state.entries):
        event = entry.event
        if entry.seq in state.marks or not isinstance(event, TouchNarrowed) or event.who != person.key:
            continue
        if not event.place and event.to is person.touch:
            return minute_text(entry.at_ms / 1000)
    return ""
