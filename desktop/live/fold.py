"""Knows how entries become a state: the fold, and the fast way to advance it by one.

A person's state is a pure function of the entries that count, in the order of (at_ms, seq). An entry counts unless
it is struck or undone; a moved one counts at its new person, at the minute when it happened. `advance` takes an
ordinary entry in order at once, and folds again for corrections and late entries; it always equals `fold`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from desktop.domain.checklist import Checklist, read_checklist
from desktop.domain.errors import Refused
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_file import read_protocol
from desktop.domain.words import tr
from desktop.live.events import (
    AdverseOpened,
    CameBack,
    Checked,
    ClockNoted,
    Closed,
    DialogueStepped,
    Discharged,
    DoseGiven,
    DoseLost,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Entry,
    Event,
    Joined,
    Moved,
    NoteMade,
    Observed,
    Opened,
    OtherGiven,
    Overridden,
    Participant,
    PhaseMarked,
    PhoneOrdered,
    ReadingMissed,
    RoleChanged,
    RoundDone,
    SafeSignalled,
    Scaled,
    StaffMoved,
    Struck,
    Taken,
    TalkOnly,
    TouchNarrowed,
    Undone,
    VitalsTaken,
    WentAway,
    WordsKept,
    WordsWritten,
)
from desktop.live.fold_person import on_person
from desktop.live.fold_room import on_room, stopped, with_dialogue
from desktop.live.fold_safety import SafetyEvent, on_safety
from desktop.live.lines import NoteLine
from desktop.live.standing import with_standing_levels
from desktop.live.state import LiveState, Mark, PersonState, RoomState

CORRECTIONS = (Moved, Struck, Undone, WordsWritten)


def fold(entries: Sequence[Entry]) -> LiveState:
    """The state after `entries`, of which the first is the opening. Refused('no_opening') without one."""
    if not entries or not isinstance(entries[0].event, Opened):
        raise Refused("no_opening", tr("This session has no opening entry."), "", tr("Open it from a backup."))
    opened = entries[0].event
    protocol = _protocol(opened.protocol_text, opened.protocol_id)
    return _fold(opened, protocol, _checklist(opened.checklist_text), tuple(entries))


# Reading the same text again gives the same protocol: a practice has few, and folds many sessions.
@functools.lru_cache(maxsize=16)
def _protocol(text: str, file: str) -> Protocol:
    return read_protocol(text, file, frozen=True)


@functools.lru_cache(maxsize=16)
def _checklist(text: str) -> Checklist:
    return read_checklist(text, "checklist")


def advance(state: LiveState, entry: Entry) -> LiveState:
    """The state one entry later; the same as folding all entries."""
    entries = (*state.entries, entry)
    if isinstance(entry.event, CORRECTIONS) or entry.at_ms < state.frontier_ms:
        return _fold(state.opened, state.protocol, state.checklist, entries)
    return replace(_apply(state, entry.at_ms, entry.seq, entry.event), entries=entries)


def _fold(opened: Opened, protocol: Protocol, checklist: Checklist, entries: tuple[Entry, ...]) -> LiveState:
    marks = _marks(entries)
    counting = _effective(entries, marks)
    came = [event.participant for _, event in counting if isinstance(event, Joined)]
    people = {person.key: newcomer(person) for person in (*opened.participants, *came)}
    state = LiveState(
        opened=opened, protocol=protocol, checklist=checklist, entries=entries, people=people,
        room=RoomState(staff=opened.staff), marks=marks, owners=_owners(entries, marks),
    )
    for entry, event in counting:
        state = _apply(state, entry.at_ms, entry.seq, event)
    settled = {key: with_standing_levels(protocol, person) for key, person in state.people.items()}
    return replace(state, people=settled)


def newcomer(who: Participant) -> PersonState:
    """A participant of whom nothing was entered yet."""
    return PersonState(who.key, who.client_id, who.name, who.born, who.role, who.order, who, who.intention)


def _marks(entries: Iterable[Entry]) -> Mapping[int, Mark]:
    """Why entries no longer count where they were written; a later correction stands over an earlier one."""
    undone = {e.event.entry: (e.seq, e.event.reason) for e in entries if isinstance(e.event, Undone)}
    marks: dict[int, Mark] = {}
    for entry in entries:
        event = entry.event
        if entry.seq in undone:
            continue
        if isinstance(event, Struck):
            marks[event.entry] = Mark("struck", entry.seq, event.reason)
        elif isinstance(event, Moved):
            marks[event.entry] = Mark("moved", entry.seq)
    return marks | {target: Mark("undone", by, reason) for target, (by, reason) in undone.items()}


def _owners(entries: Sequence[Entry], marks: Mapping[int, Mark]) -> Mapping[int, str | None]:
    """Entries that are another's now than when they were written: what was moved, and all that hangs on it."""
    owners: dict[int, str | None] = {
        entry.event.entry: entry.event.to
        for entry in entries
        if isinstance(entry.event, Moved) and entry.seq not in marks
    }
    for entry in entries:
        if isinstance(entry.event, CORRECTIONS):
            target = entry.event.entry
            owner = owners.get(target, entries[target - 1].owner)
            if owner != entry.owner:
                owners[entry.seq] = owner
    return owners


def _effective(entries: Sequence[Entry], marks: Mapping[int, Mark]) -> list[tuple[Entry, Event]]:
    """The entries that count, each with the event it counts as, in the order of (at_ms, seq)."""
    written: dict[int, str] = {}
    for entry in entries:
        if isinstance(entry.event, WordsWritten) and entry.seq not in marks:
            written[entry.event.entry] = entry.event.text
    found: list[tuple[Entry, Event]] = []
    for entry in entries[1:]:
        event: Event = entry.event
        mark = marks.get(entry.seq)
        if mark is not None and mark.how == "moved":
            mover = entries[mark.by - 1].event
            event = mover.event if isinstance(mover, Moved) else event
        elif mark is not None or isinstance(event, CORRECTIONS):
            continue
        if isinstance(event, WordsKept) and entry.seq in written:
            event = replace(event, text=written[entry.seq])
        found.append((entry, event))
    return sorted(found, key=lambda pair: (pair[0].at_ms, pair[0].seq))


def _apply(state: LiveState, at_ms: int, seq: int, event: Event) -> LiveState:
    """The state with one event that counts. Corrections never come here, and count for nothing if they do."""
    state = replace(state, frontier_ms=max(state.frontier_ms, at_ms))
    match event:
        case (
            VitalsTaken() | ReadingMissed() | Taken() | DoseGiven() | DoseLost() | OtherGiven() | PhaseMarked()
            | Observed() | Scaled() | WordsKept() | WentAway() | CameBack() | Discharged()
        ):
            return _with(state, on_person(state.people[event.who], at_ms, seq, event))
        case Checked() | NoteMade():
            if event.who is not None:
                return _with(state, on_person(state.people[event.who], at_ms, seq, event))
            return replace(state, room=on_room(state.room, at_ms, seq, event))
        case StaffMoved() | TalkOnly():
            return replace(state, room=on_room(state.room, at_ms, seq, event))
        case DialogueStepped():
            couple = state.people[event.sender].couple
            return replace(state, room=on_room(state.room, at_ms, seq, event, couple))
        case Joined():
            # From the start when all is folded, so that what is entered late finds them.
            known = event.who in state.people
            return state if known else _with(state, newcomer(event.participant))
        case (
            EmergencyCalled() | EmergencyStepped() | EmergencyEnded() | TouchNarrowed() | SafeSignalled()
            | PhoneOrdered() | Overridden() | AdverseOpened() | RoleChanged()
        ):
            return _safety(state, at_ms, seq, event)
        case RoundDone():
            for key in (one for one in event.seen if one in state.people):
                state = _with(state, on_person(state.people[key], at_ms, seq, event))
            return replace(state, room=on_room(state.room, at_ms, seq, event))
        case Closed():
            note = NoteLine(seq, at_ms, event.summary)
            room = replace(state.room, notes=(*state.room.notes, note)) if event.summary else state.room
            return replace(state, room=room, closed_ms=at_ms)
        case Opened() | ClockNoted() | Moved() | Struck() | Undone() | WordsWritten():
            return state
        case _:
            assert_never(event)


def _safety(state: LiveState, at_ms: int, seq: int, event: SafetyEvent) -> LiveState:
    """An event of safety; a safe signal also stops the dialogue that the person is in."""
    person = state.people[event.who]
    state = _with(state, on_safety(person, at_ms, seq, event))
    if isinstance(event, SafeSignalled):
        talk = stopped(state.room.dialogue_of(person.couple), at_ms)
        state = replace(state, room=with_dialogue(state.room, person.couple, talk))
    return state


def _with(state: LiveState, person: PersonState) -> LiveState:
    return replace(state, people={**state.people, person.key: person})
