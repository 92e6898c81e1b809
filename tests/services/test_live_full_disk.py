"""On a full disk the space that was held back is given up, so that a running session can still be ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.errors_machine import DiskFull
from desktop.domain.people import Role
from desktop.live.asks import AskNote, AskObserve
from desktop.services.live import LiveDesk
from desktop.storage.disk import Disk
from desktop.storage.practice_layout import RESERVE, Layout, Reserve
from desktop.storage.unit import SqlStore
from tests.kit import PRACTICE_ID, House, finish, house, plan

HELD = 1 << 20
LONG = "a long note " * 600


class Tight:
    """Keeps the database from growing, as a full disk does, until the reserve is gone: SQLite's own SQLITE_FULL."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.reserve = Reserve(Layout(home.folder), Disk(), HELD)
        self.reserve.make()
        home.store = SqlStore(
            home.engines.writer, home.engines.readers, PRACTICE_ID, home.audit_key, held_back=self.give_up
        )

    def give_up(self) -> int:
        """What is held back becomes room."""
        held = self.reserve.free()
        if held:
            self.pages(100_000)
        return held

    def pages(self, most: int) -> None:
        """How many pages the file may have; one that has more already stays as it is."""
        with self.home.engines.writer.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")


@contextmanager
def tight(folder: Path) -> Iterator[Tight]:
    with house(folder) as home:
        yield Tight(home)


def fill(live: LiveDesk) -> None:
    """Enter long notes until something gives."""
    for number in range(60):
        live.record(AskNote(f"{number} {LONG}"))


def test_a_running_session_goes_on_and_ends_on_what_was_held_back(tmp_path: Path) -> None:
    with tight(tmp_path) as disk:
        live = LiveDesk.begin(disk.home.desk(), plan(disk.home.desk()).id)
        disk.pages(1)
        fill(live)
        assert not (tmp_path / RESERVE).exists()
        assert [note for note in live.notes if "held back" in note] == list(live.notes)
        assert len(live.notes) == 1
        finish(live)
        assert disk.home.intact()
        again = LiveDesk.resume(disk.home.again().desk(), "session-1")
        assert again.state.entries == live.state.entries
        assert again.state.closed


def test_without_anything_held_back_it_says_so_and_nothing_is_half_kept(tmp_path: Path) -> None:
    with tight(tmp_path) as disk:
        live = LiveDesk.begin(disk.home.desk(), plan(disk.home.desk()).id)
        disk.reserve.free()
        disk.pages(1)
        with pytest.raises(DiskFull, match="Free at least 16 MB"):
            fill(live)
        before = live.state
        assert live.notes == ()
        disk.pages(100_000)  # somebody makes room
        assert LiveDesk.resume(disk.home.again().desk(), "session-1").state.entries[:-1] == before.entries
        assert disk.home.intact()


def test_the_refused_entry_can_be_entered_again_once_there_is_room(tmp_path: Path) -> None:
    with tight(tmp_path) as disk:
        live = LiveDesk.begin(disk.home.desk(), plan(disk.home.desk()).id)
        disk.reserve.free()
        disk.pages(1)
        with pytest.raises(DiskFull):
            fill(live)
        disk.pages(100_000)
        count = len(live.state.entries)
        live.record(AskObserve("a", "crying"))
        assert len(live.state.entries) == count + 1


def test_a_store_with_nothing_held_back_has_no_room_to_make(home: House) -> None:
    assert home.store.make_room() == 0


def test_the_programs_own_door_gives_its_reserve_up(tmp_path: Path) -> None:
    from desktop.bootstrap import Program, Settings

    program = Program(Settings(root=tmp_path, cheap_keys=True, reserve=HELD))
    folder = tmp_path / "practice"
    desk = program.door.create(folder, "Hollybrook", "Mara", frozenset({Role.THERAPIST}), "violet harbour seven stones")
    assert (folder / RESERVE).stat().st_size == HELD
    assert desk.store.make_room() == HELD
    assert not (folder / RESERVE).exists()
    assert desk.store.make_room() == 0
    program.door.leave(desk)
