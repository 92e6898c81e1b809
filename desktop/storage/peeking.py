"""Knows what a practice shows to somebody who has no passphrase yet: who may unlock it. Loads no database."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from desktop.storage.practice_layout import Layout
from desktop.storage.vault.keyfile import read_key_file


class Keeper(NamedTuple):
    """A member as the unlock screen may list them. factor: a key file is needed too.

    signing_keys: what their signatures are checked with, hex.
    """

    id: str
    name: str
    factor: bool
    signing_keys: tuple[str, ...] = ()


class Peek(NamedTuple):
    """What can be known of a practice without a passphrase; the schema is not among it.

    left: who was removed, once for each key that they signed with.
    """

    folder: Path
    practice_id: str
    epoch: int
    members: tuple[Keeper, ...]
    left: tuple[Keeper, ...] = ()


def peek(folder: Path) -> Peek:
    """Who may unlock. NoPractice, UnfinishedPractice, MissingKeyFile, DamagedKeyFile ...; changes nothing."""
    Layout(folder).require_whole()
    keys = read_key_file(folder).current
    keepers = (
        Keeper(each.id, each.name, each.slot.second_factor, tuple(half.hex() for half in each.signing_halves))
        for each in keys.members
    )
    members = sorted(keepers, key=lambda each: (each.name, each.id))
    left = tuple(Keeper(each.id, each.name, False, (each.signing.hex(),)) for each in keys.retired)
    return Peek(folder, keys.practice_id, keys.epoch, tuple(members), left)
