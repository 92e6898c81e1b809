"""Knows what the services ask of the archives of an unlocked practice, and what they are told of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.domain.thinning import ArchivePolicy
    from desktop.services.desk import Desk


Answer = dict[str, Any]
"""What one program tells another, and a script: plain values."""

Report = Callable[[int, int, str], None]
"""Told how far long work is: report(done, total, words). It may raise, to stop the work where nothing is half done."""


class Reason(StrEnum):
    """Why an archive is made."""

    ASKED = "asked"
    SCHEDULE = "schedule"
    CLOSE = "close"
    PAUSE = "pause"
    UNLOCK = "unlock"
    MIGRATION = "migration"


class RunKind(StrEnum):
    """What was done with an archive."""

    MAKE = "make"
    VERIFY = "verify"
    DRILL = "drill"
    THIN = "thin"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Run:
    """One thing that was done, as the log keeps it. code, said: of the error, '' when it went well.

    at: UTC; place: the folder; name: the archive's file name; seconds: how long it took.
    """

    kind: RunKind
    at: datetime
    ok: bool
    place: str = ""
    name: str = ""
    counter: int = 0
    seconds: float = 0.0
    size: int = 0
    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveLog:
    """What is known of a practice's archives without opening its database.

    counter: the highest number given; lines: the trail's length at the last archive; verified: the last archive that
    was read to its end and found whole; drilled: the last drill that went well; confirmed: whether the file's MAC was
    checked and holds (it cannot be before unlocking).
    """

    counter: int = 0
    lines: int = 0
    places: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    verified: Run | None = None
    drilled: Run | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An archive at a place, by its name; nothing of it was read. made: UTC; keys: the key file lies beside it."""

    path: Path
    counter: int
    made: datetime
    size: int
    keys: bool


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place and what lies there. problem: why it cannot be used now, '' when it can."""

    path: Path
    archives: tuple[Listed, ...]
    code: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole archive says of itself. made: UTC; seconds: how long it took to read or to drill."""

    path: Path
    counter: int
    made: datetime
    program: str
    schema: int
    tables: int
    rows: int
    lines: int
    size: int
    seconds: float


class Archives(ABC):
    """The archives of one unlocked practice. Methods that take long are given a Report and may be stopped."""

    @abstractmethod
    def log(self) -> ArchiveLog:
        """What is known of them."""

    @abstractmethod
    def places(self) -> tuple[PlaceState, ...]:
        """Every place, with what lies there."""

    @abstractmethod
    def add_place(self, folder: Path) -> None:
        """Take a folder as a place. MissingPlace, PlaceNotWritable, PlaceFull, PlaceUnfit, TooManyPlaces."""

    @abstractmethod
    def forget_place(self, folder: Path) -> None:
        """Make no more archives there; what lies there stays."""

    @abstractmethod
    def make(self, reason: Reason, now: Moment, report: Report) -> tuple[Run, ...]:
        """Make an archive and verify it, once for each place; a run for each, also where it failed. NoPlaces."""

    @abstractmethod
    def verify(self, path: Path, now: Moment, report: Report) -> Checked:
        """Read an archive to its end and compare all of it with its signed list."""

    @abstractmethod
    def drill(self, path: Path, now: Moment, report: Report) -> Checked:
        """Restore an archive into a throw-away folder, compare every row, and say how long that took."""

    @abstractmethod
    def thin(self, policy: ArchivePolicy, now: Moment) -> tuple[Path, ...]:
        """Remove archives that the policy does not keep, never the last verified one; which."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A practice that was made out of an archive. folder: where it lies."""

    folder: Path
    practice_id: str
    counter: int
    made: datetime
    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RestoreWish:
    """What is to be restored, and where to. Either member and passphrase, or kit: the kit's text.

    older: an archive is wanted although a newer one is known. key_file: for a member who unlocks with one.
    """

    archive: Path
    target: Path
    member: str = ""
    passphrase: str = ""
    kit: str = ""
    older: bool = False
    key_file: Path | None = None

    def __repr__(self) -> str:
        return f"RestoreWish(older={self.older})"


class ArchiveDoor(ABC):
    """The way to archives: of an unlocked practice, and out of a file on a bare machine."""

    @abstractmethod
    def of(self, desk: Desk) -> Archives:
        """The archives of the practice at a desk."""

    @abstractmethod
    def known(self, folder: Path) -> ArchiveLog:
        """What the side file of a practice folder says, without a passphrase; it is not confirmed."""

    @abstractmethod
    def digest(self, archive: Path, report: Report) -> str:
        """The SHA-256 of an archive's file, in hex, as `sha256sum` shows it; '' where it cannot be read."""

    @abstractmethod
    def members_beside(self, archive: Path) -> tuple[str, ...]:
        """The names in the key file that lies beside an archive. MissingKeyCopy."""

    @abstractmethod
    def verify_with_kit(self, archive: Path, kit: str, report: Report) -> Checked:
        """Read an archive to its end with a recovery kit alone. KitMistyped, WrongKit ..."""

    @abstractmethod
    def restore(self, wish: RestoreWish, report: Report) -> Restored:
        """Make a practice folder out of an archive, whole or not at all."""

    @abstractmethod
    def listen(self, desk: Desk, answer: Callable[[], Answer]) -> Callable[[], None]:
        """Answer commands of this user that ask for the scheduled archive, on a thread; call what comes back to end."""

    @abstractmethod
    def hand_over(self, folder: Path) -> Answer | None:
        """Ask the program that has a practice open for its scheduled archive; None where no such program answers."""
