"""Knows the file beside the database that remembers how long the audit trail was, and whether it was locked properly.

A trail whose end was cut off, or a database that an older copy took the place of, holds together by itself; only
something kept outside the database can tell.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import Known
from desktop.domain.errors_practice import DamagedDatabase, DamagedKeyFile, PracticeRefused, untouched
from desktop.domain.integrity import Flaw
from desktop.domain.moment import Moment
from desktop.domain.words import tr
from desktop.storage.audit import Head
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.practice_layout import HEAD
from desktop.storage.vault.canonical import Fields, read, spell
from desktop.storage.vault.keyring import Earlier, KeyRing, Label

FILE = HEAD
FORMAT = "holdfast-head-2"
FIRST_FORMAT = "holdfast-head-1"  # did not say whether the practice was locked properly
EVERY_MS = 60_000
_MAC_BYTES = 32
_MOST_BYTES = 4096
_MOST_LINES = 1 << 62
_MOST_EPOCHS = 1 << 31


class DamagedHead(DamagedDatabase):
    """The head file does not hold what the program wrote."""

    code = "damaged_head"

    def __init__(self) -> None:
        PracticeRefused.__init__(
            self,
            tr("The file practice.head is damaged or was altered."),
            untouched(),
            tr("Put back the copy that belongs to this database. Without one, move it away: the end of the audit trail "
               "is then taken as it is found."),
        )  # fmt: skip


class OlderKeyFile(DamagedDatabase):
    """The key file is of an earlier time than the head file: somebody put an old copy back."""

    code = "older_key_file"

    def __init__(self) -> None:
        PracticeRefused.__init__(
            self,
            tr("The key file practice.keys.json is older than this practice: its keys were made anew since, as when a "
               "member is removed."),
            untouched(),
            tr("Put back the practice.keys.json that was here last. A copy of it lies beside the newest archive, in "
               "the file that ends in .keys.json; or restore that archive into a new folder."),
        )  # fmt: skip


class TrailRefused(DamagedDatabase):
    """A database that is not opened: going on would write over what can still be put right. flaw: what is wrong."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        self.code = flaw.wrong.value
        PracticeRefused.__init__(self, flaw.what, flaw.safe, flaw.next_step)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds. closed: the practice was locked properly after it, with nothing left in its log."""

    head: Head
    closed: bool


class HeadFile:
    """The head of one unlocked practice's trail, sealed with a key of the practice's own."""

    def __init__(self, folder: Path, ring: KeyRing, disk: Disk) -> None:
        self._path = folder / FILE
        self._ring = ring
        self._disk = disk
        self._last: Moment | None = None

    def follow(self, ring: KeyRing) -> None:
        """The practice's keys went one epoch on: what is kept from now on is sealed with these."""
        self._ring = ring

    def _content(self, head: Head, closed: bool, of: Earlier | None = None, first: bool = False) -> bytes:
        spelt: dict[str, object] = {
            "format": FIRST_FORMAT if first else FORMAT, "practice": self._ring.practice_id,
            "epoch": self._ring.epoch if of is None else of.epoch, "number": head.number, "mac": head.mac,
        }  # fmt: skip
        if not first:
            spelt["closed"] = int(closed)
        return spell({**spelt, "seal": self._ring.mac(Label.HEAD, spell(spelt), of).hex()})

    def read(self) -> Head | None:
        """The head that was last kept, or None where none is there. DamagedHead; changes nothing."""
        kept = self.kept()
        return None if kept is None else kept.head

    def kept(self) -> Kept | None:
        """All that was last kept, or None where there is no file. DamagedHead, OlderKeyFile; changes nothing.

        Where the keys went an epoch on since it was kept, the head is the end of that epoch, which the key file knows.
        """
        try:
            with explained(), self._path.open("rb") as file:
                content = file.read(_MOST_BYTES)
        except Known:
            if not self._path.exists():
                return None
            raise
        try:
            found, epoch, first = _parsed(content)
        except DamagedKeyFile:
            raise DamagedHead from None
        if epoch > self._ring.epoch:
            raise OlderKeyFile
        of = next((each for each in self._ring.earlier if each.epoch == epoch), None)
        if content != self._content(found.head, found.closed, of, first):
            raise DamagedHead
        if of is None:
            return found
        last = self._ring.earlier[-1]
        return Kept(Head(last.lines, last.head.hex()), found.closed)

    def write(self, head: Head, closed: bool = False) -> None:
        """Keep a head, in one step, down to the disk. Known errors; the old file stays if anything fails.

        closed: only after the last connection to the database is closed and its log is gone.
        """
        with explained():
            if closed:
                # Else, after a power loss, the log may be back beside a file that says that there is none.
                self._disk.sync_folder(self._path.parent)
            write_atomically(self._disk, self._path, self._content(head, closed))

    def keep(self, head: Head, now: Moment) -> None:
        """Keep a head unless one was kept within the last minute. A disk that is full only delays it."""
        last = self._last
        if last is not None and last.boot_id == now.boot_id and 0 <= now.boot_ms - last.boot_ms < EVERY_MS:
            return
        with contextlib.suppress(Known):
            self.write(head)
            self._last = now


def _parsed(content: bytes) -> tuple[Kept, int, bool]:
    """What the bytes say, of which epoch, and whether they are of the first format. DamagedKeyFile."""
    value = read(content)
    first = value.get("format") == FIRST_FORMAT
    fields = Fields(value, "format practice epoch number mac seal" + ("" if first else " closed"))
    head = Head(fields.whole("number", 0, _MOST_LINES), fields.raw("mac", _MAC_BYTES).hex())
    closed = not first and bool(fields.whole("closed", 0, 1))
    return Kept(head, closed), fields.whole("epoch", 1, _MOST_EPOCHS), first
