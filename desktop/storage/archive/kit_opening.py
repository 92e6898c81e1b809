"""Knows what a recovery kit opens of an archive's key file: the epoch's keys, without any member."""

from __future__ import annotations

from desktop.domain.errors_archive import WrongKit
from desktop.domain.errors_keys import KitOfAnother
from desktop.storage.vault import kit
from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing
from desktop.storage.vault.secret import Secret

KIT_HOLDER = "recovery-kit"  # who did it, in the audit trail


def open_with_kit(keys: KeyFile, secret: Secret) -> KeyRing:
    """The key ring that a kit opens; it holds no member's own halves. WrongKit, DamagedKeyFile."""
    try:
        return kit.open_with_kit(keys, secret)
    except KitOfAnother:
        raise WrongKit from None
