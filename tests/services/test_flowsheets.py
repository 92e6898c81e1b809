"""A person's flowsheet holds what is theirs, every word of it, and not one word of their partner's."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.audience import Audience
from desktop.domain.errors import NotAllowed, Refused
from desktop.domain.paper import Flowsheet
from desktop.domain.records import Act
from desktop.live.asks import Ask, AskMove, AskNote, AskObserve, AskStrike, AskUndo, AskWords, AskWordsText
from desktop.services.flowsheets import flowsheet, flowsheet_content
from desktop.services.live import LiveDesk
from desktop.services.worksheets import PaperUse
from tests.canaries.planting import SEATS, Played, other
from tests.kit import ANNA, BEN, MARA, OTTO, House, dose, house, plan, ready, vitals
from tests.worksheets.reading import text

# What a flowsheet has no place for: it stands in the chart.
NOT_PRINTED = 4  # pronouns, contact, language and intention of one person


def content(home: House, seat: str) -> Flowsheet:
    return flowsheet_content(home.desk(), "session-1", seat, PaperUse.PREVIEW)


def printed(home: House, seat: str) -> str:
    return "".join(text(flowsheet(home.desk(), "session-1", seat, PaperUse.PREVIEW).pdf).split())


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_neither_copy_holds_a_word_of_the_other_person(tmp_path: Path, seed: int) -> None:
    with house(tmp_path, furnished=False) as home:
        played = Played(home.desk(), home.clock, seed)
        played.play(40)
        for seat in SEATS:
            sheet = repr(content(home, seat))
            theirs = {word for word in played.planted.homes if word in sheet}
            assert not theirs & played.planted.of(other(seat))
            assert not theirs & played.planted.of("nowhere")
            missing = played.planted.of(seat) - theirs
            assert len(missing) == NOT_PRINTED, f"words of one's own are missing: {sorted(missing)}"


def test_the_printed_pages_say_the_same_as_their_content(tmp_path: Path) -> None:
    with house(tmp_path, furnished=False) as home:
        played = Played(home.desk(), home.clock, 4711)
        played.play(30)
        for seat in SEATS:
            pages = printed(home, seat)
            found = {word for word in played.planted.homes if word in pages}
            assert not found & played.planted.of(other(seat))
            assert len(played.planted.of(seat) - found) == NOT_PRINTED


def test_storage_gives_a_person_no_entry_with_a_word_of_the_other(tmp_path: Path) -> None:
    with house(tmp_path, furnished=False) as home:
        played = Played(home.desk(), home.clock, 815)
        played.play(60)
        for seat, client in zip(SEATS, (ANNA, BEN), strict=True):
            with home.store.read() as unit:
                mine = repr(unit.events.of("session-1", Audience.person(client.id)))
            assert not {word for word in played.planted.of(other(seat)) if word in mine}


MOVED_AWAY: tuple[tuple[str, tuple[Ask, ...]], ...] = (
    ("moved", (AskWords("a", "zqsecret"), AskMove("b"))),
    ("moved by name", (AskNote("zqsecret", "a"), AskObserve("a", "crying"), AskMove("b", 2))),
    ("moved, then struck", (AskWords("a", "zqsecret"), AskMove("b"), AskStrike(2, "zqsecret again"))),
    ("stamped, moved, then written", (AskWords("a"), AskMove("b"), AskWordsText(2, "zqsecret"))),
    ("stamped, written, then moved", (AskWords("a"), AskWordsText(2, "zqsecret"), AskMove("b", 2))),
    ("written, moved back and forth", (AskWords("a", "zqsecret"), AskMove("b"), AskMove("a", 2), AskMove("b", 2))),
    ("entered there, moved here, moved home", (AskWords("b", "zqsecret"), AskMove("a"), AskUndo())),
)


@pytest.mark.parametrize("asks", [asks for _, asks in MOVED_AWAY], ids=[name for name, _ in MOVED_AWAY])
def test_what_was_moved_away_leaves_no_trace_in_the_wrong_persons_copy(
    home: House, live: LiveDesk, asks: tuple[Ask, ...]
) -> None:
    for ask in asks:
        live.record(ask)
    assert "zqsecret" not in repr(content(home, "a"))
    assert "zqsecret" in repr(content(home, "b"))
    assert "zqsecret" not in printed(home, "a")
    assert "zqsecret" in printed(home, "b")


def test_a_move_does_not_even_say_that_something_was_moved(home: House, live: LiveDesk) -> None:
    live.record(AskWords("a", "the lake"))
    live.record(AskMove("b"))
    for seat in SEATS:
        assert "moved" not in repr(content(home, seat)).casefold()


def test_a_flowsheet_names_nobody_but_its_person_and_the_staff(home: House, live: LiveDesk) -> None:
    ready(live)
    live.record(dose())
    live.record(vitals("b"))
    for seat, one, partner in (("a", ANNA, BEN), ("b", BEN, ANNA)):
        sheet = repr(content(home, seat))
        assert one.name in sheet
        assert partner.name not in sheet
        assert partner.born.isoformat() not in sheet
        assert MARA.name in sheet


@pytest.mark.parametrize(("use", "act"), [
    (PaperUse.PREVIEW, Act.VIEW), (PaperUse.PRINT, Act.PRINT), (PaperUse.SAVE, Act.EXPORT),
])  # fmt: skip
def test_every_flowsheet_has_a_line_in_the_trail_of_whom_it_is_about(
    home: House, live: LiveDesk, use: PaperUse, act: Act
) -> None:
    paper = flowsheet(home.desk(), "session-1", "b", use)
    line = home.lines()[-1].entry
    assert (line.act, line.subject_id, line.owner, line.detail) == (act, "session-1", BEN.owner, "copy b")
    assert paper.pdf.startswith(b"%PDF-")
    assert paper.file_name == "flowsheet-b.pdf"


def test_who_may_not_see_it_gets_neither_page_nor_line(home: House, live: LiveDesk) -> None:
    lines = len(home.lines())
    with pytest.raises(NotAllowed):
        flowsheet(home.desk(OTTO), "session-1", "a", PaperUse.PREVIEW)
    with pytest.raises(Refused) as refused:
        flowsheet(home.desk(), "session-1", "c", PaperUse.PREVIEW)
    assert refused.value.code == "no_copy"
    assert len(home.lines()) == lines


def test_before_the_beginning_there_is_no_flowsheet(home: House) -> None:
    plan(home.desk())
    with pytest.raises(Refused) as refused:
        content(home, "a")
    assert refused.value.code == "not_begun"
