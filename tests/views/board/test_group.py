"""A group on the board: one couple opened, everyone's next at a glance, and nothing of one couple at another's."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.live.asks import AskDialogue, AskDose, AskNote, AskObserve
from desktop.live.events import Step
from desktop.views.board.demo import MEMBERS, TITLE, DemoLive
from desktop.views.board.presenter import BoardPresenter
from desktop.views.board.screen import board_screen
from desktop.views.ui.ops import Ops
from tests.kit import RESOURCES
from tests.views.board.played import AtOnce, Remembers
from tests.views.hands import opened, settle


def session(couples: int = 6) -> DemoLive:
    live = DemoLive(RESOURCES, couples=couples)
    live.now_s = 60
    live.record(AskDose("2a", "sublingual", Decimal(100), own=True, by="m1", checked_by="m2"))
    live.now_s = 900
    live.record(AskObserve("2a", "crying"))
    live.record(AskObserve("5b", "laughing"))
    live.record(AskNote("only the fifth", "5b"))
    live.record(AskNote("music on"))
    return live


def begun(live: DemoLive) -> tuple[BoardPresenter, Remembers]:
    view = Remembers()
    presenter = BoardPresenter(view, live, AtOnce(), members=MEMBERS, me="m1", title=TITLE)
    presenter.start()
    return presenter, view


def texts(view: Remembers) -> str:
    assert view.board is not None
    return repr((view.board.sides, view.board.log, view.board.coach))


def test_everyone_is_at_a_glance_by_first_name_and_couple_and_two_are_opened() -> None:
    _, view = begun(session())
    assert view.board is not None
    assert [couple.number for couple in view.board.top.glance] == [1, 2, 3, 4, 5, 6]
    assert [one.letter for couple in view.board.top.glance for one in couple.people][:4] == ["1A", "1B", "2A", "2B"]
    ines = view.board.top.glance[1].people[0]
    assert (ines.name, ines.clock) == ("Ines", "0:14")
    assert "Spit" in ines.next
    assert "Falk" not in repr(view.board.top.glance)
    assert [side.key for side in view.board.sides] == ["1a", "1b"]


def test_nothing_of_another_couple_stands_beside_the_opened_one() -> None:
    presenter, view = begun(session())
    assert "crying" not in texts(view)
    assert "only the fifth" not in texts(view)
    assert "music on" in texts(view)
    presenter.acted("focus:5")
    assert "only the fifth" in texts(view)
    assert "Ines" not in texts(view)


def test_who_is_spoken_of_in_the_line_is_opened_and_a_bare_letter_belongs_to_nobody() -> None:
    presenter, view = begun(session())
    presenter.typed("3b 124/80 72")
    presenter.entered("3b 124/80 72")
    assert [side.key for side in view.board.sides] == ["3a", "3b"]  # type: ignore[union-attr]
    before = len(presenter.core.state.entries)
    presenter.typed("a 124/80")
    presenter.entered("a 124/80")
    assert len(presenter.core.state.entries) == before


def test_a_dialogue_is_its_couples_and_goes_on_while_another_is_opened() -> None:
    live = session()
    live.record(AskDialogue(Step.SEND, "4a"))
    presenter, view = begun(live)
    assert view.coach is None
    presenter.acted("focus:4")
    assert view.coach is not None
    assert "4A sends, 4B mirrors" in view.coach.title
    presenter.acted("dialogue")
    assert presenter.core.state.room.dialogue_of(4).step is Step.MIRROR
    presenter.acted("focus:1")
    presenter.tick()
    assert view.coach is None


def test_couples_are_opened_by_key_and_by_touch(qtbot: QtBot, ops: Ops) -> None:
    live = session()
    screen = board_screen(
        live, ops, members=MEMBERS, me="m1", title=TITLE, on_theme=print, on_lock=print, on_paper=print, ticking=False
    )
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert screen.glance.isVisible()
    assert [key for key, side in screen.sides.items() if side.isVisible()] == ["1a", "1b"]
    QTest.keyClick(screen, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    settle(qtbot, ops)
    assert [key for key, side in screen.sides.items() if side.isVisible()] == ["3a", "3b"]
    place = QPoint(int(screen.glance.width() * 5.5 / 6), screen.glance.height() // 2)
    QTest.mouseClick(screen.glance, Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, ops)
    assert [key for key, side in screen.sides.items() if side.isVisible()] == ["6a", "6b"]
    assert screen.glance.height() >= 44
