"""Plain parts: buttons, cards, empty places, messages, questions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.views.ui.banner import CLOSE, Banner, banner_of, notice
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, Sign
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.facts import BannerFacts, Table
from desktop.views.ui.look import look
from desktop.views.ui.tables import show_table
from desktop.views.ui.theme import Density, Tone
from tests.views.ui.conftest import Dress
from tests.views.ui.hands import gone, opened

KEY = Qt.Key


def test_a_button_has_a_name_a_key_and_an_icon_in_every_state(dress: Dress, qtbot: QtBot) -> None:
    button = PrimaryButton("Save", "check", key="Ctrl+S")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Save"
    assert "Ctrl+S" in button.toolTip()
    on = button.icon().pixmap(24, 24).toImage()
    button.setEnabled(False)
    assert button.icon().pixmap(24, 24).toImage() != on
    button.setEnabled(True)
    button.say("Save again")
    assert button.accessibleName() == "Save again"
    button.show()
    dress("dark", Density.COMPACT)
    assert button.icon().pixmap(24, 24).toImage() != on


@pytest.mark.parametrize("kind", ["", "quiet", "danger", "rail"])
def test_buttons_of_every_kind_keep_their_size_when_they_are_focused(kind: str, qtbot: QtBot) -> None:
    button = Button("Undo", "undo-2", kind=kind)
    off = Button("Undo", "undo-2", kind=kind)
    off.setEnabled(False)
    qtbot.addWidget(off)
    off.show()
    opened(qtbot, button)
    plain = button.sizeHint()
    button.setFocus()
    assert button.hasFocus()
    assert button.sizeHint() == plain
    assert plain.height() >= look().sizes.control


def test_an_empty_place_teaches_and_offers_one_button(qtbot: QtBot) -> None:
    begun: list[int] = []
    text = "A couple is a record of its own."
    place = EmptyState("users", "No couples yet", text, "Make a couple", lambda: begun.append(1))
    qtbot.addWidget(place)
    place.show()
    assert place.button is not None
    qtbot.mouseClick(place.button, Qt.MouseButton.LeftButton)
    assert begun == [1]
    bare = EmptyState("users", "Nothing yet", "It fills by itself.")
    qtbot.addWidget(bare)
    assert bare.button is None


def test_a_card_takes_the_margins_of_its_density(dress: Dress, qtbot: QtBot) -> None:
    card = Card(title="Log")
    qtbot.addWidget(card)
    card.show()
    narrow = card.lines.contentsMargins().left()
    dress("light", Density.COMFORTABLE)
    assert card.lines.contentsMargins().left() > narrow
    assert card.accessibleName() == "Log"


def test_a_sign_is_tinted_anew(dress: Dress, qtbot: QtBot) -> None:
    sign = Sign("info", Tone.RED)
    qtbot.addWidget(sign)
    sign.show()
    red = sign.pixmap().toImage()
    sign.show_sign("info", Tone.GREEN)
    assert sign.pixmap().toImage() != red
    dress("dark", Density.COMPACT)
    assert sign.pixmap().toImage() != red


def test_a_message_says_what_happened_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_banner(banner_of(Known("The disk is full.", "Nothing was changed.", "Free some room.")))
    assert banner.isVisible()
    assert banner.accessibleName() == "The disk is full. Nothing was changed. Free some room."
    assert banner.property("tone") == "amber"
    banner.show_banner(None)
    assert not banner.isVisible()


def test_a_message_is_answered_by_its_buttons_and_never_takes_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    line, banner = QLineEdit(page), Banner(page)
    opened(qtbot, page)
    line.setFocus()
    chosen: list[str] = []
    banner.chosen.connect(chosen.append)
    actions = (("none", "No symptoms"), ("some", "Symptoms"))
    facts = BannerFacts(Tone.AMBER, "Take it again.", actions=actions, closable=True)
    banner.show_banner(facts)
    assert line.hasFocus()
    for button in banner.buttons():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen == ["none", "some", CLOSE]
    first = banner.buttons()[0]
    banner.show_banner(facts)
    assert banner.buttons()[0] is first
    banner.show_banner(facts._replace(actions=()))
    gone(qtbot, first)


def test_a_notice_carries_its_words(qtbot: QtBot) -> None:
    made = notice(Tone.GREEN, "The archive is whole.")
    qtbot.addWidget(made)
    assert "The archive is whole." in [label.text() for label in made.findChildren(QLabel)]


def test_a_question_opens_without_stopping_and_is_freed_when_it_is_answered(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    agreed: list[int] = []
    for answer in ("Strike", "Cancel"):
        dialog = ask(Question(page, "Strike this entry?", "It stays visible.", "Strike"), lambda: agreed.append(1))
        button = next(each for each in dialog.findChildren(Button) if each.text() == answer)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        gone(qtbot, dialog)
    assert agreed == [1]
    assert page.findChildren(QDialog) == []


def test_enter_never_chooses_what_destroys(qtbot: QtBot) -> None:
    page = QWidget()
    opened(qtbot, page)
    agreed: list[int] = []
    dialog = ask(Question(page, "Leave?", "What was typed is lost.", "Leave", danger=True), lambda: agreed.append(1))
    qtbot.keyClick(dialog, KEY.Key_Return)
    gone(qtbot, dialog)
    assert agreed == []


def test_an_empty_table_can_be_shown_too(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    dialog = show_table(page, Table("Nothing", ("Time",), ()))
    dialog.close()
    gone(qtbot, dialog)
