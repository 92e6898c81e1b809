"""Touch and the safe signal: what the card says now, one key that stops it, and never more than before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.live.asks import AskPhase, AskTouch
from desktop.live.events import TouchLevel
from desktop.services.care_words import touch_words
from desktop.system.resources import Resources
from desktop.views.board.demo import DemoLive, demo_live
from desktop.views.board.shown_safety import TouchFacts
from desktop.views.board.touchfacts import touch_of
from desktop.views.ui.theme import Tone
from tests.views.board.conftest import Put

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def card(live: DemoLive, who: str = "a") -> TouchFacts:
    return touch_of(live.state, live.state.people[who], live.now().ms, touch_words(Resources()))


def may(facts: TouchFacts, who: str, place: str) -> str:
    row = next(row for row in facts.rows if row.who == who)
    return next((cell.may for cell in row.cells if cell.place == place), "no")


def test_the_card_reads_for_the_state_that_was_marked_else_for_the_clock_and_says_so(resources: Resources) -> None:
    live = demo_live(resources, "before")
    assert card(live).state == "awake"
    assert may(card(live), "partner", "being held") == "yes"
    live = demo_live(resources, "peak")
    assert card(live).state == "coming back, by the clock"
    live.record(AskPhase("a", "peak"))
    assert card(live).state == "at the peak"
    assert may(card(live), "partner", "being held") == "ask"


def test_less_touch_turns_yes_into_ask_and_all_but_the_hand_into_no(resources: Resources) -> None:
    live = demo_live(resources, "peak")
    live.record(AskTouch("a", "ask"))
    assert may(card(live), "partner", "hand") == "ask"
    live.record(AskTouch("a", "hands"))
    assert (may(card(live), "therapist", "hand"), may(card(live), "therapist", "shoulder")) == ("ask", "no")
    live.record(AskTouch("a", "none"))
    assert {cell.may for row in card(live).rows for cell in row.cells} == {"no"}
    assert card(live).tone is Tone.RED
    assert card(live, "b").tone is Tone.GREEN


def test_a_place_alone_is_narrowed_and_the_others_stay(resources: Resources) -> None:
    live = demo_live(resources, "peak")
    live.record(AskTouch("a", "none", "hold"))
    facts = card(live)
    assert may(facts, "partner", "being held") == "no"
    assert may(facts, "partner", "hand") == "yes"
    assert any(cell.narrowed for row in facts.rows for cell in row.cells)
    assert "cuff, airway, a fall" in facts.safety


def test_the_safe_signal_is_one_key_and_ends_touch_and_dialogue_of_that_person_only(put: Put) -> None:
    stage = put("dialogue")
    stage.key(Key.Key_B, ALT)
    assert stage.keys == 1
    people = stage.state.people
    assert (people["b"].touch, people["a"].touch) == (TouchLevel.NONE, TouchLevel.PLANNED)
    assert stage.state.room.dialogue.step is None
    assert not stage.screen.coach.isVisible()
    side = stage.screen.sides["b"]
    assert "No touch since 1:56: safe signal" in side.touch.view.accessibleName()
    assert stage.focused is stage.screen.quick.edit


def test_the_safe_signal_is_one_touch_on_the_persons_own_side(put: Put) -> None:
    stage = put("peak")
    button = stage.screen.sides["a"].touch.signal
    assert button.height() >= 44
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.state.people["a"].touch is TouchLevel.NONE
    assert stage.state.people["b"].safe_signals == ()


def test_touch_is_made_less_with_two_keys_and_more_is_refused_with_a_kind_sentence(put: Put) -> None:
    stage = put("peak")
    stage.type("a")
    stage.key(Key.Key_T, ALT)
    stage.type("2")
    stage.settle()
    assert stage.state.people["a"].touch is TouchLevel.HANDS
    stage.type("a")
    stage.key(Key.Key_T, ALT)
    stage.type("1")
    stage.settle()
    assert stage.state.people["a"].touch is TouchLevel.HANDS
    said = " ".join(each.text() for each in stage.screen.banner.findChildren(QLabel))
    assert "only narrowed" in said
    assert "asked again on another day" in said


def test_words_of_each_person_are_stamped_with_one_key_and_listed_until_they_are_written(put: Put) -> None:
    stage = put("peak")
    shift = Qt.KeyboardModifier.ShiftModifier
    stage.key(Key.Key_F6, shift)
    assert stage.keys == 1
    stamped = stage.state.people["b"].words[-1]
    assert (stamped.text, stamped.at_ms) == ("", stage.live.now().ms)
    stage.key(Key.Key_Escape)
    stage.key(Key.Key_W, Qt.KeyboardModifier.ControlModifier | shift)
    facts = stage.screen.right.panel.facts
    assert facts is not None
    assert facts.fields[0].options[0][1].startswith("1:18  B")
    stage.type("1")
    stage.settle()
    stage.type("I am here")
    stage.enter()
    assert stage.state.people["b"].words[-1].text == "I am here"
    assert stage.state.people["b"].words[-1].at_ms == stamped.at_ms
