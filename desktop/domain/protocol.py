"""Knows what a protocol is: a medicine and a route as data, every clinical number with its basis.

Times are whole minutes, amounts milligrams. A protocol is read from TOML text by `desktop.domain.protocol_file`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Basis(StrEnum):
    """How sure a number is: seen in a named source, general knowledge, or a proposal of ours."""

    SOURCE = "source"
    GENERAL = "general knowledge"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who in the practice set or confirmed a number, on which day (ISO text), and why. was: the number before it."""

    by: str
    on: str
    why: str = ""
    was: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A clinical number with where it comes from. source: a short reference, empty unless basis is `source`.

    changed: by whom the practice set its own number; basis and source are then those of the number before.
    confirmed: who looked at it and kept it.
    """

    value: Decimal
    basis: Basis
    source: str = ""
    changed: Mark | None = None
    confirmed: Mark | None = None

    @property
    def whole(self) -> int:
        """The number as a whole one."""
        return int(self.value)

    @property
    def ms(self) -> int:
        """The number, in minutes, as milliseconds."""
        return int(self.value * 60_000)


class Sign(StrEnum):
    """What a reading or a scale is of, where a band may lie."""

    BP = "bp"
    HR = "hr"
    SPO2 = "spo2"
    RR = "rr"
    TEMP = "temp"
    MOAAS = "moaas"


class Level(StrEnum):
    """What was shown beside a reading. Ordered by how loud it is: see `rank`."""

    NORMAL = "normal"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 normal, 1 amber, 2 red."""
        return (Level.NORMAL, Level.AMBER, Level.RED).index(self)


class When(StrEnum):
    """On which side of a person's first dose a band holds."""

    BEFORE = "before"
    SESSION = "session"
    ALWAYS = "always"


class Test(StrEnum):
    """How a limit is compared: above is >, from is >=, below is <."""

    __test__ = False

    ABOVE = "above"
    FROM = "from"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Band:
    """One limit of one sign. For `bp` there are two limits and either one crossed is enough.

    again_after_min: only a second reading over the limit, at least so many minutes after an earlier one.
    below_baseline: only when the value is also at least so much below the person's own baseline, where one is known.
    not_in_phase: never while the person is expected to be in this phase.
    """

    sign: Sign
    when: When
    level: Level
    test: Test
    limit: Figure
    diastolic: Figure | None = None
    again_after_min: Figure | None = None
    below_baseline: Figure | None = None
    not_in_phase: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the person's clock, from `start_min` after the first dose until the next phase."""

    key: str
    name: str
    start_min: Figure


@dataclass(frozen=True, slots=True)
class ScheduledCheck:
    """Vitals asked for at a minute after the first dose; `needs` names the signs that answer it."""

    minute: Figure
    needs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A named list of vitals checks. Baseline and leaving belong to every schedule."""

    key: str
    name: str
    checks: tuple[ScheduledCheck, ...]


@dataclass(frozen=True, slots=True)
class RoundRule:
    """Visual rounds: every so many minutes, until so many after the first dose (None: to the end)."""

    every_min: Figure
    until_min: Figure | None


class GateKind(StrEnum):
    """A decline has no override; a medical item needs the prescriber; a logistic one a reason."""

    DECLINE = "decline"
    MEDICAL = "medical"
    LOGISTIC = "logistic"


class GateOn(StrEnum):
    """What a check stands before."""

    DOSE = "dose"
    BOOSTER = "booster"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class Gate:
    """A check that a dose, a booster or a discharge expects. `key` is the item of the check entry."""

    key: str
    label: str
    kind: GateKind
    on: GateOn


class CheckKind(StrEnum):
    """The second pair of eyes: a member, the prescriber by phone, the sober client reading their own label."""

    MEMBER = "member"
    PHONE = "phone"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Guards:
    """Above these a dose must be entered twice. None: no such guard for this route."""

    mg: Figure | None = None
    mg_per_kg: Figure | None = None


@dataclass(frozen=True, slots=True)
class BoosterRule:
    """What a booster expects: a pressure within so many minutes, and MOAA/S from so much."""

    vitals_within: Figure
    moaas: Figure


@dataclass(frozen=True, slots=True)
class Timing:
    """When reminders come and how long they wait, in minutes.

    early, late: how much before its minute a reading counts, and after how long it is called late.
    recheck: the pressure check counted from the latest dose; stay: the minimum stay after it.
    """

    early: Figure
    late: Figure
    recheck: Figure
    stay: Figure
    repeat: Figure
    repeat_early: Figure
    repeat_late: Figure
    normals_after_red: Figure
    response: Figure
    response_late: Figure
    round_late: Figure
    discharge_late: Figure
    hold: Figure | None = None
    hold_late: Figure | None = None


@dataclass(frozen=True, slots=True)
class LeavingRule:
    """What the numbers must be at leaving. score: the score of the leaving checks that is asked too, or empty.

    Pressure below systolic/diastolic, and either below calm_systolic/calm_diastolic or at most `over_baseline` per
    cent above the person's own; SpO2 from spo2, or own baseline less spo2_below_baseline; MOAA/S from moaas.
    """

    needs: tuple[Sign, ...]
    systolic: Figure
    diastolic: Figure
    calm_systolic: Figure
    calm_diastolic: Figure
    over_baseline: Figure
    spo2: Figure
    spo2_below_baseline: Figure
    moaas: Figure
    score: str = ""


@dataclass(frozen=True, slots=True)
class DialogueRule:
    """When partners are expected to speak; a hint, never a lock. piece_seconds: how long one piece to mirror is."""

    throughout: bool
    from_min: Figure
    turn_min: Figure
    piece_seconds: Figure
    hints: tuple[str, ...]


class Reach(StrEnum):
    """Where the prescriber is while a session runs."""

    PRESENT = "present"
    REACHABLE = "reachable"


@dataclass(frozen=True, slots=True)
class StaffRule:
    """How many dosed people one trained person stays with, how many more are free, and where the prescriber is.

    Fewer is said in amber; it never stops a session.
    """

    people: Figure
    free: Figure
    prescriber: Reach

    def trained_for(self, dosed: int) -> int:
        """How many trained people so many dosed ones ask for, the free ones included; none for nobody."""
        return 0 if dosed < 1 else -(-dosed // max(self.people.whole, 1)) + self.free.whole


@dataclass(frozen=True, slots=True)
class ValidityRule:
    """How old papers and answers may be: days, an order's doses, and hours since food and clear drink.

    0 days: of the same day. An order may say otherwise; what is older is said, by the kind of its check.
    """

    clearance_days: Figure
    order_days: Figure
    order_doses: Figure
    touch_plan_days: Figure
    pregnancy_days: Figure
    weight_days: Figure
    food_hours: Figure
    drink_hours: Figure


@dataclass(frozen=True, slots=True)
class Legal:
    """What the law said about a medicine when somebody last looked. checked: that day."""

    note: str
    checked: date


@dataclass(frozen=True, slots=True)
class Protocol:
    """A medicine and a route as data, with the very text it was read from and that text's sha256 in hex.

    enabled: whether sessions may be planned with it. staff, validity and legal are None in a text that has none.
    """

    id: str
    edition: int
    title: str
    medicine: str
    route: str
    phases: tuple[Phase, ...]
    ends_min: Figure
    baseline: tuple[Sign, ...]
    schedule: str
    schedules: tuple[Schedule, ...]
    leaving: LeavingRule
    rounds: tuple[RoundRule, ...]
    timing: Timing
    bands: tuple[Band, ...]
    guards: Guards
    booster: BoosterRule
    gates: tuple[Gate, ...]
    second_check: frozenset[CheckKind]
    booster_second_check: frozenset[CheckKind]
    dialogue: DialogueRule
    staffing: str
    text: str
    sha256: str
    enabled: bool = True
    legal: Legal | None = None
    staff: StaffRule | None = None
    validity: ValidityRule | None = None

    def named_schedule(self, key: str) -> Schedule | None:
        """The schedule of that name, or None."""
        return next((schedule for schedule in self.schedules if schedule.key == key), None)

    def gates_on(self, on: GateOn) -> tuple[Gate, ...]:
        """The checks that stand before a dose, a booster or a discharge, in the file's order."""
        return tuple(gate for gate in self.gates if gate.on is on)

    def phase_named(self, key: str) -> Phase | None:
        """The phase of that key, or None."""
        return next((phase for phase in self.phases if phase.key == key), None)
