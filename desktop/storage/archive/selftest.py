"""Knows how the parts that archives are made with are tried once, without any practice."""

from __future__ import annotations

import io

from desktop.domain.errors_machine import NotSafeHere
from desktop.domain.words import tr
from desktop.storage.archive.agefile import decrypt, identity_of
from desktop.storage.archive.agewriting import encrypt
from desktop.storage.archive.zstd import Packer, Unpacker
from desktop.storage.vault.primitives import KEY_BYTES, random_secret

BYTES = 300_000


def selftest() -> int:
    """Pack and encrypt some bytes to a fresh key and read them again; how many. NotSafeHere."""
    from pyrage import x25519

    with random_secret(KEY_BYTES) as key:
        identity = identity_of(key)
    packer, content, out, found = Packer(), bytes(range(250)) * (BYTES // 250), io.BytesIO(), bytearray()
    encrypt(iter([packer.add(content), packer.end()]), out, (str(x25519.Identity.from_str(identity).to_public()),))
    if content[:100] in out.getvalue():
        raise NotSafeHere(tr("an archive can be read by anybody"))
    unpacker = Unpacker(found.extend)
    decrypt(out, unpacker.feed, identity)
    unpacker.end()
    if found != content:
        raise NotSafeHere(tr("an archive does not come back as it was"))
    return len(found)
