"""Knows what may happen next: commands become events, or are refused with a reason.

The engine owns no clock, no disk and no chance: time is an argument, identifiers come with the opening.

    state, opening = start(opened, now, author="m1")
    events = decide(state, AskVitals("a", systolic=128, diastolic=82), now)
    for event in events:
        state, entry = enter(state, event, now, author="m1")   # keep the entry before it is shown
"""

from __future__ import annotations

from typing import assert_never

from desktop.domain.words import tr
from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskDose,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskPhase,
    AskReading,
    AskRound,
    AskScale,
    AskStaff,
    AskStrike,
    AskTaken,
    AskUndo,
    AskVitals,
    AskWords,
    AskWordsText,
    Now,
)
from desktop.live.asks_safety import (
    AskAdverse,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskJoin,
    AskOverride,
    AskPhoneOrder,
    AskRole,
    AskSafe,
    AskTalkOnly,
    AskTouch,
)
from desktop.live.company import change_role, check_company, check_schedule, join, talk_only
from desktop.live.corrections import move, owner_now, strike, undo
from desktop.live.dosing import give, give_other, lose, take
from desktop.live.endings import close, discharge
from desktop.live.events import (
    CameBack,
    Checked,
    ClockNoted,
    Closed,
    DialogueStepped,
    Entry,
    Event,
    Moved,
    NoteMade,
    Opened,
    RoundDone,
    StaffMoved,
    Struck,
    TalkOnly,
    Undone,
    WentAway,
    WordsKept,
    WordsWritten,
)
from desktop.live.fold import advance, fold
from desktop.live.readings import mark_phase, miss_reading, observe, rate, take_vitals
from desktop.live.rules import WEIGHT, check_time, known, person_of, read_weight, refuse, words_of
from desktop.live.safety import keep_safe, override
from desktop.live.state import LiveState

TEXT_LIMIT = 8000


def start(opened: Opened, now: Now, author: str, attested_by: str = "") -> tuple[LiveState, Entry]:
    """Open a session; the state and its first entry. Refused when the people in it cannot be."""
    check_company([person.key for person in opened.participants])
    entry = Entry(1, now.at_ms, now.elapsed_ms, author, attested_by or author, None, now.wall, opened)
    state = fold((entry,))
    for person in opened.participants:
        check_schedule(state, person)
    return state, entry


def decide(state: LiveState, ask: Ask, now: Now) -> tuple[Event, ...]:
    """The events that follow from what is asked, or Refused."""
    check_time(state, now)
    for text in (getattr(ask, name) for name in ask.__slots__):
        if isinstance(text, str) and len(text) > TEXT_LIMIT:
            refuse("too_long", tr("At most {n} characters.", n=TEXT_LIMIT))
    return (_decide(state, ask, now),)


def _decide(state: LiveState, ask: Ask, now: Now) -> Event:
    match ask:
        case AskVitals():
            return take_vitals(state, ask, now)
        case AskReading():
            return miss_reading(state, ask, now)
        case AskScale():
            return rate(state, ask, now)
        case AskObserve():
            return observe(state, ask, now)
        case AskPhase():
            return mark_phase(state, ask, now)
        case AskTaken():
            return take(state, ask, now)
        case AskDose():
            return give(state, ask, now)
        case AskLost():
            return lose(state, ask, now)
        case AskGiven():
            return give_other(state, ask, now)
        case AskMove():
            return move(state, ask, now, decide)
        case AskStrike():
            return strike(state, ask, now)
        case AskUndo():
            return undo(state, ask, now)
        case AskDischarge():
            return discharge(state, ask, now)
        case AskClose():
            return close(state, ask, now)
        case AskCheck() | AskStaff() | AskWords() | AskWordsText() | AskNote() | AskDialogue():
            return _say(state, ask, now)
        case AskAway() | AskBack() | AskRound():
            return _place(state, ask, now)
        case (
            AskPhoneOrder() | AskTouch() | AskSafe() | AskEmergency() | AskEmergencyStep() | AskEmergencyEnd()
            | AskAdverse()
        ):
            return keep_safe(state, ask, now)
        case AskOverride():
            return override(state, ask, now)
        case AskJoin():
            return join(state, ask, now)
        case AskRole():
            return change_role(state, ask, now)
        case AskTalkOnly():
            return talk_only(state, ask, now)
        case _:
            assert_never(ask)


def _say(
    state: LiveState, ask: AskCheck | AskStaff | AskWords | AskWordsText | AskNote | AskDialogue, now: Now
) -> Event:
    match ask:
        case AskCheck():
            if ask.who is not None:
                person_of(state, ask.who, now)
            item = words_of(ask.item, "item", tr("Say what was checked."))
            value = words_of(ask.value, "value", tr("Say how it was."))
            if item == "weight" and read_weight(value) is None:
                refuse("weight", tr("A weight in kg is needed, from {low} to {high}.", low=WEIGHT[0], high=WEIGHT[1]))
            return Checked(item, value, ask.who, ask.note.strip())
        case AskStaff():
            return StaffMoved(words_of(ask.member, "member", tr("Say who.")), ask.present)
        case AskWords():
            person_of(state, ask.who, now)
            return WordsKept(ask.who, ask.text.strip())
        case AskWordsText():
            return _words_text(state, ask)
        case AskNote():
            if ask.who is not None:
                known(state, ask.who)
            return NoteMade(words_of(ask.text, "text", tr("The note is empty.")), ask.who)
        case AskDialogue():
            person_of(state, ask.sender, now)
            return DialogueStepped(ask.step, ask.sender)
        case _:
            assert_never(ask)


def _words_text(state: LiveState, ask: AskWordsText) -> WordsWritten:
    """The text of stamped words, once."""
    text = words_of(ask.text, "text", tr("There are no words yet."))
    lines = {line.seq: line for person in state.people.values() for line in person.words}
    if ask.entry not in lines:
        refuse("no_words", tr("No words were stamped there."))
    if lines[ask.entry].text:
        refuse("words_there", tr("These words are written already."), tr("Strike them and keep them again."))
    return WordsWritten(ask.entry, text)


def _place(state: LiveState, ask: AskAway | AskBack | AskRound, now: Now) -> Event:
    match ask:
        case AskAway():
            if person_of(state, ask.who, now).away is not None:
                refuse("away", tr("{who} is away already.", who=ask.who.upper()))
            return WentAway(ask.who, ask.with_whom.strip())
        case AskBack():
            if person_of(state, ask.who, now).away is None:
                refuse("here", tr("{who} is here.", who=ask.who.upper()))
            return CameBack(ask.who)
        case AskRound():
            return RoundDone(tuple(key for key, one in state.people.items() if not one.ended and one.away is None))
        case _:
            assert_never(ask)


def enter(state: LiveState, event: Event, now: Now, author: str, attested_by: str = "") -> tuple[LiveState, Entry]:
    """Wrap an event that was decided into the next entry, and the state after it."""
    correction = isinstance(event, Moved | Struck | Undone | WordsWritten)
    entry = Entry(
        seq=state.next_seq, at_ms=now.elapsed_ms if correction else now.at_ms, entered_ms=now.elapsed_ms,
        author=author, attested_by=attested_by or author, owner=owner_of(state, event), wall=now.wall, event=event,
    )
    return advance(state, entry), entry


def owner_of(state: LiveState, event: Event) -> str | None:
    """Whose an event is: the person it is about, or None, the room's; in a group a dialogue is its couple's number."""
    match event:
        case Opened() | StaffMoved() | RoundDone() | Closed() | ClockNoted() | TalkOnly():
            return None
        case DialogueStepped():
            couple = state.people[event.sender].couple
            return str(couple) if couple else None
        case Moved():
            return event.to
        case Struck() | Undone() | WordsWritten():
            return owner_now(state, event.entry)
        case _:
            return event.who
