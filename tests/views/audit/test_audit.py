"""The audit screen: what it decides, and with real widgets on a real trail."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.domain.audience import Owner
from desktop.domain.records import Act, AuditState
from desktop.views.audit.presenter import AuditPresenter, verdict
from desktop.views.audit.view import AuditScreen
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Tone
from tests.kit import ANNA, BEN, PAUL, House
from tests.views.hands import Hands, Noted, opened, settle


def presenter(home: House) -> tuple[AuditPresenter, Noted]:
    view = Noted()
    return AuditPresenter(home.desk(), Hands(), view), view


def test_the_newest_line_stands_first_with_who_did_what_on_what(home: House) -> None:
    made, view = presenter(home)
    made.begin()
    rows, total = view.last("show_lines")
    assert [row.number for row in rows] == list(range(total, 0, -1))
    assert (rows[0].who, rows[0].act, rows[0].subject, rows[0].owner) == ("Mara Köhler", "made", "couple", "a couple's")


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
    screen = AuditScreen(home.desk(), ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.filter.setText("kohler order")
    assert {row.subject for row in screen.table.rows.rows()} == {"order"}
    screen.filter.setText("zzz")
    assert not screen.table.rows.rows()


def test_each_visit_shows_what_happened_meanwhile(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = AuditScreen(home.desk(), ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    before = len(screen.table.rows.rows())
    with home.store.write() as unit:
        desk = home.desk()
        unit.audit(desk.line(Act.VIEW, "practice", desk.store.practice_id, Owner.practice(desk.store.practice_id)))
    screen.show_part(None)
    settle(qtbot, ops)
    assert len(screen.table.rows.rows()) == before + 1


def test_who_is_no_owner_is_told_so_and_can_still_check(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = AuditScreen(home.desk(PAUL), ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert "owner" in screen.banner.accessibleName()
    screen.verify.click()
    settle(qtbot, ops)
    assert "whole" in screen.banner.accessibleName()
