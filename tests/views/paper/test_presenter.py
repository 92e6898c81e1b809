"""What the paper screen decides, on real pages of a real session, without Qt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errors import Refused
from desktop.domain.records import Act, Session, SessionKind, SessionPerson, SessionState
from desktop.services.live import LiveDesk
from desktop.services.paperwork import FLOWSHEET
from desktop.services.ports_paper import PageImage
from desktop.views.paper.choices import BLANK, choices
from desktop.views.paper.presenter import PaperPresenter
from desktop.views.paper.saving import check_target, save_pdf
from desktop.views.ui.theme import Tone
from tests.kit import ANNA, BEN, FULL, House, plan
from tests.views.hands import Hands, Noted

SHEET = "after-medicine-keep"


class Case:
    """A presenter over a session that has begun."""

    def __init__(self, home: House, session_id: str = "session-1", waiting: bool = False) -> None:
        self.home, self.view, self.hands = home, Noted(), Hands(waiting)
        self.presenter = PaperPresenter(home.desk(), self.hands, self.view, session_id)


@pytest.fixture
def case(home: House) -> Case:
    LiveDesk.begin(home.desk(), plan(home.desk()).id)
    return Case(home)


def test_each_partner_has_a_copy_and_both_together_one(case: Case) -> None:
    found = choices(case.home.desk(), "session-1")
    assert [(copy.key, copy.letter, copy.seats) for copy in found.copies] == [
        ("a", "A", (Tone.A,)), ("b", "B", (Tone.B,)), ("both", "A+B", (Tone.A, Tone.B)), ("clinic", "", ()),
        (BLANK, "", ()),
    ]  # fmt: skip
    assert all("born" in copy.who for copy in found.copies[:2])


def test_a_flowsheet_is_one_persons_or_the_clinics_and_only_once_the_session_has_begun(home: House) -> None:
    plan(home.desk())
    assert FLOWSHEET not in {sheet.key for sheet in choices(home.desk(), "session-1").sheets}
    LiveDesk.begin(home.desk(), "session-1")
    (sheet,) = [each for each in choices(home.desk(), "session-1").sheets if each.key == FLOWSHEET]
    assert sheet.copies == ("a", "b", "clinic")


def test_the_first_sheet_is_shown_for_a_with_who_will_see_it(case: Case) -> None:
    case.presenter.begin()
    (facts,) = case.view.last("show_paper")
    assert facts.wanted.copy == "a"
    assert facts.who == f"{ANNA.name}, born 1984-05-01"
    _, pages = case.view.last("show_pages")
    assert len(pages) >= 1
    assert all(page.height > page.width for page in pages)


def test_each_preview_is_a_line_in_the_trail_of_whose_copy_it_was(case: Case) -> None:
    case.presenter.begin(SHEET, "b")
    case.presenter.choose_copy("both")
    assert case.home.acts("worksheet") == [
        (Act.VIEW, "session-1", f"{SHEET}, copy b"), (Act.VIEW, "session-1", f"{SHEET}, copy both"),
    ]  # fmt: skip


def test_a_sheet_that_somebody_has_no_copy_of_is_shown_for_the_first_who_has(case: Case) -> None:
    case.presenter.begin(SHEET, "both")
    case.presenter.choose_sheet(FLOWSHEET)
    (facts,) = case.view.last("show_paper")
    assert (facts.wanted.sheet, facts.wanted.copy) == (FLOWSHEET, "a")
    case.presenter.choose_copy("b")
    assert case.home.acts("flowsheet")[-1] == (Act.VIEW, "session-1", "copy b")


def test_choosing_again_before_the_pages_came_shows_only_the_last(home: House) -> None:
    LiveDesk.begin(home.desk(), plan(home.desk()).id)
    case = Case(home, waiting=True)
    case.presenter.begin(SHEET)
    case.hands.do_all()
    case.presenter.choose_copy("b")
    case.presenter.choose_copy("both")
    case.hands.do_all(last_first=True)
    assert case.view.count("show_pages") == 1


def test_the_size_of_paper_changes_the_pages(case: Case) -> None:
    case.presenter.begin(SHEET)
    a4 = case.view.last("show_pages")[1][0]
    case.presenter.choose_size("Letter")
    letter = case.view.last("show_pages")[1][0]
    assert letter.width > a4.width
    assert letter.height < a4.height
    case.presenter.choose_size("A0")
    assert case.presenter.size == "Letter"


def test_printing_hands_over_pages_at_300_dots_and_is_kept_as_printed(case: Case) -> None:
    sent: list[tuple[tuple[PageImage, ...], str]] = []
    case.presenter.begin(SHEET, "a")
    case.presenter.print_on(lambda pages, title: sent.append((pages, title)))
    ((pages, title),) = sent
    assert abs(pages[0].width - 2480) <= 2
    assert BEN.name not in title
    assert ANNA.name not in title
    assert case.home.acts("worksheet")[-1][0] is Act.PRINT
    assert case.view.last("show_banner")[0].tone is Tone.GREEN


def test_a_printer_that_fails_is_told_in_words(case: Case) -> None:
    def fails(pages: tuple[PageImage, ...], title: str) -> None:
        raise Refused("no printer", "The printer did not take the page.")

    case.presenter.begin(SHEET, "a")
    case.presenter.print_on(fails)
    assert case.view.last("show_error")[0].code == "no printer"
    assert case.view.last("show_busy") == ("",)


def test_a_saved_page_is_a_pdf_and_is_said_to_be_unencrypted(case: Case, tmp_path: Path) -> None:
    case.presenter.begin(SHEET, "a")
    case.presenter.save_as(tmp_path / "keep")
    saved = tmp_path / "keep.pdf"
    assert saved.read_bytes().startswith(b"%PDF")
    (facts,) = case.view.last("show_banner")
    assert "not encrypted" in facts.safe
    assert str(tmp_path) in facts.what
    assert case.home.acts("worksheet")[-1][0] is Act.EXPORT


def test_the_suggested_name_holds_nobodys(case: Case) -> None:
    case.presenter.begin(SHEET, "a")
    for name in (*ANNA.name.split(), *BEN.name.split()):
        assert name.casefold() not in case.presenter.file_name.casefold()


@pytest.mark.parametrize("kind", ["practice", "folder", "gone"])
def test_a_place_where_a_page_must_not_lie_is_refused_before_anything_is_kept(
    case: Case, tmp_path: Path, kind: str
) -> None:
    targets = {"practice": case.home.folder / "a.pdf", "folder": tmp_path, "gone": tmp_path / "no" / "a.pdf"}
    with pytest.raises(Refused) as refused:
        check_target(targets[kind])
    assert refused.value.next_step
    before = case.home.acts("worksheet")
    case.presenter.begin(SHEET, "a")
    case.presenter.save_as(targets[kind].with_suffix(".pdf") if kind != "folder" else tmp_path / "no" / "b.pdf")
    assert case.view.count("show_error") == 1
    assert [act for act, _, _ in case.home.acts("worksheet")[len(before) :]] == [Act.VIEW]


def test_a_page_that_is_saved_again_replaces_the_old_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    save_pdf(target, b"%PDF one, and longer")
    save_pdf(target, b"%PDF two")
    assert target.read_bytes() == b"%PDF two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_page_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        save_pdf(tmp_path / ("n" * 260 + ".pdf"), b"%PDF")
    assert refused.value.code == "not saved"
    assert not list(tmp_path.iterdir())


def test_somebody_who_came_alone_has_one_copy_of_each(home: House) -> None:
    desk = home.desk()
    alone = Session(
        "session-9", ANNA.owner, SessionKind.DOSING, FULL, date(2026, 3, 2), SessionState.PLANNED,
        (SessionPerson(ANNA.id, "a", "dosed", f"order-{ANNA.id}", "to sleep"),),
    )  # fmt: skip
    with home.store.write() as unit:
        unit.sessions.add(alone)
        unit.audit(desk.line(Act.CREATE, "session", alone.id, alone.owner))
    LiveDesk.begin(desk, alone.id)
    case = Case(home, alone.id)
    case.presenter.begin(FLOWSHEET)
    (facts,) = case.view.last("show_paper")
    assert [copy.key for copy in facts.copies] == ["alone"]
    assert facts.seats == ()
    assert case.view.last("show_pages")[1]
    assert case.home.acts("flowsheet")[-1] == (Act.VIEW, alone.id, "copy a")


def test_without_a_session_only_blank_sheets_are_offered(home: House) -> None:
    case = Case(home, session_id="")
    case.presenter.begin()
    (facts,) = case.view.last("show_paper")
    assert {copy.key for copy in facts.copies} == {BLANK}
    assert not case.home.acts("worksheet")
