"""Knows how readings answer what is asked: windows of signs, and the repeats after a value out of band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.protocol import Level, Sign, Timing
from desktop.live.events import Missed
from desktop.live.lines import READ
from desktop.live.state import DueState, PersonState


@dataclass(frozen=True, slots=True)
class Answer:
    """What settled a due item, when, and by which entry."""

    state: DueState
    at_ms: int
    seq: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A second look that was asked for."""

    sign: Sign
    due_ms: int
    answer: Answer | None


OUTCOMES = {Missed.REFUSED: DueState.REFUSED, Missed.FAILED: DueState.FAILED}


def answers(person: PersonState, sign: Sign) -> Iterator[Answer]:
    """Everything that was read, refused or failed of one sign, in order."""
    found = [Answer(DueState.DONE, line.at_ms, line.seq) for line in person.vitals if sign in line.signs]
    found += [
        Answer(OUTCOMES[line.outcome], line.at_ms, line.seq)
        for line in person.missed if sign in (line.of or READ)
    ]
    yield from sorted(found, key=lambda answer: (answer.at_ms, answer.seq or 0))


def answer_of(person: PersonState, needs: Iterable[Sign], from_ms: int, until_ms: int) -> Answer | None:
    """What answered all the `needs` in [from_ms, until_ms), or None while one is open.

    A sign that was read counts as read even when it was refused or failed before.
    """
    found = []
    for sign in needs:
        inside = [answer for answer in answers(person, sign) if from_ms <= answer.at_ms < until_ms]
        read = [answer for answer in inside if answer.state is DueState.DONE]
        if not inside:
            return None
        found.append((read or inside)[0])
    latest = max(found, key=lambda answer: (answer.at_ms, answer.seq or 0))
    states = {answer.state for answer in found}
    state = next(one for one in (DueState.REFUSED, DueState.FAILED, DueState.DONE) if one in states)
    return Answer(state, latest.at_ms, latest.seq)


def repeats_of(timing: Timing, person: PersonState) -> Iterator[Repeat]:
    """The repeats asked for, sign by sign: one after amber; after red until so many in a row were within the band."""
    levels = {line.seq: line for line in person.vitals}
    for sign in READ:
        if not any(sign in dict(line.levels) for line in person.vitals):
            continue
        pending: int | None = None
        wanted = goal = 0
        for answer in answers(person, sign):
            if pending is not None and answer.at_ms >= pending - timing.repeat_early.ms:
                yield Repeat(sign, pending, answer)
                pending = None
            if answer.state is not DueState.DONE or answer.seq is None:
                continue
            level = levels[answer.seq].level(sign)
            if level is Level.NORMAL:
                wanted = max(wanted - 1, 0)
                goal = goal if wanted else 0
            else:
                red = level is Level.RED
                wanted = goal = max(goal, timing.normals_after_red.whole if red else 1)
            if wanted and pending is None:
                pending = answer.at_ms + timing.repeat.ms
        if pending is not None:
            yield Repeat(sign, pending, None)
