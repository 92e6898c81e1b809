"""Knows how a member vouches for the audit trail with their own signature, and how another one adds theirs."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Owner
from desktop.domain.checkpoints import (
    Checkpoint,
    Countersignature,
    SignedPoint,
    text_to_countersign,
    text_to_sign,
)
from desktop.domain.errors import Known, NotFound, Refused
from desktop.domain.people import Role, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Signer
from desktop.services.trail import verify_trail

KIND, COUNTER_KIND = "checkpoint", "countersignature"


def signer_of(desk: Desk) -> Signer:
    """What signs for the member; Known at a desk without a key."""
    if desk.signer is None:
        raise Known(
            tr("Nothing can be signed at this desk: it was not unlocked with a member's own key."),
            tr("Nothing was changed."), tr("Unlock the practice with your passphrase."),
        )  # fmt: skip
    return desk.signer


def _require_whole(desk: Desk) -> None:
    if not verify_trail(desk).intact:
        raise Refused(
            "not_intact", tr("The audit trail or the records are not whole, so there is nothing to vouch for."),
            next_step=tr("Check the trail and follow what it says."),
        )


def checkpoints(desk: Desk) -> tuple[SignedPoint, ...]:
    """Every checkpoint, newest first. They name lines and members, so every member may see them."""
    require(desk.member, *Role)
    with desk.store.read() as unit:
        return tuple(reversed(unit.checkpoints.all()))


def sign_checkpoint(desk: Desk) -> Outcome[Checkpoint]:
    """Check everything, then sign the end of the trail. Refused('not_intact'); takes as long as a check."""
    require(desk.member, *Role)
    signer = signer_of(desk)
    _require_whole(desk)
    with desk.store.write() as unit:
        number, mac = unit.trail.end()
        unsigned = Checkpoint(
            desk.ids.new(), number, mac, desk.member.id, desk.clock.now(), signer.public_key.hex()
        )
        signature = signer.sign(text_to_sign(desk.store.practice_id, unsigned))
        made = replace(unsigned, signature=signature.hex())
        unit.checkpoints.add(made)
        unit.audit(desk.line(Act.SIGN, KIND, made.id, Owner.practice(desk.store.practice_id), f"line {number}"))
    return Outcome.of(made, Topic(KIND, made.id))


def countersign(desk: Desk, checkpoint_id: str | None = None) -> Outcome[SignedPoint]:
    """Check everything, then sign a colleague's checkpoint too; without an id the newest that waits for it.

    NotFound, Refused('same_member'), Refused('not_intact'), Conflict when it was countersigned by this member before.
    """
    require(desk.member, *Role)
    signer = signer_of(desk)
    _require_whole(desk)
    with desk.store.write() as unit:
        point = _wanted(unit.checkpoints.all(), desk.member.id, checkpoint_id)
        first = point.checkpoint
        unsigned = Countersignature(desk.ids.new(), first.id, desk.member.id, desk.clock.now(), signer.public_key.hex())
        signature = signer.sign(text_to_countersign(desk.store.practice_id, first, unsigned))
        made = replace(unsigned, signature=signature.hex())
        unit.checkpoints.countersign(made)
        owner = Owner.practice(desk.store.practice_id)
        unit.audit(desk.line(Act.SIGN, COUNTER_KIND, made.id, owner, f"line {first.number}"))
    return Outcome.of(SignedPoint(first, (*point.countersignatures, made)), Topic(KIND, first.id))


def _wanted(points: tuple[SignedPoint, ...], member_id: str, checkpoint_id: str | None) -> SignedPoint:
    if checkpoint_id is not None:
        found = [point for point in points if point.checkpoint.id == checkpoint_id]
    else:
        found = [point for point in points if waits_for(point, member_id)]
    if not found:
        raise NotFound(
            tr("There is no checkpoint here that waits for your signature."), tr("Nothing was changed."),
            tr("Let a colleague sign one first."),
        )  # fmt: skip
    return found[-1]


def waits_for(point: SignedPoint, member_id: str) -> bool:
    """Whether this member could still countersign it."""
    signed = {point.checkpoint.member_id, *(counter.member_id for counter in point.countersignatures)}
    return member_id not in signed
