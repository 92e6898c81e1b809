"""Knows which passphrases are taken, and how what was typed becomes bytes."""

from __future__ import annotations

import unicodedata

from desktop.domain.errors_practice import PassphraseTooShort, PassphraseUnusable
from desktop.storage.vault.secret import Secret

LEAST = 15  # characters; NIST SP 800-63B-4 for a passphrase that stands alone
MOST = 1024


def normal(passphrase: str) -> str:
    """Composed (NFC): the same words typed on another system give the same bytes. Blanks and case are kept."""
    return unicodedata.normalize("NFC", passphrase)


def check_new(passphrase: str) -> None:
    """Raise PassphraseTooShort or PassphraseUnusable; there are no rules on what it is composed of."""
    text = normal(passphrase)
    if len(text) > MOST or any(unicodedata.category(each) in {"Cc", "Cs"} for each in text):
        raise PassphraseUnusable
    if len(text) < LEAST:
        raise PassphraseTooShort(LEAST)


def as_secret(passphrase: str) -> Secret:
    """The bytes to stretch. What cannot be encoded gives bytes that open nothing."""
    return Secret(bytearray(normal(passphrase)[: MOST + 1].encode("utf-8", "surrogatepass")))
