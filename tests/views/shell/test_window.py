"""The window with every screen in it, on a real practice."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.domain.records import Act
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.views.couple.view import ChartScreen
from desktop.views.help.view import HelpScreen
from desktop.views.shell.app import run_window
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.basics import Button
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AUDIT, BACK, BOARD, CLIENT, COUPLE, HELP, MEMBERS, PAPER, PEOPLE, Place
from desktop.views.ui.theme import Density
from desktop.views.ui.timers import later
from tests.kit import ANNA, BEN, PAIR, RESOURCES, House, finish, plan
from tests.views.hands import FakeDoor, controls, focused, opened, pressed, settle, tabbed
from tests.views.shell.conftest import FOLDER, Go, frame_of, screen_of

CONTROL = Qt.KeyboardModifier.ControlModifier
PLACES = (
    Place(PEOPLE), Place(PEOPLE, part="new-client"), Place(PEOPLE, part="new-couple"), Place(COUPLE, PAIR.id),
    Place(CLIENT, ANNA.id), Place(PAPER, "session-1"), Place(PAPER), Place(MEMBERS), Place(AUDIT), Place(HELP),
)  # fmt: skip


def test_every_screen_names_its_controls_and_tab_reaches_them(window: Window, go: Go) -> None:
    for place in PLACES:
        go(place)
        found = controls(window)
        names = [each.accessibleName() for each in found]
        assert {"Lock", "Members"} <= set(names), place
        assert "" not in names, (place, [type(each).__name__ for each in found if not each.accessibleName()])
        reached = tabbed(window)
        assert not [each.accessibleName() for each in found if id(each) not in reached], place


@pytest.mark.parametrize(
    ("key", "modifier", "screen"),
    [
        (Qt.Key.Key_1, CONTROL, PEOPLE), (Qt.Key.Key_2, CONTROL, MEMBERS), (Qt.Key.Key_3, CONTROL, AUDIT),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, HELP),
    ],
)  # fmt: skip
def test_each_way_of_the_rail_has_a_key(
    qtbot: QtBot, ops: Ops, window: Window, go: Go, key: Qt.Key, modifier: Qt.KeyboardModifier, screen: str
) -> None:
    go(Place(COUPLE, PAIR.id))
    pressed(key, modifier)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(screen)
    assert [name for name, way in frame_of(window).rail.ways.items() if way.isChecked()] == [screen]


def test_back_goes_to_where_we_came_from(window: Window, go: Go) -> None:
    go(Place(COUPLE, PAIR.id))
    go(Place(PAPER, "session-1"))
    go(Place(BACK))
    assert frame_of(window).place == Place(COUPLE, PAIR.id)
    go(Place(BACK))
    assert frame_of(window).place == Place(PEOPLE)
    go(Place(BACK))
    assert frame_of(window).place == Place(PEOPLE)


def test_going_back_shows_the_same_page_and_not_a_new_one(window: Window, go: Go) -> None:
    first = go(Place(COUPLE, PAIR.id))
    go(Place(PAPER, "session-1"))
    assert go(Place(BACK)) is first


def test_pages_that_nobody_looked_at_for_a_while_are_freed(qtbot: QtBot, window: Window, go: Go) -> None:
    first = go(Place(CLIENT, ANNA.id))
    for place in (Place(CLIENT, BEN.id), Place(COUPLE, PAIR.id), Place(PAPER, "session-1"), Place(PAPER)):
        go(place)
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))


def test_a_page_with_a_half_written_form_is_never_freed(qtbot: QtBot, window: Window, go: Go) -> None:
    page = go(Place(COUPLE, PAIR.id))
    assert isinstance(page, ChartScreen)
    page.noting.note()
    for place in (Place(CLIENT, BEN.id), Place(CLIENT, ANNA.id), Place(PAPER, "session-1"), Place(PAPER), Place(HELP)):
        go(place)
    window.set_theme("night")
    assert go(Place(COUPLE, PAIR.id)) is page
    assert page.panel.held is not None


def test_a_theme_dresses_only_what_is_seen_and_lets_the_rest_go(window: Window, go: Go) -> None:
    hidden = go(Place(CLIENT, ANNA.id))
    shown = go(Place(HELP))
    window.set_theme("dark")
    assert not shiboken6.isValid(hidden)
    assert screen_of(window) is shown


def test_a_theme_lets_the_board_of_a_closed_session_go_and_keeps_that_of_a_running_one(
    window: Window, home: House, go: Go
) -> None:
    finish(LiveDesk.begin(home.desk(), "session-1"))
    plan(home.desk(), "session-2")
    over, running = go(Place(BOARD, "session-1")), go(Place(BOARD, "session-2"))
    go(Place(HELP))
    window.set_theme("dark")
    assert not shiboken6.isValid(over)
    assert go(Place(BOARD, "session-2")) is running


def test_the_title_names_the_program_and_no_client(window: Window, go: Go) -> None:
    for place in (Place(COUPLE, PAIR.id), Place(CLIENT, ANNA.id), Place(PAPER, "session-1")):
        go(place)
        assert window.windowTitle() == "Holdfast"


def test_locking_frees_every_screen_and_goes_back_to_unlock(
    qtbot: QtBot, ops: Ops, window: Window, door: FakeDoor, go: Go
) -> None:
    page = go(Place(COUPLE, PAIR.id))
    desk = frame_of(window).here.desk
    pressed(Qt.Key.Key_L, CONTROL)
    assert window.frame is None
    settle(qtbot, ops)
    assert not shiboken6.isValid(page)
    assert door.left == [desk]
    assert window.welcome.isVisible()
    assert focused() is window.welcome.unlock.secret
    texts = " ".join(each.accessibleName() for each in window.findChildren(QWidget))
    assert ANNA.name not in texts


def test_a_running_session_shows_its_clock_behind_the_lock_and_comes_back_after_it(
    qtbot: QtBot, ops: Ops, window: Window, home: House, go: Go
) -> None:
    host = go(Place(BOARD, "session-1"))
    assert isinstance(host, BoardHost)
    home.clock.forward(125)
    window.lock()
    settle(qtbot, ops)
    running = window.welcome.unlock.running
    assert running.isVisible()
    assert running.clock.text() == "0:02:05"
    window.sit_down(home.desk(), FOLDER)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(BOARD, "session-1")


def test_after_the_lock_one_begins_with_the_list_again(
    qtbot: QtBot, ops: Ops, window: Window, home: House, go: Go
) -> None:
    go(Place(COUPLE, PAIR.id))
    window.lock()
    settle(qtbot, ops)
    window.sit_down(home.desk(), FOLDER)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(PEOPLE)


def test_starting_a_session_begins_it_and_hides_the_rail(window: Window, home: House, go: Go) -> None:
    host = go(Place(BOARD, "session-1"))
    assert isinstance(host, BoardHost)
    assert host.board is not None
    assert not frame_of(window).rail.isVisible()
    assert focused() is host.board.quick.edit
    assert [act.value for act, _, _ in home.acts("session")][-1] == "start"


def test_a_board_that_cannot_be_opened_says_why_and_has_a_way_back(window: Window, go: Go) -> None:
    host = go(Place(BOARD, "no-such-session"))
    assert isinstance(host, BoardHost)
    assert host.banner.isVisible()
    host.back.click()
    assert frame_of(window).place == Place(PEOPLE)


def test_a_closed_session_leads_to_its_flowsheet(
    qtbot: QtBot, ops: Ops, window: Window, home: House, go: Go
) -> None:
    finish(LiveDesk.begin(home.desk(), "session-1"))
    host = go(Place(BOARD, "session-1"))
    assert isinstance(host, BoardHost)
    assert home.acts("session")[-1] == (Act.VIEW, "session-1", "entries")
    host._paper("session-1", "b")
    settle(qtbot, ops)
    assert home.acts("flowsheet")[-1][2] == "copy b"


def test_a_theme_is_kept_for_the_next_start(window: Window, settings: SettingsFile) -> None:
    pressed(Qt.Key.Key_F11)
    assert look().theme.name == "dark"
    assert settings.settings.theme == "dark"
    assert frame_of(window).rail.themes["dark"].isChecked()


def test_the_folder_and_the_member_are_remembered(window: Window, settings: SettingsFile) -> None:
    assert (settings.settings.folder, settings.settings.member) == (str(FOLDER), "m-mara")


def test_a_low_window_is_set_more_tightly(window: Window) -> None:
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert look().density is Density.COMFORTABLE
    window.resize(1366, 768)
    QApplication.processEvents()
    assert look().density is Density.COMPACT


def test_every_screen_fits_the_smallest_window(window: Window, go: Go) -> None:
    for place in PLACES:
        go(place)
        least = window.minimumSizeHint()
        assert least.width() <= 1366, place
        assert least.height() <= 768, place


def test_a_lock_that_fails_says_so_on_the_unlock_screen(
    qtbot: QtBot, ops: Ops, home: House, settings: SettingsFile
) -> None:
    class Stuck(FakeDoor):
        def leave(self, desk: Desk) -> None:
            raise Known("The disk is full.", "Everything shown is kept.", "Free some space.")

    window = Window(Stuck(), RESOURCES, ops, settings, builders())
    opened(qtbot, window)
    window.sit_down(home.desk(), FOLDER)
    settle(qtbot, ops)
    window.lock()
    settle(qtbot, ops)
    assert window.frame is None
    assert "The disk is full." in window.welcome.banner.accessibleName()


class Awake:
    """A machine that is asked to stay awake, and says why it will not."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def charge(self) -> tuple[int, bool] | None:
        return (12, False)

    def start(self) -> str:
        self.asked.append("start")
        return "Nobody answered."

    def stop(self) -> None:
        self.asked.append("stop")


def test_a_machine_that_may_fall_asleep_is_said_on_the_board_and_let_go_at_the_end(
    qtbot: QtBot, ops: Ops, home: House, door: FakeDoor, settings: SettingsFile
) -> None:
    plan(home.desk())
    awake = Awake()
    window = Window(door, RESOURCES, ops, settings, builders(), awake)
    opened(qtbot, window)
    window.sit_down(home.desk(), FOLDER)
    window.visit(Place(BOARD, "session-1"))
    settle(qtbot, ops)
    host = screen_of(window)
    assert isinstance(host, BoardHost)
    assert host.board is not None
    assert "Nobody answered." in host.board.banner.accessibleName()
    window.lock()
    settle(qtbot, ops)
    assert awake.asked == ["start"]
    window.close()
    settle(qtbot, ops)
    assert awake.asked == ["start", "stop"]


def test_the_way_out_of_a_board_leaves_its_session_running(
    qtbot: QtBot, ops: Ops, window: Window, home: House, go: Go
) -> None:
    host = go(Place(BOARD, "session-1"))
    (out,) = [each for each in host.findChildren(Button) if each.accessibleName().startswith("Leave the board")]
    out.click()
    settle(qtbot, ops)
    assert frame_of(window).place == Place(PEOPLE)
    before = home.acts("entry")
    assert go(Place(BOARD, "session-1")) is host
    assert home.acts("entry") == before


def test_help_follows_the_theme(qtbot: QtBot, window: Window, go: Go) -> None:
    page = go(Place(HELP))
    assert isinstance(page, HelpScreen)
    before = page.reader.toPlainText()
    window.set_theme("dark")
    QApplication.processEvents()
    assert page.reader.toPlainText() == before


def test_the_program_runs_until_its_window_is_closed(
    qtbot: QtBot, clothed: QApplication, tmp_path: Path
) -> None:
    door = FakeDoor()
    later(50, clothed, clothed.closeAllWindows)
    assert run_window(door, RESOURCES, settings=tmp_path / "window.json") == 0
    assert not door.left


def test_closing_the_window_locks(qtbot: QtBot, ops: Ops, window: Window, door: FakeDoor) -> None:
    window.close()
    qtbot.waitUntil(lambda: bool(door.left))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.frame is None
