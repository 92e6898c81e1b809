"""Knows the small practice that is tampered with: its files on several days, and what is said of it afterwards."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.audience import Owner
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Known
from desktop.domain.integrity import Flaw
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services.clients import change_client
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.services.notes import write_note
from desktop.storage.disk import Disk
from desktop.storage.engine import Engines, open_engines, require_known_schema
from desktop.storage.head_file import HeadFile, TrailRefused
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.opening import first_look, look_before, mark_closed, mark_open
from desktop.storage.practice_layout import Layout
from desktop.storage.unit import SqlStore
from desktop.storage.vault.keyring import KeyRing, Label, found
from desktop.storage.vault.primitives import FLOOR
from tests.kit import ANNA, BEN, PRACTICE_ID, CountedIds, House, dose, furnish, plan, ready, vitals

DATABASE, WAL, HEAD = "practice.db", "practice.db-wal", "practice.head"
MEMBER = "0190a3c8-0000-7000-8000-0000000000aa"
PAGE = 4096
TABLES = ("practice", "members", "clients", "couples", "orders", "sessions", "session_people", "live_events", "notes",
          "audit")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """The files of one day by name: as they were when it was locked, and as a kill would have left them before."""

    locked: Mapping[str, bytes]
    killed: Mapping[str, bytes]


@dataclass(slots=True)
class Verdict:
    """What was said. stage: `opening`, `first look`, `whole check`, `pages`, or '' when nothing was found."""

    stage: str = ""
    names: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(slots=True)
class Site:
    """A practice whose keys are known to the campaign. days: its files, oldest first; the last is today's."""

    folder: Path
    ring: KeyRing
    days: list[Day] = field(default_factory=list)

    @property
    def today(self) -> Day:
        """As it was locked last."""
        return self.days[-1]

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Put these files into the folder, and nothing else."""
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in files.items():
            (self.folder / name).write_bytes(content)

    @contextlib.contextmanager
    def opened(self, look: Verdict | None = None) -> Iterator[tuple[SqlStore, Engines]]:
        """Open it as an unlock does; what the first look finds is noted in `look`."""
        layout, heads = Layout(self.folder), HeadFile(self.folder, self.ring, _Quick())
        before = look_before(layout, heads)
        require_known_schema(layout.database, self.ring.page_key, KNOWN_SCHEMA)
        mark_open(heads, before)
        engines = open_engines(layout.database, self.ring.page_key)
        try:
            with self.ring.subkey(Label.AUDIT) as key:
                audit = bytes(key.reveal())
            kept = before.kept
            store = SqlStore(
                engines.writer, engines.readers, PRACTICE_ID, audit, None if kept is None else kept.head
            )
            if look is not None:
                look.flaws = first_look(store, before)
            yield store, engines
        finally:
            engines.close()

    def judge(self) -> Verdict:
        """What an unlock and then a whole check say of the folder as it lies."""
        said = Verdict()
        try:
            with self.opened(said) as (store, engines):
                if said.flaws:
                    return _found("first look", said.flaws)
                flaws = (*store.verify().flaws, *store.word_index())
                if flaws:
                    return _found("whole check", flaws)
                pages = asked(engines, "PRAGMA cipher_integrity_check")
                return Verdict("pages", ("pages",)) if pages else Verdict()
        except TrailRefused as refused:
            return _found("opening", (refused.flaw,))
        except Known as error:
            return Verdict("opening" if not said.flaws else "whole check", (type(error).__name__,))

    def content(self) -> list[Any]:
        """Every row of every table, as it lies."""
        with self.opened() as (_, engines):
            return [asked(engines, f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


def asked(engines: Engines, statement: str) -> list[Any]:
    """What the database answers."""
    with engines.readers.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


class _Quick(Disk):
    """A disk that is not waited for: the campaign kills nothing."""

    def sync_folder(self, folder: Path) -> None:
        """Nothing to wait for."""


def _found(stage: str, flaws: tuple[Flaw, ...]) -> Verdict:
    return Verdict(stage, tuple(sorted({flaw.wrong.value for flaw in flaws})), flaws)


def made(folder: Path) -> Site:
    """A practice that was worked with on several days."""
    folder.mkdir(parents=True)
    _, ring = found(PRACTICE_ID, MEMBER, "Mara", "a passphrase that nobody types", FLOOR)
    site = Site(folder, ring)
    with ring.subkey(Label.AUDIT) as key:
        audit = bytes(key.reveal())
    home = House(folder, ids=CountedIds(), page_key=bytes(ring.page_key.reveal()), audit_key=audit)
    for day in (_first, _second, _third, _fourth, _fifth):
        home.open()
        home.clock.forward(86_400)
        day(home.desk())
        heads, store = HeadFile(folder, ring, _Quick()), home.store
        heads.write(store.head())
        killed = {name: (folder / name).read_bytes() for name in (DATABASE, WAL, HEAD)}
        home.close()
        mark_closed(Layout(folder), heads, store)
        locked = {name: (folder / name).read_bytes() for name in (DATABASE, HEAD)}
        site.days.append(Day(locked, killed))
    return site


def _first(desk: Desk) -> None:
    furnish(desk)
    for _ in range(3):
        _looked(desk)


def _second(desk: Desk) -> None:
    plan(desk)
    write_note(desk, NoteDraft(ANNA.owner, "They spoke of the summer house. " * 20))


def _third(desk: Desk) -> None:
    live = LiveDesk.begin(desk, "session-1")
    for who in "ab":
        ready(live, who)
        live.record(dose(who))


def _fourth(desk: Desk) -> None:
    live = LiveDesk.resume(desk, "session-1")
    for _ in range(6):
        live.record(vitals("a"))
        live.record(vitals("b"))
    draft = ClientDraft(ANNA.name, ANNA.born.isoformat(), contact="555-0199")
    change_client(desk, ANNA.id, draft, 1)


def _fifth(desk: Desk) -> None:
    draft = ClientDraft(BEN.name, BEN.born.isoformat(), contact="555-0188")
    change_client(desk, BEN.id, draft, 1)
    write_note(desk, NoteDraft(BEN.owner, "A letter was read aloud. " * 30))
    for _ in range(20):
        _looked(desk)


def _looked(desk: Desk) -> None:
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.VIEW, "client", ANNA.id, Owner.client(ANNA.id), "page"))
