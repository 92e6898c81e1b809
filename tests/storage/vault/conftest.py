"""Knows the practice that the tests of the vault share: two members, made once, at the floor's cost."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing, found, with_member
from desktop.storage.vault.primitives import FLOOR

PRACTICE = "0190a3c8-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    passphrase: str


MIRA = Person("0190a3c8-0000-7000-8000-00000000000a", "Mira Kowalczyk", "violet harbour seven stones")
NGUYEN = Person("0190a3c8-0000-7000-8000-00000000000b", "Nguyễn Thị Phượng", "trạm dừng chân bên sông")


@dataclass(frozen=True)
class Shared:
    alone: KeyFile  # as founded, with Mira only
    keys: KeyFile  # with both
    ring: KeyRing


@pytest.fixture(scope="session")
def shared() -> Shared:
    """Treat it as read-only."""
    alone, ring = found(PRACTICE, MIRA.id, MIRA.name, MIRA.passphrase, FLOOR)
    return Shared(alone, with_member(alone, ring, NGUYEN.id, NGUYEN.name, NGUYEN.passphrase, FLOOR), ring)
