"""Knows what might be asked next in a session, by chance: every kind of entry, corrections and the end among them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from desktop.live.asks import (
    Ask,
    AskAdverse,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskDose,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskOverride,
    AskPhase,
    AskPhoneOrder,
    AskReading,
    AskRole,
    AskRound,
    AskSafe,
    AskScale,
    AskStaff,
    AskStrike,
    AskTaken,
    AskTouch,
    AskUndo,
    AskVitals,
    AskWords,
    AskWordsText,
)
from desktop.live.events import Ending, Missed, OverrideHow, PersonRole, Step
from desktop.live.state import LiveState
from tests.kit import MARA, PAUL, TESS

CHIPS = ("crying", "laughing", "tremor", "still", "fear", "joy", "anger", "settled")


def next_ask(state: LiveState, by: Random, end: float = 0.02) -> Ask:
    """Something to ask; it may be refused. end: how often it is about going home and closing."""
    who = by.choice(("a", "b"))
    seq = by.randrange(1, state.next_seq)
    if by.random() < end:
        waiting = [key for key, person in state.people.items() if not person.ended]
        if not waiting:
            return AskClose("a quiet end")
        ending = Ending.LEFT if state.people[waiting[0]].doses else Ending.NOT_DOSED
        return AskDischarge(waiting[0], ending, (("keys", "yes"),), escort="Sam")
    choices: tuple[Ask, ...] = (
        AskVitals(who, by.randrange(100, 190), by.randrange(60, 99), by.randrange(50, 120), by.randrange(90, 100)),
        AskObserve(who, by.choice(CHIPS)), AskObserve(who, by.choice(CHIPS), "strong"),
        AskWords(who, f"words {by.random()}"), AskWords(who), AskWordsText(seq, "written later"),
        AskNote("music " * by.randrange(1, 60)), AskNote("about one", who), AskScale(who, "nausea", by.randrange(11)),
        AskCheck("consent", "yes", who), AskReading(who, Missed.REFUSED, why="asleep"), AskTaken(who),
        AskDose(who, "sublingual", Decimal(25), lot="L1", by=MARA.id, checked_by=PAUL.id, entered_twice=True),
        AskLost(who, Decimal(1), "spat"), AskGiven(who, "ondansetron", Decimal(4), "mg", "oral", "standing"),
        AskPhase(who, "peak"), AskAway(who, "Tess"), AskBack(who), AskRound(), AskStaff(TESS.id, by.random() < 0.5),
        AskDialogue(Step.SEND, who), AskMove(who), AskMove(who, seq), AskStrike(seq, "misheard"), AskUndo(),
    )
    return by.choice((*choices, *_safety(who, seq, by)))


def _safety(who: str, seq: int, by: Random) -> tuple[Ask, ...]:
    """Orders by phone, touch, signals, emergencies with their steps, and what somebody answers for."""
    return (
        AskPhoneOrder(who, "ondansetron 4 mg", "Dr N", TESS.id), AskTouch(who, by.choice(("ask", "hands", "none"))),
        AskSafe(who), AskEmergency(who, ("call", "airway")), AskEmergencyStep(who, by.choice(("call", "airway"))),
        AskEmergencyEnd(who, "awake"), AskAdverse(who, "nausea", seq, by.randrange(6)),
        AskOverride(who, "fasting", "Dr N", OverrideHow.PRESENT, "a cracker"), AskRole(who, PersonRole.SITTING),
    )
