"""Knows how a test handles real widgets: opens them, types into them, sees them go."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


def opened(qtbot: QtBot, widget: QWidget) -> None:
    """Show a window and wait until the keyboard belongs to it."""
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def typed(widget: QWidget, text: str) -> None:
    """Text of any script, as an input method brings it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def gone(qtbot: QtBot, thing: QObject) -> None:
    """Wait until Qt has freed it."""
    qtbot.waitUntil(lambda: not shiboken6.isValid(thing))
