"""Knows the file of half-typed texts: sealed to the member who wrote them, beside the database, and never in clear.

A side file, not a table: it is no record, nobody else may open it, and a lock must be able to write it when the
database takes nothing any more. It is not part of archives.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Known
from desktop.domain.errors_practice import DamagedKeyFile
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.practice_layout import DRAFTS
from desktop.storage.vault.canonical import Fields, read, spell
from desktop.storage.vault.keyring import KeyRing
from desktop.storage.vault.primitives import CannotOpen

if TYPE_CHECKING:
    from desktop.storage.practice_folder import Opened

FILE = DRAFTS
FORMAT = "holdfast-drafts-1"
MOST_BYTES = 8 << 20
MOST_MEMBERS = 1_000
STEP = 4096
"""Texts are padded to a multiple of this, so that the file does not tell how much was typed."""


def drafts_of(opened: Opened) -> DraftsFile:
    """The drafts of who unlocked."""
    return DraftsFile(opened.folder, opened.ring, opened.around.disk)


class DraftsFile:
    """One unlocked practice's drafts. Members' parts stand side by side; each opens their own only."""

    def __init__(self, folder: Path, ring: KeyRing, disk: Disk) -> None:
        self._path = folder / FILE
        self._ring, self._disk = ring, disk

    def keep(self, content: bytes) -> None:
        """Keep the member's texts in the place of what was kept before; nothing for b''. Known errors."""
        parts = self._parts()
        parts.pop(self._ring.member_id, None)
        if content:
            parts[self._ring.member_id] = self._sealed(content).hex()
        with explained(2 * len(content) + STEP):
            if not parts:
                self._disk.remove(self._path)
                return
            told = [{"member": member, "sealed": sealed} for member, sealed in sorted(parts.items())]
            write_atomically(self._disk, self._path, spell({"format": FORMAT, "drafts": told}))

    def kept(self) -> bytes:
        """What the member wrote; b'' for nothing, and for a part that their key does not open or did not sign."""
        sealed = self._parts().get(self._ring.member_id)
        if sealed is None:
            return b""
        try:
            with self._ring.open_own(bytes.fromhex(sealed), self._purpose()) as opened:
                return self._ring.own_words(bytes(opened.reveal()), self._purpose()).rstrip(b" ")
        except (CannotOpen, ValueError):
            return b""

    def _sealed(self, content: bytes) -> bytes:
        padded = content + b" " * (-len(content) % STEP)
        return self._ring.seal_own(padded, self._purpose())

    def _purpose(self) -> bytes:
        return spell(
            {"use": "holdfast drafts 1", "practice": self._ring.practice_id, "member": self._ring.member_id}
        )

    def _parts(self) -> dict[str, str]:
        """Everybody's parts as they stand in the file; a damaged file counts as empty: it holds no record."""
        try:
            with explained(), self._path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            fields = Fields(read(content), "format drafts")
            if fields.text("format", 40) != FORMAT:
                return {}
            found = {}
            for each in fields.many("drafts", MOST_MEMBERS):
                if isinstance(each, dict) and isinstance(each.get("sealed"), str):
                    found[Fields(each, "member sealed").text("member", 64)] = each["sealed"]
        except (Known, DamagedKeyFile):
            return {}
        return found
