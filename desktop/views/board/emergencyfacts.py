"""Knows how a person's open emergency becomes the card beside the board: steps, minutes, and whom to call."""

from __future__ import annotations

from desktop.domain.cards import EmergencyCard
from desktop.domain.words import tr
from desktop.live.lines_safety import EmergencyLine
from desktop.live.state import LiveState
from desktop.views.board.headerfacts import header_of
from desktop.views.board.shown_safety import EmergencyFacts, FactLine, StepFacts
from desktop.views.board.wording import letter_of, seat_of
from desktop.views.ui.facts import clock_text, minute_text


def open_cards(state: LiveState) -> tuple[str, ...]:
    """Whose card is open, the latest call first."""
    found = [
        (alarm.seq, key) for key, one in state.people.items() if (alarm := one.emergency) is not None and alarm.open
    ]
    return () if state.closed else tuple(key for _, key in sorted(found, reverse=True))


def emergency_of(
    state: LiveState, card: EmergencyCard, who: str, now_ms: int, *, veiled: bool = False,
    facts: tuple[FactLine, ...] = (),
) -> EmergencyFacts | None:
    """The card of a person, None while none is open. veiled: without a name. facts: shown in the place of the steps."""
    cards = open_cards(state)
    if who not in cards:
        if not cards:
            return None
        who, facts = cards[0], ()
    person = state.people[who]
    alarm = person.emergency
    assert alarm is not None
    letter = letter_of(who)
    others = tuple(
        (key, tr("{letter}: a card is open too", letter=letter_of(key))) for key in cards if key != who
    )
    call = " \u00b7 ".join(part for part in (tr("Call {number}", number=card.number), card.address) if part)
    return EmergencyFacts(
        who, letter, seat_of(who), None if veiled else header_of(person, now_ms), card.title,
        clock_text(max(0, now_ms - alarm.at_ms) // 1000), call, steps_of(card, alarm), facts, others,
    )


def steps_of(card: EmergencyCard, alarm: EmergencyLine) -> tuple[StepFacts, ...]:
    """The steps that were asked for when the card was opened, each with its minute once it was ticked."""
    done = {step: minute_text(at_ms / 1000) for step, at_ms, _ in alarm.steps}
    keys = alarm.asked or tuple(step.key for step in card.steps)
    found = []
    for at, key in enumerate(keys, 1):
        step = card.step(key)
        words, detail = (key, "") if step is None else (tr(step.words), tr(step.detail) if step.detail else "")
        found.append(StepFacts(key, str(at), words, detail, done.get(key, "")))
    return tuple(found)


def next_step(facts: EmergencyFacts) -> StepFacts | None:
    """The first step that is not ticked."""
    return next((step for step in facts.steps if not step.at), None)
