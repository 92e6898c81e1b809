"""Knows what is looked at between the keys and the records: the log, the head, and the end of the trail.

    before = look_before(layout, heads)      # before the database is touched
    heads.write(...), open_engines(...)      # the practice is open
    flaws = first_look(store, before)        # before anything of it is shown
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.errors import Known, NotFound
from desktop.domain.integrity import Flaw, Wrong
from desktop.storage.faults import explained
from desktop.storage.head_file import HeadFile, Kept, TrailRefused
from desktop.storage.practice_layout import DATABASE, Layout

if TYPE_CHECKING:
    from desktop.domain.people import Member
    from desktop.storage.opened import Opened
    from desktop.storage.unit import SqlStore

RESTORED = "restored from"


@dataclass(frozen=True, slots=True)
class Before:
    """How the folder was found. kept: what practice.head held; log: whether a write-ahead log was there."""

    kept: Kept | None
    log: bool


def has_log(layout: Layout) -> bool:
    """Whether something is left in the write-ahead log: it is gone once the last connection is closed."""
    path = layout.file(DATABASE + "-wal")
    with explained():
        return path.exists() and path.stat().st_size > 0


def look_before(layout: Layout, heads: HeadFile) -> Before:
    """How the folder is found, before the database is opened; changes nothing.

    Raises DamagedHead, and TrailRefused for a log beside a database that was locked properly: to open it would fold
    in whatever it holds.
    """
    before = Before(heads.kept(), has_log(layout))
    if before.log and before.kept is not None and before.kept.closed:
        raise TrailRefused(Flaw(Wrong.STRAY_LOG))
    return before


def mark_open(heads: HeadFile, before: Before) -> None:
    """From now on a log may be left behind. Known errors: a practice that cannot say so is not opened."""
    if before.kept is not None and before.kept.closed:
        heads.write(before.kept.head)


def mark_refused(layout: Layout, heads: HeadFile, before: Before) -> None:
    """Leave the file as it was found; the caller has closed every connection."""
    if before.kept is not None and before.kept.closed and not has_log(layout):
        heads.write(before.kept.head, closed=True)


def mark_closed(layout: Layout, heads: HeadFile, store: SqlStore) -> None:
    """Keep the last head; the caller has closed every connection."""
    if (head := store.last_head) is not None:
        heads.write(head, closed=not has_log(layout))


def require_head(store: SqlStore) -> None:
    """Raise TrailRefused where the trail lacks what it is known to have had, before the file is changed."""
    if not store.has_known():
        raise TrailRefused(Flaw(Wrong.OLDER_DATABASE, store.head().number + 1))


def who_and_where(store: SqlStore, member_id: str, flaws: tuple[Flaw, ...]) -> tuple[Member, str]:
    """The member who unlocks and the practice's name. TrailRefused where they cannot be read and that is known."""
    try:
        with store.read() as unit:
            return unit.members.get(member_id), unit.practice.get().name
    except (NotFound, TypeError, ValueError):  # gone, or of a kind that nobody could have saved
        if flaws:
            raise TrailRefused(flaws[0]) from None
        raise


def close(opened: Opened, store: SqlStore, heads: HeadFile) -> None:
    """Lock it: close the database, keep the head with the word that it was closed, let the folder go."""
    try:
        store.close()
        opened.engines.close()
        with contextlib.suppress(Known):
            mark_closed(Layout(opened.folder), heads, store)
    finally:
        opened.close()


def first_look(store: SqlStore, before: Before) -> tuple[Flaw, ...]:
    """What is wrong with the end of the trail and with the records that it tells of; changes nothing.

    Raises TrailRefused where the trail is shorter than, or other than, it is known to have been.
    """
    if not store.has_known():
        raise TrailRefused(_named(store, before))
    found = store.first_look().flaws
    refused = next((flaw for flaw in found if flaw.refuses), None)
    if refused is not None:
        raise TrailRefused(refused)
    if before.kept is None and not _restored(store):
        return (Flaw(Wrong.NO_HEAD), *found)
    return found


def _named(store: SqlStore, before: Before) -> Flaw:
    """Why the trail lacks what it is known to have had; the whole of it is looked at."""
    found = store.verify().flaws
    refused = next((flaw for flaw in found if flaw.refuses), None)
    line = refused.line if refused is not None else found[0].line if found else 0
    cut = refused is None or refused.wrong in (Wrong.CUT_TAIL, Wrong.OLDER_DATABASE)
    if cut and before.kept is not None and not before.kept.closed and not before.log:
        return Flaw(Wrong.LOST_LOG, line)
    return refused or Flaw(Wrong.OLDER_DATABASE, line)


def _restored(store: SqlStore) -> bool:
    """Whether the trail ends with its own word that it was brought back from an archive."""
    with store.read() as unit:
        last = unit.head().number
        lines = unit.trail.lines(after=max(0, last - 1), limit=1)
    return bool(lines) and lines[-1].entry.detail.startswith(RESTORED)
