"""Knows a member's slot: what their passphrase opens, and nothing else in the key file."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.errors_practice import DamagedKeyFile, SecondFactorNeeded, WrongPassphrase, WrongSecondFactor
from desktop.storage.vault.canonical import Fields, JsonObject, spell
from desktop.storage.vault.passphrase import as_secret
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    TAG_BYTES,
    CannotOpen,
    Cost,
    close_with,
    open_with,
    random_bytes,
    stretch,
)
from desktop.storage.vault.secret import Secret

KDF = "argon2id"
FACTOR_ID_BYTES = 8
_WRAPPED_BYTES = 2 * KEY_BYTES + TAG_BYTES


@dataclass(frozen=True, slots=True)
class Slot:
    """A member's two private halves, wrapped.

    Argon2id over the passphrase gives 64 bytes: the first half wraps, the second half is kept as `commitment`, so that
    one wrapped text cannot be made to open under two passphrases, and a wrong one is told from a damaged slot.
    factor: which key file is needed besides the passphrase, its secret being Argon2id's own; b"" for none.
    """

    cost: Cost
    salt: bytes
    commitment: bytes
    nonce: bytes
    wrapped: bytes
    factor: bytes = b""

    @property
    def second_factor(self) -> bool:
        """Whether a key file is needed besides the passphrase."""
        return bool(self.factor)

    def spelt(self) -> JsonObject:
        """As it stands in the key file."""
        return {
            "kdf": _kdf(self.cost, self.salt),
            "commitment": self.commitment.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
            "second_factor": _spell_factor(self.factor),
        }


def _spell_factor(factor: bytes) -> object:
    return factor.hex() if factor else False


def _read_factor(fields: Fields) -> bytes:
    if fields.anything("second_factor") is False:
        return b""
    return fields.raw("second_factor", FACTOR_ID_BYTES)


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
        factor=_read_factor(fields),
    )


def _around(cost: Cost, salt: bytes, factor: bytes, member_id: str, practice_id: str) -> bytes:
    return spell(
        {
            "use": "holdfast slot 1", "kdf": _kdf(cost, salt), "second_factor": _spell_factor(factor),
            "member": member_id, "practice": practice_id,
        }
    )  # fmt: skip


def _stretched(passphrase: str, salt: bytes, cost: Cost, factor: Factor | None) -> tuple[Secret, Secret]:
    """The wrapping half and the committing half."""
    mixed_in = None if factor is None else factor.secret
    with as_secret(passphrase) as typed, stretch(typed, salt, cost, 2 * KEY_BYTES, mixed_in) as both:
        raw = both.reveal()
        return Secret(raw[:KEY_BYTES]), Secret(raw[KEY_BYTES:])


@dataclass(frozen=True, slots=True)
class Factor:
    """What a key file holds. id: tells one key file from another, and nothing of its secret."""

    secret: Secret
    id: bytes


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a member unlocks with: a passphrase, and a key file where one is asked for."""

    passphrase: str = field(repr=False)
    factor: Factor | None = field(default=None, repr=False)


def make_slot(given: Credentials, private: Secret, cost: Cost, member_id: str, practice_id: str) -> Slot:
    """Wrap 64 bytes of private halves under a passphrase, and a key file where one is given."""
    salt, nonce = random_bytes(SALT_BYTES), random_bytes(NONCE_BYTES)
    wrapping, committing = _stretched(given.passphrase, salt, cost, given.factor)
    factor = b"" if given.factor is None else given.factor.id
    with wrapping, committing:
        around = _around(cost, salt, factor, member_id, practice_id)
        wrapped = close_with(wrapping.reveal(), nonce, private.reveal(), around)
        return Slot(cost, salt, bytes(committing.reveal()), nonce, wrapped, factor)


def open_slot(slot: Slot, given: Credentials, member_id: str, practice_id: str) -> Secret:
    """The member's private halves, 64 bytes.

    SecondFactorNeeded, WrongSecondFactor: told before a second is spent. WrongPassphrase; DamagedKeyFile when all is
    right and the slot is not. A key file that is not asked for is not looked at.
    """
    if slot.factor and given.factor is None:
        raise SecondFactorNeeded
    if slot.factor and given.factor is not None and given.factor.id != slot.factor:
        raise WrongSecondFactor
    wrapping, committing = _stretched(
        given.passphrase, slot.salt, slot.cost, given.factor if slot.factor else None
    )
    with wrapping, committing:
        if not committing.same_as(slot.commitment):
            raise WrongPassphrase
        around = _around(slot.cost, slot.salt, slot.factor, member_id, practice_id)
        try:
            return open_with(wrapping.reveal(), slot.nonce, slot.wrapped, around)
        except CannotOpen:
            raise DamagedKeyFile from None
