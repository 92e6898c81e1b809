"""Knows how the member who unlocked signs, and whose key is whose."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.storage.practice_folder import Opened


class OwnSigner:
    """Signs with the keys of the member who unlocked."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @property
    def public_key(self) -> bytes:
        """What the signatures are checked with, as the key file has it."""
        return signing_keys(self._opened)[self._opened.member_id][0]

    def sign(self, message: bytes) -> bytes:
        """A signature, 64 bytes."""
        return self._opened.ring.sign(message)


def signing_keys(opened: Opened) -> Mapping[str, tuple[bytes, ...]]:
    """Members' public keys by their ids, today's first."""
    return {member.id: (member.signing,) for member in opened.keys.members}
