"""Knows that locking, the veil and closing go together with archives, on a real practice with a window at it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.people import ClientDraft
from desktop.services.archives import add_place, make_archive
from desktop.services.clients import make_client
from desktop.services.locking import LockPorts, kept_drafts
from desktop.services.ports import Why
from desktop.services.ports_archives import Reason
from desktop.views.archives.view import ArchivesScreen
from desktop.views.people.forms import ClientForm
from desktop.views.people.view import PeopleScreen
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import ARCHIVES, PEOPLE, Place
from tests.kit import RESOURCES
from tests.views.hands import opened, settle
from tests.views.shell.locking.evening import Evening


class Kept(Evening):
    """An evening in a practice with a stick for its archives."""

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def open(self) -> Window:
        if not self.stick.exists():
            self.stick.mkdir()
            add_place(self.desk, self.program.archives.of(self.desk), self.stick)
        ports = LockPorts(self.following, self.clock, self.machine, self.shield)
        window = Window(
            self.door, RESOURCES, self.ops, SettingsFile(None), builders(), None, lambda: ports,
            lambda: self.program.archives,
        )
        opened(self.qtbot, window)
        window.sit_down(self.desk, self.practice)
        settle(self.qtbot, self.ops)
        return window

    def on_the_stick(self) -> list[str]:
        return sorted(path.suffix for path in self.stick.iterdir() if path.name.startswith("holdfast-"))


@pytest.fixture
def kept(qtbot: QtBot, ops: Ops, tmp_path: Path, clothed: object) -> Kept:
    return Kept(qtbot, ops, tmp_path)


def test_a_lock_stops_the_archive_under_way_and_leaves_nothing_half_made(kept: Kept) -> None:
    assert kept.on_the_stick() == [".age", ".json"]  # the one that was due when somebody came in
    archives, begun = kept.program.archives.of(kept.desk), threading.Event()

    def until_locked(done: int, total: int, words: str) -> None:
        begun.set()
        stopped.wait(10)

    stopped, ended = threading.Event(), list[str]()

    def work() -> None:
        try:
            make_archive(kept.desk, archives, Reason.ASKED, until_locked)
        except Exception as error:  # noqa: BLE001 - told below
            ended.append(type(error).__name__)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    kept.window.lock()
    assert kept.window.frame is None
    stopped.set()
    kept.locked()
    thread.join(10)
    assert ended == ["PracticeLocked"]
    assert kept.on_the_stick() == [".age", ".json"]
    assert kept.program.archives.hand_over(kept.practice) is None
    desk = kept.again()
    assert kept.door.found_at_unlock(desk) == ()
    (run,) = make_archive(desk, kept.program.archives.of(desk), Reason.ASKED, lambda *told: None).value
    assert run.ok


def test_closing_after_a_change_keeps_what_was_half_typed_and_makes_an_archive(kept: Kept) -> None:
    make_client(kept.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    page = kept.go(Place(PEOPLE, part="new-client"))
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    page.panel.held.field("name").show_value("Half A. Name")
    kept.window.close()
    settle(kept.qtbot, kept.ops)
    assert kept.on_the_stick().count(".age") == 2
    desk = kept.again()
    assert [each.key for each in kept_drafts(kept.door, desk)] == ["new-client"]
    with desk.store.read() as unit:
        acts = [line.entry.act.value for line in unit.trail.lines(limit=10_000)]
    assert acts[-3:] == ["archive", "lock", "unlock"]


def test_the_schedulers_command_is_answered_under_the_veil_and_by_nobody_behind_the_lock(kept: Kept) -> None:
    kept.board()
    kept.locking.away(Why.IDLE)
    settle(kept.qtbot, kept.ops)
    assert kept.locking.veil is not None
    kept.clock.forward(25 * 3600)
    answer = kept.program.archives.hand_over(kept.practice)
    assert answer is not None
    assert (answer["ok"], answer["counter"]) == (True, 2)
    kept.window.lock()
    kept.locked()
    assert kept.program.archives.hand_over(kept.practice) is None


@pytest.mark.expects_log("a bug: ZeroDivisionError in torn")
def test_whatever_goes_wrong_with_a_commands_archive_is_told_to_it_and_in_the_window(kept: Kept) -> None:
    kept.clock.forward(25 * 3600)
    real = kept.door.archives(kept.desk)
    made = real.make

    def torn(*asked: object) -> object:
        raise ZeroDivisionError("a client's name")

    real.make = torn  # type: ignore[method-assign, assignment]
    notices = kept.window.notices
    assert notices.fault.isHidden()
    for _ in range(2):  # the thread that answers is still there for the second one
        answer = kept.program.archives.hand_over(kept.practice)
        assert answer is not None
        assert not answer["ok"]
        assert "client's name" not in str(answer)
        kept.qtbot.waitUntil(lambda: not notices.fault.isHidden())
        notices.close_fault()
    real.make = made  # type: ignore[method-assign]
    answer = kept.program.archives.hand_over(kept.practice)
    assert answer is not None
    assert (answer["ok"], answer["counter"]) == (True, 2)
    settle(kept.qtbot, kept.ops)
    assert notices.fault.isHidden()


def pause(kept: Kept, seconds: int) -> None:
    """Nobody touches anything for so long; the machine does not sleep."""
    watch = kept.locking.watch
    assert watch is not None
    for _ in range(seconds // 9):
        kept.clock.forward(9)
        watch.look()
    settle(kept.qtbot, kept.ops)


def an_hour_later(kept: Kept) -> None:
    """An hour of work, in which the machine was awake."""
    watch = kept.locking.watch
    assert watch is not None
    kept.clock.forward(3600)
    watch.idling.slept()
    watch.idling.touched()


def test_what_was_changed_is_in_an_archive_before_the_idle_lock_is_due(kept: Kept) -> None:
    an_hour_later(kept)
    pause(kept, 200)
    assert kept.on_the_stick().count(".age") == 1  # nothing was changed
    kept.locking.watch.idling.touched()  # type: ignore[union-attr]
    make_client(kept.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    pause(kept, 170)
    assert kept.on_the_stick().count(".age") == 1
    pause(kept, 20)
    assert kept.on_the_stick().count(".age") == 2
    assert kept.window.frame is not None
    pause(kept, 90)
    assert kept.on_the_stick().count(".age") == 2
    pause(kept, 40)
    kept.locked()


def test_during_a_session_a_pause_begins_no_archive(kept: Kept) -> None:
    kept.board()
    an_hour_later(kept)
    pause(kept, 250)
    assert kept.on_the_stick().count(".age") == 1


def test_what_a_lock_left_out_is_in_an_archive_soon_after_the_next_unlock_and_the_screen_says_so(kept: Kept) -> None:
    an_hour_later(kept)
    make_client(kept.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    page = kept.go(Place(ARCHIVES))
    assert isinstance(page, ArchivesScreen)
    assert "is in no archive yet" in page.more.text()
    kept.window.lock()
    kept.locked()
    assert kept.on_the_stick().count(".age") == 1
    kept.again()
    assert kept.on_the_stick().count(".age") == 2
    page = kept.go(Place(ARCHIVES))
    assert isinstance(page, ArchivesScreen)
    assert "is in no archive yet" not in page.more.text()
