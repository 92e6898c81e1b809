"""Knows how a practice's keys are changed under its database, and how a change that was broken off is finished.

First the key file holds the old keys and, pending, the next ones; then every page is written anew; then the next ones
stand alone. Killed at any instant, a member who stays opens the practice, and the change is finished on the way.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace

from desktop.domain.errors import Known
from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import DamagedDatabase, DamagedKeyFile, PracticeLocked
from desktop.storage.disk import Disk
from desktop.storage.engine import open_engines, read_schema, rekey, require_known_schema
from desktop.storage.faults import SPACE_FOR_A_STEP, explained
from desktop.storage.opened import Opened, Surroundings
from desktop.storage.practice_layout import Layout
from desktop.storage.vault.epochs import begun
from desktop.storage.vault.keyfile import KeyFile, is_authentic, write_key_file
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.secret import Secret


def _opens(layout: Layout, page_key: Secret) -> bool:
    try:
        read_schema(layout.database, page_key)
    except DamagedDatabase:
        return False
    return True


def finish(layout: Layout, keys: KeyFile, ring: KeyRing, around: Surroundings) -> KeyFile:
    """The key file without anything pending. DamagedKeyFile, DamagedDatabase, NewerDatabase, DiskFull.

    ring: of the epoch that is pending, when one is.
    """
    if keys.pending is None:
        return keys
    before = ring.earlier[-1]
    with ring.subkey(Label.HEADER, before) as key:
        if not is_authentic(keys, key):
            raise DamagedKeyFile
    if not _opens(layout, ring.page_key):
        require_known_schema(layout.database, before.page_key, around.known_schema)
        _require_space(layout, around.disk)
        rekey(layout.database, before.page_key, ring.page_key)
    write_key_file(layout.folder, keys.pending, around.disk)
    return keys.pending


def _require_space(layout: Layout, disk: Disk) -> None:
    """Raise DiskFull unless every page can be written anew: into the log first, then into the file."""
    with explained():
        needed, free = layout.database.stat().st_size + SPACE_FOR_A_STEP, disk.free(layout.folder)
    if free < needed:
        raise DiskFull(needed, free)


def change_keys(opened: Opened, following: KeyFile, ring: KeyRing) -> None:
    """Go over to the next epoch's keys. Nothing may read or write the database meanwhile; its engines are new after.

    PracticeLocked, DiskFull, DiskTrouble, DatabaseBusy: then the old keys hold, and nothing was changed.
    """
    if opened.closed:
        raise PracticeLocked
    layout, disk, old = Layout(opened.folder), opened.around.disk, opened.ring
    _require_space(layout, disk)
    try:
        write_key_file(opened.folder, begun(opened.keys, old, following), disk)
        opened.engines.let_go()
        rekey(layout.database, old.page_key, ring.page_key)
    except BaseException:
        # What failed may have failed after the last page was written: the database itself is asked.
        if not _surely(layout, ring.page_key):
            if _surely(layout, old.page_key):
                with contextlib.suppress(Known):
                    write_key_file(opened.folder, opened.keys, disk)
            raise
    # From here on the change has happened. Where the last step fails, the next unlock takes it.
    with contextlib.suppress(Known):
        write_key_file(opened.folder, following, disk)
    opened.keys, opened.ring = following, ring
    opened.engines = replace(open_engines(layout.database, ring.page_key), thread=opened.engines.thread)
    old.wipe()


def _surely(layout: Layout, page_key: Secret) -> bool:
    try:
        return _opens(layout, page_key)
    except Known:
        return False
