"""A session kept on paper is typed in afterwards: at its own times, by its own authors, under the engine's rules."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.domain.errors import Invalid, NotAllowed, Refused
from desktop.domain.records import Act
from desktop.live.asks import AskCheck, AskTaken
from desktop.live.describe import describe
from desktop.live.events import Ending, Missed, TouchLevel
from desktop.live.fold import fold
from desktop.live.paperrow import PaperRow
from desktop.services.flowsheets import flowsheet_content
from desktop.services.live import LiveDesk
from desktop.services.paperentry import RowKept, begin_from_paper, keep_rows, members_by_initials
from desktop.services.worksheets import PaperUse
from tests.kit import MARA, PAUL, TESS, House, dose, finish, plan

BEGAN = datetime.fromisoformat("2026-03-02T07:00")  # three hours before the clock of the house shows 10:00


def paper(home: House) -> LiveDesk:
    return begin_from_paper(home.desk(), plan(home.desk()).id, BEGAN)


def keep(home: House, live: LiveDesk, *rows: PaperRow, who: str = "a") -> tuple[RowKept, ...]:
    return keep_rows(live, who, tuple(enumerate(rows)), members_by_initials(home.desk())).value


def said(found: RowKept) -> list[str]:
    return [problem.field for problem in found.problems]


def test_a_session_begins_where_it_began_on_paper_and_its_rows_stand_at_their_times(home: House) -> None:
    live = paper(home)
    assert live.session.started is not None
    assert live.session.started.local.replace(tzinfo=None) == BEGAN
    assert live.state.entries[0].late
    found = keep(
        home, live,
        PaperRow("07:05", "128/84", "76", "98", "14", author="TI"),
        PaperRow("0710", dose="100 lot L1 by PO check TI", text="check willing yes; check consent yes", author="PO"),
        PaperRow("+40", "141/88", "80", "R", "f", "5", text="crying; distress 6", author="ti"),
        PaperRow("8:30", text="“I am here”", author="TI"),
        PaperRow("08:31", text="the window was opened", author="TI"),
    )  # fmt: skip
    assert [one.problems for one in found] == [()] * 5
    person = live.state.people["a"]
    taken = [(line.at_ms // 60_000, line.systolic, line.spo2) for line in person.vitals]
    assert taken == [(5, 128, 98), (50, 141, None)]
    assert person.doses[0].at_ms == 10 * 60_000
    assert not {"willing", "consent"} & set(person.doses[0].missing)
    assert [(line.outcome, line.at_ms // 60_000) for line in person.missed] == [
        (Missed.REFUSED, 50), (Missed.FAILED, 50)]  # fmt: skip
    assert [line.text for line in person.words] == ["I am here"]
    assert {line.of: line.value for line in person.scales} == {"moaas": 5, "distress": 6}
    typed = live.state.entries[1:-1]
    assert all(entry.late and entry.attested_by == MARA.id for entry in typed)
    assert {entry.author for entry in typed} == {TESS.id, PAUL.id}
    assert describe(live.state, live.state.entries[-1].event).endswith("Typed in from paper: 5 rows.")
    assert fold(live.state.entries) == live.state
    assert home.acts("entry")[0] == (Act.ENTRY, "session-1/1", "from paper")
    finish(live)
    sheet = flowsheet_content(home.desk(), live.session.id, "a", PaperUse.PREVIEW)
    assert sheet.started.replace(tzinfo=None) == BEGAN
    assert {point.wall for point in sheet.vitals} == {"07:05", "07:50"}
    assert home.intact()


def test_a_row_that_cannot_be_is_marked_and_the_others_go_on(home: House) -> None:
    live = paper(home)
    rows = (
        PaperRow("7:99", "128/84", author="TI"), PaperRow("10:30", "128/84", author="TI"),
        PaperRow("+40", "128/84", author="TI"), PaperRow("07:05", "84/128", author="TI"),
        PaperRow("07:05", "128", author="TI"), PaperRow("07:05", hr="hi", author="TI"),
        PaperRow("07:05", spo2="101", author="TI"), PaperRow("07:06", "128/84", author="QQ"),
        PaperRow("07:07", "128/84"), PaperRow("07:08", dose="abc", author="PO"),
        PaperRow("07:08", dose="100 200", author="PO"), PaperRow("07:08", dose="100 lot L1 by PO", author="PO"),
        PaperRow("07:08", dose="220 lot L1 by PO check TI", author="PO"),
        PaperRow("07:08", dose="100 lot L1 by PO check PO", author="PO"),
        PaperRow("07:08", dose="100 elsewhere", author="PO"), PaperRow("07:08", text="check escort", author="PO"),
        PaperRow("07:08", moaas="9", author="TI"), PaperRow("", "128/84", author="TI"),
    )  # fmt: skip
    found = keep(home, live, *rows)
    assert [said(one) for one in found] == [
        ["time"], ["time"], ["time"], ["bp"], ["bp"], ["hr"], ["spo2"], ["author"], ["author"], ["dose"], ["dose"],
        ["dose"], ["dose"], ["dose"], ["dose"], ["text"], ["moaas"], ["time"],
    ]  # fmt: skip
    assert len(live.state.entries) == 1
    good = keep(home, live, *rows, PaperRow("07:09", "128/84", author="TI"))
    assert [one.at for one in good if one.kept] == [len(rows)]


def test_a_row_is_kept_whole_or_not_at_all(home: House) -> None:
    live = paper(home)
    found = keep(home, live, PaperRow("07:05", "128/84", dose="100 lot L1 by PO", author="TI"))
    assert said(found[0]) == ["dose"]
    assert live.state.people["a"].vitals == ()


def test_above_the_order_is_typed_twice_and_recorded_as_such(home: House) -> None:
    live = paper(home)
    found = keep(home, live, PaperRow("07:05", dose="220 220 mg lot L1 by PO check TI", author="PO"))
    assert found[0].kept
    assert live.state.people["a"].doses[0].above_order == ("max_single_mg",)


def test_paper_widens_nothing(home: House) -> None:
    live = paper(home)
    live.record(AskCheck("willing", "no", "a"), ago_ms=live.now().ms)
    refused = keep(home, live, PaperRow("07:05", dose="100 lot L1 by PO check TI", author="PO"))
    assert said(refused[0]) == ["dose"]
    with pytest.raises(Refused):
        live.record(AskTaken("a"))


def test_a_time_before_the_start_is_of_the_day_after(home: House) -> None:
    session = plan(home.desk())
    live = begin_from_paper(home.desk(), session.id, datetime.fromisoformat("2026-03-01T22:30"))
    assert keep(home, live, PaperRow("00:15", "128/84", author="TI"))[0].kept
    assert live.state.people["a"].vitals[0].at_ms == timedelta(minutes=105) // timedelta(milliseconds=1)


@pytest.mark.parametrize("started", [
    datetime.fromisoformat("2026-03-02T10:01"), datetime.fromisoformat("2026-01-01T09:00"),
])
def test_a_start_that_has_not_come_or_is_long_over_is_refused(home: House, started: datetime) -> None:
    session = plan(home.desk())
    with pytest.raises(Invalid):
        begin_from_paper(home.desk(), session.id, started)
    assert home.acts("entry") == []


def test_a_session_that_runs_takes_rows_and_is_not_begun_again(home: House, live: LiveDesk) -> None:
    home.clock.forward(3600)
    with pytest.raises(Refused) as refused:
        begin_from_paper(home.desk(), live.session.id, BEGAN)
    assert refused.value.code == "begun"
    assert keep(home, live, PaperRow("10:20", "128/84", author="TI"), who="b")[0].kept
    assert live.state.people["b"].vitals[0].at_ms == 20 * 60_000


def test_who_may_not_begin_a_session_does_not_begin_it_from_paper(home: House) -> None:
    session = plan(home.desk())
    with pytest.raises(NotAllowed):
        begin_from_paper(home.desk(TESS), session.id, BEGAN)


def test_an_order_that_was_in_force_on_the_day_is_not_called_expired_when_it_is_typed_in_later(home: House) -> None:
    home.clock.forward(timedelta(days=153).total_seconds())  # the second of August; the order held until the first
    live = begin_from_paper(home.desk(), plan(home.desk()).id, datetime.fromisoformat("2026-08-01T09:00"))
    assert keep(home, live, PaperRow("09:10", dose="100 lot L1 by PO check TI", author="PO"))[0].kept
    assert "valid_order" not in live.state.people["a"].doses[0].missing
    live.record(dose("b"))
    assert "valid_order" in live.state.people["b"].doses[0].missing


def test_what_the_sheets_other_tables_hold_is_typed_as_text(home: House) -> None:
    live = paper(home)
    found = keep(
        home, live,
        PaperRow("07:05", text="given ondansetron 4 mg oral standing", author="TI"),
        PaperRow("07:05", text="order ondansetron 4 mg / Paul Osei / TI", author="TI"),
        PaperRow("07:06", dose="100 lot L1 by PO check TI", author="PO"),
        PaperRow("07:20", text="touch hands; safe", author="TI"),
        PaperRow("07:21", text="note check the window", author="TI"),
        PaperRow("07:22", text="safe and warm", author="TI"), PaperRow("08:50", text="ends left Maria", author="TI"),
    )  # fmt: skip
    assert [one.problems for one in found] == [()] * 7
    person = live.state.people["a"]
    assert [(line.medicine, line.order) for line in person.others] == [("ondansetron", "standing")]
    assert [(line.text, line.read_back_by) for line in person.phone_orders] == [("ondansetron 4 mg", "TI")]
    assert (person.touch, len(person.safe_signals)) == (TouchLevel.NONE, 1)
    assert [line.text for line in person.notes][:2] == ["check the window", "safe and warm"]
    assert person.ending is not None
    assert (person.ending.at_ms // 60_000, person.ending.ending, person.ending.escort) == (110, Ending.LEFT, "Maria")
    wrong = ("check escort", "given ondansetron", "order ondansetron", "touch", "ends well")
    bad = keep(home, live, *(PaperRow("07:30", text=text, author="TI") for text in wrong), who="b")
    assert [said(one) for one in bad] == [["text"]] * len(wrong)
