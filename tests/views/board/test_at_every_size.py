"""What a page and the board's parts do in little room: nothing is cut, and the rows end where they should."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.live.asks import AskAway, AskWords
from desktop.live.events import Ending
from desktop.system.resources import Resources
from desktop.views.ui.look import apply_theme, look
from desktop.views.ui.theme import Density
from tests.views.board.conftest import Put, Stage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = (
    ("lost", "b", Key.Key_O, CTRL), ("vitals", "b", Key.Key_F2, None), ("observe", "a", Key.Key_F6, None),
    ("phase", "a", Key.Key_F8, None), ("missed", "a", Key.Key_B, CTRL), ("discharge", "a", Key.Key_E, CTRL),
    ("dose", "a", Key.Key_D, CTRL), ("note", "a", Key.Key_F7, None), ("scale", "a", Key.Key_S, CTRL),
    ("given", "a", Key.Key_G, CTRL), ("staff", "", Key.Key_I, CTRL), ("away", "a", Key.Key_F10, None),
)  # fmt: skip


def right_edge(part: QWidget, within: QWidget) -> int:
    return part.mapTo(within, QPoint(part.width(), 0)).x()


def opened(put: Put, size: tuple[int, int], who: str, key: Qt.Key, held: Qt.KeyboardModifier | None) -> Stage:
    stage = put("peak", size=size)
    stage.type(who)
    stage.key(key, held or Qt.KeyboardModifier.NoModifier)
    for _ in range(4):
        QApplication.processEvents()
    return stage


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize(("page", "who", "key", "held"), PAGES, ids=[page[0] for page in PAGES])
def test_no_page_is_wider_than_its_place(
    put: Put, qapp: QApplication, resources: Resources, density: Density, page: str, who: str, key: Qt.Key,
    held: Qt.KeyboardModifier | None,
) -> None:  # fmt: skip
    apply_theme(qapp, resources, "light", density)
    stage = opened(put, (1280, 800), who, key, held)
    panel = stage.screen.right.panel
    assert panel.facts is not None
    assert panel.facts.id.split()[0] == page
    buttons = [each for each in panel.findChildren(QPushButton) if each.isVisible()]
    assert buttons
    assert [each.text() for each in buttons if right_edge(each, panel) > panel.width()] == []


def test_the_row_of_actions_ends_where_the_line_above_it_ends(put: Put) -> None:
    stage = put("onset")
    last = [each for each in stage.screen.bar.buttons() if each.isVisible()][-1]
    assert right_edge(last, stage.screen) == right_edge(stage.screen.quick.edit, stage.screen)


@pytest.mark.parametrize("size", [(1366, 768), (1600, 1000), (1280, 800)])
def test_the_chips_fill_their_rows_and_end_where_the_tiles_end(put: Put, size: tuple[int, int]) -> None:
    stage = put("onset", size=size)
    for side in stage.screen.sides.values():
        chips = side.chips.grid.buttons()
        rows = {chip.y() for chip in chips}
        counts = [sum(chip.y() == row for chip in chips) for row in rows]
        assert max(counts) - min(counts) <= 1
        assert max(right_edge(chip, side) for chip in chips) == right_edge(side.tiles, side)


def test_whoever_is_in_the_room_stands_before_the_protocols_name(put: Put) -> None:
    stage = put("onset")
    facts = stage.screen.presenter.core.view
    assert facts is stage.screen
    shown = stage.screen.top._sub
    assert shown.accessibleName().startswith("In the room: MK, IS")


def test_the_page_that_cannot_close_the_session_offers_the_way_there(put: Put) -> None:
    stage = put("onset")
    stage.key(Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    stage.key(Key.Key_2)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.title == "Discharge B"


def test_five_opens_the_persons_own_page_and_one_to_four_end_their_session(put: Put) -> None:
    stage = put("onset")
    stage.type("a")
    stage.ctrl(Key.Key_E)
    stage.key(Key.Key_5)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert "Not entered or not met yet" in facts.note
    stage.key(Key.Key_3)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.id == f"discharge {Ending.LEFT.value}"


def test_a_closed_board_asks_for_nothing_and_offers_no_observation(put: Put) -> None:
    stage = put("closed")
    for side in stage.screen.sides.values():
        assert side.chips.grid.buttons() == ()
        assert not side.due.isVisible()
        assert side.facts is not None
        assert side.facts.phases.dialogue is None
        assert "left" not in side.phases.accessibleName()
    seen = [line.text for line in stage.screen.sides["b"].facts.lines] if stage.screen.sides["b"].facts else []
    assert any(line.startswith("Seen: crying 0:55") for line in seen)


def test_beside_the_dialogue_both_sides_are_whole_in_the_smallest_window(put: Put) -> None:
    stage = put("dialogue")
    for ask in (AskAway("a", "IS"), AskWords("a", "I see you"), AskWords("b", "I see you too")):
        stage.live.record(ask)
    stage.screen.presenter.core.show(stage.live.state)
    for _ in range(4):
        QApplication.processEvents()
    assert len([each for each in stage.screen.sides["a"]._lines if each.isVisible()]) == 3
    people = stage.screen.people
    content = people.widget()
    assert content is not None
    assert content.height() <= people.viewport().height()


def test_the_strips_stand_beside_the_dialogue_where_there_is_room_for_one(
    put: Put, qapp: QApplication, resources: Resources
) -> None:
    apply_theme(qapp, resources, "light", Density.COMFORTABLE)
    stage = put("dialogue", size=(1920, 1080))
    assert stage.screen.coach.isVisible()
    for side in stage.screen.sides.values():
        assert side.strips.roomy()


def test_what_is_chosen_is_edged_in_every_theme_not_only_filled(
    put: Put, qapp: QApplication, resources: Resources
) -> None:
    for theme in ("light", "dark", "night"):
        apply_theme(qapp, resources, theme, Density.COMPACT)
        stage = put("dialogue")
        button = stage.screen.coach.buttons()["mirror"]
        assert button.isChecked()
        edge = button.grab().toImage().pixelColor(button.width() // 2, 0)
        border = QColor(look().theme.accent.border)
        off = sum(abs(one - two) for one, two in zip(edge.getRgb()[:3], border.getRgb()[:3], strict=True))
        assert off < 40, (theme, edge.name(), border.name())
