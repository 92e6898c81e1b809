"""Knows whose copy holds what: a person's copy has their own entries and the room's, and nothing of anyone else."""

from __future__ import annotations

from dataclasses import replace

from desktop.live.corrections import counted, owner_now
from desktop.live.events import Entry, Event, Opened, RoundDone
from desktop.live.state import LiveState


def seen_by(state: LiveState, who: str) -> tuple[Entry, ...]:
    """The entries of one person's copy, in order, as they count now.

    The opening names only them. A moved entry stands where it is now, at the person it was moved to, and leaves
    nothing where it was; the correction itself says only what happened in this person's copy.
    """
    found = []
    couple = state.people[who].couple
    theirs = (None, who, str(couple)) if couple else (None, who)
    for entry in state.entries:
        if owner_now(state, entry.seq) in theirs:
            found.append(replace(entry, owner=owner_now(state, entry.seq), event=_own_part(state, entry, who)))
    return tuple(found)


def _own_part(state: LiveState, entry: Entry, who: str) -> Event:
    event = counted(state, entry.seq)
    if isinstance(event, Opened):
        return replace(event, participants=tuple(one for one in event.participants if one.key == who))
    if isinstance(event, RoundDone):
        return replace(event, seen=tuple(key for key in event.seen if key == who))
    return event


def reassigned(before: LiveState, after: LiveState) -> tuple[tuple[int, str | None], ...]:
    """Which entries belong to somebody else after a correction: (number, person or None for the room)."""
    changed = set(before.owners) | set(after.owners)
    return tuple(
        (seq, owner_now(after, seq)) for seq in sorted(changed)
        if seq <= len(before.entries) and owner_now(before, seq) != owner_now(after, seq)
    )
