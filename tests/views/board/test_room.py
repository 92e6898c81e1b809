"""How the board stands in a low or narrow window: nothing that opens on it ever makes the window higher."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.protocol import GateOn
from desktop.live.asks import AskCheck
from desktop.live.events import Ending
from desktop.services.ports import Resources
from desktop.views.board.numpad import NumberPad
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import apply_theme
from desktop.views.ui.theme import Density, Tone
from tests.views.board.conftest import Put, Stage

LAPTOP = (1366, 744)
NOTICE = BannerFacts(Tone.AMBER, "The disk is full.", "All is saved.", "Free some room, then go on.", closable=True)


def inside(stage: Stage, part: QWidget) -> bool:
    """Whether the whole of a part is within the board."""
    corner = part.mapTo(stage.screen, QPoint(0, 0))
    return corner.y() >= 0 and corner.y() + part.height() <= stage.screen.height() and part.isVisible()


def calm() -> None:
    """Until every layout has settled."""
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("ending", [Ending.MET, Ending.PRESCRIBER, Ending.LEFT, Ending.TRANSFERRED])
def test_a_notice_a_dialogue_and_every_discharge_page_stay_inside_a_laptop(
    put: Put, qapp: QApplication, resources: Resources, density: Density, ending: Ending
) -> None:
    apply_theme(qapp, resources, "light", density)
    stage = put("dialogue", size=LAPTOP)
    stage.screen.show_banner(NOTICE)
    stage.screen.acted.emit("discharge:a")
    stage.screen.panel_saved.emit({"ending": ending.value})
    stage.settle()
    calm()
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.id == f"discharge {ending.value}"
    assert stage.screen.minimumSizeHint().height() <= 700
    assert stage.screen.height() == LAPTOP[1]
    assert stage.screen.right.panel.save is not None
    for part in (stage.screen.quick.edit, stage.screen.bar, stage.screen.banner, stage.screen.right.panel.save):
        assert inside(stage, part)


@pytest.mark.parametrize("panel", ["lost:a", "dose:a", "vitals:a", "given:a", "checks:a", "room", "staff", "close"])
def test_no_page_raises_the_least_height_of_the_board(put: Put, panel: str) -> None:
    stage = put("dialogue", size=LAPTOP)
    stage.screen.show_banner(NOTICE)
    stage.screen.acted.emit(panel)
    calm()
    assert stage.screen.right.panel_open
    assert stage.screen.minimumSizeHint().height() <= 700


def test_a_question_moves_nothing_on_the_board(put: Put) -> None:
    stage = put("onset", size=LAPTOP)
    calm()
    parts = (stage.screen.people, stage.screen.quick, *(side.strips for side in stage.screen.sides.values()))
    before = [part.geometry() for part in parts]
    stage.screen.acted.emit("vitals")
    calm()
    assert stage.screen.quick.strip.isVisible()
    assert [part.geometry() for part in parts] == before


def test_every_reason_for_a_loss_and_the_number_pad_are_in_sight_together(put: Put) -> None:
    stage = put("onset", size=LAPTOP)
    stage.screen.acted.emit("lost:a")
    calm()
    panel = stage.screen.right.panel
    row = panel.field("why").row
    assert row is not None
    assert isinstance(panel.pad, NumberPad)
    for part in (*row.buttons(), panel.pad):
        assert part.visibleRegion().boundingRect() == part.rect()


def test_the_clock_on_a_page_goes_on_with_the_boards(put: Put) -> None:
    stage = put("onset")
    stage.screen.acted.emit("dose:a")
    header = stage.screen.right.panel.person
    assert header is not None
    before = header.accessibleName()
    stage.live.now_s += 300
    stage.screen.presenter.tick()
    assert header.accessibleName() == stage.screen.sides["a"].header.accessibleName() != before


def test_the_strips_and_all_of_the_dialogue_stand_in_a_narrow_window(put: Put) -> None:
    stage = put("onset", size=(936, 676))
    calm()
    assert all(side.strips.roomy() for side in stage.screen.sides.values())
    talking = put("dialogue", size=(936, 676))
    calm()
    screen = talking.screen
    assert screen.width() == 936
    for step in screen.coach.buttons().values():
        right = step.mapTo(screen.people, QPoint(step.width(), 0)).x()
        assert right <= screen.people.width()


def test_a_chip_that_the_phase_does_not_show_is_still_said_on_the_persons_side(put: Put) -> None:
    stage = put("onset")
    stage.type("b crying")
    stage.enter()
    facts = stage.screen.sides["b"].facts
    assert facts is not None
    assert "crying" not in {chip.key for chip in facts.chips}
    assert any("crying" in line.text for line in facts.lines)


def test_the_checks_before_the_dose_count_down_on_the_board(put: Put) -> None:
    stage = put("")

    def said() -> str:
        facts = stage.screen.sides["a"].facts
        assert facts is not None
        return next(line.text for line in facts.lines if line.text.startswith("Before the dose"))

    before = said()
    gate = stage.state.protocol.gates_on(GateOn.DOSE)[0]
    count = len(stage.state.protocol.gates_on(GateOn.DOSE))
    stage.live.record(AskCheck(gate.key, "yes", "a"))
    stage.screen.presenter.core.show(stage.live.state)
    assert (before.count(str(count)), said().count(str(count - 1))) == (1, 1)


def test_the_coach_waits_for_a_person_who_is_out_of_the_room(put: Put) -> None:
    stage = put("dialogue")
    stage.type("b away")
    stage.enter()
    name = stage.screen.coach.accessibleName()
    assert name == "Dialogue waits: B is out of the room"
