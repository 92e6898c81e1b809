"""Knows how a test handles real widgets: opens them, types into them, sees them go."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.ui.look import look


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


def shown(qtbot: QtBot, widget: QWidget, wide: int = 460, high: int = 300) -> QImage:
    """The widget's picture at a size."""
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    widget.show()
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor(look().theme.ground.card))
    widget.render(picture, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
    return picture


def holds(picture: QImage, value: str) -> bool:
    """Whether a colour stands anywhere in the picture."""
    wanted = QColor(value).rgb()
    return any(picture.pixel(x, y) == wanted for y in range(picture.height()) for x in range(picture.width()))
