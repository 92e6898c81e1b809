"""Knows the fault that pins PySide6: a release whose calls lose references to None, until Python aborts."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 300


def lost_references(qtbot: QtBot) -> int:
    """How far the reference count of None falls over some hundred setters; on the faulty release, once per call."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText("a")
        label.setEnabled(number % 2 == 0)
        label.setMinimumWidth(number)
    return before - sys.getrefcount(None)


def test_qt_setters_lose_no_reference_to_none(qtbot: QtBot) -> None:
    # Other parts of Python move the count by a few; the fault moves it by 900. From Python 3.12 on None is immortal,
    # its count stands still, and this holds of itself.
    assert lost_references(qtbot) < CALLS // 10
