"""Knows how an entry is taken back, struck, or moved to the person whom it is about. Nothing is ever erased.

A dose is not moved and not undone: it is struck by name with a reason, and entered again for the right person, so
that the checks of a dose are made for the person who took it. What has been struck or undone stays in the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from desktop.domain.words import tr
from desktop.live.asks import (
    Ask,
    AskAdverse,
    AskAway,
    AskBack,
    AskCheck,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskPhase,
    AskPhoneOrder,
    AskReading,
    AskSafe,
    AskScale,
    AskStrike,
    AskTaken,
    AskTouch,
    AskUndo,
    AskVitals,
    AskWords,
    Now,
)
from desktop.live.events import (
    AdverseOpened,
    CameBack,
    Checked,
    ClockNoted,
    Closed,
    Discharged,
    DoseGiven,
    DoseLost,
    Entry,
    Event,
    Joined,
    Movable,
    Moved,
    NoteMade,
    Observed,
    Opened,
    OtherGiven,
    PhaseMarked,
    PhoneOrdered,
    ReadingMissed,
    SafeSignalled,
    Scaled,
    Struck,
    Taken,
    TouchNarrowed,
    Undone,
    VitalsTaken,
    WentAway,
    WordsKept,
    WordsWritten,
)
from desktop.live.fold import advance
from desktop.live.lines import DoseLine
from desktop.live.rules import known, refuse, words_of
from desktop.live.state import LiveState

_UNMADE = (Struck, Undone, Moved, WordsWritten)  # they count for nothing by themselves
Decide = Callable[[LiveState, Ask, Now], tuple[Event, ...]]


def owner_now(state: LiveState, seq: int) -> str | None:
    """Whose an entry is now, None for the room."""
    entry = state.entries[seq - 1]
    return state.owners.get(seq, entry.owner)


def counted(state: LiveState, seq: int) -> Event:
    """The event that an entry counts as: what a move made of it, or itself."""
    mark = state.marks.get(seq)
    mover = state.entries[seq - 1 if mark is None else mark.by - 1].event
    return mover.event if isinstance(mover, Moved) and mover.entry == seq else state.entries[seq - 1].event


def undo(state: LiveState, ask: AskUndo, now: Now) -> Undone:
    """Take back the last entry that has not been taken back. A dose, a discharge and a close are struck by name."""
    entry = next((entry for entry in reversed(state.entries) if _undoable(state, entry)), None)
    if entry is None:
        refuse("nothing_to_undo", tr("There is nothing to take back."))
    inner = state.entries[entry.event.entry - 1].event if isinstance(entry.event, Struck) else entry.event
    if isinstance(inner, DoseGiven | Discharged | TouchNarrowed | SafeSignalled):
        refuse(
            "undo_protected",
            tr("The last entry is about a dose, a discharge or touch; that is not undone in passing."),
            tr("Strike it by name with a reason, or enter it again."),
        )
    _check_newcomer(state, entry.seq)
    event = Undone(entry.seq, ask.reason.strip())
    _check_after(state, event, now)
    return event


def _undoable(state: LiveState, entry: Entry) -> bool:
    if isinstance(entry.event, Opened | Undone | ClockNoted):
        return False
    mark = state.marks.get(entry.seq)
    return mark is None or mark.how == "moved"


def strike(state: LiveState, ask: AskStrike, now: Now) -> Struck:
    """Strike an entry by its number, with a reason."""
    reason = words_of(ask.reason, "reason", tr("A reason is needed."))
    if not 1 <= ask.entry < state.next_seq:
        refuse("no_entry", tr("There is no such entry."))
    event = state.entries[ask.entry - 1].event
    if isinstance(event, Opened | Closed | ClockNoted):
        refuse("fixed", tr("The opening and what the clocks did are not struck."))
    if isinstance(event, Moved | Struck | Undone):
        refuse("correction", tr("A correction is not struck."), tr("Enter what is right."))
    mark = state.marks.get(ask.entry)
    if mark is not None and mark.how != "moved":
        refuse("struck_already", tr("This entry has been struck already."))
    _check_newcomer(state, ask.entry)
    struck = Struck(ask.entry, reason)
    _check_after(state, struck, now)
    return struck


def _check_newcomer(state: LiveState, seq: int) -> None:
    """Who came later is taken back only while nothing was entered about them."""
    event = state.entries[seq - 1].event
    if not isinstance(event, Joined):
        return
    theirs = (e for e in state.entries if owner_now(state, e.seq) == event.who and not isinstance(e.event, _UNMADE))
    if any(one.seq != seq and one.seq not in state.marks for one in theirs):
        refuse(
            "joined_has_entries", tr("There are entries about {who} already.", who=event.who.upper()),
            tr("Move or strike these first, or end the session for them."),
        )


def _check_after(state: LiveState, event: Struck | Undone, now: Now) -> None:
    """A correction must not leave more lost than given, nor a discharge before a dose."""
    entry = Entry(state.next_seq, now.elapsed_ms, now.elapsed_ms, "", "", None, now.wall, event)
    for person in advance(state, entry).people.values():
        if person.lost_mg > person.given_mg:
            refuse("lost_remains", tr("More would be lost than was given."), tr("Strike the loss first."))


def move(state: LiveState, ask: AskMove, now: Now, decide: Decide) -> Moved:
    """Move the last entry, or a named one, to another person. It is entered there with what holds for them."""
    known(state, ask.to)
    seq = _last(state) if ask.entry is None else ask.entry
    if not 1 <= seq < state.next_seq:
        refuse("no_entry", tr("There is no such entry."))
    named = state.entries[seq - 1].event
    seq = named.entry if isinstance(named, Moved) else seq
    mark = state.marks.get(seq)
    if mark is not None and mark.how != "moved":
        refuse("struck_already", tr("This entry has been struck already."))
    event = counted(state, seq)
    if isinstance(event, DoseGiven):
        refuse(
            "dose_not_moved", tr("A dose is not moved."),
            tr("Strike it with the reason, then enter it for the person who took it."),
        )
    if not isinstance(event, Movable):
        refuse("not_movable", tr("This entry is not about one person."))
    if owner_now(state, seq) == ask.to:
        refuse("already_there", tr("It is there already."))
    if isinstance(event, Taken) and any(line.taken_seq == seq and line.mg is not None for line in _doses(state)):
        refuse("dose_not_moved", tr("A dose is not moved."), tr("Strike the dose first."))
    at_ms = state.entries[seq - 1].at_ms
    decided = decide(state, _ask_again(event, ask.to), Now(now.elapsed_ms, now.wall, now.elapsed_ms - at_ms))[0]
    assert isinstance(decided, Movable)
    return Moved(seq, ask.to, decided)


def _doses(state: LiveState) -> list[DoseLine]:
    return [line for person in state.people.values() for line in person.doses]


def _last(state: LiveState) -> int:
    found = next(
        (e for e in reversed(state.entries) if _undoable(state, e) and not isinstance(e.event, Moved | Struck)), None
    )
    if found is None:
        refuse("nothing_to_move", tr("There is nothing to move."))
    return found.event.entry if isinstance(found.event, WordsWritten) else found.seq


def _ask_again(event: Movable, to: str) -> Ask:
    """The same, asked for another person."""
    match event:
        case VitalsTaken():
            return AskVitals(
                to, event.systolic, event.diastolic, event.hr, event.spo2, event.rr, event.temp, event.position
            )
        case ReadingMissed():
            return AskReading(to, event.outcome, event.of, event.why)
        case Scaled():
            return AskScale(to, event.of, event.value)
        case Observed():
            return AskObserve(to, event.chip, event.intensity)
        case Checked():
            return AskCheck(event.item, event.value, to, event.note)
        case NoteMade():
            return AskNote(event.text, to)
        case WordsKept():
            return AskWords(to, event.text)
        case PhaseMarked():
            return AskPhase(to, event.phase)
        case Taken():
            return AskTaken(to, scripted=True)
        case DoseLost():
            return AskLost(to, event.mg, event.why)
        case OtherGiven():
            return AskGiven(to, event.medicine, event.amount, event.unit, event.route, event.order)
        case PhoneOrdered():
            return AskPhoneOrder(to, event.text, event.prescriber, event.read_back_by)
        case TouchNarrowed():
            return AskTouch(to, event.to, event.place)
        case SafeSignalled():
            return AskSafe(to)
        case AdverseOpened():
            return AskAdverse(to, event.what, event.entry, event.severity, event.note)
        case WentAway():
            return AskAway(to, event.with_whom)
        case CameBack():
            return AskBack(to)
        case _:
            assert_never(event)
