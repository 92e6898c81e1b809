"""The card beside a list: which way Tab goes through it, and which keys save."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Problem
from desktop.domain.errors_archive import MissingKeyCopy
from desktop.domain.errors_keys import KitMistyped
from desktop.domain.errors_practice import NoPractice, WrongPassphrase
from desktop.views.ui.basics import Button
from desktop.views.ui.forms import Form
from desktop.views.ui.sidepanel import SidePanel
from tests.views.hands import focused, opened, pressed

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class Draft:
    name: str = ""
    kind: str = "one"
    words: str = ""
    sure: bool = False


def nothing_wrong(draft: Draft) -> tuple[Problem, ...]:
    return ()


@pytest.fixture
def panel(qtbot: QtBot, clothed: QApplication) -> Iterator[SidePanel]:
    room = QWidget()
    row = QHBoxLayout(room)
    row.addWidget(Button("Elsewhere"))
    made = SidePanel()
    row.addWidget(made)
    opened(qtbot, room)
    form = Form(nothing_wrong)
    form.text("name", "Name")
    form.choice("kind", "Kind", (("one", "One"), ("two", "Two")))
    form.lines("words", "Words")
    form.tick("sure", "Sure")
    form.show_draft(Draft())
    made.hold("A form", form)
    form.field("name").edit.setFocus()
    # Kept here until the test is over: the panel lives only as long as its window.
    yield made
    room.close()


def test_tab_goes_through_the_fields_then_save_then_cancel_then_on(panel: SidePanel) -> None:
    names = []
    for _ in range(7):
        names.append(focused().accessibleName())
        pressed(Qt.Key.Key_Tab)
    assert names == ["Name", "Kind", "Words", "Sure", "Save", "Cancel", "Elsewhere"]


def test_shift_tab_goes_the_same_way_back(panel: SidePanel) -> None:
    panel.cancel.setFocus()
    pressed(Qt.Key.Key_Tab, SHIFT)
    assert focused().accessibleName() == "Save"
    pressed(Qt.Key.Key_Tab, SHIFT)
    assert focused().accessibleName() == "Sure"


def test_a_field_that_comes_later_is_reached_before_save(panel: SidePanel) -> None:
    form = panel.held
    assert isinstance(form, Form)
    form.text("late", "Late")
    # A layout shows what was added to it once the window has time.
    QApplication.processEvents()
    form.field("sure").edit.setFocus()
    pressed(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Late"
    pressed(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Save"


@pytest.mark.parametrize("name", ["name", "kind", "words", "sure"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_and_enter_save_from_every_field(qtbot: QtBot, panel: SidePanel, name: str, key: Qt.Key) -> None:
    form = panel.held
    assert isinstance(form, Form)
    form.field(name).edit.setFocus()
    with qtbot.waitSignal(panel.saved):
        pressed(key, CONTROL)


def test_enter_on_cancel_leaves_and_does_not_save(qtbot: QtBot, panel: SidePanel) -> None:
    panel.cancel.setFocus()
    with qtbot.assertNotEmitted(panel.saved), qtbot.waitSignal(panel.left):
        pressed(Qt.Key.Key_Return)


def test_nothing_is_saved_while_it_is_being_saved(qtbot: QtBot, panel: SidePanel) -> None:
    panel.say_busy("Saving…")
    with qtbot.assertNotEmitted(panel.saved):
        pressed(Qt.Key.Key_Return, CONTROL)


def test_what_is_said_above_the_form_is_never_cut_off(qtbot: QtBot, panel: SidePanel) -> None:
    banner = panel.banner
    for error in (WrongPassphrase(), MissingKeyCopy(), KitMistyped(3), NoPractice()):
        panel.show_error(error)
        qtbot.waitUntil(lambda: banner.height() >= banner.heightForWidth(banner.width()), timeout=2000)
        assert banner.height() < panel.window().height()
