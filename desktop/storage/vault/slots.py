"""Knows a member's slot: what their passphrase opens, and nothing else in the key file."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors_practice import DamagedKeyFile, WrongPassphrase
from desktop.storage.vault.canonical import Fields, JsonObject, spell
from desktop.storage.vault.passphrase import as_secret
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    TAG_BYTES,
    CannotOpen,
    Cost,
    KeyPairs,
    close_with,
    open_with,
    random_bytes,
    stretch,
)
from desktop.storage.vault.secret import Secret

KDF = "argon2id"
_WRAPPED_BYTES = 2 * KEY_BYTES + TAG_BYTES


@dataclass(frozen=True, slots=True)
class Slot:
    """A member's two private halves, wrapped.

    Argon2id over the passphrase gives 64 bytes: the first half wraps, the second half is kept as `commitment`, so that
    one wrapped text cannot be made to open under two passphrases, and a wrong one is told from a damaged slot.
    """

    cost: Cost
    salt: bytes
    commitment: bytes
    nonce: bytes
    wrapped: bytes
    second_factor: bool = False

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {
            "kdf": _kdf(self.cost, self.salt),
            "commitment": self.commitment.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
            "second_factor": self.second_factor,
        }


def _kdf(cost: Cost, salt: bytes) -> JsonObject:
    return {
        "name": KDF, "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes, "salt": salt.hex(),
    }  # fmt: skip


def read_slot(value: object) -> Slot:
    """A slot from the key file, its cost within bounds. DamagedKeyFile."""
    fields = Fields(value, "kdf commitment nonce wrapped second_factor")
    kdf = Fields(fields.anything("kdf"), "name memory_kib passes lanes salt")
    cost = Cost(kdf.whole("memory_kib", 0, 1 << 31), kdf.whole("passes", 0, 1 << 31), kdf.whole("lanes", 0, 1 << 31))
    if kdf.text("name", 20) != KDF or not cost.bearable:
        raise DamagedKeyFile
    return Slot(
        cost=cost,
        salt=kdf.raw("salt", SALT_BYTES),
        commitment=fields.raw("commitment", KEY_BYTES),
        nonce=fields.raw("nonce", NONCE_BYTES),
        wrapped=fields.raw("wrapped", _WRAPPED_BYTES),
        second_factor=fields.flag("second_factor"),
    )


def _around(cost: Cost, salt: bytes, second_factor: bool, member_id: str, practice_id: str) -> bytes:
    return spell(
        {
            "use": "holdfast slot 1", "kdf": _kdf(cost, salt), "second_factor": second_factor,
            "member": member_id, "practice": practice_id,
        }
    )  # fmt: skip


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> tuple[Secret, Secret]:
    """The wrapping half and the committing half."""
    with as_secret(passphrase) as typed, stretch(typed, salt, cost, 2 * KEY_BYTES) as both:
        raw = both.reveal()
        return Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:])


def make_slot(passphrase: str, private: Secret, cost: Cost, member_id: str, practice_id: str) -> Slot:
    """Wrap 64 bytes of private halves under a passphrase."""
    salt, nonce = random_bytes(SALT_BYTES), random_bytes(NONCE_BYTES)
    wrapping, committing = _stretched(passphrase, salt, cost)
    with wrapping, committing:
        around = _around(cost, salt, False, member_id, practice_id)
        wrapped = close_with(wrapping.reveal(), nonce, private.reveal(), around)
        return Slot(cost, salt, bytes(committing.reveal()), nonce, wrapped)


def open_slot(slot: Slot, passphrase: str, member_id: str, practice_id: str) -> KeyPairs:
    """The member's private halves. WrongPassphrase; DamagedKeyFile when the passphrase fits and the slot does not."""
    wrapping, committing = _stretched(passphrase, slot.salt, slot.cost)
    with wrapping, committing:
        if not committing.same_as(slot.commitment):
            raise WrongPassphrase
        around = _around(slot.cost, slot.salt, slot.second_factor, member_id, practice_id)
        try:
            with open_with(wrapping.reveal(), slot.nonce, slot.wrapped, around) as private:
                return KeyPairs(private)
        except CannotOpen:
            raise DamagedKeyFile from None
