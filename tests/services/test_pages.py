"""The pages around a session: what each says, for whom, and that nobody's holds a word of anybody else's."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.care import May, Permission
from desktop.domain.care_drafts import TouchDraft
from desktop.domain.errors import NotAllowed, Refused
from desktop.domain.records import Act
from desktop.live.asks import AskCheck, AskNote, AskWords
from desktop.live.asks_safety import (
    AskAdverse,
    AskEmergency,
    AskEmergencyEnd,
    AskOverride,
    AskPhoneOrder,
    AskTouch,
)
from desktop.live.events import OverrideHow
from desktop.services.clinicsheet import clinic_content
from desktop.services.live import LiveDesk
from desktop.services.pages import PageKind, page_content, session_page
from desktop.services.paperwork import EMERGENCY, FLOWSHEET, paper_for, paper_titles
from desktop.services.ports import Resources
from desktop.services.prescriber_page import LINE
from desktop.services.signatures import sign_order
from desktop.services.touch import keep_touch
from desktop.services.worksheets import Paper, PaperUse
from tests.canaries.planting import SEATS, Played, other
from tests.kit import ANNA, BEN, MARA, OTTO, PAUL, House, dose, finish, house, plan, ready, vitals
from tests.services.session_pages import played
from tests.worksheets.reading import pages, text
from tests.worksheets.test_paper import assert_inside

GOLDEN = Path(__file__).parent / "golden"
OWN = (*PageKind, FLOWSHEET, "leaving-instructions")
Pages = Callable[[str, str, str], bytes]


class Broken:
    """The program's data files, with an emergency card that somebody spoilt."""

    def __init__(self, real: Resources) -> None:
        self._real = real

    def text(self, name: str) -> str:
        """A file's text."""
        return "spoilt" if name.startswith("cards/") else self._real.text(name)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The files of a folder."""
        return self._real.names(folder, suffix)

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self._real.path(name)
SHOWN = [
    *((kind, copy, size) for kind in OWN for copy, size in (("a", "A4"), ("b", "Letter"))),
    (FLOWSHEET, "clinic", "A4"),
]  # fmt: skip


def made(home: House, key: str, copy: str, size: str = "A4") -> Paper:
    return paper_for(home.desk(), key, "session-1", copy, PaperUse.PREVIEW, size)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every page of one and the same session."""
    with house(tmp_path_factory.mktemp("practice")) as home:
        played(home)
        found = {(key, copy, size): made(home, key, copy, size).pdf for key, copy, size in SHOWN}
    return lambda key, copy, size: found[key, copy, size]


@pytest.mark.parametrize(("key", "copy", "size"), SHOWN)
def test_each_page_says_what_its_golden_file_says(papers: Pages, key: str, copy: str, size: str) -> None:
    said = "\n\n=== page ===\n".join(pages(papers(key, copy, size))) + "\n"
    file = GOLDEN / f"{key}-{copy}.txt"
    # Golden files are only written when somebody asks for it, and then read by a person before they are kept.
    if os.environ.get("HOLDFAST_WRITE_GOLDEN") == "1":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "copy", "size"), SHOWN)
def test_every_page_names_its_person_the_practice_the_time_and_who_printed_it(
    papers: Pages, key: str, copy: str, size: str
) -> None:
    pdf = papers(key, copy, size)
    found = pages(pdf)
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "Hollybrook Practice · printed 2026-03-02 11:57 by MK" in page
        assert "Who will see this:" in page
        for one, seats in ((ANNA, ("a", "clinic")), (BEN, ("b", "clinic"))):
            named = one.name in page and one.born.isoformat() in page
            assert named if copy in seats else one.name not in page
    assert_inside(pdf, size)


@pytest.mark.parametrize(("key", "longest"), [
    ("handover", 1), ("downtime", 3), ("leaving-instructions", 1), ("prescriber", 1), ("touch", 1),
])
def test_pages_to_be_read_in_a_hurry_are_short(papers: Pages, key: str, longest: int) -> None:
    assert all(len(pages(papers(key, copy, size))) <= longest for copy, size in (("a", "A4"), ("b", "Letter")))


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_no_page_holds_a_word_of_the_other_person(tmp_path: Path, seed: int) -> None:
    with house(tmp_path, furnished=False) as home:
        chance = Played(home.desk(), home.clock, seed)
        chance.play(30)
        strangers = chance.planted.of("nowhere")
        for seat in SEATS:
            for kind in PageKind:
                said = repr(page_content(home.desk(), kind, "session-1", seat, PaperUse.PREVIEW))
                found = {word for word in chance.planted.homes if word in said}
                assert not found & (chance.planted.of(other(seat)) | strangers), kind
            printed = text(made(home, "leaving-instructions", seat).pdf)
            assert not {word for word in chance.planted.of(other(seat)) | strangers if word in printed}


@pytest.mark.parametrize("seed", range(2))
def test_the_clinics_own_sheet_holds_every_word_of_both(tmp_path: Path, seed: int) -> None:
    with house(tmp_path, furnished=False) as home:
        chance = Played(home.desk(), home.clock, seed)
        chance.play(30)
        said = repr(clinic_content(home.desk(), "session-1", "clinic", PaperUse.PREVIEW))
        missing = {word for word in chance.planted.homes if word not in said} - chance.planted.of("nowhere")
        assert len(missing) == 2 * 4 + 1, "pronouns, contact, language, intention and the couple's label: the chart's"
        assert not {word for word in chance.planted.of("nowhere") if word in said}


def private(folder: Path, secret: str) -> dict[tuple[str, str], bytes]:
    """Every page of B, and of both, in a practice whose A has a secret."""
    folder.mkdir()
    with house(folder) as home:
        live = LiveDesk.begin(home.desk(), plan(home.desk(), intentions=(secret, "to stay near")).id)
        for who in SEATS:
            ready(live, who)
            live.record(dose(who))
        for ask in (
            AskNote(secret, "a"), AskWords("a", secret), AskCheck("escort", secret, "a"), AskTouch("a", "hands"),
            AskPhoneOrder("a", secret, PAUL.id, MARA.id), AskAdverse("a", secret), AskEmergency("a"),
            AskOverride("a", "fasting", PAUL.id, OverrideHow.PHONE, secret, MARA.id), AskEmergencyEnd("a", secret),
        ):  # fmt: skip
            live.record(ask)
        live.record(vitals("b"))
        keys = [(key, "b") for key in OWN] + [("after-medicine-keep", "b"), ("after-medicine-keep", "both")]
        return {(key, copy): made(home, key, copy).pdf for key, copy in keys}


def test_a_private_fact_of_a_changes_no_byte_of_a_page_for_b_or_for_both(tmp_path: Path) -> None:
    first, second = private(tmp_path / "one", "lorazepam"), private(tmp_path / "two", "an affair")
    assert [key for key in first if first[key] != second[key]] == []


def test_a_blank_flowsheet_is_there_before_the_session_begins(home: House) -> None:
    plan(home.desk())
    (first, *_) = pages(made(home, "downtime", "a").pdf)
    for needed in (ANNA.name, "200 mg", "120 min", "Before the dose amber above 140/90", "Second check"):
        assert needed in first
    keys = [title.key for title in paper_titles(home.desk(), SEATS, begun=False)]
    assert "downtime" in keys
    assert not {"handover", FLOWSHEET} & set(keys)
    with pytest.raises(Refused) as refused:
        made(home, "handover", "a")
    assert refused.value.code == "not_begun"


def test_somebody_who_sits_with_their_partner_has_no_lines_for_doses(home: House) -> None:
    session = plan(home.desk())
    people = tuple(replace(one, role="sitting", order_id=None) if one.seat == "b" else one for one in session.people)
    with home.store.write() as unit:
        kept = unit.sessions.save(replace(session, people=people))
        unit.audit(home.desk().line(Act.CHANGE, "session", kept.id, kept.owner))
    assert "Second check" in text(made(home, "downtime", "a").pdf)
    sitting = text(made(home, "downtime", "b").pdf)
    assert "Second check" not in sitting
    assert "none: sits with the partner" in sitting


def test_going_home_says_what_was_given_who_comes_and_when_the_next_time_is(home: House) -> None:
    played(home)
    said = text(made(home, "leaving-instructions", "a").pdf)
    for needed in ("100 mg ketamine at 10:10", "4 mg ondansetron at", "Ewa Wiśniewska", "2026-03-09 at 10:00"):
        assert needed in said
    assert "Trần" not in said
    with pytest.raises(Refused):
        made(home, "leaving-instructions", "both")


def test_a_signed_order_and_what_is_due_stand_on_the_prescribers_page(home: House) -> None:
    session = played(home)
    before = text(made(home, "prescriber", "a").pdf)
    assert before.count(LINE) == 3  # two orders, and the page itself
    seq = session.live.state.people["a"].phone_orders[0].seq
    sign_order(home.desk(PAUL), "session-1", seq)
    finish(session.live)
    after = text(made(home, "prescriber", "a").pdf)
    assert after.count(LINE) == 2
    for needed in ("Paul Osei, 2026-03-02", "24 h call 2026-03-03", "72 h integration 2026-03-05"):
        assert needed in after
    for size in ("A4", "Letter"):
        assert len(pages(made(home, "prescriber", "a", size).pdf)) == 1
    flow = text(made(home, FLOWSHEET, "a").pdf)
    assert "signed: Paul Osei, 2026-03-02" in flow.replace("\n", " ")
    assert flow.replace("\n", " ").count("waits for the prescriber’s signature") == 1
    assert "signed" not in text(made(home, "prescriber", "b").pdf)


def test_a_touch_plan_says_what_was_agreed_beside_it_and_whose_it_is(home: House) -> None:
    draft = TouchDraft(
        (Permission("partner", "hand", "awake", May.YES),), stop_word="red kite", signal="two taps", silence=True,
        sober=True,
    )
    keep_touch(home.desk(), ANNA.id, draft, 0)
    played(home)
    said = text(made(home, "touch", "a").pdf)
    for needed in ("Stop word red kite", "Signal without words two taps", "partner hand yes yes yes"):
        assert needed in said
    assert "No sexual touch between any persons" in said
    other_page = text(made(home, "touch", "b").pdf)
    assert "red kite" not in other_page
    assert "No touch is agreed for this session." in other_page
    assert "safe signal at" in other_page


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_emergency_card_is_one_page_about_nobody(home: House, size: str) -> None:
    plan(home.desk())
    paper = made(home, EMERGENCY, "blank", size)
    (page,) = pages(paper.pdf)
    for needed in ("Call 911", "Airway: side, jaw, suction", "Partner: second person", "Hollybrook Practice", "by MK"):
        assert needed in page
    assert not {ANNA.name, BEN.name} & set(page.splitlines())
    assert "born" not in page
    assert_inside(paper.pdf, size)
    line = home.lines()[-1].entry
    assert (line.subject_kind, line.owner.kind.value, line.detail) == ("emergency", "practice", "card")


def test_a_card_that_cannot_be_read_keeps_no_hand_over_from_being_printed(home: House) -> None:
    played(home)
    home.resources = Broken(home.resources)
    said = text(made(home, "handover", "a").pdf)
    assert "11:01 call" in said


@pytest.mark.parametrize(("use", "act"), [(PaperUse.PREVIEW, Act.VIEW), (PaperUse.PRINT, Act.PRINT)])
@pytest.mark.parametrize("kind", list(PageKind))
def test_every_page_has_a_line_in_the_trail_of_whom_it_is_about(
    home: House, live: LiveDesk, kind: PageKind, use: PaperUse, act: Act
) -> None:
    paper = session_page(home.desk(), kind, "session-1", "b", use)
    line = home.lines()[-1].entry
    assert (line.act, line.subject_kind, line.subject_id) == (act, kind.value, "session-1")
    assert (line.owner, line.detail) == (BEN.owner, "copy b")
    assert paper.file_name == f"{kind.value}-b.pdf"


def test_the_clinics_own_sheet_has_a_line_for_each_person_on_it(home: House, live: LiveDesk) -> None:
    made(home, FLOWSHEET, "clinic")
    lines = [line.entry for line in home.lines()[-2:]]
    assert [(line.subject_kind, line.owner) for line in lines] == [("flowsheet", ANNA.owner), ("flowsheet", BEN.owner)]


def test_who_may_not_see_a_page_gets_neither_page_nor_line(home: House, live: LiveDesk) -> None:
    lines = len(home.lines())
    for kind in PageKind:
        with pytest.raises(NotAllowed):
            session_page(home.desk(OTTO), kind, "session-1", "a", PaperUse.PREVIEW)
        for copy in ("both", "c", "clinic", ""):
            with pytest.raises(Refused):
                session_page(home.desk(MARA), kind, "session-1", copy, PaperUse.PREVIEW)
    with pytest.raises(NotAllowed):
        clinic_content(home.desk(OTTO), "session-1", "clinic", PaperUse.PREVIEW)
    assert len(home.lines()) == lines
