"""Closing in mid-session and coming back, with the keyboard alone and through the real door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program, Settings
from desktop.views.shell.app import make_window
from desktop.views.shell.hosting import BoardHost
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, PEOPLE
from tests.kit import HandClock
from tests.views.hands import focused, opened, settle, written
from tests.views.shell.test_journey import (
    ALT,
    CONTROL,
    WORDS,
    Key,
    Traveller,
    make_people,
    make_practice,
    plan_session,
    write_order,
)


@contextmanager
def started(qtbot: QtBot, clock: HandClock, root: Path) -> Iterator[Traveller]:
    """The program, from its start to its end."""
    program = Program(Settings(clock=clock, root=root / "program", cheap_keys=True, reserve=1 << 20))
    ops = Ops()
    window = make_window(program.door, program.resources, ops, settings=root / "window.json")
    opened(qtbot, window)
    window.begin()
    settle(qtbot, ops)
    yield Traveller(qtbot, ops, window)
    window.close_anyway()
    settle(qtbot, ops)
    ops.close()
    program.close()


def board_of(one: Traveller) -> BoardHost:
    assert one.at == BOARD
    found = one.screen
    assert isinstance(found, BoardHost)
    return found


def entries_of(one: Traveller) -> int:
    live = board_of(one).live
    assert live is not None
    return len(live.state.entries)


@pytest.mark.usefixtures("clothed")
def test_a_session_outlives_the_window_and_is_carried_on_without_a_mouse(qtbot: QtBot, tmp_path: Path) -> None:
    clock = HandClock()
    with started(qtbot, clock, tmp_path) as one:
        make_practice(one, tmp_path / "practice")
        make_people(one)
        write_order(one)
        plan_session(one)
        one.tab_to("Sessions")
        one.key(Key.Key_Return)
        written('a "I never told you')
        one.key(Key.Key_Return)
        kept = entries_of(one)
        written("half a li")
        line = focused()

        assert not one.window.close()
        one.key(Key.Key_Return)
        assert focused() is line
        assert not one.window.notices.isVisible()
        one.key(Key.Key_Escape)

        one.key(Key.Key_L, CONTROL)
        assert one.window.welcome.unlock.running.isVisible()
        written(WORDS)
        one.key(Key.Key_Return)
        assert entries_of(one) >= kept

        one.key(Key.Key_Left, ALT)
        one.tab_to("Carry it on")
        assert not one.window.close()
        one.tab_to("Close anyway")
        one.key(Key.Key_Return)
        assert not one.window.isVisible()

    clock.forward(600)
    with started(qtbot, clock, tmp_path) as again:
        written(WORDS)
        again.key(Key.Key_Return)
        assert again.at == PEOPLE
        assert focused().accessibleName() == "Carry it on"
        again.key(Key.Key_Return)
        before = entries_of(again)
        assert before > kept
        written('b "I am here')
        again.key(Key.Key_Return)
        assert entries_of(again) == before + 1
