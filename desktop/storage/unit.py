"""Knows the practice's store: units of work on the one writer, and consistent views for readers."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from desktop.domain.audience import Owner
from desktop.domain.errors_keys import UnitsUnderWay
from desktop.domain.errors_machine import DatabaseBusy
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.integrity import Flaw
from desktop.domain.records import Act, AuditEntry, AuditState
from desktop.services.ports import Store, Unit
from desktop.storage.audit import Chain, Head, Stretch
from desktop.storage.checking_points import Keys
from desktop.storage.comparing import compare_one
from desktop.storage.faults import explained
from desktop.storage.refusals import NestedUnit
from desktop.storage.repositories.care import SqlCare
from desktop.storage.repositories.carried import SqlCarried, SqlTravelling
from desktop.storage.repositories.checkpoints import SqlCheckpoints
from desktop.storage.repositories.clients import SqlClients
from desktop.storage.repositories.couples import SqlCouples
from desktop.storage.repositories.editions import SqlEditions
from desktop.storage.repositories.events import SqlEvents
from desktop.storage.repositories.members import SqlMembers
from desktop.storage.repositories.notes import SqlNotes
from desktop.storage.repositories.orders import SqlOrders
from desktop.storage.repositories.practice import SqlPractice
from desktop.storage.repositories.sessions import SqlSessions
from desktop.storage.repositories.trail import SqlTrail
from desktop.storage.work import Work

WAIT_SECONDS = 10.0


class SqlUnit(Unit):
    """One transaction and the repositories in it."""

    def __init__(self, work: Work, chain: Chain, known: tuple[Head, ...], keys: Keys) -> None:
        self._work = work
        self.practice = SqlPractice(work)
        self.members = SqlMembers(work)
        self.clients = SqlClients(work)
        self.couples = SqlCouples(work)
        self.orders = SqlOrders(work)
        self.sessions = SqlSessions(work)
        self.events = SqlEvents(work)
        self.notes = SqlNotes(work)
        self.checkpoints = SqlCheckpoints(work)
        self.carried = SqlCarried(work)
        self.travelling = SqlTravelling(work)
        self.care = SqlCare(work)
        self.editions = SqlEditions(work, Owner.practice(chain.practice_id))
        self.trail: SqlTrail = SqlTrail(work, chain, known, keys)

    def audit(self, entry: AuditEntry) -> None:
        """Write one line of the trail; it must come after the change that it names.

        A line about looking at a record is refused with AlteredRecord when that is not what was last saved.
        """
        if entry.act is Act.VIEW and not self._work.is_changed(entry.subject_kind, entry.subject_id):
            compare_one(self._work, entry.subject_kind, entry.subject_id)
        self._work.audit(entry)

    def head(self) -> Head:
        """The end of the trail in this view."""
        return self._work.head()


class _Turn:
    """Lets one unit write at a time, and notices one that would wait for itself."""

    def __init__(self, wait_seconds: float) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._wait = wait_seconds

    @contextmanager
    def taken(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._holder == me:
            raise NestedUnit("a unit for writing is open on this thread already")
        if not self._lock.acquire(timeout=self._wait):
            raise DatabaseBusy
        self._holder = me
        try:
            yield
        finally:
            self._holder = None
            self._lock.release()


class _Views:
    """Counts who is reading, so that somebody can wait until nobody is."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    @contextmanager
    def none(self, wait_seconds: float) -> Iterator[None]:
        """Within the block nobody reads, and whoever wants to waits. UnitsUnderWay."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._count == 0, wait_seconds):
                raise UnitsUnderWay
            yield


class SqlStore(Store):
    """The open practice's database.

    writer: an engine whose transactions begin IMMEDIATE; readers: one whose connections only read. audit_key: 32
    bytes. known_head: a head of the trail from elsewhere, of which the trail must have at least as much. held_back:
    gives up the space that is held back for a full disk. committed: told the new head after each commit.
    signing_keys: members' public keys by their ids, as the key file has them. earlier: the stretches of the trail
    under the keys of earlier epochs.
    """

    def __init__(
        self, writer: Engine, readers: Engine, practice_id: str, audit_key: bytes, known_head: Head | None = None,
        wait_seconds: float = WAIT_SECONDS, held_back: Callable[[], int] | None = None,
        committed: Callable[[Head], None] | None = None, signing_keys: Callable[[], Keys] | None = None,
        earlier: tuple[Stretch, ...] = (),
    ) -> None:  # fmt: skip
        self.practice_id = practice_id
        self._held_back = held_back
        self._committed = committed
        self._signing_keys = signing_keys
        self._writer = writer
        self._readers = readers
        self._chain = Chain(practice_id, audit_key, earlier)
        self._known = () if known_head is None else (known_head,)
        self._kept: Head | None = None  # the last head that was committed here
        self._head: Head | None = None  # the same, unless something failed since
        self._turn = _Turn(wait_seconds)
        self._views = _Views()
        self._wait_seconds = wait_seconds
        self._open = True

    def _keys(self) -> Keys:
        return {} if self._signing_keys is None else self._signing_keys()

    def _known_now(self) -> tuple[Head, ...]:
        return self._known if self._kept is None else (*self._known, self._kept)

    def _connect(self, engine: Engine) -> Connection:
        if not self._open:
            raise PracticeLocked
        with explained():
            try:
                connection = engine.connect()
            except NoConnection:
                raise DatabaseBusy from None
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """A transaction on the one writer; commits at the end of the block, rolls back on an error.

        Raises UnauditedChange at the end when a changed record has no line in the trail, and what explained() names.
        """
        with self._turn.taken():
            connection = self._connect(self._writer)
            work = Work(connection, self._chain, self._head, writing=True)
            try:
                yield SqlUnit(work, self._chain, self._known_now(), self._keys())
                work.settle()
                with explained():
                    connection.commit()
                self._head = work.last
                self._kept = work.last or self._kept
            except BaseException:
                # What was read of the trail before is read again: nothing is taken for granted after a failure.
                self._head = None
                with contextlib.suppress(DBAPIError):
                    connection.rollback()
                raise
            finally:
                connection.close()
            if self._committed is not None and self._head is not None:
                self._committed(self._head)

    @contextmanager
    def read(self) -> Iterator[SqlUnit]:
        """A consistent view that changes nothing."""
        with self._views.entered():
            known = self._known_now()  # before the view begins: it must never know more than the view shows
            connection = self._connect(self._readers)
            try:
                yield SqlUnit(Work(connection, self._chain, None, writing=False), self._chain, known, self._keys())
            finally:
                with contextlib.suppress(DBAPIError):
                    connection.rollback()
                connection.close()

    @contextmanager
    def still(self) -> Iterator[Head]:
        """Within the block nobody reads or writes; the end of the trail. DatabaseBusy, UnitsUnderWay."""
        with self._turn.taken():
            with self.read() as unit:
                head = unit.head()
            with self._views.none(self._wait_seconds):
                yield head

    def move(self, writer: Engine, readers: Engine, audit_key: bytes, earlier: tuple[Stretch, ...]) -> None:
        """Go on with other engines, and with another key for the lines that follow; only while it is `still`."""
        self._writer, self._readers = writer, readers
        self._chain = Chain(self.practice_id, audit_key, earlier)

    def head(self) -> Head:
        """The end of the trail as it is kept: at least so many lines."""
        with self.read() as unit:
            return unit.head()

    @property
    def last_head(self) -> Head | None:
        """The end of the trail as it was committed here last; None before the first commit. Asks nobody."""
        return self._kept

    def verify(self, known_head: Head | None = None) -> AuditState:
        """Check the whole trail; it must have at least as much as `known_head`, and as was written here."""
        with self.read() as unit:
            return unit.trail.verify(*(() if known_head is None else (known_head,)))

    def first_look(self) -> AuditState:
        """Check the end of the trail and what it tells of, before anything is shown; a few milliseconds."""
        with self.read() as unit:
            return unit.trail.first_look()

    def word_index(self) -> tuple[Flaw, ...]:
        """Compare the index of words with the notes; nobody else writes meanwhile."""
        with self.write() as unit:
            return unit.trail.word_index()

    def has_known(self) -> bool:
        """Whether the trail still has the lines that it is known to have had; a few microseconds."""
        with self.read() as unit:
            return all(unit.trail.has(head) for head in (*self._known, *self._chain.ends))

    def make_room(self) -> int:
        """Give up the space that was held back for a full disk; how many bytes that were, 0 when none was held."""
        return 0 if self._held_back is None else self._held_back()

    def close(self) -> None:
        """Nothing is read or written from now on: PracticeLocked. The engines are not this object's to close."""
        self._open = False
