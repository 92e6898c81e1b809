"""The audit screen: what it decides, and with real widgets on a real trail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Owner
from desktop.domain.records import Act, AuditState
from desktop.services import audit_trail
from desktop.views.audit.presenter import AuditPresenter, verdict
from desktop.views.audit.view import AuditScreen
from desktop.views.audit.words import act_words, detail_words, subject_words
from desktop.views.ui.look import apply_theme, look
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Density, Tone
from tests.kit import ANNA, BEN, PAUL, RESOURCES, House
from tests.views.audit.ways import OUT
from tests.views.hands import Hands, Noted, opened, settle


def presenter(home: House) -> tuple[AuditPresenter, Noted]:
    view = Noted()
    return AuditPresenter(home.desk(), Hands(), view), view


def test_the_newest_line_stands_first_with_who_did_what_on_what(home: House) -> None:
    made, view = presenter(home)
    made.begin()
    rows, total, _ = view.last("show_lines")
    assert [row.number for row in rows] == list(range(total, 0, -1))
    first = (rows[0].who, rows[0].act, rows[0].subject, rows[0].owner)
    assert first == ("Mara Köhler", "made", "a couple", "what a couple shares")


def test_the_trail_names_no_client(home: House) -> None:
    made, view = presenter(home)
    made.begin()
    text = repr(view.last("show_lines")[0])
    assert ANNA.name not in text
    assert BEN.name not in text


def test_a_whole_trail_is_said_to_be_whole(home: House) -> None:
    made, view = presenter(home)
    made.verify()
    (facts,) = [values[0] for told, values in view.said if told == "show_banner" and values[0] is not None]
    assert facts.tone is Tone.GREEN
    assert "whole" in facts.what


def test_a_trail_that_was_altered_says_from_which_line_and_what_to_do(home: House) -> None:
    home.sql("DROP TRIGGER audit_written")
    home.sql("UPDATE audit SET detail = 'other' WHERE number = 3")
    made, view = presenter(home)
    made.verify()
    facts = view.last("show_banner")[0]
    assert facts.tone is Tone.RED
    assert "line 3" in facts.what
    assert facts.next_step


def test_the_verdict_counts_one_line_as_one() -> None:
    assert "1 line," in verdict(AuditState(1, "ab")).what


def test_the_filter_holds_every_word_whatever_the_accents(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = AuditScreen(home.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.filter.setText("kohler order")
    qtbot.waitUntil(lambda: {row.subject for row in screen.table.rows.rows()} == {"an order"})
    screen.filter.setText("zzz")
    qtbot.waitUntil(lambda: not screen.table.rows.rows())


def test_each_visit_is_a_line_and_shows_what_happened_meanwhile(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = AuditScreen(home.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    before = len(screen.table.rows.rows())
    with home.store.write() as unit:
        desk = home.desk()
        unit.audit(desk.line(Act.VIEW, "practice", desk.store.practice_id, Owner.practice(desk.store.practice_id)))
    screen.show_part(None)
    settle(qtbot, ops)
    rows = screen.table.rows.rows()
    assert len(rows) == before + 2
    assert (rows[0].act, rows[0].subject) == ("viewed", "the audit trail")


def test_who_is_no_owner_is_told_who_may_read_it_and_finds_no_button(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = AuditScreen(home.desk(PAUL), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    said = " ".join(each.text() for each in screen.findChildren(QLabel) if each.isVisible())
    assert "Only owners of the practice read it: Mara Köhler, Otto Lund." in said
    assert not screen.verify.isVisible()
    assert not screen.table.isVisible()
    assert not screen.banner.isVisible()


def test_what_was_done_is_said_in_words_and_not_in_codes(home: House) -> None:
    desk = home.desk()
    owner = Owner.client(ANNA.id)
    with home.store.write() as unit:
        unit.audit(desk.line(Act.PRINT, "worksheet", "s", owner, "after-medicine-keep, copy a"))
        unit.audit(desk.line(Act.PRINT, "flowsheet", "s", owner, "copy b"))
        unit.audit(desk.line(Act.VIEW, "client", ANNA.id, owner, "page"))
    made, view = presenter(home)
    made.begin()
    rows = view.last("show_lines")[0][:3]
    assert [row.detail for row in rows] == [
        "the whole page", "B's own copy", "After a medicine session: A's own copy",
    ]
    assert {row.owner for row in rows} == {"one person's record"}


@pytest.mark.parametrize(("kept", "said"), [
    ("copy 3a", "3A's own copy"), ("copy 3", "copy for couple 3"), ("copy clinic", "the clinic's own copy"),
    ("copy clinic-3", "the clinic's own copy of couple 3"), ("copy both", "copy for both"), ("card", "for the wall"),
])  # fmt: skip
def test_whose_copy_a_paper_was_is_said_in_words(kept: str, said: str) -> None:
    assert detail_words(kept, {}) == said


def test_every_detail_that_the_services_keep_has_words() -> None:
    kept: set[str] = set()
    for file in Path(audit_trail.__file__).parent.glob("*.py"):
        kept |= set(re.findall(r"desk\.line\([^\n]*, \"([a-z ]+)\"\)", file.read_text("utf-8")))
    assert {"page", "entries", "withdrawn"} <= kept
    assert all(detail_words(each, {}) != each for each in kept - {"withdrawn"})


@pytest.mark.parametrize(("kept", "said"), [
    ("asked 3 places 1 of 2", "number 3, at 1 of 2 places; somebody asked for it"),
    ("close 12 places 1 of 1", "number 12, at 1 of 1 places; before the practice was closed"),
    ("schedule failed missing_place place_full", "failed at every place; it was due"),
    ("verified 3", "number 3"), ("drill 3", "number 3, tried out"), ("thinned 4", "4 older ones removed"),
    ("place forgotten", "a place was forgotten"),
])  # fmt: skip
def test_what_was_done_with_archives_is_said_in_words(kept: str, said: str) -> None:
    assert detail_words(kept, {}) == said
    assert subject_words("archive") == "an archive"


def test_a_passphrase_set_with_the_kit_is_not_said_to_be_opened_from_custody() -> None:
    assert (act_words(Act.CUSTODY), subject_words("kit")) == ("opened with the kit", "the recovery kit")


def test_what_is_not_known_here_stands_as_it_was_kept() -> None:
    assert detail_words("12 characters, 3 found", {}) == "12 characters, 3 found"
    assert detail_words("new-sheet, copy both", {}) == "new sheet: copy for both"
    assert subject_words("some-thing") == "some thing"


def test_work_with_archives_is_said_in_words() -> None:
    assert detail_words("asked 3 places 1 of 2", {}) == "number 3, at 1 of 2 places; somebody asked for it"
    assert detail_words("drill 3", {}) == "number 3, tried out"
    assert detail_words("thinned 2", {}) == "2 older ones removed"
    assert subject_words("kit") == "the recovery kit"


def test_where_no_line_fits_it_is_said_and_everything_is_one_button_away(
    qtbot: QtBot, ops: Ops, home: House
) -> None:
    screen = AuditScreen(home.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.filter.setText("zzz")
    qtbot.waitUntil(screen.none.isVisible)
    assert not screen.table.isVisible()
    assert screen.none.button is not None
    screen.none.button.click()
    qtbot.waitUntil(screen.table.isVisible)
    assert not screen.none.isVisible()
    assert screen.filter.text() == ""


def test_beside_a_panel_the_page_still_fits_a_small_screen_at_its_largest(
    qtbot: QtBot, ops: Ops, home: House, qapp: QApplication
) -> None:
    apply_theme(qapp, RESOURCES, "light", Density.COMFORTABLE)
    screen = AuditScreen(home.desk(), ops, OUT)
    opened(qtbot, screen, 1280 - int(look().sizes.ring * 2.5), 800)
    settle(qtbot, ops)
    screen.report.click()
    settle(qtbot, ops)
    assert screen.width() == 1280 - int(look().sizes.ring * 2.5)
    assert screen.panel.geometry().right() < screen.width()
    assert screen.bar.field("owner").y() > screen.bar.field("member").y()
    screen.panel.empty()
    qtbot.waitUntil(lambda: screen.bar.field("owner").y() == screen.bar.field("member").y())


def test_a_check_asked_for_looks_at_the_index_of_words_too(home: House) -> None:
    home.sql("INSERT INTO note_words (rowid, text) VALUES (99, 'nothing')")
    made, view = presenter(home)
    made.verify()
    assert "index of the words" in view.last("show_banner")[0].safe
