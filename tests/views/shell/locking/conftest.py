"""Knows the practice at which the tests of locking work."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.views.ui.ops import Ops
from tests.views.shell.locking.evening import Evening


@pytest.fixture
def evening(qtbot: QtBot, ops: Ops, tmp_path: Path) -> Evening:
    """A practice, unlocked, with a window at it."""
    return Evening(qtbot, ops, tmp_path)
