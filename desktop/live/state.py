"""Knows what a live session is at one moment: the people, the room, and what is due.

All times are milliseconds since the session started. Every tuple of lines is in order of (at_ms, seq).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.amounts import ZERO
from desktop.domain.checklist import Checklist
from desktop.domain.protocol import Level, Protocol, Sign
from desktop.live.events import Entry, Opened, OrderLimits, Participant, PersonRole, Step, TouchLevel
from desktop.live.lines import (
    AwayLine,
    CheckLine,
    DoseLine,
    EndingLine,
    LossLine,
    MissedLine,
    NoteLine,
    ObservationLine,
    OtherLine,
    OutOfBand,
    PhaseLine,
    ScaleLine,
    VitalsLine,
    WordsLine,
    reading_text,
)
from desktop.live.lines_safety import AdverseLine, EmergencyLine, OverrideLine, PhoneOrderLine, TurnLine


@dataclass(frozen=True, slots=True)
class PersonState:
    """One participant, computed from the entries that count for them.

    brought: what they came with. touch: how much of their plan still holds, and touch_places where less than that.
    """

    key: str
    client_id: str
    name: str
    born: date
    role: PersonRole
    order: OrderLimits | None
    brought: Participant
    intention: str = ""
    doses: tuple[DoseLine, ...] = ()
    losses: tuple[LossLine, ...] = ()
    others: tuple[OtherLine, ...] = ()
    vitals: tuple[VitalsLine, ...] = ()
    missed: tuple[MissedLine, ...] = ()
    scales: tuple[ScaleLine, ...] = ()
    observations: tuple[ObservationLine, ...] = ()
    words: tuple[WordsLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    phases_marked: tuple[PhaseLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    comings: tuple[AwayLine, ...] = ()
    rounds: tuple[int, ...] = ()
    ending: EndingLine | None = None
    phone_orders: tuple[PhoneOrderLine, ...] = ()
    overrides: tuple[OverrideLine, ...] = ()
    adverse: tuple[AdverseLine, ...] = ()
    emergencies: tuple[EmergencyLine, ...] = ()
    safe_signals: tuple[int, ...] = ()
    touch: TouchLevel = TouchLevel.PLANNED
    touch_places: tuple[tuple[str, TouchLevel], ...] = ()

    @property
    def couple(self) -> int:
        """The number of their couple in a group, else 0."""
        return self.brought.couple

    @property
    def emergency(self) -> EmergencyLine | None:
        """The latest emergency, open or over; None when there was none."""
        return self.emergencies[-1] if self.emergencies else None

    @property
    def first_dose_ms(self) -> int | None:
        """When the person's clock started."""
        return self.doses[0].at_ms if self.doses else None

    @property
    def last_dose_ms(self) -> int | None:
        """When the latest dose was taken, boosters included."""
        return self.doses[-1].at_ms if self.doses else None

    @property
    def given_mg(self) -> Decimal:
        """All doses that count, in mg."""
        return sum((dose.mg for dose in self.doses if dose.mg is not None), ZERO)

    @property
    def lost_mg(self) -> Decimal:
        """What was lost of them, in mg."""
        return sum((loss.mg for loss in self.losses), ZERO)

    @property
    def total_mg(self) -> Decimal:
        """Given less lost."""
        return self.given_mg - self.lost_mg

    @property
    def last_vitals(self) -> VitalsLine | None:
        """The latest reading."""
        return self.vitals[-1] if self.vitals else None

    @property
    def away(self) -> AwayLine | None:
        """Since when and with whom the person is away, or None."""
        return self.comings[-1] if self.comings and self.comings[-1].away else None

    @property
    def ended(self) -> bool:
        """Whether the person's session is over."""
        return self.ending is not None

    @property
    def out_of_band(self) -> tuple[OutOfBand, ...]:
        """Every value beyond its band, as it was shown, in order."""
        found = [
            OutOfBand(line.seq, line.at_ms, sign.value, level, reading_text(line, sign))
            for line in self.vitals for sign, level in line.levels
        ]
        found += [
            OutOfBand(line.seq, line.at_ms, line.of, line.level, str(line.value))
            for line in self.scales if line.level is not Level.NORMAL
        ]
        return tuple(sorted(found, key=lambda item: (item.at_ms, item.seq)))

    def check(self, item: str) -> CheckLine | None:
        """The latest entry for a check item, or None."""
        return next((line for line in reversed(self.checks) if line.item == item), None)


@dataclass(frozen=True, slots=True)
class DialogueState:
    """Where the dialogue stands. mirrors and corrections count within the sender's present turn.

    turn_ms: when the present turn began. step None: no dialogue, or it was stopped. turns: (sender, began) in order.
    interruptions and sendings count within the turn too; ended: the turns that are over. pause_ms: since when the
    breath lasts, None outside a pause. stopped_ms: when the dialogue was stopped.
    """

    step: Step | None = None
    sender: str = ""
    turn_ms: int = 0
    mirrors: int = 0
    corrections: int = 0
    paused: bool = False
    steps_done: frozenset[Step] = frozenset()
    turns: tuple[tuple[str, int], ...] = ()
    interruptions: int = 0
    sendings: int = 0
    ended: tuple[TurnLine, ...] = ()
    pause_ms: int | None = None
    stopped_ms: int | None = None

    @property
    def log(self) -> tuple[TurnLine, ...]:
        """Every turn so far, the present one last."""
        return self.ended if self.step is None else (*self.ended, self.turn(None))

    def turn(self, to_ms: int | None) -> TurnLine:
        """The present turn, until `to_ms`."""
        counts = (self.mirrors, self.corrections, self.interruptions, self.sendings)
        return TurnLine(self.sender, self.turn_ms, to_ms, *counts)


NO_DIALOGUE = DialogueState()


@dataclass(frozen=True, slots=True)
class RoomState:
    """What belongs to nobody alone. dialogues: by the couple's number, 0 where there is only one couple.

    talk_only_ms: since when there will be no medicine today; None: nothing of the kind was said.
    """

    checks: tuple[CheckLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    staff: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    dialogues: Mapping[int, DialogueState] = field(default_factory=dict)
    talk_only_ms: int | None = None

    @property
    def dialogue(self) -> DialogueState:
        """The dialogue of the only couple."""
        return self.dialogues.get(0, NO_DIALOGUE)

    def dialogue_of(self, couple: int) -> DialogueState:
        """The dialogue of a couple of a group, or of the only one (0)."""
        return self.dialogues.get(couple, NO_DIALOGUE)

    def check(self, item: str) -> CheckLine | None:
        """The latest entry for a check item of the room, or None."""
        return next((line for line in reversed(self.checks) if line.item == item), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an entry no longer counts where it was written. how: `struck`, `undone` or `moved`.

    by: the number of the entry that says so.
    """

    how: str
    by: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiveState:
    """The whole session. people is in the order of the opening; marks is by entry number.

    owners: whose each entry is now, None for the room; a moved one is its new person's.
    """

    opened: Opened
    protocol: Protocol
    checklist: Checklist
    entries: tuple[Entry, ...]
    people: Mapping[str, PersonState]
    room: RoomState = RoomState()
    marks: Mapping[int, Mark] = field(default_factory=dict)
    owners: Mapping[int, str | None] = field(default_factory=dict)
    frontier_ms: int = 0
    closed_ms: int | None = None

    @property
    def elapsed_ms(self) -> int:
        """When the last entry was written."""
        return self.entries[-1].entered_ms

    @property
    def next_seq(self) -> int:
        """The number of the next entry."""
        return len(self.entries) + 1

    @property
    def closed(self) -> bool:
        """Whether the session is over."""
        return self.closed_ms is not None


class DueKind(StrEnum):
    """What a reminder is about."""

    BASELINE = "baseline"
    VITALS = "vitals"
    REPEAT = "repeat"
    LEAVING = "leaving"
    HOLD = "hold"
    ROUND = "round"
    RESPONSE = "response"
    STAY = "minimum stay"
    DISCHARGE = "discharge checks"


class DueState(StrEnum):
    """Where a due item stands."""

    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    AWAY = "away"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One reminder. item: its name, such as `vitals 40` or `repeat bp`; label: its words.

    needs: the signs that answer it. overtaken: late for good, because a later check has taken its place:
    it is shown and no longer asked for.
    """

    who: str
    kind: DueKind
    item: str
    label: str
    due_ms: int
    state: DueState
    needs: tuple[Sign, ...] = ()
    answered_ms: int | None = None
    answered_by: int | None = None
    overtaken: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody is still asked to do something."""
        return self.state in (DueState.DUE, DueState.LATE, DueState.AWAY) and not self.overtaken
