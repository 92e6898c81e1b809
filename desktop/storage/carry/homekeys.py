"""Knows the keys of a carried session's way home: made from the practice's own, so that nothing of them is kept."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field

from desktop.domain.carried import MOST_RETURN
from desktop.domain.errors_carry import AlteredReturn, ForeignReturn, NewerBundle, NotAReturn
from desktop.storage.vault.canonical import spell
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    CannotOpen,
    exchange_key,
    exchange_public,
    expand,
    mac,
    open_sealed,
    random_bytes,
    seal_to,
)
from desktop.storage.vault.secret import Secret

MAC_BYTES = 32
MOST_FIRST = 300
_FIRST = re.compile(rb"holdfast-returned-(\d{1,6}) ([0-9a-z][0-9a-z-]{0,63}) (\d{1,9})")
_RECEIPT = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 letters, none of which looks like another


@dataclass(frozen=True, slots=True)
class WayHome:
    """What a bundle is given for its return. public: X25519, what comes back is sealed to it; secret: shows whose."""

    epoch: int
    public: bytes
    secret: bytes = field(repr=False)


def way_home(ring: KeyRing, carry_id: str) -> WayHome:
    """The way home of one carried session, under the present epoch."""
    with _exchange(ring, carry_id) as private, _secret(ring, carry_id) as secret:
        return WayHome(ring.epoch, exchange_public(private), bytes(secret.reveal()))


def _made(ring: KeyRing, carry_id: str, use: str) -> Secret:
    with ring.subkey(Label.CARRY) as key:
        return expand(key, spell({"use": f"holdfast carried {use} 1", "carried": carry_id}), KEY_BYTES)


def _exchange(ring: KeyRing, carry_id: str) -> Secret:
    return _made(ring, carry_id, "exchange")


def _secret(ring: KeyRing, carry_id: str) -> Secret:
    return _made(ring, carry_id, "secret")


def _first_line(carry_id: str, epoch: int) -> bytes:
    return f"holdfast-returned-1 {carry_id} {epoch}".encode("ascii")


def seal_return(content: bytes, carry_id: str, way: WayHome) -> bytes:
    """The file that only the home practice opens; no passphrase is needed for it."""
    line = _first_line(carry_id, way.epoch)
    with Secret(bytearray(way.secret)) as secret:
        shown = mac(secret, line + content)
    return line + b"\n" + seal_to(way.public, shown + content, line)


def named_in(file: bytes) -> tuple[str, int]:
    """Which carried session a return says it is of, and under which epoch; nothing is proven by that. NotAReturn."""
    line, _ = _parts(file)
    found = _FIRST.fullmatch(line)
    if found is None:
        raise NotAReturn
    if found[1] != b"1":
        raise NewerBundle
    return found[2].decode("ascii"), int(found[3])


def open_return(file: bytes, ring: KeyRing) -> bytes:
    """The content of a return. NotAReturn, ForeignReturn for keys this practice never had, AlteredReturn."""
    carry_id, epoch = named_in(file)
    line, closed = _parts(file)
    then = ring.at(epoch)
    if then is None:
        raise ForeignReturn
    try:
        with _exchange(then, carry_id) as private, _secret(then, carry_id) as secret:
            with open_sealed(exchange_key(private), closed, line) as opened:
                text = bytes(opened.reveal())
            content = text[MAC_BYTES:]
            if not hmac.compare_digest(text[:MAC_BYTES], mac(secret, line + content)):
                raise AlteredReturn
            return content
    except CannotOpen:
        raise AlteredReturn from None
    finally:
        then.wipe()


def _parts(file: bytes) -> tuple[bytes, bytes]:
    line, ended, _rest = file[:MOST_FIRST].partition(b"\n")
    if not line.startswith(b"holdfast-returned-") or not ended or len(file) > MOST_RETURN:
        raise NotAReturn
    return line, file[len(line) + 1 :]


def receipt_of(carry_id: str, entries: tuple[str, ...], secret: bytes) -> str:
    """Eight letters that say which entries came home; only the two who share the secret can make them."""
    with Secret(bytearray(secret)) as key:
        shown = mac(key, spell({"use": "holdfast carried receipt 1", "carried": carry_id, "entries": list(entries)}))
    letters = "".join(_RECEIPT[byte & 31] for byte in shown[:8])
    return f"{letters[:4]}-{letters[4:]}"


def home_receipt(ring: KeyRing, carry_id: str, epoch: int, entries: tuple[str, ...]) -> str:
    """The same, as the home practice makes it. ForeignReturn for keys it never had."""
    then = ring.at(epoch)
    if then is None:
        raise ForeignReturn
    try:
        with _secret(then, carry_id) as secret:
            return receipt_of(carry_id, entries, bytes(secret.reveal()))
    finally:
        then.wipe()


def drawn_passphrase() -> str:
    """A passphrase nobody has to think of: five groups of four letters and digits, a hundred bits."""
    letters = "".join(_RECEIPT[byte & 31] for byte in random_bytes(20)).lower()
    return "-".join(letters[at : at + 4] for at in range(0, 20, 4))
