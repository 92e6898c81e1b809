"""Knows the key file, practice.keys.json: its fields, its spelling, and when it is whole."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.errors_practice import DamagedKeyFile, MissingKeyFile, NameUnusable, NewerKeyFile
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.primitives import KEY_BYTES, SEAL_BYTES, mac
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Slot, read_slot

FILE = "practice.keys.json"
FORMAT = "holdfast-keys"
VERSION = 1
MOST_BYTES = 4 * 1024 * 1024
MOST_MEMBERS = 1_000
MOST_RECIPIENTS = 16
NAME_LIMIT = 120
SEALED_BYTES = 2 * KEY_BYTES + SEAL_BYTES

_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_NO_MAC = bytes(32)


@dataclass(frozen=True, slots=True)
class Keyholder:
    """A member as the key file knows them. name: shown at unlock, so it stands here in clear.

    exchange, signing: public halves. sealed: this epoch's master and page key, to `exchange`.
    """

    id: str
    name: str
    exchange: bytes
    signing: bytes
    slot: Slot
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is no member and for whom the epoch's keys are sealed too: a recovery kit."""

    id: str
    exchange: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the key file says. members are kept by id. authentic: the MAC over everything else, under the epoch master.

    A change of keys that was begun and not confirmed would stand in `pending`; this version makes none and reads none.
    """

    practice_id: str
    epoch: int
    members: tuple[Keyholder, ...]
    recovery: tuple[Recipient, ...] = ()
    authentic: bytes = _NO_MAC

    def member(self, wanted: str) -> Keyholder | None:
        """The member with this id, else of this name, else None."""
        by_id = [each for each in self.members if each.id == wanted]
        by_name = [each for each in self.members if each.name == wanted]
        return next(iter(by_id or by_name), None)

    def body(self) -> JsonObject:
        """Everything that the MAC covers."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "practice": self.practice_id,
            "epoch": self.epoch,
            "members": [_spell_member(each) for each in sorted(self.members, key=lambda each: each.id)],
            "recovery": [
                {"id": each.id, "x25519": each.exchange.hex(), "sealed": each.sealed.hex()} for each in self.recovery
            ],
            "pending": None,
        }

    def content(self) -> bytes:
        """The bytes of the file. Its checksum tells a damaged disk from a wrong passphrase; the MAC protects."""
        body = {**self.body(), "mac": self.authentic.hex()}
        return spell({**body, "checksum": hashlib.sha256(spell(body)).hexdigest()})


def _spell_member(member: Keyholder) -> JsonObject:
    return {
        "id": member.id,
        "name": member.name,
        "x25519": member.exchange.hex(),
        "ed25519": member.signing.hex(),
        "slot": member.slot.spelt(),
        "sealed": member.sealed.hex(),
    }


def authenticated(keys: KeyFile, header_key: Secret) -> KeyFile:
    """The same with its MAC renewed."""
    return replace(keys, authentic=mac(header_key, spell(keys.body())))


def is_authentic(keys: KeyFile, header_key: Secret) -> bool:
    """Whether the MAC was made over exactly this by somebody who holds the epoch master."""
    return hmac.compare_digest(keys.authentic, mac(header_key, spell(keys.body())))


def fit_name(name: str) -> None:
    """Raise NameUnusable for a name that the key file could not hold."""
    try:
        Fields({"name": name}, "name").text("name", NAME_LIMIT)
    except DamagedKeyFile:
        raise NameUnusable(NAME_LIMIT) from None


def _identifier(fields: Fields, name: str) -> str:
    found = fields.text(name, 64)
    if not _ID.fullmatch(found):
        raise DamagedKeyFile
    return found


def _read_member(value: object) -> Keyholder:
    fields = Fields(value, "id name x25519 ed25519 slot sealed")
    return Keyholder(
        id=_identifier(fields, "id"),
        name=fields.text("name", NAME_LIMIT),
        exchange=fields.raw("x25519", KEY_BYTES),
        signing=fields.raw("ed25519", KEY_BYTES),
        slot=read_slot(fields.anything("slot")),
        sealed=fields.raw("sealed", SEALED_BYTES),
    )


def _read_recipient(value: object) -> Recipient:
    fields = Fields(value, "id x25519 sealed")
    return Recipient(_identifier(fields, "id"), fields.raw("x25519", KEY_BYTES), fields.raw("sealed", SEALED_BYTES))


def _check_sum(value: JsonObject) -> None:
    body = {name: each for name, each in value.items() if name != "checksum"}
    if value.get("checksum") != hashlib.sha256(spell(body)).hexdigest():
        raise DamagedKeyFile


def parse(content: bytes) -> KeyFile:
    """The key file that these bytes are; DamagedKeyFile, or NewerKeyFile for a whole one of a later format."""
    value = read(content)
    _check_sum(value)
    version = value.get("version")
    if value.get("format") == FORMAT and type(version) is int and version > VERSION:
        raise NewerKeyFile
    fields = Fields(value, "format version practice epoch members recovery pending mac checksum")
    if fields.text("format", 40) != FORMAT:
        raise DamagedKeyFile
    fields.whole("version", VERSION, VERSION)
    if fields.anything("pending") is not None:
        raise NewerKeyFile
    keys = KeyFile(
        practice_id=_identifier(fields, "practice"),
        epoch=fields.whole("epoch", 1, 1 << 31),
        members=tuple(_read_member(each) for each in fields.many("members", MOST_MEMBERS)),
        recovery=tuple(_read_recipient(each) for each in fields.many("recovery", MOST_RECIPIENTS)),
        authentic=fields.raw("mac", 32),
    )
    known = [each.id for each in keys.members] + [each.id for each in keys.recovery]
    if not keys.members or len(set(known)) != len(known) or keys.content() != content:
        raise DamagedKeyFile
    return keys


def read_key_file(folder: Path) -> KeyFile:
    """The key file of a practice folder; MissingKeyFile, DamagedKeyFile, NewerKeyFile. Changes nothing."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingKeyFile from None
    except OSError:
        raise DamagedKeyFile from None
    if len(content) > MOST_BYTES:
        raise DamagedKeyFile
    return parse(content)


def write_key_file(folder: Path, keys: KeyFile, disk: Disk) -> None:
    """Replace the key file in one step, down to the disk. Known errors; the old one stays if anything fails."""
    content = keys.content()
    parse(content)  # what could not be read again is never put in place
    with explained(2 * len(content)):
        write_atomically(disk, folder / FILE, content)
