"""What the page of a couple decides, on a real practice, without Qt."""

from __future__ import annotations

import pytest

from desktop.domain.audience import Audience
from desktop.domain.drafts import DOSED, SITTING, PlanPerson
from desktop.domain.errors import Conflict, Invalid, NotAllowed
from desktop.domain.people import Member
from desktop.domain.records import Act, Session
from desktop.services.couples import change_label
from desktop.services.live import LiveDesk
from desktop.views.couple.drafts import NoteFields, OrderFields, PlanFields
from desktop.views.couple.facts import ChartFacts
from desktop.views.couple.presenter import ChartPresenter, NotesPresenter
from desktop.views.couple.reading import order_choices, owner_of
from desktop.views.ui.place import BOARD, PEOPLE, Place
from desktop.views.ui.theme import Tone
from tests.kit import ANNA, BEN, FULL, IM, MARA, PAIR, PAUL, TESS, House, finish, plan
from tests.views.hands import Hands, Noted

ORDER = OrderFields("ketamine/sublingual", "150", "300", "1", "45", "2026-06-30", "with food")


class Case:
    """The presenters of one page over a real desk."""

    def __init__(self, home: House, member: Member = MARA, couple: str = PAIR.id, client: str = "") -> None:
        self.home, self.view, self.hands = home, Noted(), Hands()
        desk = home.desk(member)
        self.page = ChartPresenter(desk, self.hands, self.view, couple, client)
        self.notes = NotesPresenter(desk, self.hands, self.view, self.page)
        self.page.begin()

    @property
    def facts(self) -> ChartFacts:
        found: ChartFacts = self.view.last("show_chart")[0]
        return found


@pytest.fixture
def case(home: House) -> Case:
    return Case(home)


def sessions(home: House) -> tuple[Session, ...]:
    with home.store.read() as unit:
        return unit.sessions.of_owner(PAIR.owner, Audience.clinic())


def test_both_people_stand_in_their_seats_with_two_identifiers(case: Case) -> None:
    a, b = case.facts.people
    assert (a.seat, a.letter, a.name, a.born) == (Tone.A, "A", ANNA.name, "1984-05-01")
    assert (b.seat, b.letter, b.name, b.born) == (Tone.B, "B", BEN.name, "1986-11-23")


def test_opening_the_page_is_one_line_in_the_trail(case: Case) -> None:
    assert case.home.acts("couple")[-1] == (Act.VIEW, PAIR.id, "page")


def test_only_a_prescriber_is_offered_an_order_to_write(home: House) -> None:
    assert not Case(home, MARA).facts.may_prescribe
    prescriber = Case(home, PAUL)
    prescriber.page.order_for(ANNA.id)
    assert prescriber.view.last("show_order_form")[0].name == ANNA.name
    therapist = Case(home, MARA)
    therapist.page.order_for(ANNA.id)
    assert not therapist.view.count("show_order_form")


def test_an_order_that_is_written_stands_with_its_person_alone(home: House) -> None:
    case = Case(home, PAUL)
    case.page.save_order(BEN.id, ORDER)
    a, b = case.facts.people
    assert "150 mg at once, 300 mg in all" in b.orders[0].title
    assert "with food" in b.orders[0].detail
    assert len(b.orders) == 2
    assert len(a.orders) == 1
    assert case.view.last("show_banner")[0].what == f"The order for {BEN.name} is written."


def test_an_order_by_somebody_who_may_not_is_refused_in_words(case: Case) -> None:
    case.page.save_order(ANNA.id, ORDER)
    error, _ = case.view.last("show_form_error")
    assert isinstance(error, NotAllowed)


def test_an_order_with_a_total_below_one_dose_is_marked(home: House) -> None:
    case = Case(home, PAUL)
    case.page.save_order(ANNA.id, OrderFields("ketamine/sublingual", "150", "100", until="2026-06-30"))
    error, problems = case.view.last("show_form_error")
    assert isinstance(error, Invalid)
    assert [problem.field for problem in problems] == ["total"]


def test_withdrawing_asks_first_and_then_the_order_stays_readable(home: House) -> None:
    case = Case(home, PAUL)
    order = case.facts.people[0].orders[0]
    case.page.withdraw(order.id)
    assert case.view.last("ask_withdraw") == (order,)
    assert case.facts.people[0].orders[0].can_withdraw
    case.page.withdraw_now(order.id)
    withdrawn = case.facts.people[0].orders[0]
    assert (withdrawn.state, withdrawn.can_withdraw) == ("withdrawn", False)


def test_a_planned_session_keeps_each_persons_part_and_own_words(case: Case) -> None:
    people = (
        PlanPerson(ANNA.id, "a", DOSED, f"order-{ANNA.id}", "to be less afraid"),
        PlanPerson(BEN.id, "b", SITTING, "", "to stay near"),
    )
    case.page.save_plan(PlanFields(FULL, "2026-03-09", people))
    (session,) = sessions(case.home)
    assert [(p.role, p.order_id, p.intention) for p in session.people] == [
        ("dosed", f"order-{ANNA.id}", "to be less afraid"),
        ("sitting", None, "to stay near"),
    ]
    (row,) = case.facts.sessions
    assert (row.people, row.action) == ("A dosed, B sitting", "Start the session")


def test_a_plan_in_which_nobody_is_dosed_is_marked(case: Case) -> None:
    people = (PlanPerson(ANNA.id, "a"), PlanPerson(BEN.id, "b"))
    case.page.save_plan(PlanFields(FULL, "2026-03-09", people))
    assert [problem.field for problem in case.view.last("show_form_error")[1]] == ["role"]
    assert not sessions(case.home)


def test_an_order_for_another_route_is_not_taken_into_a_plan(case: Case) -> None:
    people = (PlanPerson(ANNA.id, "a", DOSED, f"order-{ANNA.id}"), PlanPerson(BEN.id, "b"))
    case.page.save_plan(PlanFields(IM, "2026-03-09", people))
    assert [problem.field for problem in case.view.last("show_form_error")[1]] == ["order"]


def test_an_assistant_is_not_offered_to_plan(home: House) -> None:
    case = Case(home, TESS)
    case.page.plan()
    assert not case.view.count("show_plan_form")


def test_what_somebody_hopes_for_can_be_changed_before_the_session_begins(home: House) -> None:
    plan(home.desk())
    case = Case(home)
    case.page.change_plan("session-1")
    session, people, _ = case.view.last("show_parts_form")
    assert [person.letter for person in people] == ["A", "B"]
    parts = (
        PlanPerson(ANNA.id, "a", DOSED, "", "to sleep"),
        PlanPerson(BEN.id, "b", DOSED, f"order-{BEN.id}", "to stay near"),
    )
    case.page.save_parts(session, parts)
    (kept,) = sessions(home)
    assert [(p.order_id, p.intention) for p in kept.people] == [
        (None, "to sleep"),
        (f"order-{BEN.id}", "to stay near"),
    ]


def test_a_plan_that_somebody_else_changed_meanwhile_is_not_overwritten(home: House) -> None:
    plan(home.desk())
    case = Case(home)
    case.page.change_plan("session-1")
    session = case.view.last("show_parts_form")[0]
    case.page.save_parts(session, (PlanPerson(ANNA.id, "a", DOSED, f"order-{ANNA.id}", "one"),))
    case.page.save_parts(session, (PlanPerson(ANNA.id, "a", DOSED, f"order-{ANNA.id}", "other"),))
    assert case.view.count("show_form_error") == 1
    assert sessions(home)[0].people[0].intention == "one"


def test_a_couple_can_be_called_something_else(case: Case) -> None:
    case.page.rename()
    assert case.view.last("show_label_form") == ("Tuesday mornings",)
    case.page.save_label("  Thursdays ")
    assert case.facts.title.startswith("Thursdays: ")


def test_a_name_that_somebody_else_chose_meanwhile_is_shown_and_not_overwritten(case: Case) -> None:
    change_label(case.home.desk(), PAIR.id, "Fridays", 1)
    case.page.save_label("Thursdays")
    assert isinstance(case.view.last("show_form_error")[0], Conflict)
    assert case.facts.title.startswith("Fridays: ")
    case.page.save_label("Thursdays")
    assert case.facts.title.startswith("Thursdays: ")


def test_a_name_that_is_too_long_is_marked(case: Case) -> None:
    case.page.save_label("x" * 200)
    assert [problem.field for problem in case.view.last("show_form_error")[1]] == ["label"]


def test_a_client_alone_has_no_name_beside_their_own(home: House) -> None:
    case = Case(home, couple="", client=ANNA.id)
    case.page.rename()
    assert not case.view.count("show_label_form")


def test_going_to_a_session_names_its_board(case: Case) -> None:
    case.page.go_to(BOARD, "session-1")
    assert case.view.last("leave") == (Place(BOARD, "session-1"),)


def test_editing_a_person_goes_to_where_all_are_edited(case: Case) -> None:
    case.page.edit(BEN.id)
    assert case.view.last("leave") == (Place(PEOPLE, part=f"edit/{BEN.id}"),)


@pytest.mark.parametrize(("whose", "letter"), [("a", "A"), ("b", "B"), ("both", "A+B")])
def test_a_note_goes_into_the_compartment_that_was_chosen(case: Case, whose: str, letter: str) -> None:
    case.notes.save_note(NoteFields(whose, "Came rested."), None, "")
    (note,) = case.facts.notes
    assert (note.whose, note.whose_key, note.text, note.open) == (letter, whose, "Came rested.", True)
    assert case.page.chart is not None
    with case.home.store.read() as unit:
        owner = owner_of(case.page.chart, whose)
        assert [each.text for each in unit.notes.of_owner(owner, Audience.clinic())] == ["Came rested."]


def test_signing_asks_first_and_locks(case: Case) -> None:
    case.notes.save_note(NoteFields("both", "Came rested."), None, "", sign=True)
    (note,) = case.view.last("ask_sign")
    assert not case.view.count("show_chart") > 1
    case.notes.sign_now(note)
    (shown,) = case.facts.notes
    assert shown.signed
    assert not shown.open
    case.notes.save_note(NoteFields("both", "Came tired."), shown, "")
    assert case.view.count("show_form_error") == 1


def test_anothers_draft_can_be_read_and_not_changed(home: House) -> None:
    Case(home).notes.save_note(NoteFields("both", "Came rested."), None, "")
    (note,) = Case(home, PAUL).facts.notes
    assert not note.open
    assert not note.signed


def test_an_empty_note_is_not_kept(case: Case) -> None:
    case.notes.save_note(NoteFields("both", "  \n"), None, "")
    assert [problem.field for problem in case.view.last("show_form_error")[1]] == ["text"]
    assert not case.home.acts("note")


def test_the_page_of_one_client_holds_nothing_of_the_partner(home: House) -> None:
    case = Case(home)
    case.notes.save_note(NoteFields("b", "Hers alone."), None, "")
    case.notes.save_note(NoteFields("both", "Of both."), None, "")
    case.notes.save_note(NoteFields("a", "His alone."), None, "")
    alone = Case(home, couple="", client=ANNA.id)
    assert [note.text for note in alone.facts.notes] == ["His alone."]
    assert [person.name for person in alone.facts.people] == [ANNA.name]
    assert alone.facts.couples == ((PAIR.id, PAIR.label),)


def test_an_order_that_has_expired_is_named_so_and_not_offered(home: House) -> None:
    home.clock.forward(200 * 24 * 3600)
    case = Case(home, PAUL)
    order = case.facts.people[0].orders[0]
    assert (order.state, order.tone, order.can_withdraw) == ("expired", Tone.AMBER, False)
    assert case.page.chart is not None
    assert order_choices(case.page.chart) == ()


def test_a_running_session_is_carried_on_and_a_closed_one_looked_at(home: House) -> None:
    plan(home.desk())
    live = LiveDesk.begin(home.desk(), "session-1")
    assert Case(home).facts.sessions[0].action == "Carry it on"
    finish(live)
    assert Case(home).facts.sessions[0].action == "Look at it"
