"""Knows everything that can happen in a live session: a closed union of frozen events, and the entry around one.

Times are milliseconds since the session started, sleep included; amounts exact decimals in milligrams, unless a field
says otherwise. `who` is a participant's key; where it may be None, None is the room. Who is in it: `events_people`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.moment import Moment
from desktop.domain.protocol import CheckKind, Level, Sign
from desktop.live.events_people import (
    Joined,
    OrderBand,
    OrderLimits,
    Participant,
    PersonRole,
    RoleChanged,
    TalkOnly,
    TouchLevel,
    TouchRule,
)
from desktop.live.events_safety import (
    AdverseOpened,
    EmergencyCalled,
    EmergencyEnded,
    EmergencyStepped,
    Overridden,
    OverrideHow,
    PhoneOrdered,
    SafeSignalled,
    TouchNarrowed,
)

__all__ = [
    "AdverseOpened", "CameBack", "Checked", "ClockKind", "ClockNoted", "Closed", "DialogueStepped", "Discharged",
    "DoseGiven", "DoseLost", "EmergencyCalled", "EmergencyEnded", "EmergencyStepped", "Ending", "Entry", "Event",
    "Joined", "Missed", "Movable", "Moved", "NoteMade", "Observed", "Opened", "OrderBand", "OrderLimits", "OtherGiven",
    "Overridden", "OverrideHow", "Participant", "PersonRole", "PhaseMarked", "PhoneOrdered", "ReadingMissed",
    "RoleChanged", "RoundDone", "SafeSignalled", "Scaled", "StaffMoved", "Step", "Struck", "Taken", "TalkOnly",
    "TouchLevel", "TouchNarrowed", "TouchRule", "Undone", "VitalsTaken", "WentAway", "WordsKept", "WordsWritten",
]  # fmt: skip


class Missed(StrEnum):
    """Why a reading is not there."""

    REFUSED = "refused"
    FAILED = "failed"


class Ending(StrEnum):
    """Every way in which a person's session ends."""

    MET = "met"
    PRESCRIBER = "prescriber"
    LEFT = "left"
    TRANSFERRED = "transferred"
    NOT_DOSED = "not_dosed"


class Step(StrEnum):
    """The steps of a dialogue (clinical.md 3.1), and two marks that change none: the receiver sends, interrupted."""

    SEND = "send"
    MIRROR = "mirror"
    CHECK = "check"
    CORRECT = "correct"
    MORE = "more"
    SUMMARY = "summary"
    VALIDATE = "validate"
    EMPATHISE = "empathise"
    GIFT = "gift"
    SWITCH = "switch"
    PAUSE = "pause"
    STOP = "stop"
    SENDING = "sending"
    INTERRUPTED = "interrupted"


class ClockKind(StrEnum):
    """What the clocks did."""

    SLEPT = "slept"
    CLOCK_CHANGED = "clock_changed"
    OFFSET_CHANGED = "offset_changed"
    REBOOTED = "rebooted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Opened:
    """The session began. Carries all that it will ever need: no file is read again for it.

    format: `one`, `one_sits`, `both`, `group` or `talk`, as it was planned; empty: not said.
    """

    session_id: str
    protocol_id: str
    protocol_text: str
    protocol_sha256: str
    checklist_text: str
    checklist_sha256: str
    participants: tuple[Participant, ...]
    program_version: str
    staff: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A room, arrival, go / no-go or leaving item was checked. value as entered; `no` is a no."""

    item: str
    value: str
    who: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StaffMoved:
    """A member came in or went out."""

    member: str
    present: bool


@dataclass(frozen=True, slots=True)
class VitalsTaken:
    """A reading, any part of a set, with the levels that were shown beside it (only amber and red)."""

    who: str
    systolic: int | None = None
    diastolic: int | None = None
    hr: int | None = None
    spo2: int | None = None
    rr: int | None = None
    temp: Decimal | None = None
    position: str = ""
    levels: tuple[tuple[Sign, Level], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingMissed:
    """A reading was refused or failed. of: the signs; empty is the whole set."""

    who: str
    of: tuple[Sign, ...]
    outcome: Missed
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The person has just taken the medicine: the clock starts, details may follow."""

    who: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoseGiven:
    """A dose with its details. fills: the number of the Taken entry whose details these are.

    above_order: which limits it exceeded. missing: what a gate needed and was not entered.
    remaining: how many lozenges are left in the client's own container; None: not counted.
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
    fills: int | None = None
    above_order: tuple[str, ...] = ()
    entered_twice: bool = False
    missing: tuple[str, ...] = ()
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class DoseLost:
    """A part of what was given was lost: vomited, spat early, dropped, refused."""

    who: str
    mg: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class OtherGiven:
    """Another medicine was given; its response is asked for later."""

    who: str
    medicine: str
    amount: Decimal
    unit: str
    route: str
    order: str


@dataclass(frozen=True, slots=True)
class PhaseMarked:
    """The clinician says which phase the person is in; shown beside the expected one."""

    who: str
    phase: str


@dataclass(frozen=True, slots=True)
class Observed:
    """A chip: what was seen. label: its words at the time; intensity: `` or as entered."""

    who: str
    chip: str
    label: str
    intensity: str = ""


@dataclass(frozen=True, slots=True)
class Scaled:
    """A rating on a scale, with the level that was shown."""

    who: str
    of: str
    value: int
    level: Level = Level.NORMAL


@dataclass(frozen=True, slots=True)
class WordsKept:
    """A person spoke and the words are kept: theirs alone until released sober. text may follow later."""

    who: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class WordsWritten:
    """The text of words that were stamped earlier, as entry number `entry`."""

    entry: int
    text: str


@dataclass(frozen=True, slots=True)
class NoteMade:
    """A line in the log, about a person or the room."""

    text: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class DialogueStepped:
    """The dialogue moved to a step. sender: who is speaking."""

    step: Step
    sender: str


@dataclass(frozen=True, slots=True)
class WentAway:
    """A person left the room for a while; their due items wait, visible."""

    who: str
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class CameBack:
    """The person is back."""

    who: str


@dataclass(frozen=True, slots=True)
class RoundDone:
    """Everyone in the room was looked at. seen: those who were present."""

    seen: tuple[str, ...]


Movable = (
    Checked
    | VitalsTaken
    | ReadingMissed
    | Taken
    | DoseLost
    | OtherGiven
    | PhaseMarked
    | Observed
    | Scaled
    | WordsKept
    | NoteMade
    | WentAway
    | CameBack
    | PhoneOrdered
    | TouchNarrowed
    | SafeSignalled
    | AdverseOpened
)


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry stood at the wrong person. event: the same at the right one, with the levels shown there."""

    entry: int
    to: str
    event: Movable


@dataclass(frozen=True, slots=True)
class Struck:
    """An entry was wrong; it stays visible as struck."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """The last entry was taken back."""

    entry: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Discharged:
    """A person's session ended. items: criteria and facts as entered; missing: what was expected and not entered.

    statement_by: the prescriber whose statement it rests on; to: to whom the person was transferred.
    """

    who: str
    ending: Ending
    items: tuple[tuple[str, str], ...] = ()
    escort: str = ""
    statement_by: str = ""
    to: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """The session is over; later only addenda."""

    summary: str = ""


@dataclass(frozen=True, slots=True)
class ClockNoted:
    """The clocks did something that a reader of the log must know. ms: by how much."""

    what: ClockKind
    ms: int = 0


Event = (
    Movable | Opened | StaffMoved | DoseGiven | WordsWritten | DialogueStepped | RoundDone | Moved | Struck | Undone
    | Discharged | Closed | ClockNoted | Joined | RoleChanged | TalkOnly | EmergencyCalled | EmergencyStepped
    | EmergencyEnded | Overridden
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it was kept. seq counts from 1 without gaps; the opening is 1.

    at_ms: when it happened; entered_ms: when it was written; both since the session started.
    author: who says so; attested_by: the member at the desk. owner: the person it belongs to, None for the room.
    wall: the clocks when it was written.
    """

    seq: int
    at_ms: int
    entered_ms: int
    author: str
    attested_by: str
    owner: str | None
    wall: Moment
    event: Event

    @property
    def late(self) -> bool:
        """Whether it was written after it happened."""
        return self.entered_ms > self.at_ms
