"""Knows what the services ask of the outside: clocks, identifiers, resources, the store; the press beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading them
    from desktop.domain.audience import Audience, Owner
    from desktop.domain.checkpoints import Checkpoint, Countersignature, SignedPoint
    from desktop.domain.integrity import Flaw
    from desktop.domain.moment import Moment
    from desktop.domain.people import Client, Couple, Member
    from desktop.domain.records import AuditEntry, AuditLine, AuditState, Note, Order, Session
    from desktop.domain.trailfilter import TrailFilter
    from desktop.live.events import Entry
    from desktop.services.ports_care import Care
    from desktop.services.ports_carry import CarriedSessions, TravellingFrom
    from desktop.services.ports_editions import Editions


class Signer(Protocol):
    """Signs for the member who unlocked, with their own key."""

    @property
    def public_key(self) -> bytes:
        """What the signatures are checked with: 32 bytes, Ed25519."""

    def sign(self, message: bytes) -> bytes:
        """A signature, 64 bytes."""


class Clock(Protocol):
    """Reads the machine's clocks."""

    def now(self) -> Moment:
        """The present instant."""


class Ids(Protocol):
    """Makes identifiers: UUIDv7 as text, ordered within a process."""

    def new(self) -> str:
        """A fresh identifier."""


class Resources(Protocol):
    """Finds the program's data files, the same from source, wheel and frozen program."""

    def text(self, name: str) -> str:
        """The UTF-8 text of `folder/file`; NotFound when it is not there."""

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The file names in a folder that end in `suffix`, sorted."""

    def path(self, name: str) -> Path:
        """Where `folder/file` lies on disk."""


class Drafts(Protocol):
    """Keeps half-typed texts for one member, sealed to them."""

    def keep(self, content: bytes) -> None:
        """Keep these in the place of what was kept before; nothing for b''. Known errors."""

    def kept(self) -> bytes:
        """What is kept; b'' for nothing, and for what cannot be read."""


class Why(StrEnum):
    """What asked for the lock."""

    COMMAND = "command"
    IDLE = "idle"
    DESKTOP = "desktop"
    SLEEP = "sleep"
    AWOKE = "awoke"


class Follows(Protocol):
    """Starts the fresh process and ends this one, also when that fails."""

    def follow(self, told: str) -> NoReturn:
        """Never comes back."""


class MachineSignals(Protocol):
    """Tells that the machine is about to sleep, or that the desktop was locked."""

    def start(self, tell: Callable[[Why], object]) -> None:
        """tell(why) is called from a thread of its own, from now on."""

    def may_sleep(self) -> None:
        """What had to be done before sleeping is done."""

    def stop(self) -> None:
        """Tell nothing any more."""


class Members(ABC):
    """The people who work here."""

    @abstractmethod
    def add(self, member: Member) -> None:
        """Keep a new member."""

    @abstractmethod
    def save(self, member: Member) -> Member:
        """Keep a change; returns it with its new version. Conflict when the version has moved on."""

    @abstractmethod
    def get(self, member_id: str) -> Member:
        """One member; NotFound."""

    @abstractmethod
    def all(self) -> tuple[Member, ...]:
        """Every member, by name."""


class Clients(ABC):
    """The people in care."""

    @abstractmethod
    def add(self, client: Client) -> None:
        """Keep a new client."""

    @abstractmethod
    def save(self, client: Client) -> Client:
        """Keep a change; returns it with its new version. Conflict when the version has moved on."""

    @abstractmethod
    def get(self, client_id: str, audience: Audience) -> Client:
        """One client; NotFound also when it is not for this audience."""

    @abstractmethod
    def find(self, text: str, audience: Audience, limit: int = 200) -> tuple[Client, ...]:
        """Clients whose name holds every word of `text`, folded (case, accents), by name; all for ''."""


class Couples(ABC):
    """Couples, each a record of its own."""

    @abstractmethod
    def add(self, couple: Couple) -> None:
        """Keep a new couple."""

    @abstractmethod
    def save(self, couple: Couple) -> Couple:
        """Keep a change; returns it with its new version. Conflict when the version has moved on."""

    @abstractmethod
    def get(self, couple_id: str, audience: Audience) -> Couple:
        """One couple; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[Couple, ...]:
        """The couples that a client is a partner in."""

    @abstractmethod
    def find(self, text: str, audience: Audience, limit: int = 200) -> tuple[Couple, ...]:
        """Couples whose label or either partner's name holds every word of `text`."""


class Orders(ABC):
    """Prescribers' orders."""

    @abstractmethod
    def add(self, order: Order) -> None:
        """Keep a new order."""

    @abstractmethod
    def save(self, order: Order) -> Order:
        """Keep a change (withdrawal); Conflict when the version has moved on."""

    @abstractmethod
    def get(self, order_id: str, audience: Audience) -> Order:
        """One order; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[Order, ...]:
        """A client's orders, newest first."""


class Sessions(ABC):
    """Meetings. A closed one is locked, here, with everything that hangs on it."""

    @abstractmethod
    def add(self, session: Session) -> None:
        """Keep a new session."""

    @abstractmethod
    def save(self, session: Session) -> Session:
        """Keep a change; Refused('closed') once it is closed, Conflict when the version has moved on."""

    @abstractmethod
    def get(self, session_id: str, audience: Audience) -> Session:
        """One session; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_owner(self, owner: Owner, audience: Audience) -> tuple[Session, ...]:
        """The sessions of a couple or of a person alone, newest first."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[Session, ...]:
        """Every session that a client takes part in, newest first."""

    @abstractmethod
    def running(self, audience: Audience) -> tuple[Session, ...]:
        """Sessions that were started and not closed."""


class Events(ABC):
    """The live sessions' entries: append-only, ordered by number within a session."""

    @abstractmethod
    def append(self, session_id: str, entry: Entry, owner: Owner) -> None:
        """Keep the next entry. Refused('closed') after the close, Conflict when the number is taken or skips."""

    @abstractmethod
    def reassign(self, session_id: str, seq: int, owner: Owner) -> None:
        """An entry was moved: its compartment is another's from now on; what it says never changes."""

    @abstractmethod
    def of(self, session_id: str, audience: Audience) -> tuple[Entry, ...]:
        """The entries that this audience may see, in order."""

    @abstractmethod
    def count(self, session_id: str) -> int:
        """How many entries a session has."""


class Notes(ABC):
    """Notes; a signed one is locked, here."""

    @abstractmethod
    def add(self, note: Note) -> None:
        """Keep a new note."""

    @abstractmethod
    def save(self, note: Note) -> Note:
        """Keep a change; Refused('signed') once signed, Conflict when the version has moved on."""

    @abstractmethod
    def get(self, note_id: str, audience: Audience) -> Note:
        """One note; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_owner(self, owner: Owner, audience: Audience) -> tuple[Note, ...]:
        """The notes of a compartment, newest first."""

    @abstractmethod
    def of_session(self, session_id: str, audience: Audience) -> tuple[Note, ...]:
        """The notes written on a session, newest first."""

    @abstractmethod
    def search(self, text: str, audience: Audience, limit: int = 50) -> tuple[Note, ...]:
        """Notes that hold every word of `text`, best first."""


class Checkpoints(ABC):
    """Members' signatures under lines of the audit trail: added, and never changed."""

    @abstractmethod
    def add(self, checkpoint: Checkpoint) -> None:
        """Keep a member's signature; Refused('no_line') when the trail has no such line."""

    @abstractmethod
    def countersign(self, counter: Countersignature) -> None:
        """Keep another member's; Refused('same_member') for the one who signed first, Conflict for a second one."""

    @abstractmethod
    def all(self) -> tuple[SignedPoint, ...]:
        """Every checkpoint with its countersignatures, by the line that they stand under."""


class Trail(ABC):
    """The audit trail, for reading and checking; writing goes through the unit of work."""

    @abstractmethod
    def end(self) -> tuple[int, str]:
        """The number and the MAC (hex) of the last line, this unit's included."""

    @abstractmethod
    def lines(self, after: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
        """Lines numbered above `after`, in order."""

    @abstractmethod
    def find(self, wanted: TrailFilter, skip: int = 0, limit: int = 500) -> tuple[AuditLine, ...]:
        """A page of the lines that fit, in the order that was asked for."""

    @abstractmethod
    def count(self, wanted: TrailFilter) -> int:
        """How many lines fit."""

    @abstractmethod
    def kinds(self) -> tuple[str, ...]:
        """The kinds of records that lines tell of."""

    @abstractmethod
    def about(self, kind: str) -> tuple[AuditLine, ...]:
        """Every line about subjects of a kind, in order: for kinds of which there are few."""

    @abstractmethod
    def verify(self) -> AuditState:
        """Check the whole chain, from the first line to the head."""


class Unit(ABC):
    """One transaction: all is kept, or nothing. A changed record that no audit() in it names makes the commit fail."""

    members: Members
    clients: Clients
    couples: Couples
    orders: Orders
    sessions: Sessions
    events: Events
    notes: Notes
    checkpoints: Checkpoints
    carried: CarriedSessions
    travelling: TravellingFrom
    trail: Trail
    care: Care
    editions: Editions

    @abstractmethod
    def audit(self, entry: AuditEntry) -> None:
        """Write one line of the trail in this transaction; version and digest are those of what it names."""


class Store(ABC):
    """The open practice's database."""

    practice_id: str

    @abstractmethod
    def write(self) -> AbstractContextManager[Unit]:
        """A transaction on the one writer; commits at the end of the block, rolls back on an error."""

    @abstractmethod
    def read(self) -> AbstractContextManager[Unit]:
        """A consistent view that changes nothing."""

    @abstractmethod
    def word_index(self) -> tuple[Flaw, ...]:
        """What is wrong with the index of the words in notes; nobody else writes meanwhile."""

    def make_room(self) -> int:
        """Give up the space that was held back for a full disk; how many bytes that were, 0 when none was held."""
        return 0


class KeepAwake(Protocol):
    """Asks the machine not to sleep while a session runs."""

    def start(self) -> str:
        """Begin; '' when it holds, else why not, in the program's own words."""

    def stop(self) -> None:
        """Let the machine sleep again."""

    def charge(self) -> tuple[int, bool] | None:
        """The battery, 0 to 100, and whether on the mains; None without one."""
