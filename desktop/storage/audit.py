"""Knows the chain of the audit trail: each line holds a MAC over the line before it and its own content."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.records import AuditEntry, AuditState
from desktop.domain.words import tr
from desktop.storage.mapper import Mapper, Plain, canonical

ENTRIES: Mapper[AuditEntry] = Mapper(AuditEntry)
# What the MAC covers, in this order for ever.
CHAINED = ("number", *ENTRIES.columns)
MAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many lines, and the MAC of the last one (hex). Zero lines: where a chain begins."""

    number: int
    mac: str

    @property
    def raw(self) -> bytes:
        """The MAC's bytes."""
        return bytes.fromhex(self.mac)


class Chain:
    """Computes and checks a practice's chain with its audit key (32 bytes)."""

    __slots__ = ("_key", "start")

    def __init__(self, practice_id: str, key: bytes) -> None:
        self._key = key
        self.start = Head(0, hashlib.sha256(canonical(["holdfast audit chain 1", practice_id])).hexdigest())

    def mac(self, before: bytes, content: Sequence[Plain]) -> bytes:
        """The MAC of a line: `content` is its values in the order of CHAINED."""
        return hmac.digest(self._key, before + canonical(content), "sha256")

    def follow(self, rows: Iterable[Sequence[Any]], known: Iterable[Head] = ()) -> AuditState:
        """Walk rows of (CHAINED..., mac) in order of their numbers, from the first to the last.

        known: heads from elsewhere, of which the chain must have at least as much. The first line that does not fit
        is named; what follows it was not looked at.
        """
        heads = sorted((head for head in known if head.number), key=lambda head: head.number)
        before, number = self.start.raw, 0
        for row in rows:
            content, kept = list(row[:-1]), bytes(row[-1])
            if content[0] != number + 1:
                return AuditState(number, before.hex(), number + 1, tr("A line is missing here."))
            found = self.mac(before, content)
            if not hmac.compare_digest(found, kept):
                return AuditState(number, before.hex(), number + 1, tr("This line, or the one before it, was altered."))
            number, before = number + 1, found
            while heads and heads[0].number <= number:
                head = heads.pop(0)
                if head.number == number and head.mac != before.hex():
                    return AuditState(number, before.hex(), number, tr("This line is not the one that was known."))
        if heads:
            return AuditState(number, before.hex(), number + 1, tr("The last lines are missing."))
        return AuditState(number, before.hex())
