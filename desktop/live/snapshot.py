"""Knows the machine-readable state of a session: what `session replay --json` prints (live.md, "Replay").

Seconds are whole numbers, or with a fraction where there is one. Amounts are decimal text. Null: not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.amounts import plain
from desktop.live.codec import kind_of
from desktop.live.corrections import owner_now
from desktop.live.describe import describe
from desktop.live.due import due_of
from desktop.live.events import Discharged, DoseGiven, Entry, Moved, Taken
from desktop.live.lines import READ, DoseLine, VitalsLine, reading_text
from desktop.live.readings import phase_of
from desktop.live.script import Played
from desktop.live.state import LiveState, PersonState


def snapshot(state: LiveState, now_ms: int, played: Played | None = None) -> dict[str, object]:
    """The state at `now_ms`. played: the script it came from, for line numbers and refused lines.

    `events` counts what was kept after the opening, struck entries and corrections included; `struck` counts the
    entries that no longer count where they were written: struck, undone, or moved away.
    """
    refused = () if played is None else played.refused
    return {
        "participants": {key: _person(state, person, now_ms) for key, person in state.people.items()},
        "events": len(state.entries) - 1,
        "struck": len(state.marks),
        "refused": [{"line": one.line, "reason": one.reason} for one in refused],
        "log": [_entry(state, entry, played) for entry in state.entries],
    }


def _s(ms: int) -> int | float:
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def _person(state: LiveState, person: PersonState, now_ms: int) -> dict[str, object]:
    first, last = person.first_dose_ms, person.last_dose_ms
    phase = phase_of(state.protocol, person, now_ms)
    return {
        "first_dose_s": None if first is None else _s(first),
        "since_last_dose_s": None if last is None else _s(now_ms - last),
        "given_mg": plain(person.given_mg),
        "lost_mg": plain(person.lost_mg),
        "total_mg": plain(person.total_mg),
        "phase": None if phase is None else phase.key,
        "last_vitals": None if person.last_vitals is None else _vitals(person.last_vitals),
        "due": [
            {"item": item.item, "due_s": _s(item.due_ms), "state": item.state.value}
            for item in due_of(state, person, now_ms)
        ],
        "out_of_band": [
            {"t": _s(one.at_ms), "item": one.item, "level": one.level.value, "value": one.value}
            for one in person.out_of_band
        ],
        "observations": [
            {"t": _s(line.at_ms), "chip": line.chip, "intensity": line.intensity or None}
            for line in person.observations
        ],
        "words": [{"t": _s(line.at_ms), "text": line.text} for line in person.words],
        "touch": person.touch.value,
        "role": person.role.value,
        "ending": None if person.ending is None else person.ending.ending.value,
        "doses": [_dose(dose) for dose in person.doses],
        **_safety(person),
    }


def _safety(person: PersonState) -> dict[str, object]:
    """Touch, signals, orders by phone, overrides, adverse events and the latest emergency."""
    alarm = person.emergency
    return {
        "touch_places": {place: level.value for place, level in person.touch_places},
        "safe_signals": [_s(at_ms) for at_ms in person.safe_signals],
        "phone_orders": [
            {"t": _s(line.at_ms), "text": line.text, "from": line.prescriber, "read_back_by": line.read_back_by}
            for line in person.phone_orders
        ],
        "overrides": [
            {"t": _s(line.at_ms), "item": line.item, "by": line.by, "how": line.how.value, "reason": line.reason}
            for line in person.overrides
        ],
        "adverse": [
            {"t": _s(line.at_ms), "what": line.what, "severity": line.severity or None} for line in person.adverse
        ],
        "emergency": None if alarm is None else {
            "t": _s(alarm.at_ms), "steps": [{"step": step, "t": _s(at_ms)} for step, at_ms, _ in alarm.steps],
            "ended_s": None if alarm.ended_ms is None else _s(alarm.ended_ms), "how": alarm.how or None,
        },
    }


def _vitals(line: VitalsLine) -> dict[str, object]:
    numbers = {"hr": line.hr, "spo2": line.spo2, "rr": line.rr}
    return {
        "t": _s(line.at_ms),
        "bp": line.bp or None,
        **numbers,
        "temp": reading_text(line, READ[-1]) or None,
        "levels": {sign.value: level.value for sign, level in line.levels},
    }


def _dose(dose: DoseLine) -> dict[str, object]:
    return {
        "t": _s(dose.at_ms),
        "mg": None if dose.mg is None else plain(dose.mg),
        "ml": None if dose.ml is None else plain(dose.ml),
        "mg_per_ml": None if dose.mg_per_ml is None else plain(dose.mg_per_ml),
        "route": dose.route or None,
        "booster": dose.booster,
        "remaining": dose.remaining,
        "missing": list(dose.missing),
        "above_order": list(dose.above_order),
    }


def _entry(state: LiveState, entry: Entry, played: Played | None) -> dict[str, object]:
    """One line of the log; keys that would say nothing are left out."""
    found: dict[str, object] = {"entry": entry.seq, "t": _s(entry.at_ms)}
    lines: Mapping[int, int] = {} if played is None else played.lines
    if entry.seq in lines:
        found["line"] = lines[entry.seq]
    if entry.late:
        found["written_s"] = _s(entry.entered_ms)
    found |= {"who": owner_now(state, entry.seq), "do": kind_of(entry.event), "text": describe(state, entry.event)}
    found["author"] = entry.author
    event = entry.event.event if isinstance(entry.event, Moved) else entry.event
    if isinstance(event, DoseGiven | Taken | Discharged) and event.missing:
        found["missing"] = list(event.missing)
    if isinstance(event, DoseGiven) and event.above_order:
        found["above_order"] = list(event.above_order)
    mark = state.marks.get(entry.seq)
    if mark is not None:
        found |= {mark.how: True, "by_entry": mark.by}
        if mark.reason:
            found["reason"] = mark.reason
    ignored = () if played is None else played.ignored.get(lines.get(entry.seq, 0), ())
    if ignored:
        found["ignored"] = list(ignored)
    return found
