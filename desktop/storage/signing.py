"""Knows how the member who unlocked signs, and whose key is whose."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.storage.opened import Opened


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
    """Members' public keys by their ids, today's first; what somebody signed who left is still checked by theirs."""
    keys = opened.keys.current
    found = {member.id: member.signing_halves for member in keys.members}
    for each in keys.retired:
        found[each.id] = (each.signing, *found.get(each.id, ()))
    return found
