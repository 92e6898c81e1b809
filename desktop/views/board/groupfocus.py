"""Knows a group on the board: which couple is opened, and what is next for the others, at a glance."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.words import tr
from desktop.live.due import due_of
from desktop.live.state import LiveState, PersonState
from desktop.views.board.duefacts import line_of
from desktop.views.board.shown import ActionFacts, GlanceCouple, GlancePerson
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import Entry

FOCUS = "focus"
KEYS = tuple(f"Ctrl+Alt+{n}" for n in range(1, 10))


def couples_of(state: LiveState) -> tuple[int, ...]:
    """The numbers of the couples of a group, in order; empty where the session is no group."""
    return tuple(sorted({one.couple for one in state.people.values() if one.couple}))


def first_couple(state: LiveState) -> int:
    """The couple that is opened first; 0 where the session is no group."""
    return next(iter(couples_of(state)), 0)


def near(state: LiveState, couple: int) -> LiveState:
    """The session as far as one couple of a group is opened: its two people, and its dialogue as the only one."""
    if not couple:
        return state
    people = {key: one for key, one in state.people.items() if one.couple in (couple, 0)}
    return replace(state, people=people, room=replace(state.room, dialogues={0: state.room.dialogue_of(couple)}))


def whose(state: LiveState, couple: int) -> frozenset[str | None] | None:
    """Whose entries stand in the log while a couple is opened: the room's and theirs; None: everybody's."""
    return None if not couple else frozenset((None, str(couple), *near(state, couple).people))


def glance_of(state: LiveState, couple: int, now_ms: int) -> tuple[GlanceCouple, ...]:
    """Every couple of a group in a few words: first name and couple's number only, own clock, what is next."""
    return tuple(
        GlanceCouple(
            number, number == couple,
            tuple(_person(state, one, now_ms) for one in state.people.values() if one.couple == number),
        )
        for number in couples_of(state)
    )


def _person(state: LiveState, one: PersonState, now_ms: int) -> GlancePerson:
    due = line_of(one, due_of(state, one, now_ms), now_ms)
    first = one.first_dose_ms
    clock = "" if first is None else _clock(max(0, (one.ending.at_ms if one.ending else now_ms) - first) // 60_000)
    first_only = due.text.split(" \u00b7 ")[0]
    return GlancePerson(due.seat, letter_of(one.key), one.name.split()[0], clock, first_only, due.tone)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def focus_commands(state: LiveState) -> tuple[Entry, ...]:
    """The same for the palette, by first names."""
    names = {
        number: ", ".join(one.name.split()[0] for one in state.people.values() if one.couple == number)
        for number in couples_of(state)
    }
    return tuple(
        Entry(facts.id, facts.title, names[number], facts.icon, tr("Live session"), facts.key)
        for number, facts in zip(couples_of(state), focus_actions(state), strict=False)
    )


def focus_actions(state: LiveState) -> tuple[ActionFacts, ...]:
    """A key for each couple of a group."""
    return tuple(
        ActionFacts(f"{FOCUS}:{number}", tr("Open couple {n}", n=number), "users", key)
        for number, key in zip(couples_of(state), KEYS, strict=False)
    )
