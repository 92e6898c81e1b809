"""Knows what a person at the board can ask the engine to keep: one frozen dataclass per command.

`who` is a participant's key, None the room. Amounts are exact decimals in milligrams unless a field says otherwise.
`scripted` marks what comes from a script: nobody is there to answer a question, so what the board would ask for
is kept as `missing` instead of being refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.moment import Moment
from desktop.domain.protocol import CheckKind, Sign
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
    SafetyAsk,
)
from desktop.live.events import Ending, Missed, Step

__all__ = [
    "Ask", "AskAdverse", "AskAway", "AskBack", "AskCheck", "AskClose", "AskDialogue", "AskDischarge", "AskDose",
    "AskEmergency", "AskEmergencyEnd", "AskEmergencyStep", "AskGiven", "AskJoin", "AskLost", "AskMove", "AskNote",
    "AskObserve", "AskOverride", "AskPhase", "AskPhoneOrder", "AskReading", "AskRole", "AskRound", "AskSafe",
    "AskScale", "AskStaff", "AskStrike", "AskTaken", "AskTalkOnly", "AskTouch", "AskUndo", "AskVitals", "AskWords",
    "AskWordsText", "Now", "SafetyAsk",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Now:
    """When something is asked. elapsed_ms: since the session started, sleep included; ago_ms: how long ago it was."""

    elapsed_ms: int
    wall: Moment
    ago_ms: int = 0

    @property
    def at_ms(self) -> int:
        """When it happened."""
        return self.elapsed_ms - self.ago_ms


@dataclass(frozen=True, slots=True)
class AskCheck:
    """A room, arrival, go / no-go or leaving item."""

    item: str
    value: str
    who: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskStaff:
    """A member comes in or goes out."""

    member: str
    present: bool


@dataclass(frozen=True, slots=True)
class AskVitals:
    """Any part of a set of vitals. systolic and diastolic come together; temp in degrees Celsius."""

    who: str
    systolic: int | None = None
    diastolic: int | None = None
    hr: int | None = None
    spo2: int | None = None
    rr: int | None = None
    temp: Decimal | None = None
    position: str = ""


@dataclass(frozen=True, slots=True)
class AskReading:
    """A reading was refused or failed; of empty: the whole set."""

    who: str
    outcome: Missed
    of: tuple[Sign, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class AskTaken:
    """Taken now."""

    who: str
    scripted: bool = False


@dataclass(frozen=True, slots=True)
class AskDose:
    """A dose. ml and mg_per_ml for what is injected; when both are there, mg must be their product to 0.01.

    entered_twice: the member was told what is above the order or a guard, and entered the amount a second time.
    remaining: lozenges left in the client's own container, None: not counted.
    """

    who: str
    route: str
    mg: Decimal
    ml: Decimal | None = None
    mg_per_ml: Decimal | None = None
    lot: str = ""
    own: bool = False
    site: str = ""
    by: str = ""
    checked_by: str = ""
    check_kind: CheckKind | None = None
    entered_twice: bool = False
    scripted: bool = False
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class AskLost:
    """A part of what was given was lost."""

    who: str
    mg: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class AskGiven:
    """Another medicine was given."""

    who: str
    medicine: str
    amount: Decimal
    unit: str
    route: str
    order: str


@dataclass(frozen=True, slots=True)
class AskPhase:
    """The person is in this phase now."""

    who: str
    phase: str


@dataclass(frozen=True, slots=True)
class AskObserve:
    """A chip, by key or any of its names."""

    who: str
    chip: str
    intensity: str = ""


@dataclass(frozen=True, slots=True)
class AskScale:
    """A rating, by key or any of the scale's names."""

    who: str
    of: str
    value: int


@dataclass(frozen=True, slots=True)
class AskWords:
    """Words to keep; text empty: stamp the minute, the text follows."""

    who: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class AskWordsText:
    """The text of words that were stamped as entry number `entry`."""

    entry: int
    text: str


@dataclass(frozen=True, slots=True)
class AskNote:
    """A line in the log."""

    text: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class AskDialogue:
    """The dialogue moves to a step."""

    step: Step
    sender: str


@dataclass(frozen=True, slots=True)
class AskAway:
    """A person leaves the room for a while."""

    who: str
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class AskBack:
    """A person is back."""

    who: str


@dataclass(frozen=True, slots=True)
class AskRound:
    """All seen."""


@dataclass(frozen=True, slots=True)
class AskMove:
    """The last entry, or the one numbered `entry`, belongs to another person."""

    to: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class AskStrike:
    """Entry number `entry` was wrong."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskUndo:
    """Take back the last entry."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskDischarge:
    """A person's session ends. items: criteria and facts, as item and value."""

    who: str
    ending: Ending
    items: tuple[tuple[str, str], ...] = ()
    escort: str = ""
    statement_by: str = ""
    to: str = ""
    scripted: bool = False


@dataclass(frozen=True, slots=True)
class AskClose:
    """The session is over."""

    summary: str = ""


Ask = (
    AskCheck | AskStaff | AskVitals | AskReading | AskTaken | AskDose | AskLost | AskGiven | AskPhase | AskObserve
    | AskScale | AskWords | AskWordsText | AskNote | AskDialogue | AskAway | AskBack | AskRound | AskMove | AskStrike
    | AskUndo | AskDischarge | AskClose | SafetyAsk
)
