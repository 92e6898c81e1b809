"""Knows the tour's archive: made on a stick, verified, tried out, and restored into another folder."""

from __future__ import annotations

from typing import Any

from desktop.services.archive_log import archive_log_page
from desktop.services.archives import add_place, drill_archive, make_archive, newest, verify_archive
from desktop.services.checkpoints import sign_checkpoint
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.tour.out import Out
from desktop.tour.stage import Moment, Stage, Stop

LOG = "archive-log.pdf"


def _quiet(done: int, total: int, words: str) -> None:
    """The tour says itself where it is."""


def play_archives(stage: Stage, passphrase: str, stop: Stop, out: Out) -> dict[str, Any]:
    """An evening's archive, and the log of archives on paper; what the report says of it."""
    stick = stage.folder.parent / "Archive stick"
    stick.mkdir()
    desk, door = stage.at_desk, stage.program.archives
    archives = door.of(desk)
    add_place(desk, archives, stick)
    runs = make_archive(desk, archives, Reason.ASKED, _quiet).value
    stage.clock.forward(minutes=2)
    path = newest(archives)
    checked = verify_archive(desk, archives, path, _quiet).value
    drilled = drill_archive(desk, archives, path, _quiet).value
    wish = RestoreWish(path, stage.folder.parent / "Restored", desk.member.name, passphrase)
    restored = door.restore(wish, _quiet)
    sign_checkpoint(desk)
    log = archive_log_page(desk, archives, door.digest, _quiet).value
    out.paper(LOG, log.pdf)
    stage.clock.forward(hours=3)
    stop(Moment.ARCHIVED, stage)
    return {
        "made": [run.ok for run in runs], "bytes": checked.size, "rows": checked.rows, "tables": checked.tables,
        "drill_s": round(drilled.seconds, 3), "restored_rows": restored.rows,
        "log": f"papers/{LOG}",
    }  # fmt: skip
