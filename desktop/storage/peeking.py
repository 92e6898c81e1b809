"""Knows what a practice shows to somebody who has no passphrase yet: who may unlock it. Loads no database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.storage.practice_layout import Layout
from desktop.storage.vault.keyfile import read_key_file


@dataclass(frozen=True, slots=True)
class Keeper:
    """A member as the unlock screen may list them. factor: a key file is needed too."""

    id: str
    name: str
    factor: bool


@dataclass(frozen=True, slots=True)
class Peek:
    """What can be known of a practice without a passphrase; the schema is not among it."""

    folder: Path
    practice_id: str
    epoch: int
    members: tuple[Keeper, ...]


def peek(folder: Path) -> Peek:
    """Who may unlock. NoPractice, UnfinishedPractice, MissingKeyFile, DamagedKeyFile ...; changes nothing."""
    Layout(folder).require_whole()
    keys = read_key_file(folder).current
    members = [Keeper(each.id, each.name, each.slot.second_factor) for each in keys.members]
    members.sort(key=lambda each: (each.name, each.id))
    return Peek(folder, keys.practice_id, keys.epoch, tuple(members))
