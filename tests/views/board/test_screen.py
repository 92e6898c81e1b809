"""What the board says, repaints, and gives back; how it stands in every theme and size."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.live.asks import AskVitals
from desktop.services.ports import Resources
from desktop.views.board.demo import STATES, DemoLive
from desktop.views.ui.look import apply_theme
from desktop.views.ui.theme import THEMES, Density
from tests.views.board.conftest import Put, Stage

Key = Qt.Key
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QListView)


def test_an_entry_that_cannot_be_saved_stays_in_the_line_and_the_page_says_what_to_do(
    put: Put,
) -> None:
    stage = put()
    stage.live.full_disk = True
    stage.type("a 128/84")
    stage.enter()
    assert stage.line == "a 128/84"
    said = stage.screen.banner.accessibleName()
    for part in ("could not be saved", "Everything that was shown is saved", "Free some room"):
        assert part in said
    assert stage.focused is stage.screen.quick.edit
    assert not stage.state.people["a"].vitals


def test_a_refusal_leaves_the_text_and_a_later_success_takes_the_message_away(put: Put) -> None:
    stage = put("before")
    stage.type("a - 50 vomited")
    stage.enter()
    assert stage.line == "a - 50 vomited"
    assert stage.screen.banner.isVisible()
    stage.screen.set_line("")
    stage.type("a crying")
    stage.enter()
    assert not stage.screen.banner.isVisible()


def test_what_is_typed_while_an_entry_is_being_saved_is_not_lost(put: Put) -> None:
    stage = put("onset")
    stage.type("a crying")
    stage.screen.entered.emit(stage.line)
    stage.screen.quick.edit.setText("a cryingb 120/80")
    stage.settle()
    assert stage.line == "b 120/80"


def test_a_red_value_asks_for_symptoms_and_for_a_repeat(put: Put) -> None:
    stage = put("onset")
    stage.type("a 204/122 118")
    stage.enter()
    said = stage.screen.banner.accessibleName()
    assert "Symptoms?" in said
    assert "0:48" in said
    stage.screen.banner.buttons()[0].click()
    stage.settle()
    assert "no symptoms" in stage.state.people["a"].notes[-1].text
    assert not stage.screen.banner.isVisible()


def test_a_red_values_question_stays_until_it_is_answered_and_the_next_one_follows(put: Put) -> None:
    stage = put("onset")
    for line in ("a 204/122", "b 210/124", "b crying", "a - 900 vomited"):
        stage.screen.set_line("")
        stage.type(line)
        stage.enter()
    assert "More than was given" in stage.screen.banner.accessibleName()
    stage.screen.banner.buttons()[-1].click()
    assert "A: BP 204/122" in stage.screen.banner.accessibleName()
    stage.screen.banner.buttons()[0].click()
    stage.settle()
    assert "B: BP 210/124" in stage.screen.banner.accessibleName()
    stage.screen.banner.buttons()[-1].click()
    assert not stage.screen.banner.isVisible()


def test_symptoms_open_a_note_about_that_person(put: Put) -> None:
    stage = put("onset")
    stage.type("b 204/122")
    stage.enter()
    stage.screen.banner.buttons()[1].click()
    row = stage.screen.right.panel.field("who").row
    assert row is not None
    assert row.value() == "b"


def test_an_amber_value_asks_nothing_and_is_due_again(put: Put) -> None:
    stage = put("onset")
    stage.type("a 166/90")
    stage.enter()
    assert not stage.screen.banner.isVisible()
    stage.ctrl(Key.Key_R)
    stage.live.now_s += 301
    stage.screen.presenter.tick()
    side = stage.screen.sides["a"].facts
    assert side is not None
    assert side.tiles[0].level == "amber"
    assert (side.due.what, side.due.word) == ("BP again", "due")


def test_reopening_is_said_in_one_line(qtbot: QtBot, resources: Resources) -> None:
    live = DemoLive(resources)
    live.notes = ("Carried on after 2 min 4 s. Every entry that was shown is here.",)
    stage = Stage(qtbot, live)
    assert "Carried on after 2 min 4 s" in stage.screen.banner.accessibleName()
    stage.end()


class Paints(QObject):
    """Counts who is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(type(watched).__name__)
        return False


def test_a_second_repaints_the_clocks_and_nothing_that_did_not_change(put: Put) -> None:
    stage = put("onset")
    stage.settle()
    paints = Paints()
    for widget in stage.screen.findChildren(QWidget):
        widget.installEventFilter(paints)
    state = stage.screen.presenter.core.state
    stage.live.now_s += 1
    stage.screen.presenter.tick()
    QApplication.processEvents()
    assert stage.screen.presenter.core.state is state
    assert "SessionClock" in paints.painted
    assert paints.painted.count("PersonHeader") == 2
    for still in ("VitalsTiles", "VitalsStrips", "RoomyStrips", "ChipButton", "PhaseBar", "EventLog", "ActionButton"):
        assert still not in paints.painted


def test_the_clock_of_the_board_is_read_again_every_second(put: Put) -> None:
    stage = put("onset")
    stage.live.now_s = 3661
    stage.screen.presenter.tick()
    assert "1 h 1 min" in stage.screen.top.clock.accessibleName()


def test_the_clock_stands_still_once_the_session_is_closed(put: Put) -> None:
    stage = put("closed")
    before = stage.screen.top.clock.accessibleName()
    stage.live.now_s += 9999
    stage.screen.presenter.tick()
    assert stage.screen.top.clock.accessibleName() == before


@pytest.mark.parametrize("state", [*STATES])
@pytest.mark.parametrize("theme", THEMES)
def test_every_state_stands_in_1366_by_768_in_every_theme(
    put: Put, qapp: QApplication, resources: Resources, state: str, theme: str
) -> None:
    apply_theme(qapp, resources, theme, Density.COMPACT)
    stage = put(state)
    need = stage.screen.minimumSizeHint()
    assert need.width() <= 1366
    assert need.height() <= 768
    assert not stage.screen.grab().isNull()


def test_a_theme_is_put_on_without_a_restart_and_the_shell_is_told(
    put: Put, qapp: QApplication, resources: Resources
) -> None:
    stage = put("peak")
    stage.screen.top.themes["night"].click()
    assert stage.told == [("theme", "night")]
    apply_theme(qapp, resources, "night", Density.COMPACT)
    picture = stage.screen.grab().toImage()
    corner = picture.pixelColor(2, 2)
    assert (corner.red(), corner.green(), corner.blue()) == (0, 0, 0)


def test_lock_is_the_shells(put: Put) -> None:
    stage = put("onset")
    stage.screen.top.lock.click()
    assert stage.told == [("lock", None)]


@pytest.mark.parametrize("state", ["before", "dialogue", "closed"])
def test_every_control_has_a_name_for_screen_readers(put: Put, state: str) -> None:
    stage = put(state)
    nameless = [
        type(widget).__name__ for widget in stage.screen.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not widget.accessibleName()
    ]
    assert not nameless


@pytest.mark.parametrize("panel", ["vitals:a", "dose:a", "given:a", "scale:b", "note", "discharge:a", "room"])
def test_every_field_of_a_panel_has_a_name_for_screen_readers(put: Put, panel: str) -> None:
    stage = put("peak")
    stage.screen.acted.emit(panel)
    nameless = [
        type(widget).__name__ for widget in stage.screen.right.panel.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not widget.accessibleName()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert not nameless


def walk(stage: Stage) -> set[QWidget]:
    """Everything that Tab comes by, from the quick line on."""
    stage.screen.focus_line()
    seen: list[QWidget] = []
    while stage.focused not in seen:
        seen.append(stage.focused)
        stage.screen.focusNextChild()
        assert len(seen) < 400
    return set(seen)


@pytest.mark.parametrize("state", ["onset", "dialogue"])
def test_tab_reaches_every_control(put: Put, state: str) -> None:
    stage = put(state)
    reached = walk(stage)
    reachable = {
        widget for widget in stage.screen.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
    }
    assert not {widget.accessibleName() or type(widget).__name__ for widget in reachable - reached}
    names = {widget.accessibleName() for widget in reached}
    assert "Log of the session" in names
    assert stage.screen.quick.edit in reached


def test_no_word_on_the_board_suggests_that_sound_is_kept_or_that_the_clock_pauses(put: Put) -> None:
    words: list[str] = []
    for state in STATES:
        stage = put(state)
        stage.screen.acted.emit("more")
        words += [widget.accessibleName() for widget in stage.screen.findChildren(QWidget)]
        words += [button.text() for button in stage.screen.findChildren(QAbstractButton)]
    said = " ".join(words).casefold()
    for word in ("recording", "record ", "pause", "playback", "microphone"):
        assert word not in said


def test_two_identifiers_stand_on_the_board_and_on_every_panel_about_a_person(put: Put) -> None:
    stage = put("peak")
    for key, name, born in (("a", "Łukasz Wiśniewski", "1984-05-01"), ("b", "Nguyễn Thị Phượng", "1986-11-23")):
        assert name in stage.screen.sides[key].header.accessibleName()
        assert born in stage.screen.sides[key].header.accessibleName()
        for panel in ("vitals", "dose", "lost", "given", "discharge", "checks"):
            stage.screen.acted.emit(f"{panel}:{key}")
            facts = stage.screen.right.panel.facts
            assert facts is not None
            assert facts.person is not None
            assert (facts.person.name, facts.person.born) == (name, born)


def test_a_person_alone_has_both_places_and_is_never_asked_whose(put: Put) -> None:
    stage = put("", alone=True)
    assert list(stage.screen.sides) == ["a"]
    stage.key(Key.Key_F2)
    assert stage.screen.right.panel_open
    assert not stage.screen.quick.strip.isVisible()
    names = [button.facts.id for button in stage.screen.bar.buttons()]
    assert "move" not in names
    assert "dialogue" not in names
    assert stage.screen.sides["a"].width() > stage.screen.right.width() * 2


def test_the_palette_offers_everything_once_for_each_person(put: Put) -> None:
    stage = put("onset")
    titles = {entry.key: entry.title for entry in stage.screen.commands()}
    assert titles["vitals:a"] == "Vitals: A"
    assert titles["discharge:b"] == "Discharge: B"
    assert "round" in titles
    stage.screen.act("vitals:b")
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.person is not None
    assert facts.person.letter == "B"


def test_a_closed_board_offers_nothing_to_the_palette(put: Put) -> None:
    stage = put("closed")
    assert stage.screen.commands() == ()
    stage.screen.act("round")
    stage.settle()
    assert stage.state.closed


def test_the_board_and_its_panels_are_freed_on_close(qtbot: QtBot, put: Put) -> None:
    stage = put("peak")
    screen = stage.screen
    for panel in ("vitals:a", "dose:b", "note"):
        screen.acted.emit(panel)
    inside = screen.right.panel
    screen.close()
    screen.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(screen)
    assert not shiboken6.isValid(inside)


def test_an_entry_that_comes_back_after_the_board_is_gone_harms_nothing(put: Put) -> None:
    stage = put("onset")
    stage.screen.presenter.core.keep((AskVitals("a", 120, 80),))
    stage.screen.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    stage.settle()
    assert stage.state.people["a"].vitals[-1].bp == "120/80"


def test_both_sides_stay_level_whatever_stands_on_them(put: Put) -> None:
    stage = put("peak", size=(1600, 1000))
    a, b = stage.screen.sides["a"], stage.screen.sides["b"]
    assert a.facts is not None
    assert b.facts is not None
    assert [line.icon for line in a.facts.lines] != [line.icon for line in b.facts.lines]
    for part in ("header", "phases", "due", "tiles", "strips", "chips"):
        assert getattr(a, part).y() == getattr(b, part).y()
    assert a.facts.strips.until_s == b.facts.strips.until_s


def test_the_other_persons_facts_are_untouched_by_an_entry(put: Put) -> None:
    stage = put("onset")
    before = stage.screen.sides["b"].facts
    assert before is not None
    stage.type("a 120/80 70 98 14")
    stage.enter()
    after = stage.screen.sides["b"].facts
    assert after is not None
    assert replace(after, due=before.due, strips=before.strips) == replace(before, due=before.due, strips=before.strips)
