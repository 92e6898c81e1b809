"""Knows the chain of the audit trail: each line holds a MAC over the line before it and its own content."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.integrity import Flaw, Wrong
from desktop.domain.records import AuditEntry, AuditState
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the chain under a key of its own, from where the stretch before it ends to `end`."""

    end: Head
    key: bytes = field(repr=False)


class Chain:
    """Computes and checks a practice's chain with its audit key (32 bytes).

    earlier: the stretches under the keys of earlier epochs, oldest first; their ends are known heads.
    """

    __slots__ = ("_earlier", "_key", "ends", "practice_id", "start")

    def __init__(self, practice_id: str, key: bytes, earlier: tuple[Stretch, ...] = ()) -> None:
        self._key = key
        self.practice_id = practice_id
        self._earlier = earlier
        self.ends = tuple(each.end for each in earlier if each.end.number)
        self.start = Head(0, hashlib.sha256(canonical(["holdfast audit chain 1", practice_id])).hexdigest())

    def mac(self, before: bytes, content: Sequence[Plain]) -> bytes:
        """The MAC of a line: `content` is its values in the order of CHAINED."""
        return hmac.digest(self._key_of(content[0]), before + canonical(content), "sha256")

    def _key_of(self, number: Plain) -> bytes:
        """The key that line `number` is under."""
        if self._earlier and isinstance(number, int) and number <= self._earlier[-1].end.number:
            return next(each.key for each in self._earlier if number <= each.end.number)
        return self._key

    def follow(
        self, rows: Iterable[Sequence[Any]], known: Iterable[Head] = (), after: Head | None = None
    ) -> AuditState:
        """Walk rows of (CHAINED..., mac) in order of their numbers, from the first to the last.

        known: heads from elsewhere, of which the chain must have at least as much. after: the line before the first
        row, taken as it is; None for the chain's start. The first line that does not fit is named; what follows it
        was not looked at.
        """
        begin = after or self.start
        heads = sorted(
            (head for head in (*known, *self.ends) if head.number > begin.number), key=lambda head: head.number
        )
        before, number = begin.raw, begin.number
        for row in rows:
            if row[0] != number + 1:
                return _stopped(number, before, Flaw(Wrong.MISSING_LINE, number + 1))
            found = self._found(before, row)
            if found is None:
                return _stopped(number, before, Flaw(Wrong.EDITED_LINE, number + 1))
            number, before = number + 1, found
            while heads and heads[0].number <= number:
                if heads.pop(0).mac != before.hex():
                    return _stopped(number, before, Flaw(Wrong.FORKED_TRAIL, number))
        if heads:
            return _stopped(number, before, Flaw(Wrong.CUT_TAIL, number + 1))
        return AuditState(number, before.hex())

    def _found(self, before: bytes, row: Sequence[Any]) -> bytes | None:
        """The MAC of a row that is as it was written, else None."""
        try:
            found = self.mac(before, list(row[:-1]))
            return found if hmac.compare_digest(found, row[-1]) else None
        except TypeError:  # somebody put a value of another type there
            return None


def _stopped(number: int, before: bytes, flaw: Flaw) -> AuditState:
    return AuditState(number, before.hex(), flaw.line, flaw.what, flaws=(flaw,))
