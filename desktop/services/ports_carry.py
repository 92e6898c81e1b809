"""Knows what the services ask of the outside so that a session can be carried to another machine and come back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.audience import Audience
    from desktop.domain.carried import Bundle, Carried, Travelling
    from desktop.domain.moment import Moment
    from desktop.services.desk import Desk


class CarriedSessions(ABC):
    """Sessions that were given out to another machine: one at a time, settled once."""

    @abstractmethod
    def add(self, carried: Carried) -> None:
        """Keep that a session is away. Refused('carried') while it is away already, Refused('begun') once begun."""

    @abstractmethod
    def save(self, carried: Carried) -> Carried:
        """Keep that it was returned or taken back. Refused('settled') when it was before."""

    @abstractmethod
    def get(self, carried_id: str, audience: Audience) -> Carried:
        """One of them; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_session(self, session_id: str, audience: Audience) -> tuple[Carried, ...]:
        """Every time that a session was carried, newest first."""

    @abstractmethod
    def all(self, audience: Audience) -> tuple[Carried, ...]:
        """Every carried session, newest first."""

    @abstractmethod
    def out(self, session_id: str, audience: Audience) -> Carried | None:
        """The one by which a session is away now, or None."""


class TravellingFrom(ABC):
    """What a travelling practice was made from."""

    @abstractmethod
    def add(self, record: Travelling) -> None:
        """Keep it, once; from then on the practice takes entries of its session and nothing else."""

    @abstractmethod
    def get(self) -> Travelling | None:
        """What it was made from; None in a practice that is at home."""


@dataclass(frozen=True, slots=True)
class ReturnKey:
    """What a bundle is given for its way home. public: what comes back is sealed to it; secret: shows whose it is."""

    epoch: int
    public: bytes
    secret: bytes = field(repr=False)


class CarryDoor(ABC):
    """Seals, opens and founds what travels. Implemented where the rooms are introduced to each other."""

    @abstractmethod
    def now(self) -> Moment:
        """What this machine's clock says."""

    @abstractmethod
    def draw_passphrase(self) -> str:
        """A passphrase nobody has to think of, to be shown once."""

    @abstractmethod
    def way_home(self, desk: Desk, carry_id: str) -> ReturnKey:
        """The keys of one carried session's way home. PracticeLocked."""

    @abstractmethod
    def seal_bundle(self, content: str, carry_id: str, passphrase: str) -> bytes:
        """The bundle's file. PassphraseTooShort, PassphraseUnusable, NotEnoughMemory. Takes about a second."""

    @abstractmethod
    def open_bundle(self, file: bytes, passphrase: str) -> str:
        """Its content. NotABundle, NewerBundle, DamagedBundle, WrongBundlePassphrase. Takes about a second."""

    @abstractmethod
    def seal_return(self, content: str, of: Travelling) -> bytes:
        """The file that only the home practice opens."""

    @abstractmethod
    def named_in(self, file: bytes) -> str:
        """Which carried session a return says it is of; nothing is proven by that. NotAReturn, NewerBundle."""

    @abstractmethod
    def open_return(self, desk: Desk, file: bytes) -> str:
        """The content of a return. NotAReturn, NewerBundle, ForeignReturn, AlteredReturn, PracticeLocked."""

    @abstractmethod
    def digest(self, file: bytes) -> str:
        """SHA-256, hex."""

    @abstractmethod
    def home_receipt(self, desk: Desk, carried: Carried, entries: tuple[str, ...]) -> str:
        """Eight letters that say which entries came home."""

    @abstractmethod
    def receipt(self, of: Travelling, entries: tuple[str, ...]) -> str:
        """The same, as the travelling practice makes it."""

    @abstractmethod
    def place_for(self, carry_id: str) -> Path | None:
        """A folder that is not there yet, where a travelling practice can lie; None when no such place is known."""

    @abstractmethod
    def found(self, folder: Path, bundle: Bundle, digest: str, member_id: str, passphrase: str) -> None:
        """Make a travelling practice, locked: whole, or not at all. What making a practice raises."""

    @abstractmethod
    def wipe(self, folder: Path) -> None:
        """Destroy the keys of a travelling practice that nobody has open, then remove its files. AnotherInstance."""
