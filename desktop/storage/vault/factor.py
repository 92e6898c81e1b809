"""Knows the key file that a member may need besides a passphrase: 32 random bytes in a small file on a stick."""

from __future__ import annotations

from desktop.domain.errors_keys import DamagedFactor
from desktop.storage.vault import bech32
from desktop.storage.vault.primitives import KEY_BYTES, expand, random_secret
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import FACTOR_ID_BYTES, Credentials, Factor

SUFFIX = ".holdfast-key"
MOST_BYTES = 4096
_PREFIX = "holdfast-key-"
_REMARK = "# Holdfast key file. Needed together with a passphrase; keep it apart from the computer, and keep a copy.\n"


def draw_factor() -> bytes:
    """The content of a fresh key file."""
    with random_secret(KEY_BYTES) as secret:
        return (_REMARK + bech32.encode(_PREFIX, bytes(secret.reveal())).upper() + "\n").encode("ascii")


def read_factor(content: bytes) -> Factor:
    """What a key file holds; DamagedFactor. Another key file is told from a damaged one by its checksum."""
    try:
        lines = content[: MOST_BYTES + 1].decode("ascii").split("\n")
        said = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if len(content) > MOST_BYTES or len(said) != 1:
            raise DamagedFactor
        secret = Secret(bech32.decode(_PREFIX, said[0]))
    except (UnicodeDecodeError, bech32.Mistyped):
        raise DamagedFactor from None
    with expand(secret, b"holdfast key file id 1", FACTOR_ID_BYTES) as known_by:
        return Factor(secret, bytes(known_by.reveal()))


def credentials(passphrase: str, factor: bytes | None) -> Credentials:
    """What somebody unlocks with. factor: a key file's content, as it was read. DamagedFactor."""
    return Credentials(passphrase, None if factor is None else read_factor(factor))
