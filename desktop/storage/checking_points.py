"""Knows whether members' signatures under the trail are theirs, and whether the trail is still what they signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.checkpoints import Checkpoint, Countersignature, SignedPoint, text_to_countersign, text_to_sign
from desktop.domain.integrity import Flaw, Wrong
from desktop.storage.vault.primitives import signed_by

Keys = Mapping[str, tuple[bytes, ...]]
"""Members' public keys by their ids, from the key file: those of today, and those that they had before."""


def _holds(signed: Checkpoint | Countersignature, text: bytes, keys: Keys) -> bool:
    """Whether a signature is its key's, and the key is the member's where the key file still knows them."""
    try:
        public, signature = bytes.fromhex(signed.public_key), bytes.fromhex(signed.signature)
    except ValueError:
        return False
    return public in keys.get(signed.member_id, (public,)) and signed_by(public, signature, text)


def _point_holds(practice_id: str, point: SignedPoint, macs: Mapping[int, str], keys: Keys) -> bool:
    checkpoint = point.checkpoint
    if macs.get(checkpoint.number) != checkpoint.mac:
        return False
    if not _holds(checkpoint, text_to_sign(practice_id, checkpoint), keys):
        return False
    return all(
        counter.member_id != checkpoint.member_id
        and _holds(counter, text_to_countersign(practice_id, checkpoint, counter), keys)
        for counter in point.countersignatures
    )


def check_points(
    practice_id: str, points: Iterable[SignedPoint], macs: Mapping[int, str], keys: Keys
) -> tuple[Flaw, ...]:
    """The checkpoints that do not fit. macs: of the lines that they stand under, as the trail has them now."""
    wrong = [point for point in points if not _point_holds(practice_id, point, macs, keys)]
    if not wrong:
        return ()
    return (Flaw(Wrong.BAD_CHECKPOINT, line=min(point.checkpoint.number for point in wrong), count=len(wrong)),)
