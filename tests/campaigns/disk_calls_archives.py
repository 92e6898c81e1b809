"""Knows what is done with archives while each call of the disk fails in turn (see `disk_calls`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.people import ClientDraft
from desktop.services.archives import add_place, drill_archive, make_archive, policy_of
from desktop.services.clients import make_client
from desktop.services.desk import Desk
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.storage.archive.copying import standing_still
from desktop.storage.archive.room import Room
from desktop.storage.archive.shelf import KEYS_SUFFIX, PART, short
from desktop.storage.practice_layout import DATABASE
from tests.campaigns.chance import nobody
from tests.storage.kept import making
from tests.storage.kept.contents import CONTENTS

if TYPE_CHECKING:
    from tests.campaigns.disk_calls import Place

Act = Callable[[], object]


def archived(p: Place, desk: Desk) -> Act:
    """A place is taken, an archive made and tried out."""
    stick, room = p.stick(), p.program.archives.of(desk)
    (stick / f"holdfast-{short(desk.store.practice_id)}-left{PART}").touch()
    (stick / f"holdfast-{short(desk.store.practice_id)}-left{KEYS_SUFFIX}").touch()

    def act() -> None:
        add_place(desk, room, stick)
        runs = make_archive(desk, room, Reason.ASKED, nobody).value
        if all(run.ok for run in runs):
            drill_archive(desk, room, None, nobody)

    return act


def archived_beside_a_reader(p: Place, desk: Desk) -> Act:
    """An archive is made while somebody reads for long, so that it is made of a copy."""
    room = p.program.archives.of(desk)
    assert isinstance(room, Room)
    add_place(desk, room, p.stick())
    room._keeper.patience = 1

    def act() -> None:
        with standing_still(p.folder / DATABASE, room._opened.ring.page_key):
            make_client(desk, ClientDraft("Read Later", "1990-01-01"))
            make_archive(desk, room, Reason.ASKED, nobody)

    return act


def thinned(p: Place, desk: Desk) -> Act:
    """Archives that the rules do not keep are removed."""
    room = p.program.archives.of(desk)
    add_place(desk, room, p.stick())
    for _ in range(3):
        room.make(Reason.ASKED, p.clock.now(), nobody)
        p.clock.forward(40 * 86_400)
    least = replace(policy_of(desk.resources), days=1, weeks=0, months=0)
    return lambda: room.thin(least, p.clock.now())


def before_a_migration(p: Place, desk: Desk) -> Act:
    """An archive is made beside the database before the form of the file changes."""
    room = p.program.archives.of(desk)
    return lambda: room.before_migration(p.clock.now())  # type: ignore[attr-defined]


def restored(p: Place, desk: Desk) -> Act:
    """A practice is made out of an archive."""
    room = p.program.archives.of(desk)
    add_place(desk, room, p.stick())
    (run,) = room.make(Reason.ASKED, p.clock.now(), nobody)
    wish = RestoreWish(Path(run.place) / run.name, p.root / "new", kit=p.kit)
    return lambda: p.program.archives.restore(wish, nobody)


def restored_from_the_first_form(p: Place, desk: Desk) -> Act:
    """A practice is made out of an archive that an earlier program made."""
    (kept,) = (making.HERE / "archive-1").glob("*.age")
    said = json.loads((making.HERE / "schema-2" / CONTENTS).read_text("utf-8"))
    wish = RestoreWish(Path(shutil.copy(kept, p.root)), p.root / "new", kit=said["kit"])
    return lambda: p.program.archives.restore(wish, nobody)
