"""Knows how members' signatures under the audit trail are kept: added, and never changed."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import insert, select

from desktop.domain.checkpoints import Checkpoint, Countersignature, SignedPoint
from desktop.services.ports import Checkpoints
from desktop.storage.mapper import Mapper, digest
from desktop.storage.tables import checkpoints, countersignatures
from desktop.storage.work import Change, Work

KIND, COUNTER_KIND = "checkpoint", "countersignature"
MAPPER: Mapper[Checkpoint] = Mapper(Checkpoint)
COUNTER_MAPPER: Mapper[Countersignature] = Mapper(Countersignature)

_ADD, _ADD_COUNTER = insert(checkpoints), insert(countersignatures)
_ALL = select(checkpoints).order_by(checkpoints.c.number, checkpoints.c.id)
_ALL_COUNTER = select(countersignatures).order_by(countersignatures.c.signed_utc, countersignatures.c.id)


class SqlCheckpoints(Checkpoints):
    """Signatures under lines of the trail, in one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, checkpoint: Checkpoint) -> None:
        """Keep a member's signature; Refused('no-line') when the trail has no such line."""
        row = MAPPER.row(checkpoint)
        self._work.change(_ADD, {**row})
        self._work.wrote(KIND, checkpoint.id, Change(1, digest(KIND, row)))

    def countersign(self, counter: Countersignature) -> None:
        """Keep another member's; Refused('same-member') for the one who signed first, Conflict for a second one."""
        row = COUNTER_MAPPER.row(counter)
        self._work.change(_ADD_COUNTER, {**row})
        self._work.wrote(COUNTER_KIND, counter.id, Change(1, digest(COUNTER_KIND, row)))

    def all(self) -> tuple[SignedPoint, ...]:
        """Every checkpoint with its countersignatures, by the line that they stand under."""
        counters: defaultdict[str, list[Countersignature]] = defaultdict(list)
        for row in self._work.rows(_ALL_COUNTER):
            counters[row["checkpoint_id"]].append(COUNTER_MAPPER.record(row))
        return tuple(SignedPoint(MAPPER.record(row), tuple(counters[row["id"]])) for row in self._work.rows(_ALL))
