"""A session is carried, run and brought back on the real pages, between two real practices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.carried import CarryState
from desktop.services.carrying import away_now, carried_rows
from desktop.services.live import LiveDesk
from desktop.views.board.screen import BoardScreen
from desktop.views.carry.away import AwayScreen
from desktop.views.carry.listing import CarriedListScreen
from desktop.views.carry.opening import RunCarriedDialog
from desktop.views.carry.view import CarryScreen
from desktop.views.paper.saving import save_pdf
from desktop.views.shell.hosting import BoardHost
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.dialogs import Question
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AWAY, CARRY, KEYS, PEOPLE, Place
from tests.carry.trip import SESSION, Trip, trip, trip_template
from tests.kit import ANNA, RESOURCES, finish
from tests.views.hands import controls, main_buttons, opened, settle, tabbed

__all__ = ["trip", "trip_template"]


def at_home(qtbot: QtBot, ops: Ops, way: Trip) -> CarryScreen:
    made = CarryScreen(way.desk, way.home.door.carry(), ops, SESSION, save_pdf)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


@pytest.fixture
def there(qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path) -> Iterator[Window]:
    """The other machine's window, nobody in."""
    made = Window(trip.there.door, RESOURCES, ops, SettingsFile(tmp_path / "there.json"), builders())
    opened(qtbot, made)
    made.begin(None)
    settle(qtbot, ops)
    yield made
    if made.frame is not None:
        trip.there.door.leave(made.frame.here.desk)


def carried(qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path) -> tuple[CarryScreen, Path, str]:
    """A session that is away, its file and the passphrase that was shown."""
    page, file = at_home(qtbot, ops, trip), tmp_path / "session.carried"
    page._save(page.out.form.settled(), file)
    settle(qtbot, ops)
    return page, file, page.secret.secret.text()


def test_a_planned_session_is_given_out_and_the_passphrase_is_shown_once(
    qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path
) -> None:
    page = at_home(qtbot, ops, trip)
    assert f"{ANNA.name}, born 1984-05-01" in page.people.text()
    assert page.out.isVisible()
    assert not page.away.isVisible()
    page.out.form.field("passphrase").show_value("too short")
    page.out.make.click()
    assert page.out.form.field("passphrase").problem
    page.out.form.field("passphrase").show_value("")
    file = tmp_path / "session.carried"
    page._save(page.out.form.settled(), file)
    settle(qtbot, ops)
    assert trip.opened(file.read_bytes(), page.secret.secret.text()).session.id == SESSION
    assert page.secret.isVisible()
    assert not page.out.isVisible()
    assert page.away.isVisible()
    assert "It may be begun on the other machine until" in page.away.words.text()
    page.secret.done.click()
    assert not page.secret.isVisible()
    assert page.secret.secret.text() == ""


def test_it_is_taken_back_with_a_reason_after_a_question(qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path) -> None:
    page, _, _ = carried(qtbot, ops, trip, tmp_path)
    page.away.take.click()
    assert page.away.form.field("reason").problem
    assert away_now(trip.desk, SESSION) is not None
    page.away.form.field("reason").show_value("the laptop was stolen")
    page.away.take.click()
    page.findChild(Question).accept()
    settle(qtbot, ops)
    assert [row.carried.state for row in carried_rows(trip.desk)] == [CarryState.TAKEN_BACK]
    assert "the laptop was stolen" in page.past.text()
    assert page.out.isVisible()


def come_in(qtbot: QtBot, ops: Ops, there: Window, file: Path, secret: str, folder: Path) -> AwayScreen:
    """Open a carried session from the welcome screen, after one try with a wrong passphrase."""
    assert there.welcome.carried.isVisible()
    there.welcome.carried.click()
    dialog = there.findChild(RunCarriedDialog)
    assert dialog is not None
    dialog.take_file(file)
    dialog.form.field("secret").show_value("not the right passphrase")
    dialog.panel.save.click()
    settle(qtbot, ops)
    assert dialog.panel.banner.isVisible()
    dialog.form.field("secret").show_value(secret)
    dialog.panel.save.click()
    settle(qtbot, ops)
    member = dialog.form.field("member")
    edit = member.edit
    assert [edit.itemText(at) for at in range(edit.count())] == ["Mira Kowalczyk", "Paul Osei", "Tess Ito"]  # type: ignore[union-attr]
    edit.setCurrentIndex(1)  # type: ignore[union-attr]
    dialog.form.field("folder").show_value(str(folder))
    dialog.panel.save.click()
    settle(qtbot, ops)

    assert there.frame is not None
    away = there.frame.current
    assert isinstance(away, AwayScreen)
    return away


def test_another_machine_opens_it_from_the_welcome_screen_runs_it_and_forgets_it(
    qtbot: QtBot, ops: Ops, trip: Trip, there: Window, tmp_path: Path
) -> None:
    page, file, secret = carried(qtbot, ops, trip, tmp_path)
    folder = tmp_path / "travelling"
    away = come_in(qtbot, ops, there, file, secret, folder)
    assert there.frame is not None
    assert set(there.frame.rail.ways) == {AWAY, "help"}
    for elsewhere in (PEOPLE, KEYS, CARRY):
        there.frame.visit(Place(elsewhere))
        assert there.frame.current is away
    away.board.click()
    settle(qtbot, ops)
    host = there.frame.current
    assert isinstance(host, BoardHost)
    assert isinstance(host.board, BoardScreen)
    assert host.live is not None
    finish(host.live)
    there.frame.visit(Place(AWAY))
    settle(qtbot, ops)

    home = tmp_path / "session.returned"
    away.presenter.go_home(home)
    settle(qtbot, ops)
    page.presenter.bring_back(home)
    settle(qtbot, ops)
    receipt = page.secret.secret.text()
    assert receipt
    assert "brought back by Mira Kowalczyk" in page.past.text()
    assert not page.away.isVisible()

    for wrong in ("", "ABCD-EFGH"):
        away.form.field("receipt").show_value(wrong)
        away.forget.click()
        settle(qtbot, ops)
        assert away.form.field("receipt").problem
    away.form.field("receipt").show_value(receipt)
    away.forget.click()
    settle(qtbot, ops)
    away.findChild(Question).accept()
    settle(qtbot, ops)
    assert not folder.exists()
    assert there.frame is None
    assert there.welcome.start.isVisible()
    assert "forgotten" in there.welcome.banner._what.text()


def test_a_session_brought_back_while_it_runs_goes_on_at_home(
    qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path
) -> None:
    page, file, secret = carried(qtbot, ops, trip, tmp_path)
    with trip.elsewhere(file.read_bytes(), secret) as desk:
        LiveDesk.begin(desk, SESSION)
        (tmp_path / "half.returned").write_bytes(trip.packed(desk)[1])
    page.presenter.bring_back(tmp_path / "half.returned")
    settle(qtbot, ops)
    assert not LiveDesk.resume(trip.desk, SESSION).state.closed
    page.presenter.bring_back(tmp_path / "half.returned")
    settle(qtbot, ops)
    assert "already" in page.banner._what.text()


def test_the_list_leads_to_each_carried_session(qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path) -> None:
    empty = CarriedListScreen(trip.desk, ops)
    opened(qtbot, empty)
    settle(qtbot, ops)
    assert empty.empty.isVisible()
    carried(qtbot, ops, trip, tmp_path)
    settle(qtbot, ops)
    assert empty.table.isVisible()
    went: list[Place] = []
    empty.go.connect(went.append)
    empty._open()
    assert went == [Place(CARRY, SESSION)]


def test_everything_is_reached_by_tab_and_there_is_one_main_button(
    qtbot: QtBot, ops: Ops, trip: Trip, tmp_path: Path
) -> None:
    page = at_home(qtbot, ops, trip)
    for _ in range(2):
        assert len(main_buttons(page)) == 1
        page.back.setFocus()
        assert {id(each) for each in controls(page)} <= tabbed(page)
        if page.out.isVisible():
            page._save(page.out.form.settled(), tmp_path / "session.carried")
            settle(qtbot, ops)
            page.secret.findChild(QPushButton).click()
