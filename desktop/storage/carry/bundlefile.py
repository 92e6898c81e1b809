"""Knows the file of a carried session: one line of what is needed to open it, then its content, closed.

A bundle's key is wrapped as a member's private halves are in a practice: Argon2id over the passphrase, with a
key-commitment half, and its cost looked at before anything is derived. The content is bound to the whole first line.
"""

from __future__ import annotations

import hashlib
import io
import re

from desktop.domain.carried import MOST_BUNDLE
from desktop.domain.errors_carry import DamagedBundle, NewerBundle, NotABundle, WrongBundlePassphrase
from desktop.domain.errors_practice import DamagedKeyFile, WrongPassphrase
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.passphrase import check_new
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    CannotOpen,
    Cost,
    close_with,
    open_with,
    random_bytes,
    random_secret,
)
from desktop.storage.vault.slots import Credentials, make_slot, open_slot, read_slot

FORMAT = "holdfast-carried-1"
MOST_HEADER = 4096
PURPOSE = "carried"
_BEGINS = b'{"content":'
_FORMAT = re.compile(rb'"format":"holdfast-carried-(\d{1,6})"')
_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


def digest_of(content: bytes) -> str:
    """SHA-256, hex, of a whole file."""
    return hashlib.sha256(content).hexdigest()


def seal_bundle(content: bytes, carry_id: str, passphrase: str, cost: Cost) -> bytes:
    """The file that only this passphrase opens. PassphraseTooShort, PassphraseUnusable, NotEnoughMemory."""
    check_new(passphrase)
    nonce = random_bytes(NONCE_BYTES)
    with random_secret(2 * KEY_BYTES) as key:
        slot = make_slot(Credentials(passphrase), key, cost, carry_id, PURPOSE)
        first: JsonObject = {"content": nonce.hex(), "format": FORMAT, "id": carry_id, "slot": slot.spelt()}
        line = spell(first)
        return line + b"\n" + close_with(key.reveal()[:KEY_BYTES], nonce, content, line)


def open_bundle(file: bytes, passphrase: str) -> bytes:
    """The content of a bundle. NotABundle, NewerBundle, DamagedBundle, WrongBundlePassphrase, NotEnoughMemory.

    Nothing is derived before the first line was found to be bearable.
    """
    line, closed = _parts(file)
    try:
        fields = Fields(read(line), "content format id slot")
        carry_id, nonce = fields.text("id", 64), fields.raw("content", NONCE_BYTES)
        slot = read_slot(fields.anything("slot"))
        if not _ID.fullmatch(carry_id) or slot.factor:
            raise DamagedKeyFile
        with open_slot(slot, Credentials(passphrase), carry_id, PURPOSE) as key, open_with(
            key.reveal()[:KEY_BYTES], nonce, closed, line
        ) as content:
            return bytes(content.reveal())
    except WrongPassphrase:
        raise WrongBundlePassphrase from None
    except (DamagedKeyFile, CannotOpen):
        raise DamagedBundle from None


def _parts(file: bytes) -> tuple[bytes, bytes]:
    line = io.BytesIO(file).readline(MOST_HEADER)
    if not line.startswith(_BEGINS) or not line.endswith(b"\n") or len(file) > MOST_BUNDLE:
        raise NotABundle
    found = _FORMAT.search(line)
    if found is None:
        raise NotABundle
    if found[1] != b"1":
        raise NewerBundle
    return line[:-1], file[len(line) :]
