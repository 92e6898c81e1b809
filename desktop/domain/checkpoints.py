"""Knows what a member signs when they vouch for the end of the audit trail, and what another member adds to it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop.domain.moment import Moment

FORMAT, COUNTER_FORMAT = "holdfast-checkpoint-1", "holdfast-countersignature-1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A member's signature under one line of the trail. number, mac: the line; public_key, signature: hex."""

    id: str
    number: int
    mac: str
    member_id: str
    signed: Moment
    public_key: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Countersignature:
    """Another member's signature under a checkpoint, at a later time."""

    id: str
    checkpoint_id: str
    member_id: str
    signed: Moment
    public_key: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class SignedPoint:
    """A checkpoint with what others added."""

    checkpoint: Checkpoint
    countersignatures: tuple[Countersignature, ...] = ()


def _spelt(**fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def _time(moment: Moment) -> str:
    return moment.utc.isoformat(timespec="microseconds")


def text_to_sign(practice_id: str, checkpoint: Checkpoint) -> bytes:
    """What the first member signs: the practice, the line, who and when."""
    return _spelt(
        format=FORMAT, practice=practice_id, id=checkpoint.id, number=checkpoint.number, mac=checkpoint.mac,
        member=checkpoint.member_id, key=checkpoint.public_key, time=_time(checkpoint.signed),
    )


def text_to_countersign(practice_id: str, checkpoint: Checkpoint, counter: Countersignature) -> bytes:
    """What another member signs: the same line, and the first signature."""
    return _spelt(
        format=COUNTER_FORMAT, practice=practice_id, id=counter.id, checkpoint=checkpoint.id, number=checkpoint.number,
        mac=checkpoint.mac, first=checkpoint.signature, member=counter.member_id, key=counter.public_key,
        time=_time(counter.signed),
    )


def fingerprint(text: str) -> str:
    """Hex in groups of four, as it is compared with paper: at most 32 digits of it."""
    return " ".join(text[at : at + 4] for at in range(0, min(len(text), 32), 4))
