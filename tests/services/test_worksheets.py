"""A worksheet is filled for one audience: own copies, one for both without anybody's words, and blank ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import NotAllowed, NotFound, Refused
from desktop.domain.paper import Compartment
from desktop.domain.people import Member
from desktop.domain.records import Act
from desktop.live.asks import AskMove, AskStrike, AskWords, AskWordsText
from desktop.services.live import LiveDesk
from desktop.services.worksheets import Paper, PaperUse, blank_worksheet, worksheet, worksheet_titles
from tests.canaries.planting import SEATS, Played, other
from tests.kit import ANNA, BEN, MARA, OTTO, PAIR, PAUL, PRACTICE_NAME, TESS, House, house, plan
from tests.worksheets.reading import text

SHEET = "after-medicine-keep"
COPIES = {"a": Compartment.A, "b": Compartment.B}


def paper(home: House, copy: Compartment, use: PaperUse = PaperUse.PREVIEW, member: Member = MARA) -> Paper:
    return worksheet(home.desk(member), SHEET, "session-1", copy, use)


def printed(home: House, copy: Compartment) -> str:
    return " ".join(text(paper(home, copy).pdf).split())


def test_an_own_copy_holds_the_persons_name_intention_and_words(home: House, live: LiveDesk) -> None:
    live.record(AskWords("a", "I saw the lake again"))
    live.record(AskWords("b", "The door was open"))
    mine, theirs = printed(home, Compartment.A), printed(home, Compartment.B)
    for own, partner in ((mine, theirs), (theirs, mine)):
        assert own != partner
    for word in (ANNA.name, ANNA.born.isoformat(), "to be less afraid", "I saw the lake again"):
        assert word in mine
        assert word not in theirs
    for word in (BEN.name, BEN.born.isoformat(), "to stay near", "The door was open"):
        assert word in theirs
        assert word not in mine


def test_the_copy_for_both_names_both_and_holds_nothing_that_either_said_or_hoped_for(
    home: House, live: LiveDesk
) -> None:
    live.record(AskWords("a", "I saw the lake again"))
    live.record(AskWords("b", "The door was open"))
    both = printed(home, Compartment.BOTH)
    assert ANNA.name in both
    assert BEN.name in both
    for word in ("to be less afraid", "to stay near", "I saw the lake again", "The door was open"):
        assert word not in both


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_no_copy_holds_what_is_not_for_its_reader(tmp_path: Path, seed: int) -> None:
    with house(tmp_path, furnished=False) as home:
        played = Played(home.desk(), home.clock, 100 + seed)
        played.play(30)
        names = {word for person in played.live.state.people.values() for word in person.name.split()}
        for seat in SEATS:
            pages = printed(home, COPIES[seat])
            found = {word for word in played.planted.homes if word in pages}
            assert not found & played.planted.of(other(seat))
            assert not found & played.planted.of("nowhere")
            assert set(played.live.state.people[seat].name.split()) < found
        both = printed(home, Compartment.BOTH)
        assert {word for word in played.planted.homes if word in both} == names


def test_words_that_were_struck_are_on_no_worksheet_and_moved_ones_where_they_belong(
    home: House, live: LiveDesk
) -> None:
    live.record(AskWords("a", "struck words"))
    live.record(AskStrike(2, "misheard"))
    live.record(AskWords("a", "moved words"))
    live.record(AskMove("b"))
    live.record(AskWords("a"))
    live.record(AskWordsText(6, "late words"))
    mine, theirs = printed(home, Compartment.A), printed(home, Compartment.B)
    assert "struck words" not in mine + theirs
    assert "moved words" not in mine
    assert "moved words" in theirs
    assert "late words" in mine


def test_before_the_session_a_copy_holds_the_intention_and_no_words(home: House) -> None:
    plan(home.desk())
    assert "to be less afraid" in printed(home, Compartment.A)
    assert "2026-03-02" in printed(home, Compartment.A)


def test_a_blank_sheet_holds_nobodys_data_and_leaves_no_line(home: House, live: LiveDesk) -> None:
    live.record(AskWords("a", "I saw the lake again"))
    lines = len(home.lines())
    blank = blank_worksheet(home.desk(), SHEET)
    pages = " ".join(text(blank.pdf).split())
    for word in (ANNA.name, BEN.name, "1984", "1986", "to be less afraid", "I saw the lake again", MARA.name):
        assert word not in pages
    assert PRACTICE_NAME in pages
    assert len(home.lines()) == lines


@pytest.mark.parametrize(("copy", "owner"), [
    (Compartment.A, ANNA.owner), (Compartment.B, BEN.owner), (Compartment.BOTH, PAIR.owner),
])  # fmt: skip
@pytest.mark.parametrize(("use", "act"), [
    (PaperUse.PREVIEW, Act.VIEW), (PaperUse.PRINT, Act.PRINT), (PaperUse.SAVE, Act.EXPORT),
])  # fmt: skip
def test_every_preview_print_and_saving_has_a_line_of_its_own(
    home: House, copy: Compartment, owner: object, use: PaperUse, act: Act
) -> None:
    plan(home.desk())
    paper(home, copy, use, PAUL)
    line = home.lines()[-1].entry
    assert (line.act, line.member_id, line.subject_kind, line.subject_id) == (act, PAUL.id, "worksheet", "session-1")
    assert line.owner == owner
    assert line.detail == f"{SHEET}, copy {copy.value}"
    assert home.intact()


def test_a_line_that_cannot_be_kept_means_that_nothing_is_shown(home: House) -> None:
    plan(home.desk())
    home.sql("CREATE TRIGGER no_line BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'holdfast: kept'); END")
    with pytest.raises(Refused):
        paper(home, Compartment.A)


@pytest.mark.parametrize(("member", "may"), [(MARA, True), (PAUL, True), (TESS, True), (OTTO, False)])
def test_only_clinical_members_get_a_sheet(home: House, member: Member, may: bool) -> None:
    plan(home.desk())
    lines = len(home.lines())
    works = (
        lambda: paper(home, Compartment.A, member=member), lambda: blank_worksheet(home.desk(member), SHEET),
        lambda: worksheet_titles(home.desk(member)),
    )
    for work in works:
        if may:
            assert work()
        else:
            with pytest.raises(NotAllowed):
                work()
    assert len(home.lines()) == lines + may


def test_a_copy_a_sheet_or_a_session_that_is_not_there_is_refused(home: House) -> None:
    plan(home.desk())
    with pytest.raises(Refused) as refused:
        paper(home, Compartment.ALONE)
    assert refused.value.code == "no_copy"
    with pytest.raises(NotFound):
        worksheet(home.desk(), "no-such-sheet", "session-1", Compartment.A, PaperUse.PREVIEW)
    with pytest.raises(NotFound):
        worksheet(home.desk(), SHEET, "session-9", Compartment.A, PaperUse.PREVIEW)


def test_the_list_names_every_sheet_there_is(home: House) -> None:
    titles = worksheet_titles(home.desk())
    files = home.resources.names("worksheets", ".toml")
    assert sorted(f"{title.id}.toml" for title in titles) == list(files)
    assert all(title.title and title.about and title.minutes > 0 for title in titles)


def test_no_file_name_holds_a_name(home: House) -> None:
    plan(home.desk())
    names = {paper(home, copy).file_name for copy in (Compartment.A, Compartment.B, Compartment.BOTH)}
    assert names == {f"{SHEET}-a.pdf", f"{SHEET}-b.pdf", f"{SHEET}-both.pdf"}
