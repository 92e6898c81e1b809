"""What is begun from the palette and by keys that go through the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.couple.forms import OrderForm, PlanForm
from desktop.views.couple.view import ChartScreen
from desktop.views.members.view import MemberForm, MembersScreen
from desktop.views.people.forms import ClientForm
from desktop.views.people.view import PeopleScreen
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.window import Window
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AUDIT, BACK, BOARD, COUPLE, HELP, MEMBERS, PEOPLE, Place
from tests.kit import ANNA, BEN, OTTO, PAIR, PAUL, TESS, House
from tests.views.hands import focused, pressed, settle, written
from tests.views.shell.conftest import FOLDER, Go, frame_of, screen_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_new_client_is_one_key_from_anywhere(qtbot: QtBot, ops: Ops, window: Window, go: Go) -> None:
    go(Place(AUDIT))
    pressed(Qt.Key.Key_N, CONTROL)
    settle(qtbot, ops)
    assert focused().accessibleName() == "Name"


def test_among_the_members_somebody_new_is_a_member(qtbot: QtBot, ops: Ops, window: Window, go: Go) -> None:
    page = go(Place(MEMBERS))
    pressed(Qt.Key.Key_N, CONTROL)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(MEMBERS)
    assert isinstance(page, MembersScreen)
    assert isinstance(page.panel.held, MemberForm)
    assert focused() is page.panel.held.form.field("name").edit


def test_a_half_filled_client_form_survives_the_key_for_a_new_client_from_anywhere(
    qtbot: QtBot, ops: Ops, window: Window, go: Go
) -> None:
    go(Place(PEOPLE, part="new-client"))
    written("Half a Name")
    go(Place(AUDIT))
    pressed(Qt.Key.Key_N, CONTROL)
    settle(qtbot, ops)
    page = screen_of(window)
    assert isinstance(page, PeopleScreen)
    assert isinstance(page.panel.held, ClientForm)
    assert page.panel.held.field("name").value() == "Half a Name"
    assert page.panel.isAncestorOf(focused())


def form_of(page: ChartScreen) -> QWidget | None:
    """The form that is open beside a page."""
    return page.panel.held


def palette_keys(window: Window) -> set[str]:
    frame_of(window).open_finder()
    keys = {entry.key for entry in frame_of(window).palette_._entries}
    frame_of(window).open_finder()
    return keys


def test_the_palette_offers_each_member_what_they_may_begin(
    qtbot: QtBot, ops: Ops, window: Window, home: House, go: Go
) -> None:
    offered = {"plan", "order", "add-member"}
    assert palette_keys(window) & offered == {"plan", "add-member"}
    for member, may in ((PAUL, {"plan", "order"}), (TESS, set()), (OTTO, {"add-member"})):
        window.sit_down(home.desk(member), FOLDER)
        settle(qtbot, ops)
        assert palette_keys(window) & offered == may, member.name


def test_the_palette_begins_on_a_couples_page_what_belongs_there(
    qtbot: QtBot, ops: Ops, window: Window, home: House
) -> None:
    window.sit_down(home.desk(PAUL), FOLDER)
    window.visit(Place(COUPLE, PAIR.id))
    settle(qtbot, ops)
    page = screen_of(window)
    assert isinstance(page, ChartScreen)
    keys = palette_keys(window)
    assert {"session:session-1", "plan", f"order:{ANNA.id}", f"order:{BEN.id}"} <= keys
    assert "order" not in keys
    pressed(Qt.Key.Key_K, CONTROL)
    written("write order phuong")
    pressed(Qt.Key.Key_Return)
    form = form_of(page)
    assert isinstance(form, OrderForm)
    assert form.client_id == BEN.id
    pressed(Qt.Key.Key_Escape)
    pressed(Qt.Key.Key_K, CONTROL)
    written("plan a session")
    pressed(Qt.Key.Key_Return)
    assert isinstance(form_of(page), PlanForm)
    pressed(Qt.Key.Key_Escape)
    pressed(Qt.Key.Key_K, CONTROL)
    written("start the session")
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(BOARD, "session-1")
    assert "plan" not in palette_keys(window)
    window.visit(Place(BACK))
    settle(qtbot, ops)
    window.visit(Place(HELP))
    pressed(Qt.Key.Key_K, CONTROL)
    written("carry on")
    pressed(Qt.Key.Key_Return)
    assert frame_of(window).place == Place(BOARD, "session-1")


def test_an_order_asked_for_anywhere_asks_for_whom_and_chooses_nobody(
    qtbot: QtBot, ops: Ops, window: Window, home: House
) -> None:
    window.sit_down(home.desk(PAUL), FOLDER)
    settle(qtbot, ops)
    window.visit(Place(HELP))
    pressed(Qt.Key.Key_K, CONTROL)
    written("write an order")
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    page = screen_of(window)
    assert isinstance(page, ChartScreen)
    assert form_of(page) is None
    assert "For whom" in page.banner.accessibleName()
    assert focused().accessibleName() == ANNA.name
    pressed(Qt.Key.Key_Tab)
    pressed(Qt.Key.Key_Return)
    form = form_of(page)
    assert isinstance(form, OrderForm)
    assert form.client_id == BEN.id


def test_a_page_that_was_opened_to_plan_does_not_ask_again_on_the_way_back(
    qtbot: QtBot, ops: Ops, window: Window, go: Go
) -> None:
    page = go(Place(COUPLE, PAIR.id, "plan"))
    assert isinstance(page, ChartScreen)
    assert isinstance(form_of(page), PlanForm)
    page.close_form()
    go(Place(HELP))
    go(Place(BACK))
    assert form_of(page) is None


def test_the_palette_offers_the_boards_commands_and_the_program_still_locks(
    qtbot: QtBot, ops: Ops, window: Window, go: Go
) -> None:
    host = go(Place(BOARD, "session-1"))
    assert isinstance(host, BoardHost)
    pressed(Qt.Key.Key_K, CONTROL)
    palette = frame_of(window).palette_
    assert palette.isVisible()
    keys = {entry.key for entry in palette._entries}
    assert {entry.key for entry in host.commands()} <= keys
    assert "lock" in keys


def test_the_palette_finds_a_person_and_opens_them(qtbot: QtBot, ops: Ops, window: Window, go: Go) -> None:
    go(Place(AUDIT))
    pressed(Qt.Key.Key_K, CONTROL)
    written("phuong")
    palette = frame_of(window).palette_
    palette.asked.emit("phuong")
    qtbot.waitUntil(lambda: palette.rows.rowCount() >= 2)
    pressed(Qt.Key.Key_Return)
    settle(qtbot, ops)
    assert frame_of(window).place == Place(COUPLE, PAIR.id)


def test_the_palette_finds_worksheets_and_commands(qtbot: QtBot, ops: Ops, window: Window) -> None:
    pressed(Qt.Key.Key_K, CONTROL)
    settle(qtbot, ops)
    palette = frame_of(window).palette_
    qtbot.waitUntil(lambda: any(entry.key.startswith("sheet:") for entry in palette._entries))
    written("night theme")
    pressed(Qt.Key.Key_Return)
    assert look().theme.name == "night"
