"""Knows how a practice's keys go one epoch on: fresh ones, sealed to everybody who stays, and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.errors_keys import LastMember
from desktop.domain.errors_practice import NoSuchMember
from desktop.storage.vault.keyfile import KeyFile, Keyholder, Recipient, Retired
from desktop.storage.vault.keyring import KeyRing, authenticated_by
from desktop.storage.vault.primitives import KeyPairs


@dataclass(frozen=True, slots=True)
class TrailEnd:
    """The end of the audit trail: how many lines, and the MAC of the last one."""

    lines: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in the next epoch; everything else stays.

    without: the id of a member who goes. kit: the id and public half of the kit that takes the place of any before.
    holder, own: the member at work as they are from then on, with their new pairs.
    """

    without: str = ""
    kit: tuple[str, bytes] | None = None
    holder: Keyholder | None = None
    own: KeyPairs | None = None


def next_epoch(keys: KeyFile, ring: KeyRing, end: TrailEnd, change: Change) -> tuple[KeyFile, KeyRing]:
    """The key file of the next epoch and its ring. NoSuchMember, LastMember. Nobody's passphrase is needed."""
    leaving = keys.member(change.without) if change.without else None
    if change.without and leaving is None:
        raise NoSuchMember
    staying = tuple(each for each in keys.members if each is not leaving)
    if not staying:
        raise LastMember
    following = ring.next(end.lines, end.head, change.own)
    if change.holder is not None:
        staying = tuple(change.holder if each.id == change.holder.id else each for each in staying)
    kits = [(each.id, each.exchange) for each in keys.recovery] if change.kit is None else [change.kit]
    made = replace(
        keys,
        epoch=following.epoch,
        members=tuple(replace(each, sealed=following.sealed_for(each.id, each.exchange)) for each in staying),
        recovery=tuple(Recipient(one, public, following.sealed_for(one, public)) for one, public in kits),
        retired=keys.retired if leaving is None else (*keys.retired, *_retired(leaving)),
        previous=following.kept_earlier(),
        pending=None,
    )
    return authenticated_by(made, following), following


def _retired(leaving: Keyholder) -> tuple[Retired, ...]:
    halves = (*(each.signing for each in leaving.former), leaving.signing)
    return tuple(Retired(leaving.id, leaving.name, half) for half in halves)


def begun(keys: KeyFile, ring: KeyRing, following: KeyFile) -> KeyFile:
    """The key file while the database may still be under the old keys: both, the next one pending."""
    return authenticated_by(replace(keys, pending=following), ring)
