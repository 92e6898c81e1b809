"""Knows how the dialogue's state becomes the coach: step, words, mirrors, what usually comes next."""

from __future__ import annotations

from desktop.domain.breath import Breath
from desktop.domain.words import tr, trn
from desktop.live.events import Step
from desktop.live.state import DialogueState, LiveState
from desktop.views.board.dialoguewords import MARKS, SHOWN, next_of, prompt_of, step_title
from desktop.views.board.shown import CoachFacts
from desktop.views.board.wording import letter_of, seat_of

_BY_RECEIVER = frozenset(
    (Step.MIRROR, Step.CHECK, Step.MORE, Step.SUMMARY, Step.VALIDATE, Step.EMPATHISE)
)
"""Steps at which the receiver speaks."""


AFFECT = "affect"
TOPIC = "Topic of the dialogue:"
SETTLES_MS = 120_000
"""How long after its beginning a number still counts as one from before the dialogue."""


def other_than(state: LiveState, key: str) -> str:
    """The other participant's key, empty for a person alone."""
    return next((one for one in state.people if one != key), "")


def _began(talk: DialogueState) -> int:
    """When the latest dialogue began: its turns follow each other without a gap."""
    began = talk.log[-1].from_ms
    for turn in reversed(talk.log[:-1]):
        if turn.to_ms != began:
            break
        began = turn.from_ms
    return began


def affect_words(state: LiveState, couple: int = 0) -> str:
    """`Affect before: A 6, B 4; after: A 3`: of the latest dialogue, each person's numbers."""
    talk = state.room.dialogue_of(couple)
    if not talk.turns:
        return ""
    began = _began(talk)
    before, after = [], []
    for key, one in state.people.items():
        lines = [line for line in one.scales if line.of == AFFECT]
        first = next((line for line in reversed(lines) if line.at_ms <= began + SETTLES_MS), None)
        last = next((line for line in reversed(lines) if talk.stopped_ms and line.at_ms >= talk.stopped_ms), None)
        before += [f"{letter_of(key)} {first.value if first else chr(0x2013)}"]
        after += [f"{letter_of(key)} {last.value if last else chr(0x2013)}"]
    said = tr("Affect before: {who}", who=", ".join(before))
    return tr("{before}; after: {who}", before=said, who=", ".join(after)) if talk.stopped_ms else said


def topic_of(state: LiveState) -> str:
    """What the dialogue is about, as it was written last since it began; empty when it was not."""
    talk, topic = state.room.dialogue, tr(TOPIC)
    if talk.step is None:
        return ""
    since = _began(talk) - SETTLES_MS
    lines = [line.text for line in state.room.notes if line.text.startswith(topic) and line.at_ms >= since]
    return lines[-1].removeprefix(topic).strip() if lines else ""


def coach_of(state: LiveState, now_ms: int, breath: Breath | None = None) -> CoachFacts | None:
    """The coach, None while no dialogue is under way. breath: how the one of a pause goes."""
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
    if breath is not None and talk.pause_ms is not None and now_ms - talk.pause_ms >= breath.ms:
        prompt = tr("Breathed. Go on when both are ready.")
    marks = tuple(zip(MARKS, (talk.sendings, talk.interruptions), strict=True))
    return CoachFacts(
        seat_of(speaker), letter_of(speaker), title, prompt, _hint(state, now_ms),
        _tally(state, now_ms), steps, next_of(step).value,
        tuple((one.value, step_title(one), count) for one, count in marks), breath,
        None if talk.pause_ms is None else max(0, now_ms - talk.pause_ms), affect_words(state), topic_of(state),
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
