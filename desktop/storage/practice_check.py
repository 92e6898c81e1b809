"""Knows how an open practice is looked over: pages, structure, key file, folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import HoldfastError
from desktop.domain.words import tr
from desktop.storage.dialect import HAS_WORD_INDEX, WORD_INDEX_ANEW
from desktop.storage.faults import explain
from desktop.storage.practice_folder import Opened
from desktop.storage.practice_layout import DATABASE, KEYS, Layout
from desktop.storage.vault.keyfile import is_authentic, read_key_file
from desktop.storage.vault.keyring import Label


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at. ok: whether it is as it should be; text: in a sentence."""

    name: str
    ok: bool
    text: str


def _ask(opened: Opened, pragma: str) -> list[tuple[object, ...]]:
    with opened.engines.readers.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]


def _pages(opened: Opened) -> Look:
    found = len(_ask(opened, "cipher_integrity_check"))
    if found:
        # The library looks at the file alone. After a power loss a page may be torn there, and whole in the log.
        with opened.engines.separate() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        found = len(_ask(opened, "cipher_integrity_check"))
    if found:
        return Look("pages", False, tr("{n} pages of the database do not hold.", n=found))
    return Look("pages", True, tr("Every page of the database holds."))


def _structure(opened: Opened) -> Look:
    with opened.engines.readers.connect() as connection:
        if connection.execute(HAS_WORD_INDEX).first():
            connection.execute(WORD_INDEX_ANEW).first()
        sound = connection.exec_driver_sql("PRAGMA quick_check").fetchall() == [("ok",)]
    text = tr("The structure of the database is sound.") if sound else tr("The structure of the database is damaged.")
    return Look("structure", sound, text)


def _references(opened: Opened) -> Look:
    found = len(_ask(opened, "foreign_key_check"))
    if found:
        return Look("references", False, tr("{n} records point to one that is not there.", n=found))
    return Look("references", True, tr("Every record points to one that is there."))


def _key_file(opened: Opened) -> Look:
    keys = read_key_file(opened.folder)
    with opened.ring.subkey(Label.HEADER) as key:
        sound = keys.practice_id == opened.practice_id and is_authentic(keys, key)
    if not sound:
        return Look("key file", False, tr("The key file is not the one that this practice was opened with."))
    many = len(keys.members)
    text = tr("The key file is whole; it opens for {n} members.", n=many)
    return Look("key file", True, tr("The key file is whole; it opens for one member.") if many == 1 else text)


def _privacy(opened: Opened) -> Look:
    layout = Layout(opened.folder)
    paths = (layout.folder, layout.file(DATABASE), layout.file(KEYS))
    # Windows keeps rights in lists that these bits do not show.
    loose = os.name == "posix" and any(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths)
    if loose:
        return Look("privacy", False, tr("Other users of this machine may look into the folder."))
    return Look("privacy", True, tr("Only this user may look into the folder."))


def _place(opened: Opened) -> Look:
    opened.around.machine.refuse_place(opened.folder)
    return Look("place", True, tr("The folder lies on this machine's own disk, in no cloud drive."))


def _reserve(opened: Opened) -> Look:
    if opened.reserve.bytes < opened.around.reserve_bytes:
        return Look("reserve", False, tr("No space is held back for a full disk; free some and open it again."))
    return Look("reserve", True, tr("Space is held back for a full disk."))


_LOOKS: tuple[tuple[str, Callable[[Opened], Look]], ...] = (
    ("pages", _pages),
    ("structure", _structure),
    ("references", _references),
    ("key file", _key_file),
    ("privacy", _privacy),
    ("place", _place),
    ("reserve", _reserve),
)


def look_over(opened: Opened) -> tuple[Look, ...]:
    """Look at everything, also after something was found wrong; changes no record."""
    found = []
    for name, look in _LOOKS:
        try:
            found.append(look(opened))
        except (HoldfastError, DBAPIError, OSError) as error:
            known = error if isinstance(error, HoldfastError) else explain(error)
            found.append(Look(name, False, str(known or tr("This could not be looked at."))))
    return tuple(found)
