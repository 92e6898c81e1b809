"""Knows the key file, practice.keys.json: its fields, its spelling, and when it is whole."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.errors_practice import DamagedKeyFile, MissingKeyFile, NameUnusable, NewerKeyFile
from desktop.storage.disk import Disk, write_atomically
from desktop.storage.faults import explained
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.keyholders import (
    NAME_LIMIT,
    Custody,
    Former,
    Keyholder,
    Previous,
    Recipient,
    Retired,
    read_custody,
    read_identifier,
    read_member,
    read_previous,
    read_recipient,
    read_retired,
)
from desktop.storage.vault.primitives import mac
from desktop.storage.vault.secret import Secret

__all__ = [
    "NAME_LIMIT", "Custody", "Former", "KeyFile", "Keyholder", "Previous", "Recipient", "Retired", "authenticated",
    "fit_name", "is_authentic", "parse", "read_key_file", "write_key_file",
]  # fmt: skip

FILE = "practice.keys.json"
FORMAT = "holdfast-keys"
VERSION = 2
FIRST_VERSION = 1  # had no former, retired, previous, custody, and no pending change
MOST_BYTES = 4 * 1024 * 1024
MOST_MEMBERS = 1_000
MOST_RECIPIENTS = 16
MOST_EPOCHS = 10_000

_NO_MAC = bytes(32)
_FIRST_FIELDS = "format version practice epoch members recovery pending mac"
_FIELDS = _FIRST_FIELDS + " retired previous custody"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the key file says. members are kept by id. authentic: the MAC over everything else, under the epoch master.

    recovery: for whom the keys are sealed besides. retired: public halves that nobody uses any more, by which what was
    signed long ago is still checked. previous: earlier epochs, oldest first. custody: newest last.
    pending: the file as it is to become; a change of keys was begun, and the database opens with either.
    """

    practice_id: str
    epoch: int
    members: tuple[Keyholder, ...]
    recovery: tuple[Recipient, ...] = ()
    retired: tuple[Retired, ...] = ()
    previous: tuple[Previous, ...] = ()
    custody: tuple[Custody, ...] = ()
    pending: KeyFile | None = None
    authentic: bytes = _NO_MAC
    version: int = VERSION

    @property
    def current(self) -> KeyFile:
        """What holds from now on: what is pending, once something is."""
        return self if self.pending is None else self.pending

    def member(self, wanted: str) -> Keyholder | None:
        """The member with this id, else of this name, else None."""
        by_id = [each for each in self.members if each.id == wanted]
        by_name = [each for each in self.members if each.name == wanted]
        return next(iter(by_id or by_name), None)

    def body(self) -> JsonObject:
        """Everything that the MAC covers."""
        first = self.version == FIRST_VERSION
        body = {
            "format": FORMAT,
            "version": self.version,
            "practice": self.practice_id,
            "epoch": self.epoch,
            "members": [each.spelt(first) for each in sorted(self.members, key=lambda each: each.id)],
            "recovery": [each.spelt() for each in self.recovery],
            "pending": None if self.pending is None else self.pending.sealed_body(),
        }
        if first:
            return body
        return {
            **body,
            "retired": [each.spelt() for each in self.retired],
            "previous": [each.spelt() for each in self.previous],
            "custody": [each.spelt() for each in self.custody],
        }

    def sealed_body(self) -> JsonObject:
        """Everything, with the MAC over it."""
        return {**self.body(), "mac": self.authentic.hex()}

    def content(self) -> bytes:
        """The bytes of the file. Its checksum tells a damaged disk from a wrong passphrase; the MAC protects."""
        body = self.sealed_body()
        return spell({**body, "checksum": hashlib.sha256(spell(body)).hexdigest()})


def authenticated(keys: KeyFile, header_key: Secret) -> KeyFile:
    """The same in the present format, with its MAC renewed."""
    keys = replace(keys, version=VERSION)
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


def _check_sum(value: JsonObject) -> None:
    body = {name: each for name, each in value.items() if name != "checksum"}
    if value.get("checksum") != hashlib.sha256(spell(body)).hexdigest():
        raise DamagedKeyFile


def _read_body(value: JsonObject, version: int, inner: bool = False) -> KeyFile:
    first = version == FIRST_VERSION
    fields = Fields(value, _FIRST_FIELDS if first else _FIELDS)
    if fields.text("format", 40) != FORMAT:
        raise DamagedKeyFile
    fields.whole("version", version, version)
    keys = KeyFile(
        practice_id=read_identifier(fields, "practice"),
        epoch=fields.whole("epoch", 1, 1 << 31),
        members=tuple(read_member(each, first) for each in fields.many("members", MOST_MEMBERS)),
        recovery=tuple(read_recipient(each) for each in fields.many("recovery", MOST_RECIPIENTS)),
        authentic=fields.raw("mac", 32),
        version=version,
    )
    if not first:
        keys = replace(
            keys,
            retired=tuple(read_retired(each) for each in fields.many("retired", MOST_EPOCHS)),
            previous=tuple(read_previous(each) for each in fields.many("previous", MOST_EPOCHS)),
            custody=tuple(read_custody(each) for each in fields.many("custody", MOST_EPOCHS)),
            pending=_read_pending(fields.anything("pending"), inner),
        )
    elif fields.anything("pending") is not None:
        raise DamagedKeyFile
    known = [each.id for each in keys.members] + [each.id for each in keys.recovery]
    if not keys.members or len(set(known)) != len(known):
        raise DamagedKeyFile
    if [each.epoch for each in keys.previous] != list(range(keys.epoch - len(keys.previous), keys.epoch)):
        raise DamagedKeyFile
    return keys


def _read_pending(value: object, inner: bool) -> KeyFile | None:
    if value is None:
        return None
    if inner or not isinstance(value, dict):
        raise DamagedKeyFile
    return _read_body(value, VERSION, inner=True)


def parse(content: bytes) -> KeyFile:
    """The key file that these bytes are; DamagedKeyFile, or NewerKeyFile for a whole one of a later format."""
    value = read(content)
    _check_sum(value)
    version = value.get("version")
    if type(version) is not int or version < FIRST_VERSION:
        raise DamagedKeyFile
    if value.get("format") == FORMAT and version > VERSION:
        raise NewerKeyFile
    if version > VERSION:
        raise DamagedKeyFile
    keys = _read_body({name: each for name, each in value.items() if name != "checksum"}, version)
    pending = keys.pending
    if keys.content() != content:
        raise DamagedKeyFile
    if pending is not None and (pending.practice_id, pending.epoch) != (keys.practice_id, keys.epoch + 1):
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
