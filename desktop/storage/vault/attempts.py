"""Knows how often a passphrase was wrong, and how long the next try has to wait."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.errors_practice import TooManyTries
from desktop.domain.moment import Moment
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.vault.canonical import spell

FILE = "practice.attempts"
FORMAT = "holdfast-attempts-1"
FREE_TRIES = 3
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 900
_MOST_BYTES = 1 << 20
_MOST_FAILURES = 1_000_000


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none after three, then 5, 10, 20 ... up to 900."""
    if failures <= FREE_TRIES:
        return 0
    return int(min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(failures - FREE_TRIES - 1, 20)))


@dataclass(frozen=True, slots=True)
class Failures:
    """How many in a row, and when the last one was."""

    count: int
    utc: datetime
    boot_ms: int
    boot_id: str

    def left(self, now: Moment) -> float | None:
        """Seconds until the next try is taken; None when no clock can tell how long ago the last one was."""
        if now.boot_id == self.boot_id and now.boot_ms >= self.boot_ms:
            gone = (now.boot_ms - self.boot_ms) / 1000
        else:
            gone = (now.utc - self.utc) / timedelta(seconds=1)
            if gone < 0:
                return None
        return max(0.0, wait_after(self.count) - gone)


def _read_one(value: object) -> Failures | None:
    if not isinstance(value, dict):
        return None
    count, boot_ms, boot_id = value.get("count"), value.get("boot_ms"), value.get("boot_id")
    try:
        utc = datetime.fromisoformat(value["utc"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if type(count) is not int or type(boot_ms) is not int or not isinstance(boot_id, str):
        return None
    return Failures(min(max(count, 0), _MOST_FAILURES), utc, boot_ms, boot_id)


class Attempts:
    """The counts of a practice, kept per member in `practice.attempts` beside the key file.

    They are a side file of their own, so that a wrong passphrase changes no byte of the database or the key file.
    Whoever can delete the file can also copy the key file and try elsewhere: the wait guards the screen, Argon2id
    guards the key. A damaged file counts as none.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._path = folder / FILE
        self._disk = disk

    def begin(self, member_id: str, now: Moment) -> int:
        """Count a try before it is made, so that killing the program gives none for free.

        Returns the seconds to wait if it fails. Raises TooManyTries when the last wait is not over.
        """
        counts = self._read()
        before = counts.get(member_id, Failures(0, now.utc, now.boot_ms, now.boot_id))
        left = before.left(now)
        if left is None:
            # The wall clock was set back across a restart: the wait begins anew, once.
            counts[member_id] = Failures(before.count, now.utc, now.boot_ms, now.boot_id)
            self._write(counts)
            left = wait_after(before.count)
        if left > 0:
            raise TooManyTries(math.ceil(left))
        count = min(before.count + 1, _MOST_FAILURES)
        counts[member_id] = Failures(count, now.utc, now.boot_ms, now.boot_id)
        self._write(counts)
        return wait_after(count)

    def clear(self, member_id: str) -> None:
        """The passphrase was right: forget what was wrong before."""
        counts = self._read()
        counts.pop(member_id, None)
        if counts:
            self._write(counts)
        else:
            with explained():
                self._disk.remove(self._path)

    def _read(self) -> dict[str, Failures]:
        try:
            with self._path.open("rb") as file:
                value = json.loads(file.read(_MOST_BYTES))
            members = value["members"] if value["format"] == FORMAT else {}
            found = {str(member): _read_one(each) for member, each in members.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
        return {member: each for member, each in found.items() if each is not None}

    def _write(self, counts: dict[str, Failures]) -> None:
        members = {
            member: {"count": each.count, "utc": each.utc.isoformat(), "boot_ms": each.boot_ms, "boot_id": each.boot_id}
            for member, each in counts.items()
        }
        with explained():
            write_atomically(self._disk, self._path, spell({"format": FORMAT, "members": members}))
