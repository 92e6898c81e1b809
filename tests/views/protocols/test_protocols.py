"""The protocols' screen: looked at by everybody, changed by an owner or a prescriber, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.people import Member
from desktop.services.checks import emergency_card
from desktop.services.live import protocol_named
from desktop.services.protocols import change_number, switch_protocol
from desktop.views.paper.saving import save_pdf
from desktop.views.protocols.facts import NumberRow
from desktop.views.protocols.forms import CardForm, FileForm, NumberForm, ReasonForm
from desktop.views.protocols.view import ProtocolsScreen
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import PROTOCOLS, Place
from tests.kit import FULL, PAUL, TESS, House
from tests.live.play import protocol_text
from tests.views.hands import controls, focused, main_buttons, opened, pressed, settle, tabbed, written

CONTROL = Qt.KeyboardModifier.ControlModifier
Make = Callable[..., ProtocolsScreen]


@pytest.fixture
def make(qtbot: QtBot, ops: Ops, home: House) -> Make:
    def made(member: Member = PAUL, part: str = FULL) -> ProtocolsScreen:
        screen = ProtocolsScreen(home.desk(member), ops, save_pdf)
        opened(qtbot, screen)
        settle(qtbot, ops)
        screen.show_part(Place(PROTOCOLS, part=part))
        settle(qtbot, ops)
        return screen

    return made


def row_at(screen: ProtocolsScreen, path: str) -> NumberRow:
    rows = screen.pane.table.rows.rows()
    at = next(at for at, row in enumerate(rows) if row.path == path)
    screen.pane.table.selectRow(at)
    found = rows[at]
    assert isinstance(found, NumberRow)
    return found


def test_every_number_stands_under_its_group_with_its_basis_and_source(make: Make) -> None:
    screen = make(TESS)
    states = {row.id: row.state for row in screen.list.rows.rows()}
    assert states[FULL] == "on, as shipped"
    assert states["mdma"] == states["psilocybin"] == "switched off"
    hold = row_at(screen, "timing.hold")
    assert (hold.value, hold.basis) == ("12 min", "source")
    assert screen.pane.whole.text() == "[S4][S41] hold and swish 10 to 12 min, then spit."
    assert row_at(screen, "guards.mg").basis == "proposed"
    assert sum(row.heading for row in screen.pane.table.rows.rows()) >= 10
    assert "one trained person stays with them" in screen.pane.words.text()
    # Who may not change is shown everything and offered nothing.
    enabled = {key for key, button in screen.buttons.items() if button.isEnabled()}
    assert enabled == {"out", "history"}
    screen.act("change")
    assert screen.panel.held is None


def test_a_heading_is_passed_over_with_the_arrows(make: Make) -> None:
    screen = make()
    screen.pane.table.setFocus()
    seen = []
    for _ in range(8):
        seen.append(screen.pane.chosen)
        pressed(Qt.Key.Key_Down)
    assert "" not in seen
    assert seen[:2] == ["phase[1].start_min", "phase[2].start_min"]
    assert seen[5] == "schedules[1].check[1].minute"


def test_a_number_is_changed_with_the_keyboard_alone(make: Make, qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = make()
    pressed(Qt.Key.Key_F, CONTROL)
    written("hold swish")
    assert [row.path for row in screen.pane.table.rows.rows() if not row.heading] == ["timing.hold"]
    screen.pane.table.setFocus()
    pressed(Qt.Key.Key_Return)
    assert isinstance(screen.panel.held, NumberForm)
    assert [button.text() for button in main_buttons(screen)] == ["Set it"]
    written("700")
    pressed(Qt.Key.Key_Tab)
    assert isinstance(focused(), QPlainTextEdit)
    pressed(Qt.Key.Key_Return, CONTROL)
    assert screen.panel.held.form.field("reason").problem
    written("Ours melt slowly")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    assert "from 1 to 60" in screen.panel.held.form.field("value").problem
    assert focused() is screen.panel.held.form.field("value").edit
    pressed(Qt.Key.Key_A, CONTROL)
    written("15")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    assert not screen.panel.isVisible()
    hold = row_at(screen, "timing.hold")
    assert (hold.value, hold.basis, hold.who[:4]) == ("15 min", "set by practice", "Paul")
    assert hold.source.startswith("was 12: [S4]")
    assert "Ours melt slowly" in screen.pane.whole.text()
    assert protocol_named(home.desk(), FULL).timing.hold is not None
    chosen = {row.id: row.state for row in screen.list.rows.rows()}
    assert chosen[FULL] == "on, your own edition"


def test_a_number_is_confirmed_and_the_list_of_changes_says_so(make: Make, qtbot: QtBot, ops: Ops) -> None:
    screen = make()
    row_at(screen, "timing.stay")
    pressed(Qt.Key.Key_M, CONTROL)
    assert isinstance(screen.panel.held, ReasonForm)
    written("Read the label again")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    assert row_at(screen, "timing.stay").who.startswith("confirmed: Paul Osei")
    pressed(Qt.Key.Key_H, CONTROL)
    texts = " ".join(label.text() for label in screen.panel.findChildren(QLabel))
    assert "Minimum stay after the latest dose: confirmed" in texts
    assert "Read the label again" in texts
    assert not screen.panel.save.isVisible()
    pressed(Qt.Key.Key_Escape)
    assert not screen.panel.isVisible()


def test_a_protocol_is_switched_on_with_what_the_law_says_in_sight(
    make: Make, qtbot: QtBot, ops: Ops, home: House
) -> None:
    screen = make(part="mdma")
    assert "9 August 2024" in screen.pane.law.text()
    assert screen.buttons["switch"].text() == "Switch on…"
    pressed(Qt.Key.Key_O, CONTROL)
    texts = " ".join(label.text() for label in screen.panel.findChildren(QLabel))
    assert "Checked on 2026-11-25." in texts
    pressed(Qt.Key.Key_Return, CONTROL)
    assert screen.panel.isVisible()
    written("Study 12")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    assert protocol_named(home.desk(), "mdma").enabled
    assert screen.buttons["switch"].text() == "Switch off…"
    assert not screen.buttons["confirm"].isHidden()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    make: Make, qtbot: QtBot, ops: Ops, home: House
) -> None:
    screen = make()
    row_at(screen, "timing.early")
    screen.act("change")
    change_number(home.desk(PAUL), FULL, "timing.late", "6", "Another room", 0)
    form = screen.panel.held
    assert isinstance(form, NumberForm)
    form.form.field("value").show_value("7")
    form.form.field("reason").show_value("Mine")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert "changed this protocol since you opened it" in screen.panel.banner.accessibleName()
    assert protocol_named(home.desk(), FULL).timing.early.value == 5


def test_the_shipped_protocol_is_taken_back(make: Make, qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = make()
    assert not screen.buttons["back"].isEnabled()
    change_number(home.desk(PAUL), FULL, "timing.late", "6", "Another room", 0)
    screen.ask_again()
    settle(qtbot, ops)
    pressed(Qt.Key.Key_B, CONTROL)
    written("It was a mistake")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    assert protocol_named(home.desk(), FULL).text == protocol_text(FULL)
    assert not screen.buttons["back"].isEnabled()


def test_a_file_is_taken_in_or_refused_with_its_line(
    make: Make, qtbot: QtBot, ops: Ops, home: House, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    own = protocol_text(FULL).replace(f'id = "{FULL}"', 'id = "our-own"').replace("full observation", "of our own")
    file.write_text(own.replace("ends_min = { value = 150", "ends_min = { value = 15"), encoding="utf-8")
    screen = make()
    pressed(Qt.Key.Key_I, CONTROL)
    form = screen.panel.held
    assert isinstance(form, FileForm)
    written(str(file))
    form.form.field("reason").show_value("Our formulary")
    pressed(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, ops)
    line = own.splitlines().index('ends_min = { value = 150, basis = "proposed" }') + 1
    assert f"own.toml cannot be used: line {line}, ends_min" in screen.panel.banner.accessibleName()
    file.write_text(own, encoding="utf-8")
    screen.panel.save.click()
    settle(qtbot, ops)
    states = {row.title: row.state for row in screen.list.rows.rows()}
    assert states["Ketamine, sublingual, of our own"] == "switched off"
    assert screen.pane.name.text() == "Ketamine, sublingual, of our own"
    assert "switched off" in screen.banner.accessibleName()
    for content in (b"\xff\xfe", None):
        file.unlink() if content is None else file.write_bytes(content)
        screen.act("file")
        held = screen.panel.held
        assert isinstance(held, FileForm)
        held.form.field("file").show_value(str(file))
        held.form.field("reason").show_value("Again")
        screen.panel.save.click()
        settle(qtbot, ops)
        assert "This file" in screen.panel.banner.accessibleName()
        screen.panel.empty()


def test_a_protocol_is_saved_where_a_member_wants_it(
    make: Make, qtbot: QtBot, ops: Ops, home: House, tmp_path: Path
) -> None:
    screen = make(TESS)
    dialog = None
    pressed(Qt.Key.Key_S, CONTROL)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    screen.out.save_to(FULL, str(tmp_path / "out.toml"))
    settle(qtbot, ops)
    assert (tmp_path / "out.toml").read_text("utf-8") == protocol_text(FULL)
    assert "Saved: out.toml" in screen.banner.accessibleName()
    screen.out.save_to(FULL, str(tmp_path / "nowhere" / "out.toml"))
    settle(qtbot, ops)
    assert "not there any more" in screen.banner.accessibleName()


def test_the_practice_s_own_number_is_written_on_the_emergency_card(
    make: Make, qtbot: QtBot, ops: Ops, home: House
) -> None:
    screen = make(part="card")
    form = screen.panel.held
    assert isinstance(form, CardForm)
    form.form.field("number").show_value("nobody")
    form.form.field("reason").show_value("We moved")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert form.form.field("number").problem
    form.form.field("number").show_value("112")
    form.form.field("address").show_value("Hill Road 4")
    screen.panel.save.click()
    settle(qtbot, ops)
    card = emergency_card(home.desk())
    assert (card.number, card.address) == ("112", "Hill Road 4")


def test_a_number_that_was_half_typed_is_offered_back(make: Make, qtbot: QtBot, ops: Ops) -> None:
    screen = make()
    row_at(screen, "timing.hold")
    screen.act("change")
    form = screen.panel.held
    assert isinstance(form, NumberForm)
    form.form.field("value").show_value("15")
    ((key, values),) = screen.half_typed()
    fresh = make(part="mdma")
    assert fresh.reopen(key, values)
    settle(qtbot, ops)
    held = fresh.panel.held
    assert isinstance(held, NumberForm)
    assert (held.path, held.form.field("value").value()) == ("timing.hold", "15")
    fresh.panel.empty()
    assert fresh.half_typed() == ()
    assert fresh.reopen("file", (("file", "x.toml"), ("reason", ""), ("replace", True)))
    assert isinstance(fresh.panel.held, FileForm)
    assert fresh.half_typed()[0][0] == "file"


def test_everything_is_reached_with_tab_and_offered_in_the_palette(make: Make, home: House) -> None:
    switch_protocol(home.desk(PAUL), FULL, False, "For a test", 0)
    screen = make()
    screen.take_keyboard()
    assert {id(control) for control in controls(screen)} <= tabbed(screen)
    assert {entry.key for entry in screen.commands()} == set(screen.buttons)
    assert all(entry.shortcut for entry in screen.commands())
