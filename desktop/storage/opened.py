"""Knows what a practice is opened in, and what is in hand once it is: keys, engines, and the lock on its folder."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_practice import PracticeLocked
from desktop.storage.disk import Disk
from desktop.storage.engine import Engines
from desktop.storage.head_file import HeadFile
from desktop.storage.machine import HeldLock, Machine
from desktop.storage.opening import Before, mark_refused
from desktop.storage.practice_layout import RESERVE_BYTES, Layout, Reserve
from desktop.storage.vault.calibrate import calibrate
from desktop.storage.vault.keyfile import KeyFile, write_key_file
from desktop.storage.vault.keyring import KeyRing, with_member, with_name
from desktop.storage.vault.primitives import Cost
from desktop.storage.vault.slots import Factor

if TYPE_CHECKING:
    from desktop.services.ports import Clock


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a practice is opened in. known_schema: the highest schema number that this program reads.

    cost: what a new slot's passphrase costs; None measures this machine. reserve_bytes: the space held back.
    """

    machine: Machine
    clock: Clock
    known_schema: int
    disk: Disk = field(default_factory=Disk)
    cost: Cost | None = None
    reserve_bytes: int = RESERVE_BYTES


@dataclass(slots=True)
class Opened:
    """An unlocked practice: its keys, its engines, and the lock that keeps others out. `close` locks it again.

    schema: the number found at opening. gave_reserve_up: the disk was so full that the reserve was freed to open.
    before: how the folder was found; None for a practice that was just made. factor: the key file of who is in.
    long_work: held while an archive is made or read, and while the keys change: neither may happen under the other.
    """

    folder: Path
    ring: KeyRing
    engines: Engines
    schema: int
    around: Surroundings
    lock: HeldLock
    keys: KeyFile
    gave_reserve_up: bool = False
    closed: bool = False
    before: Before | None = None
    factor: Factor | None = None
    long_work: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _file: IO[bytes] | None = field(default=None, repr=False)

    @property
    def practice_id(self) -> str:
        """The practice's identifier."""
        return self.ring.practice_id

    @property
    def member_id(self) -> str:
        """Who unlocked."""
        return self.ring.member_id

    @property
    def reserve(self) -> Reserve:
        """The space held back."""
        return Reserve(Layout(self.folder), self.around.disk, self.around.reserve_bytes)

    @property
    def kit_public(self) -> bytes | None:
        """The recovery kit's public half (X25519, 32 bytes), to which archives are encrypted; None without a kit."""
        return self.keys.recovery[0].exchange if self.keys.recovery else None

    @property
    def cost(self) -> Cost:
        """What a new slot's passphrase costs here."""
        return self.around.cost or calibrate()

    def add_member(self, member_id: str, name: str, passphrase: str, factor: Factor | None = None) -> None:
        """Give somebody a slot of their own. MemberHasSlot, PassphraseTooShort, DiskFull; all or nothing."""
        if self.closed:
            raise PracticeLocked
        self.keep(with_member(self.keys, self.ring, member_id, name, passphrase, self.cost, factor))

    def rename_member(self, member_id: str, name: str) -> None:
        """Show another name at unlock. NoSuchMember, MemberHasSlot, NameUnusable, DiskFull; all or nothing."""
        if self.closed:
            raise PracticeLocked
        self.keep(with_name(self.keys, self.ring, member_id, name))

    def refuse(self) -> None:
        """Close it again and leave the folder as it was found: it is not to be worked with."""
        if self.closed:
            return
        try:
            self.engines.close()
            if self.before is not None:
                with contextlib.suppress(HoldfastError):
                    mark_refused(Layout(self.folder), HeadFile(self.folder, self.ring, self.around.disk), self.before)
        finally:
            self.close()

    def keep(self, keys: KeyFile) -> None:
        """Put a changed key file in place. PracticeLocked; DiskFull, DiskTrouble: the old one stays."""
        if self.closed:
            raise PracticeLocked
        write_key_file(self.folder, keys, self.around.disk)
        self.keys = keys

    def database_file(self) -> IO[bytes]:
        """The encrypted database as a file, for reading; nobody closes it but `close`. OSError.

        POSIX lets go of all of a process's locks on a file when any handle of it is closed: SQLite's too.
        """
        if self.closed:
            raise PracticeLocked
        if self._file is None:
            self._file = Layout(self.folder).database.open("rb", buffering=0)
        return self._file

    def close(self) -> None:
        """Close the database, forget the keys, let the folder go; may be called twice."""
        if self.closed:
            return
        self.closed = True
        try:
            self.engines.close()
        finally:
            if self._file is not None:
                self._file.close()
            self.ring.wipe()
            if self.factor is not None:
                self.factor.secret.wipe()
            self.lock.release()
