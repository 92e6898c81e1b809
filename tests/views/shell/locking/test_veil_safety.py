"""Safety under the veil: one key each, the card without a name, the sheet on paper within two seconds of its key."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from desktop.live.events import TouchLevel
from desktop.services.audit_trail import newest_lines
from desktop.services.ports import Why
from desktop.views.paper.presenter import PRINT_DPI
from desktop.views.paper.printing import printer_for
from tests.kit import ANNA, BEN
from tests.views.hands import focused, pressed, settle, tabbed, written
from tests.views.shell.locking.evening import Evening, spoken
from tests.views.shell.locking.test_veil import Veiled

ALT = Qt.KeyboardModifier.AltModifier
NAMES = tuple(part for client in (ANNA, BEN) for part in client.name.split())


@pytest.fixture
def veiled(evening: Evening) -> Veiled:
    return Veiled(evening)


def alt(veiled: Veiled, key: Qt.Key) -> None:
    pressed(key, ALT)
    settle(veiled.evening.qtbot, veiled.evening.ops)


def test_the_safe_signal_is_one_key_or_one_touch_left_or_right_and_names_nobody(veiled: Veiled) -> None:
    alt(veiled, Qt.Key.Key_B)
    assert veiled.live.state.people["b"].touch is TouchLevel.NONE
    assert veiled.live.state.people["a"].touch is TouchLevel.PLANNED
    left = veiled.veil.safety.buttons["safe:a"]
    assert left.facts.title == "Left: safe signal"
    QTest.mouseClick(left, Qt.MouseButton.LeftButton)
    settle(veiled.evening.qtbot, veiled.evening.ops)
    assert veiled.live.state.people["a"].touch is TouchLevel.NONE
    assert not any(name in spoken(veiled.evening.window) for name in NAMES)


def test_the_emergency_outranks_the_veil_its_card_names_nobody_and_digits_tick(veiled: Veiled) -> None:
    before = len(veiled.live.state.entries)
    alt(veiled, Qt.Key.Key_E)
    pressed(Qt.Key.Key_Escape)
    pressed(Qt.Key.Key_A)
    assert veiled.veil.line.text() == "a"
    assert len(veiled.live.state.entries) == before
    pressed(Qt.Key.Key_Escape)
    alt(veiled, Qt.Key.Key_E)
    pressed(Qt.Key.Key_A)
    settle(veiled.evening.qtbot, veiled.evening.ops)
    card = veiled.veil.safety.card
    assert card.isVisible()
    assert focused() is card
    pressed(Qt.Key.Key_1)
    settle(veiled.evening.qtbot, veiled.evening.ops)
    alt(veiled, Qt.Key.Key_2)
    alarm = veiled.live.state.people["a"].emergency
    assert alarm is not None
    assert [step for step, _, _ in alarm.steps] == ["call", "airway"]
    said = spoken(veiled.evening.window)
    assert not any(name in said for name in NAMES)
    assert not card.show_it.isVisible()
    assert not card.facts_view.isVisible()
    began = time.perf_counter()
    pressed(Qt.Key.Key_B)
    assert focused() is veiled.veil.line
    written(" 131/84")
    pressed(Qt.Key.Key_Return)
    settle(veiled.evening.qtbot, veiled.evening.ops)
    assert time.perf_counter() - began < 3.0
    assert veiled.live.state.people["b"].vitals[-1].systolic == 131


def test_the_first_sheet_is_on_paper_two_seconds_after_its_key_and_a_missing_printer_is_said(
    veiled: Veiled, tmp_path: Path
) -> None:
    sheets: list[Path] = []

    def onto_file(size: str) -> QPrinter:
        made = printer_for(size, PRINT_DPI)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        sheets.append(tmp_path / f"sheet{len(sheets)}.pdf")
        made.setOutputFileName(str(sheets[-1]))
        return made

    alt(veiled, Qt.Key.Key_E)
    pressed(Qt.Key.Key_A)
    settle(veiled.evening.qtbot, veiled.evening.ops)
    veiled.host.printing["printer"] = onto_file
    began = time.perf_counter()
    alt(veiled, Qt.Key.Key_H)
    took = time.perf_counter() - began
    assert len(sheets) == 1
    assert sheets[0].stat().st_size > 10_000
    assert took < 2.0
    assert veiled.veil.said.text() == "The hand-over sheet is with the printer."
    assert not any(name in spoken(veiled.evening.window) for name in NAMES)
    assert any(line.entry.subject_kind == "handover" for line in newest_lines(veiled.evening.desk, 20))
    veiled.host.printing.clear()
    alt(veiled, Qt.Key.Key_H)
    assert "knows no printer" in veiled.veil.said.text()
    assert veiled.veil.safety.card.isVisible()


def test_a_veil_that_is_drawn_in_an_emergency_shows_the_card_and_tab_reaches_every_key(evening: Evening) -> None:
    veiled = Veiled(evening)
    veiled.prove("four plain words do well")
    board = veiled.board
    board.presenter.acted("emergency:b")
    settle(evening.qtbot, evening.ops)
    evening.locking.away(Why.DESKTOP)
    settle(evening.qtbot, evening.ops)
    veil = veiled.veil
    assert veil.safety.card.isVisible()
    reached = tabbed(evening.window)
    for each in (*veil.safety.buttons.values(), *veil.safety.card.buttons().values(), veil.lift):
        assert id(each) in reached, each.accessibleName()
