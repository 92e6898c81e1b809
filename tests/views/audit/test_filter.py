"""Lines can be asked for and put in order by every field that they have, from the keyboard, in any trail."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.audience import OwnerKind
from desktop.domain.records import Act
from desktop.domain.trailfilter import By
from desktop.services.audit_trail import trail_page
from desktop.views.audit.asking import FilterDraft, Known, check_filter, filter_of
from desktop.views.audit.presenter import PAGE, AuditPresenter, TrailRow
from desktop.views.audit.view import SORTED_BY, AuditScreen
from desktop.views.ui.fields import Choice
from desktop.views.ui.ops import Ops
from tests.kit import ANNA, BEN, MARA, PAUL, House
from tests.views.audit.ways import OUT
from tests.views.hands import Hands, Noted, focused, opened, pressed, settle


@pytest.fixture
def lived(home: House) -> House:
    """Two members on two days, over clients, a couple and the practice."""
    home.clock.forward(86_400)
    with home.store.write() as unit:
        unit.audit(home.desk(PAUL).line(Act.VIEW, "client", ANNA.id, ANNA.owner, "page"))
        unit.audit(home.desk(PAUL).line(Act.PRINT, "flowsheet", BEN.id, BEN.owner, "copy b"))
        unit.audit(home.desk(MARA).line(Act.EXPORT, "worksheet", ANNA.id, ANNA.owner, "keep, copy a"))
    return home


def listed(home: House, draft: FilterDraft) -> tuple[TrailRow, ...]:
    view = Noted()
    made = AuditPresenter(home.desk(), Hands(), view)
    made.begin()
    made.ask(draft)
    rows: tuple[TrailRow, ...] = view.last("show_lines")[0]
    return rows


FILTERS = (
    (FilterDraft(member=PAUL.id), lambda row: row.who == PAUL.name),
    (FilterDraft(act="print"), lambda row: row.act == "printed"),
    (FilterDraft(kind="flowsheet"), lambda row: row.subject == "a flowsheet"),
    (FilterDraft(owner=OwnerKind.CLIENT.value), lambda row: row.owner == "one person's record"),
    (FilterDraft(since="2026-03-03"), lambda row: row.when.startswith("2026-03-03")),
    (FilterDraft(until="2026-03-02"), lambda row: row.when.startswith("2026-03-02")),
    (FilterDraft(first="3", last="5"), lambda row: row.number in (3, 4, 5)),
    (FilterDraft(text="PRÏNTED"), lambda row: row.act == "printed"),
    (FilterDraft(text="osei client"), lambda row: row.who == PAUL.name and row.subject == "a client"),
    (FilterDraft(text="copy"), lambda row: "copy" in row.detail),
    (FilterDraft(text="100% _"), lambda row: False),
)


@pytest.mark.parametrize(("draft", "fits"), FILTERS, ids=range(len(FILTERS)))
def test_every_field_can_be_asked_for(lived: House, draft: FilterDraft, fits: object) -> None:
    everything = listed(lived, FilterDraft())
    found = listed(lived, draft)
    assert found == tuple(row for row in everything if fits(row))  # type: ignore[operator]
    assert len(found) < len(everything)


@pytest.mark.parametrize("order", list(By))
@pytest.mark.parametrize("reverse", [False, True])
def test_lines_can_be_put_in_order_by_every_field_both_ways(lived: House, order: By, reverse: bool) -> None:
    page = trail_page(lived.desk(), filter_of(FilterDraft(order=order.value, reverse=reverse), Known()))
    down = (order in (By.NUMBER, By.TIME)) is not reverse
    entries = {
        By.NUMBER: [line.number for line in page.lines], By.TIME: [line.entry.at.utc for line in page.lines],
        By.MEMBER: [line.entry.member_id for line in page.lines], By.ACT: [line.entry.act for line in page.lines],
        By.KIND: [line.entry.subject_kind for line in page.lines],
        By.OWNER: [line.entry.owner for line in page.lines], By.DETAIL: [line.entry.detail for line in page.lines],
    }[order]  # fmt: skip
    assert entries == sorted(entries, reverse=down)  # type: ignore[type-var]
    assert page.total == page.all == len(lived.lines())


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [(FilterDraft(since="march"), ["since"]), (FilterDraft(until="2026-13-01", first="x"), ["until", "first"]),
     (FilterDraft(since=" 2026-03-01 ", last=" 7 "), [])],
)  # fmt: skip
def test_what_is_no_day_and_no_number_is_said(draft: FilterDraft, wrong: list[str]) -> None:
    assert [problem.field for problem in check_filter(draft)] == wrong


def long(home: House, lines: int) -> int:
    with home.store.write() as unit:
        for _ in range(lines):
            unit.audit(home.desk().line(Act.VIEW, "client", ANNA.id, ANNA.owner, "page"))
    return len(home.lines())


def test_a_long_trail_is_listed_a_page_at_a_time_and_no_line_twice(home: House) -> None:
    count = long(home, 2 * PAGE)
    view = Noted()
    made = AuditPresenter(home.desk(), Hands(), view)
    made.begin()
    rows, total, everything = view.last("show_lines")
    assert (len(rows), total, everything) == (PAGE, count, count)
    long(home, 3)  # what is written meanwhile moves nothing
    while view.count("show_more") < 2:
        made.more()
        rows = (*rows, *view.last("show_more")[0])
    assert [row.number for row in rows] == list(range(count, 0, -1))
    made.more()
    assert view.count("show_more") == 2


def test_scrolling_on_lists_more(qtbot: QtBot, ops: Ops, home: House) -> None:
    count = long(home, PAGE + 20)
    screen = AuditScreen(home.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert len(screen.table.rows.rows()) == PAGE
    screen.table.setFocus()
    pressed(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert len(screen.table.rows.rows()) == count


def test_a_click_on_a_column_sorts_by_it_and_a_second_the_other_way_round(
    qtbot: QtBot, ops: Ops, lived: House
) -> None:
    screen = AuditScreen(lived.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    who = SORTED_BY.index(By.MEMBER)
    for names in (False, True):
        screen.table.horizontalHeader().sectionClicked.emit(who)
        settle(qtbot, ops)
        found = [row.who for row in screen.table.rows.rows()]
        assert found == sorted(found, reverse=names)
    assert screen.table.horizontalHeader().sortIndicatorSection() == who


def test_the_filters_are_reached_and_chosen_from_the_keyboard(qtbot: QtBot, ops: Ops, lived: House) -> None:
    screen = AuditScreen(lived.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.take_keyboard()
    pressed(Qt.Key.Key_Tab)
    who = focused()
    assert isinstance(who, Choice)
    who.setCurrentIndex(who.findData(PAUL.id))
    who.activated.emit(who.currentIndex())
    settle(qtbot, ops)
    assert {row.who for row in screen.table.rows.rows()} == {PAUL.name}
    screen.bar.clear()
    settle(qtbot, ops)
    assert len(screen.table.rows.rows()) == len(lived.lines())


def test_a_day_that_is_none_is_marked_and_nothing_is_asked(qtbot: QtBot, ops: Ops, lived: House) -> None:
    screen = AuditScreen(lived.desk(), ops, OUT)
    opened(qtbot, screen)
    settle(qtbot, ops)
    before = screen.table.rows.rows()
    edit = screen.bar.field("since").edit
    edit.setFocus()
    qtbot.keyClicks(edit, "march")
    qtbot.waitUntil(lambda: bool(screen.bar.field("since").problem))
    assert screen.table.rows.rows() == before


def test_a_line_that_cannot_have_been_written_so_does_not_hide_the_others(home: House) -> None:
    home.sql("DROP TRIGGER audit_written")
    home.sql("UPDATE audit SET act = 'fly' WHERE number = 3")
    rows = listed(home, FilterDraft())
    assert len(rows) == len(home.lines())
    assert next(row for row in rows if row.number == 3).subject == "altered line"
