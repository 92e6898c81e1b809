"""What the board says when the disk fills in mid-session: at once, on the very entry, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services.live import LiveDesk
from desktop.storage.disk import Disk
from desktop.storage.practice_layout import RESERVE, Layout, Reserve
from desktop.storage.unit import SqlStore
from tests.kit import PRACTICE_ID, STAFF, House, furnish, plan
from tests.storage.failing_disk import FailingDisk
from tests.views.board.conftest import Stage

HELD = 1 << 20
LONG = "very long words " * 100


class FullStage:
    """A board on a database that cannot grow, as on a full disk: SQLite's own SQLITE_FULL until there is room."""

    def __init__(self, qtbot: QtBot, home: House, disk: Disk) -> None:
        self.home, layout = home, Layout(home.folder)
        Reserve(layout, Disk(), HELD).make()
        self.reserve = Reserve(layout, disk, HELD)
        home.store = SqlStore(
            home.engines.writer, home.engines.readers, PRACTICE_ID, home.audit_key, held_back=self.give_up
        )
        furnish(home.desk())
        plan(home.desk())
        self.stage = Stage(qtbot, LiveDesk.begin(home.desk(), "session-1"), members=STAFF)
        self.pages(1)

    def give_up(self) -> int:
        held = self.reserve.free()
        if held:
            self.pages(100_000)
        return held

    def pages(self, most: int) -> None:
        with self.home.engines.writer.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

    def fill(self, until: Callable[[], bool]) -> int:
        """Enter words until something is said; how many entries were shown by then."""
        for number in range(300):
            self.stage.screen.set_line(f'a "{number} {LONG}"')
            self.stage.enter()
            if until():
                return number + 1
        return 0

    @property
    def said(self) -> str:
        banner = self.stage.screen.banner
        return banner.accessibleName() if banner.isVisible() else ""

    def entries(self) -> int:
        with self.home.store.read() as unit:
            return unit.events.count("session-1")


@pytest.fixture
def filled(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Disk], FullStage]]:
    with _stages(qtbot, tmp_path) as make:
        yield make


@contextmanager
def _stages(qtbot: QtBot, folder: Path) -> Iterator[Callable[[Disk], FullStage]]:
    made: list[FullStage] = []

    def make(disk: Disk) -> FullStage:
        made.append(FullStage(qtbot, House(folder).open(), disk))
        return made[-1]

    yield make
    for each in made:
        each.stage.end()
        each.home.close()


def test_the_board_says_at_once_that_the_disk_is_full_and_what_to_do(
    filled: Callable[[Disk], FullStage], tmp_path: Path
) -> None:
    full = filled(FailingDisk())
    count = full.fill(lambda: not (tmp_path / RESERVE).exists())
    assert count
    assert "The disk is full" in full.said
    assert "End the session soon" in full.said
    assert full.stage.line == ""
    assert full.entries() == len(full.stage.state.entries) == count + 1


def test_what_is_said_of_the_disk_stays_until_it_is_closed(filled: Callable[[Disk], FullStage]) -> None:
    full = filled(FailingDisk())
    assert full.fill(lambda: bool(full.said))
    full.stage.type("b xyzzy")
    full.stage.enter()
    full.stage.key(Qt.Key.Key_B)
    full.stage.type(".")
    full.stage.enter()
    assert "The disk is full" in full.said
    full.stage.screen.banner.buttons()[-1].click()
    assert full.said == ""
    full.stage.type(".")
    full.stage.enter()
    assert full.said == ""


def test_a_disk_that_will_not_give_the_space_back_loses_nothing_that_was_typed(
    filled: Callable[[Disk], FullStage], tmp_path: Path
) -> None:
    full = filled(FailingDisk(fail_at=0, number=errno.ENOSPC))
    count = full.fill(lambda: bool(full.said))
    assert count
    assert (tmp_path / RESERVE).exists()
    assert "Free at least" in full.said
    assert LONG.strip()[:40] in full.stage.line
    assert full.entries() == len(full.stage.state.entries) == count
    full.pages(100_000)  # somebody makes room
    full.stage.enter()
    assert full.stage.line == ""
    assert full.entries() == count + 1
