"""Knows who and what stands in the key file: members, kits, earlier epochs, custody; how each is spelt and read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain.errors_practice import DamagedKeyFile
from desktop.storage.vault.canonical import Fields, JsonObject
from desktop.storage.vault.primitives import KEY_BYTES, NONCE_BYTES, SEAL_BYTES, TAG_BYTES
from desktop.storage.vault.slots import Slot, read_slot

NAME_LIMIT = 120
MOST_FORMER = 1_000
MOST_LINES = 1 << 62
SEALED_BYTES = 2 * KEY_BYTES + SEAL_BYTES
CLOSED_BYTES = NONCE_BYTES + 2 * KEY_BYTES + TAG_BYTES
CUSTODY_BYTES = KEY_BYTES + 2 * SEAL_BYTES

_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


@dataclass(frozen=True, slots=True)
class Former:
    """A member's earlier pair of keys. sealed: their private halves, to the pair that came after; b"" when lost."""

    exchange: bytes
    signing: bytes
    sealed: bytes

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {"x25519": self.exchange.hex(), "ed25519": self.signing.hex(), "sealed": self.sealed.hex()}


@dataclass(frozen=True, slots=True)
class Keyholder:
    """A member as the key file knows them. name: shown at unlock, so it stands here in clear.

    exchange, signing: public halves. sealed: this epoch's master and page key, to `exchange`. former: earlier pairs,
    oldest first. factor_required: an owner wants this member to unlock with a key file besides.
    """

    id: str
    name: str
    exchange: bytes
    signing: bytes
    slot: Slot
    sealed: bytes
    former: tuple[Former, ...] = ()
    factor_required: bool = False

    @property
    def signing_halves(self) -> tuple[bytes, ...]:
        """What this member's signatures are checked with, today's first."""
        return (self.signing, *(each.signing for each in reversed(self.former)))

    def spelt(self, first_version: bool = False) -> JsonObject:
        """As it stands in the key file."""
        spelt: JsonObject = {
            "id": self.id, "name": self.name, "x25519": self.exchange.hex(), "ed25519": self.signing.hex(),
            "slot": self.slot.spelt(), "sealed": self.sealed.hex(),
        }  # fmt: skip
        if first_version:
            return spelt
        return {**spelt, "former": [each.spelt() for each in self.former], "factor_required": self.factor_required}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is no member and for whom the epoch's keys are sealed too: a recovery kit."""

    id: str
    exchange: bytes
    sealed: bytes

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {"id": self.id, "x25519": self.exchange.hex(), "sealed": self.sealed.hex()}


@dataclass(frozen=True, slots=True)
class Retired:
    """The public half that somebody signed with who is no member any more."""

    id: str
    name: str
    signing: bytes

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {"id": self.id, "name": self.name, "ed25519": self.signing.hex()}


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier epoch. lines, head: how long the audit trail was when it ended, and the MAC of its last line.

    closed: its master and page key, under the present epoch's master.
    """

    epoch: int
    lines: int
    head: bytes
    closed: bytes

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {"epoch": self.epoch, "lines": self.lines, "head": self.head.hex(), "closed": self.closed.hex()}


@dataclass(frozen=True, slots=True)
class Custody:
    """A key for what is sealed to one author. sealed: its private half, to the custodian, and inside that to the kit.

    custodian: a member's id; kit: the recipient's id.
    """

    id: str
    exchange: bytes
    custodian: str
    kit: str
    sealed: bytes

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {
            "id": self.id, "x25519": self.exchange.hex(), "custodian": self.custodian, "kit": self.kit,
            "sealed": self.sealed.hex(),
        }  # fmt: skip


def read_identifier(fields: Fields, name: str) -> str:
    """An identifier: small letters, digits and hyphens. DamagedKeyFile."""
    found = fields.text(name, 64)
    if not _ID.fullmatch(found):
        raise DamagedKeyFile
    return found


def _read_former(value: object) -> Former:
    fields = Fields(value, "x25519 ed25519 sealed")
    return Former(
        fields.raw("x25519", KEY_BYTES), fields.raw("ed25519", KEY_BYTES), fields.maybe_raw("sealed", SEALED_BYTES)
    )


def read_member(value: object, first_version: bool = False) -> Keyholder:
    """A member; DamagedKeyFile."""
    names = "id name x25519 ed25519 slot sealed"
    fields = Fields(value, names if first_version else names + " former factor_required")
    former = () if first_version else fields.many("former", MOST_FORMER)
    return Keyholder(
        id=read_identifier(fields, "id"),
        name=fields.text("name", NAME_LIMIT),
        exchange=fields.raw("x25519", KEY_BYTES),
        signing=fields.raw("ed25519", KEY_BYTES),
        slot=read_slot(fields.anything("slot")),
        sealed=fields.raw("sealed", SEALED_BYTES),
        former=tuple(_read_former(each) for each in former),
        factor_required=not first_version and fields.flag("factor_required"),
    )


def read_recipient(value: object) -> Recipient:
    """A recovery kit's public half; DamagedKeyFile."""
    fields = Fields(value, "id x25519 sealed")
    return Recipient(
        read_identifier(fields, "id"), fields.raw("x25519", KEY_BYTES), fields.raw("sealed", SEALED_BYTES)
    )


def read_retired(value: object) -> Retired:
    """A public half that is kept for checking; DamagedKeyFile."""
    fields = Fields(value, "id name ed25519")
    return Retired(read_identifier(fields, "id"), fields.text("name", NAME_LIMIT), fields.raw("ed25519", KEY_BYTES))


def read_previous(value: object) -> Previous:
    """An earlier epoch; DamagedKeyFile."""
    fields = Fields(value, "epoch lines head closed")
    return Previous(
        fields.whole("epoch", 1, 1 << 31), fields.whole("lines", 0, MOST_LINES), fields.raw("head", 32),
        fields.raw("closed", CLOSED_BYTES),
    )


def read_custody(value: object) -> Custody:
    """A custody key; DamagedKeyFile."""
    fields = Fields(value, "id x25519 custodian kit sealed")
    return Custody(
        read_identifier(fields, "id"), fields.raw("x25519", KEY_BYTES), read_identifier(fields, "custodian"),
        read_identifier(fields, "kit"), fields.raw("sealed", CUSTODY_BYTES),
    )
