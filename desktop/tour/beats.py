"""Knows what happens in the afternoon that the tour plays: every entry with its minute, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskDose,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskPhase,
    AskReading,
    AskRound,
    AskScale,
    AskStaff,
    AskUndo,
    AskVitals,
    AskWords,
)
from desktop.live.events import Ending, Missed, Step
from desktop.tour.cast import Pair

DOSE_A, DOSE_B = 7 * 60, 17 * 60
LOT = "L-2207"
DISCHARGE_ITEMS = (
    "oriented", "gait", "fluids", "safety_question", "partner_safety", "instructions", "next_appointment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that somebody enters. at_s: seconds since the session began; ago_s: how long ago it happened."""

    at_s: int
    ask: Ask
    ago_s: int = 0
    prescriber: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """The members' identifiers."""

    therapist: str
    prescriber: str


def beats(pair: Pair, team: Team, seed: int) -> tuple[Beat, ...]:
    """The afternoon in order of time. Readings wander a little with the seed; what they lead to does not."""
    found = [*_before(team), *_doses(team), *_readings(), *_middle(pair), *_dialogue(), *_leaving(pair, team)]
    chance = Random(seed)
    return tuple(_wander(beat, chance) for beat in sorted(found, key=lambda beat: beat.at_s))


def _wander(beat: Beat, chance: Random) -> Beat:
    """Another reading than in another tour, by a point or two; an amber one stays amber, a calm one calm."""
    step = chance.randint(-2, 2)
    ask = beat.ask
    if not isinstance(ask, AskVitals):
        return beat
    systolic = None if ask.systolic is None else ask.systolic + step
    return replace(beat, ask=replace(ask, systolic=systolic, hr=None if ask.hr is None else ask.hr + step))


def _before(team: Team) -> Iterator[Beat]:
    """The room and the arrival of both."""
    yield Beat(20, AskCheck("oxygen", "checked", None, "cylinder and mask"))
    yield Beat(25, AskStaff(team.prescriber, present=True))
    checks = (
        ("identity", "yes"), ("willing", "yes"), ("safe_today", "yes"), ("consent", "yes"),
        ("clearance", "yes"), ("fasting", "6 h"), ("medicines", "as listed"),
        ("touch_plan", "yes"), ("escort", "brother, by car"),
    )  # fmt: skip
    for start, who in ((40, "a"), (130, "b")):
        for step, (item, value) in enumerate(checks):
            yield Beat(start + 8 * step, AskCheck(item, value, who))
    yield Beat(230, AskVitals("a", 124, 78, 72, 98, 14, Decimal("36.6"), "sitting"))
    yield Beat(290, AskVitals("b", 116, 74, 68, 99, 15, Decimal("36.8"), "sitting"))
    yield Beat(330, AskNote("Both read their intention aloud. The candle is lit."))


def _doses(team: Team) -> Iterator[Beat]:
    """Ten minutes apart, so that there is never a moment when both need everything. B lets half a lozenge fall."""
    give = AskDose(
        "a", "sublingual", Decimal(100), lot=LOT, by=team.therapist, checked_by=team.prescriber
    )
    yield Beat(DOSE_A, give)
    yield Beat(DOSE_B, replace(give, who="b"))
    yield Beat(DOSE_A + 12 * 60, AskCheck("spit", "yes", "a"))
    yield Beat(DOSE_B + 12 * 60, AskCheck("spit", "yes", "b"))
    yield Beat(DOSE_B + 250, AskLost("b", Decimal(50), "dropped: half of the lozenge, found on the blanket"))


def _readings() -> Iterator[Beat]:
    """A: calm, amber, its repeat calm again. B: once the cuff is not wanted."""
    a = ((20, 136, 84, 82, 97), (40, 164, 98, 92, 97), (45, 148, 90, 86, 98), (60, 140, 86, 80, 98),
         (90, 130, 82, 76, 98), (120, 126, 78, 72, 99))  # fmt: skip
    b = ((20, 128, 80, 78, 98), (40, 132, 84, 80, 98), (90, 122, 78, 72, 98), (120, 118, 74, 70, 99))
    for who, dose, rows in (("a", DOSE_A, a), ("b", DOSE_B, b)):
        for minute, systolic, diastolic, hr, spo2 in rows:
            yield Beat(dose + minute * 60 + 15, AskVitals(who, systolic, diastolic, hr, spo2, 13))
    yield Beat(DOSE_B + 60 * 60 + 20, AskReading("b", Missed.REFUSED, (), "does not want the cuff now"))
    yield Beat(DOSE_B + 68 * 60, AskVitals("b", 126, 80, 74, 98, 14))


def _middle(pair: Pair) -> Iterator[Beat]:
    """What is seen and said while the medicine is at work."""
    for minute in range(20, 141, 15):
        yield Beat(minute * 60 + 40, AskRound())
    yield Beat(19 * 60, AskObserve("a", "eyes-closed"))
    yield Beat(24 * 60, AskObserve("b", "eyes-closed"))
    # Entered for the wrong partner and moved: both traces stay.
    yield Beat(28 * 60, AskObserve("a", "crying"))
    yield Beat(28 * 60 + 20, AskMove("b"))
    yield Beat(31 * 60, AskWords("a", pair.a.words[0]))
    yield Beat(33 * 60, AskScale("a", "dissociation", 7))
    yield Beat(38 * 60, AskWords("b", pair.b.words[0]))
    yield Beat(41 * 60, AskScale("b", "dissociation", 6))
    yield Beat(48 * 60, AskNote("No headache, no pressure behind the eyes; says so when asked.", "a"))
    yield Beat(52 * 60, AskObserve("a", "reassurance"), ago_s=120)
    yield Beat(58 * 60, AskNote("Music changed to the second list."))
    yield Beat(58 * 60 + 15, AskUndo("it was still the first one"))
    yield Beat(64 * 60, AskObserve("b", "reaches-out"))
    yield Beat(74 * 60, AskPhase("a", "return"))
    yield Beat(82 * 60, AskAway("a", "sitter"))
    yield Beat(86 * 60, AskBack("a"))
    yield Beat(88 * 60, AskWords("a", pair.a.words[1]))
    yield Beat(95 * 60, AskScale("a", "moaas", 5))
    yield Beat(103 * 60, AskScale("b", "moaas", 5))


def _dialogue() -> Iterator[Beat]:
    """One appreciation each, in short pieces."""
    steps = (
        (0, Step.SEND, "a"), (60, Step.MIRROR, "a"), (100, Step.CHECK, "a"), (130, Step.CORRECT, "a"),
        (170, Step.MIRROR, "a"), (230, Step.SUMMARY, "a"), (270, Step.VALIDATE, "a"), (310, Step.EMPATHISE, "a"),
        (380, Step.SWITCH, "b"), (390, Step.SEND, "b"), (440, Step.MIRROR, "b"), (520, Step.VALIDATE, "b"),
        (560, Step.GIFT, "b"), (600, Step.STOP, "b"),
    )  # fmt: skip
    for after, step, sender in steps:
        yield Beat(110 * 60 + after, AskDialogue(step, sender))


def _leaving(pair: Pair, team: Team) -> Iterator[Beat]:
    """Each when their own criteria are met."""
    yield Beat(115 * 60, AskWords("b", pair.b.words[1]))
    for who, dose, escort in (("a", DOSE_A, "brother, by car"), ("b", DOSE_B, "sister, by car")):
        end = dose + 127 * 60
        yield Beat(end, AskScale(who, "moaas", 5))
        items = tuple((item, "yes") for item in DISCHARGE_ITEMS)
        yield Beat(end + 120, AskDischarge(who, Ending.MET, items, escort), prescriber=who == "b")
    yield Beat(DOSE_B + 133 * 60, AskStaff(team.prescriber, present=False))
    yield Beat(DOSE_B + 135 * 60, AskClose("Both left on foot with their escorts. Sheets and number given."))
