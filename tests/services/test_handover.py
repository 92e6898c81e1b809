"""A hand-over sheet says in big type what a crew must know of one person, at once, and not a word of the other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.care_drafts import SafetyDraft
from desktop.domain.errors import NotAllowed
from desktop.domain.paper_live import HandoverFacts
from desktop.domain.records import Act
from desktop.live.asks import AskGiven, AskLost, AskNote, AskReading, AskScale, AskVitals, AskWords
from desktop.live.events import Missed
from desktop.services.handover import At, everyone, handover_facts, handover_sheet
from desktop.services.live import LiveDesk
from desktop.services.safety_cards import keep_safety_card
from desktop.services.worksheets import PaperUse
from tests.canaries.planting import SEATS, Played, other
from tests.kit import ANNA, BEN, MARA, OTTO, House, dose, house, plan, ready, vitals
from tests.worksheets.reading import pages


def facts(home: House, live: LiveDesk, who: str) -> HandoverFacts:
    desk = home.desk()
    at = At(live.now().ms, desk.clock.now(), desk.member)
    return handover_facts(live.state, who, everyone(desk), at, desk.practice_name, "0.1.0")


def printed(home: House, live: LiveDesk, who: str, size: str = "A4") -> list[str]:
    return pages(handover_sheet(live, who, everyone(home.desk()), PaperUse.PREVIEW, size).pdf)


def an_hour(home: House, live: LiveDesk) -> None:
    """A dose with a part of it lost, readings that climb, another medicine, and sleepiness."""
    ready(live)
    home.clock.forward(60)
    live.record(dose())
    home.clock.forward(300)
    live.record(AskLost("a", Decimal(25), "spat early"))
    for n in range(9):
        home.clock.forward(300)
        live.record(AskVitals("a", 130 + n * 8, 84 + n * 2, 80 + n * 4, 98 - n // 2))
    live.record(AskReading("a", Missed.REFUSED, (), "did not want the cuff"))
    live.record(AskScale("a", "moaas", 4))
    home.clock.forward(120)
    live.record(AskGiven("a", "ondansetron", Decimal(4), "mg", "by mouth", "phone: Dr Osei"))
    home.clock.forward(60)


def test_the_facts_are_those_of_this_instant(home: House, live: LiveDesk) -> None:
    an_hour(home, live)
    found = facts(home, live, "a")
    assert (found.person.name, found.person.born, found.person.seat) == (ANNA.name, "1984-05-01", "A")
    assert [(line.amount, line.minutes_ago, line.wall, line.route) for line in found.given] == [
        ("100 mg", 53, "10:01", "sublingual")
    ]
    assert [(line.amount, line.minutes_ago, line.why) for line in found.lost] == [("25 mg", 48, "spat early")]
    assert found.total == "75 mg (100 mg given less 25 mg lost)"
    assert [(line.what, line.amount, line.minutes_ago) for line in found.others] == [("ondansetron", "4 mg", 1)]
    assert len(found.trend) == 8
    assert found.earlier == 3
    assert (found.trend[-2].bp, found.trend[-2].level("bp"), found.trend[-2].minutes_ago) == ("194/100", "red", 3)
    assert found.trend[-1].note == "vitals refused: did not want the cuff"
    assert found.sedation is not None
    assert (found.sedation.value, found.sedation.meaning) == ("4", "slow response to name")
    assert found.with_them == ("Mara Köhler, owner, therapist",)
    assert (found.printed, found.printed_by) == ("2026-03-02 10:54", MARA.initials)
    home.clock.forward(600)
    later = facts(home, live, "a")
    assert (later.given[0].minutes_ago, later.given[0].wall) == (63, "10:01")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_it_is_one_page_however_much_there_is_to_say(home: House, live: LiveDesk, size: str) -> None:
    an_hour(home, live)
    (plain,) = printed(home, live, "a", size)
    for needed in (
        ANNA.name, "born 1984-05-01", "100 mg 53 min ago", "ondansetron 4 mg", "not entered: ask", "194/100 red",
        "slow response to name", "Page 1 of 1", "printed 2026-03-02 10:54 by MK",
    ):  # fmt: skip
        assert needed in plain
    for n in range(8):
        live.record(AskGiven("a", f"medicine with a long name {n}", Decimal("2.5"), "mg", "by mouth", "phone"))
    (full,) = printed(home, live, "a", size)
    assert all(f"medicine with a long name {n}" in full for n in range(8))


def test_what_is_at_hand_for_emergencies_comes_from_the_record_as_it_stood_at_the_beginning(home: House) -> None:
    draft = SafetyDraft("penicillin (rash)", "ramipril 5 mg", "Ewa Wiśniewska", "555-0190", "asthma")
    keep_safety_card(home.desk(), ANNA.id, draft, 0)
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    keep_safety_card(home.desk(), ANNA.id, replace(draft, allergies="none"), 1)
    (page,) = printed(home, live, "a")
    for needed in ("penicillin (rash)", "ramipril 5 mg", "asthma", "Ewa Wiśniewska, 555-0190"):
        assert needed in page
    (other_page,) = printed(home, live, "b")
    assert other_page.count("not entered: ask") == 3


def test_nothing_entered_is_said_and_not_left_white(home: House, live: LiveDesk) -> None:
    (page,) = printed(home, live, "b")
    for needed in ("No dose was entered.", "none entered", "No vitals were entered.", "MOAA/S): not rated"):
        assert needed in page


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_no_sheet_holds_a_word_of_the_other_person(tmp_path: Path, seed: int) -> None:
    with house(tmp_path, furnished=False) as home:
        played = Played(home.desk(), home.clock, seed)
        played.play(40)
        for seat in SEATS:
            said = repr(facts(home, played.live, seat))
            found = {word for word in played.planted.homes if word in said}
            assert not found & (played.planted.of(other(seat)) | played.planted.of("nowhere"))
            assert found, "a sheet without a word of its own person proves nothing"


def of_two_practices(tmp_path: Path, secret: str) -> tuple[bytes, bytes]:
    """The sheets for A and B of a practice whose A said a secret."""
    with house(tmp_path / secret) as home:


        live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
        ready(live)
        live.record(dose())
        live.record(AskNote(secret, "a"))
        live.record(AskWords("a", secret))
        live.record(AskGiven("a", secret, Decimal(1), "mg", "by mouth", "order"))
        live.record(vitals("b"))
        members = everyone(home.desk())
        made = [handover_sheet(live, who, members, PaperUse.PRINT).pdf for who in SEATS]
        return made[0], made[1]


def test_a_private_fact_of_a_changes_no_byte_of_the_sheet_for_b(tmp_path: Path) -> None:
    (tmp_path / "lorazepam").mkdir()
    (tmp_path / "clonidine").mkdir()
    first, second = of_two_practices(tmp_path, "lorazepam"), of_two_practices(tmp_path, "clonidine")
    assert first[0] != second[0]
    assert first[1] == second[1]


def test_printing_is_a_line_in_the_trail_of_whom_it_is_about(home: House, live: LiveDesk) -> None:
    paper = handover_sheet(live, "b", everyone(home.desk()), PaperUse.PRINT)
    line = home.lines()[-1].entry
    assert (line.act, line.subject_kind, line.owner, line.detail) == (Act.PRINT, "handover", BEN.owner, "copy b")
    assert paper.file_name == "handover-b.pdf"


def test_who_does_no_clinical_work_prints_none(home: House, live: LiveDesk) -> None:
    lines = len(home.lines())
    live.desk = replace(live.desk, member=OTTO)
    with pytest.raises(NotAllowed):
        handover_sheet(live, "a", {}, PaperUse.PRINT)
    assert len(home.lines()) == lines
