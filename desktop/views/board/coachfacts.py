"""Knows how the dialogue's state becomes the coach: step, words, mirrors, what usually comes next."""

from __future__ import annotations

from desktop.domain.words import tr, trn
from desktop.live.events import Step
from desktop.live.state import LiveState
from desktop.views.board.dialoguewords import SHOWN, next_of, prompt_of, step_title
from desktop.views.board.shown import CoachFacts
from desktop.views.board.wording import letter_of, seat_of

_BY_RECEIVER = frozenset(
    (Step.MIRROR, Step.CHECK, Step.MORE, Step.SUMMARY, Step.VALIDATE, Step.EMPATHISE)
)
"""Steps at which the receiver speaks."""


def other_than(state: LiveState, key: str) -> str:
    """The other participant's key, empty for a person alone."""
    return next((one for one in state.people if one != key), "")


def coach_of(state: LiveState, now_ms: int) -> CoachFacts | None:
    """The coach, None while no dialogue is under way."""
    talk = state.room.dialogue
    if talk.step is None or state.closed:
        return None
    step = Step.PAUSE if talk.paused else talk.step
    receiver = other_than(state, talk.sender)
    title = tr(
        "Dialogue: {sender} sends, {receiver} mirrors", sender=letter_of(talk.sender), receiver=letter_of(receiver)
    )
    speaker = receiver if step in _BY_RECEIVER and receiver else talk.sender
    steps = tuple((one.value, step_title(one), one in talk.steps_done, one is step) for one in SHOWN)
    prompt = prompt_of(step)
    away = ", ".join(letter_of(key) for key, person in state.people.items() if person.away is not None)
    if away:
        title = tr("Dialogue waits: {who} is out of the room", who=away)
        prompt = tr("Wait for {who}, or stop the dialogue.", who=away)
    return CoachFacts(
        seat_of(speaker), letter_of(speaker), title, prompt, _hint(state, now_ms),
        _tally(state, now_ms), steps, next_of(step).value,
    )


def _tally(state: LiveState, now_ms: int) -> str:
    talk, rule = state.room.dialogue, state.protocol.dialogue
    minutes = max(0, now_ms - talk.turn_ms) // 60_000
    parts = [
        tr("turn {min} of about {of} min", min=minutes, of=rule.turn_min.whole),
        trn("{count} mirror", "{count} mirrors", talk.mirrors),
    ]
    if talk.corrections:
        parts.append(trn("{count} correction", "{count} corrections", talk.corrections))
    return " \u00b7 ".join(parts)


def _hint(state: LiveState, now_ms: int) -> str:
    """What the protocol says of dialogues; never a lock."""
    rule = state.protocol.dialogue
    early = []
    for person in state.people.values():
        first = person.first_dose_ms
        if not rule.throughout and first is not None and now_ms - first < rule.from_min.ms:
            early.append(letter_of(person.key))
    first_words = [tr("Before minute {min}: {who}", who=", ".join(early), min=rule.from_min.whole)] if early else []
    pieces = tr("Pieces of about {s} seconds", s=rule.piece_seconds.whole)
    return " \u00b7 ".join((*first_words, pieces, *(tr(hint) for hint in rule.hints)))
