"""The rules that every screen keeps, its type, its icons and its timers."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui import fonts, icons, paint, timers
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone
from tests.views.ui import gallery
from tests.views.ui.conftest import ROOT, Folder
from tests.views.ui.hands import gone, opened

KEY = Qt.Key
VIEWS = sorted((ROOT / "desktop" / "views").rglob("*.py"))


def test_no_class_inherits_a_qt_object_and_something_else() -> None:
    found = [
        f"{path.name}: {node.name}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and len(node.bases) > 1
    ]
    assert found == []


def test_no_lambda_holds_self() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Lambda)
        and any(isinstance(part, ast.Name) and part.id == "self" for part in ast.walk(node.body))
    ]
    assert found == []


def test_no_dialog_stops_the_program() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("exec", "exec_")
        and not (isinstance(node.value, ast.Name) and node.value.id == "app")
    ]
    assert found == []


def test_the_bundled_typeface_is_found_and_its_digits_are_equally_wide(typefaces: bool) -> None:
    assert typefaces
    assert fonts.sized(20).family() == "Source Sans 3"
    assert paint.width_of("1111", 20) == paint.width_of("0888", 20)


def test_without_the_bundled_typeface_the_systems_stands_in(qapp: QApplication, tmp_path: object) -> None:
    assert not fonts.load(Folder(ROOT / "docs"))


def test_every_icon_takes_the_themes_colour() -> None:
    names = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))
    assert len(names) > 50
    for name in names:
        assert "currentColor" in (ROOT / "resources" / "icons" / f"{name}.svg").read_text("utf-8")
        picture = icons.icon(name, Tone.RED, 24).pixmap(24, 24).toImage()
        red = look().theme.red.text
        colours = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
        assert {colour.name() for colour in colours if colour.alpha() == 255} <= {red}, name


def test_every_icon_that_is_named_is_there() -> None:
    here = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    assert {"heart-pulse", "triangle-alert", "octagon-alert", "info", "circle-check", "check", "ban", "flag"} <= here
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_the_icons_licence_ships_with_them() -> None:
    assert "ISC License" in (ROOT / "resources" / "icons" / "ISC-Lucide.txt").read_text("utf-8")


def test_a_timer_ends_with_its_receiver(qtbot: QtBot) -> None:
    receiver, ticks, once = QObject(), [], []
    timer = timers.every(1, receiver, lambda: ticks.append(1))
    timers.later(1, receiver, lambda: once.append(1))
    qtbot.waitUntil(lambda: len(ticks) >= 3 and bool(once))
    assert once == [1]
    receiver.deleteLater()
    gone(qtbot, timer)


def test_a_resting_timer_waits_until_it_is_started(qtbot: QtBot) -> None:
    receiver, calls = QObject(), []
    timer = timers.rest(1, receiver, lambda: calls.append(1))
    assert not timer.isActive()
    timer.start()
    qtbot.waitUntil(lambda: calls == [1])


@pytest.mark.parametrize("page", [gallery.board, gallery.parts])
def test_tab_reaches_every_control_and_each_has_a_name(page: type[QWidget], qtbot: QtBot) -> None:
    widget = page()
    widget.resize(1366, 768)
    opened(qtbot, widget)
    takes = {
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
        and not isinstance(each, QScrollArea)
    }  # fmt: skip
    assert takes
    reached: set[QWidget] = set()
    start = next(iter(takes))
    start.setFocus()
    while (now := QApplication.focusWidget()) is not None and now not in reached:
        reached.add(now)
        qtbot.keyClick(now, KEY.Key_Tab)
    assert takes <= reached
    assert [type(each).__name__ for each in takes if not each.accessibleName()] == []
