"""Help, with real widgets and the real pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.views.help.view import HelpScreen, pages
from desktop.views.ui.ops import Ops
from tests.kit import RESOURCES
from tests.views.hands import opened, pressed


def test_every_page_has_a_title_and_none_is_left_out() -> None:
    found = pages(RESOURCES)
    assert [page.title for page in found] == [
        "Begin", "Couples and clients", "The live board", "Paper", "When something fails", "Archives", "Keys",
        "Locking and the veil", "Audit", "Touch, safety, and after a session", "Carry a session", "Type in from paper",
        "Rehearse a session", "Protocols",
    ]  # fmt: skip
    assert all(len(page.text) > 100 for page in found)


def test_arrows_turn_the_pages(qtbot: QtBot, ops: Ops) -> None:
    screen = HelpScreen(RESOURCES, ops)
    opened(qtbot, screen)
    screen.take_keyboard()
    assert "one folder on this machine" in screen.reader.toPlainText()
    pressed(Qt.Key.Key_Down)
    assert "Couples and clients" in screen.reader.toPlainText()
    for name in ("Help", "Pages of help"):
        assert any(each.accessibleName() == name for each in (screen.reader, screen.list, screen))


def test_no_link_leads_out_of_the_program(qtbot: QtBot, ops: Ops) -> None:
    screen = HelpScreen(RESOURCES, ops)
    qtbot.addWidget(screen)
    assert not screen.reader.openLinks()
    assert not screen.reader.openExternalLinks()
