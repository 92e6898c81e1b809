"""Knows how a widget is reminded to look at the clock again; a timer measures nothing and ends with its receiver."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def every(milliseconds: int, receiver: QObject, slot: Callable[[], object]) -> QTimer:
    """Call `slot` again and again until the receiver is gone or the timer is stopped."""
    timer = QTimer(receiver)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    timer.start()
    return timer


def later(milliseconds: int, receiver: QObject, slot: Callable[[], object]) -> QTimer:
    """Call `slot` once, unless the receiver is gone by then. restart() by timer.start() puts it off again."""
    timer = QTimer(receiver)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    timer.start()
    return timer


def rest(milliseconds: int, receiver: QObject, slot: Callable[[], object]) -> QTimer:
    """A stopped timer that calls `slot` once after start(), put off by every new start(): searches as one types."""
    timer = later(milliseconds, receiver, slot)
    timer.stop()
    return timer
