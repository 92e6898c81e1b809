"""Somebody's care, a session afterwards, the day, and groups: real widgets on a real practice, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.audience import Audience
from desktop.domain.care import May
from desktop.domain.care_drafts import SafetyDraft, TouchDraft
from desktop.domain.people import Role
from desktop.domain.records import SessionFormat
from desktop.live.asks import AskPhoneOrder, AskWords
from desktop.services.live import LiveDesk
from desktop.services.safety_cards import keep_safety_card
from desktop.services.touch import keep_touch
from desktop.views.after.forms import DraftForm, ReleaseForm
from desktop.views.after.view import AfterScreen
from desktop.views.client.forms import AdverseForm, CallForm, SafetyForm, TouchForm
from desktop.views.client.view import CareScreen
from desktop.views.couple.view import ChartScreen
from desktop.views.groups.forms import GroupForm
from desktop.views.groups.view import GroupsScreen
from desktop.views.today.view import TodayScreen
from desktop.views.ui.dialogs import Question
from desktop.views.ui.halftyped import taken_from
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AFTER, BOARD, CARE, COUPLE, Place
from tests.kit import ANNA, BEN, MARA, PAIR, PAUL, House, dose, finish, plan, ready
from tests.views.hands import focused, opened, pressed, settle, written

ALL = replace(MARA, roles=frozenset(Role))
CTRL = Qt.KeyboardModifier.ControlModifier
DAY = 24 * 3600


def choose(form: QWidget, name: str, key: str) -> None:
    box = form.form.field(name).edit  # type: ignore[attr-defined]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def answered(screen: QWidget) -> None:
    """Say yes to the question that is open."""
    (question,) = (each for each in screen.window().findChildren(Question) if each.isVisible())
    question.accept()


@pytest.fixture
def care(qtbot: QtBot, ops: Ops, home: House) -> CareScreen:
    made = CareScreen(home.desk(ALL), ops, client_id=ANNA.id)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


@pytest.fixture
def held(home: House) -> str:
    """A session that is over, with words of both, an order by phone and follow-ups; it is the next day."""
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    for who, text in (("a", "canaryanna"), ("b", "canaryben")):
        ready(live, who)
        live.record(dose(who))
        live.record(AskWords(who, text))
    live.record(AskPhoneOrder("a", "ondansetron 4 mg", PAUL.name, "Tess Ito"))
    finish(live)
    home.clock.forward(DAY + 60)
    return live.session.id


def test_a_touch_plan_is_agreed_by_keys_alone(qtbot: QtBot, ops: Ops, home: House, care: CareScreen) -> None:
    pressed(Qt.Key.Key_T, CTRL)
    form = care.panel.held
    assert isinstance(form, TouchForm)
    assert focused() is form.grid.first()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_Right, Qt.Key.Key_A, Qt.Key.Key_Down, Qt.Key.Key_Space):
        pressed(key)
    pressed(Qt.Key.Key_Tab)
    written("stays dressed")
    pressed(Qt.Key.Key_Tab)
    written("red")
    pressed(Qt.Key.Key_Return, CTRL)
    assert form.form.field("sober").problem  # more than nothing is permitted, and nobody said they are sober
    for name in ("silence", "sober"):
        form.form.field(name).edit.click()  # type: ignore[union-attr]
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    with home.store.read() as unit:
        (kept,) = unit.care.touch_plans.of_client(ANNA.id, Audience.clinic("test"))
    assert [(one.place, one.state, one.may) for one in kept.permissions.each] == [
        ("hand", "awake", May.YES), ("hand", "peak", May.ASK), ("shoulder", "peak", May.ASK),
    ]  # fmt: skip
    assert (kept.stop_word, kept.sober_on is not None) == ("red", True)
    assert "Agreed sober on 2026-03-02" in care.touch.sober.text()
    table = care.touch.plan.table()
    assert table is not None
    assert table.rows[0] == ("therapist, hand", "yes", "ask", "no")


def test_a_plan_is_confirmed_for_another_day(qtbot: QtBot, ops: Ops, home: House, care: CareScreen) -> None:
    keep_touch(home.desk(), ANNA.id, TouchDraft(stop_word="red", silence=True, sober=True), 0)
    home.clock.forward(DAY)
    care.ask_again()
    settle(qtbot, ops)
    care.touch.confirm_button.click()
    answered(care)
    settle(qtbot, ops)
    assert "Agreed sober on 2026-03-03" in care.touch.sober.text()
    assert not care.touch.confirm_button.isVisible()
    assert "2 versions kept" in care.touch._foot.text()


def test_the_card_and_an_adverse_event_are_written_and_changed(qtbot: QtBot, ops: Ops, care: CareScreen) -> None:
    pressed(Qt.Key.Key_S, CTRL)
    assert isinstance(care.panel.held, SafetyForm)
    written("penicillin")
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    facts = care.presenter.facts
    assert facts is not None
    assert facts.card.lines[0] == ("Allergies", "penicillin")
    pressed(Qt.Key.Key_E, CTRL)
    form = care.panel.held
    assert isinstance(form, AdverseForm)
    pressed(Qt.Key.Key_Return, CTRL)
    assert form.form.field("what").problem
    choose(form, "what", "nausea")
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    care.events.table.setFocus()
    pressed(Qt.Key.Key_Return)
    again = care.panel.held
    assert isinstance(again, AdverseForm)
    choose(again, "outcome", "recovered")
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    facts = care.presenter.facts
    assert facts is not None
    assert [(row.what, row.outcome) for row in facts.events] == [("nausea", "over")]


def test_a_call_is_answered_and_a_red_answer_is_said_at_once(
    qtbot: QtBot, ops: Ops, home: House, held: str, care: CareScreen
) -> None:
    care.ask_again()
    settle(qtbot, ops)
    facts = care.presenter.facts
    assert facts is not None
    call = next(row for row in facts.followups if row.words == "24 h call")
    care.show_part(Place(CARE, ANNA.id, f"call/{call.id}"))
    settle(qtbot, ops)
    form = care.panel.held
    assert isinstance(form, CallForm)
    assert not form.red.isVisible()
    choose(form, "death", "yes")
    assert form.red.isVisible()
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    said = care.banner.accessibleName() + care.banner.accessibleDescription()
    assert "Tell the therapist and the prescriber now" in said
    facts = care.presenter.facts
    assert facts is not None
    assert next(row.state for row in facts.followups if row.id == call.id) == "done"


def test_what_is_half_typed_comes_back_after_a_lock(qtbot: QtBot, ops: Ops, care: CareScreen) -> None:
    care.presenter.touch()
    form = care.panel.held
    assert isinstance(form, TouchForm)
    form.grid.answer("partner", "kiss", "awake").click()
    form.form.field("stop_word").show_value("red")
    ((key, values),) = care.half_typed()
    care.close_form()
    assert care.reopen(key, values)
    again = care.panel.held
    assert isinstance(again, TouchForm)
    assert again.grid.answer("partner", "kiss", "awake").may is May.ASK
    assert taken_from(again) == values


def test_words_are_given_to_both_and_taken_back(qtbot: QtBot, ops: Ops, home: House, held: str) -> None:
    screen = AfterScreen(home.desk(ALL), ops, session_id=held)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.words.table.setFocus()
    pressed(Qt.Key.Key_Return)
    form = screen.panel.held
    assert isinstance(form, ReleaseForm)
    pressed(Qt.Key.Key_Return, CTRL)
    assert form.form.field("sober").problem
    choose(form, "asked", "speaker")
    form.form.field("sober").edit.click()  # type: ignore[union-attr]
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    with home.store.read() as unit:
        (given,) = unit.care.releases.of_session(held, Audience.both(PAIR.id))
    assert given.text == "canaryanna"
    screen.words.back_button.click()
    settle(qtbot, ops)
    with home.store.read() as unit:
        assert unit.care.releases.of_session(held, Audience.both(PAIR.id)) == ()


def test_a_note_is_begun_from_the_entries_and_signed(qtbot: QtBot, ops: Ops, home: House, held: str) -> None:
    screen = AfterScreen(home.desk(ALL), ops, session_id=held)
    opened(qtbot, screen)
    settle(qtbot, ops)
    screen.notes.buttons[1].click()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, DraftForm)
    assert "canaryben" in form.text.toPlainText()
    assert "canaryanna" not in form.text.toPlainText()
    form.sign_button.click()
    settle(qtbot, ops)
    answered(screen)
    settle(qtbot, ops)
    with home.store.read() as unit:
        (note,) = unit.notes.of_session(held, Audience.clinic("test"))
    assert (note.owner, note.signed is not None) == (BEN.owner, True)


def test_a_prescriber_finds_what_is_to_sign_on_today_and_signs_it(
    qtbot: QtBot, ops: Ops, home: House, held: str
) -> None:
    today = TodayScreen(home.desk(PAUL), ops, lambda: "Last verified archive: just now.")
    opened(qtbot, today)
    settle(qtbot, ops)
    went: list[Place] = []
    today.go.connect(went.append)
    assert today.facts is not None
    assert [row.state for row in today.facts.rows] == ["due"] * 4 + ["to sign"]
    assert today.archive.text() == "Last verified archive: just now."
    today.table.selectRow(4)
    pressed(Qt.Key.Key_Return)
    assert went == [Place(AFTER, held, "sign")]
    screen = AfterScreen(home.desk(PAUL), ops, session_id=held)
    opened(qtbot, screen)
    settle(qtbot, ops)
    assert focused() is screen.phone.table
    pressed(Qt.Key.Key_Return)
    answered(screen)
    settle(qtbot, ops)
    facts = screen.presenter.facts
    assert facts is not None
    assert facts.phone[0].state.startswith("Paul Osei, 2026-03-03")
    settle(qtbot, ops)
    assert "to sign" not in {row.state for row in today.facts.rows}


def test_the_day_leads_to_what_waits(qtbot: QtBot, ops: Ops, home: House) -> None:
    plan(home.desk())
    keep_safety_card(home.desk(), ANNA.id, SafetyDraft("none known"), 0)
    today = TodayScreen(home.desk(ALL), ops)
    opened(qtbot, today)
    settle(qtbot, ops)
    went: list[Place] = []
    today.go.connect(went.append)
    pressed(Qt.Key.Key_Return)
    assert went == [Place(COUPLE, PAIR.id)]


def test_a_group_is_planned_and_begun_from_its_list(qtbot: QtBot, ops: Ops, home: House) -> None:
    from desktop.domain.people import ClientDraft
    from desktop.services.clients import make_client
    from desktop.services.couples import make_couple

    desk = home.desk(ALL)
    cara, dev = (make_client(desk, ClientDraft(name, "1980-01-01")).value for name in ("Cara", "Dev"))
    make_couple(desk, cara.id, dev.id)
    screen = GroupsScreen(desk, ops)
    opened(qtbot, screen)
    settle(qtbot, ops)
    pressed(Qt.Key.Key_P, CTRL)
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, GroupForm)
    pressed(Qt.Key.Key_Return, CTRL)
    assert "couple" in form._problem.text() or form._problem.text()
    for at, taking in ((0, "ab"), (1, "b")):
        box = form.who.field(f"couple_{at}").edit
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(taking))
        box.activated.emit(box.currentIndex())
    assert "No order in force" in form._orders.text()
    form.form.field("label").show_value("Spring")
    pressed(Qt.Key.Key_Return, CTRL)
    settle(qtbot, ops)
    with home.store.read() as unit:
        (session,) = unit.sessions.of_client(cara.id, Audience.clinic("test"))
    assert (session.format, session.label, len(session.people)) == (SessionFormat.GROUP, "Spring", 4)
    went: list[Place] = []
    screen.go.connect(went.append)
    screen.table.setFocus()
    pressed(Qt.Key.Key_Return)
    assert went == [Place(BOARD, session.id)]


def test_on_their_page_stands_when_touch_was_agreed_and_what_they_do_not_bear(
    qtbot: QtBot, ops: Ops, home: House
) -> None:
    keep_touch(home.desk(), ANNA.id, TouchDraft(stop_word="red", silence=True, sober=True), 0)
    keep_safety_card(home.desk(), ANNA.id, SafetyDraft("penicillin"), 0)
    page = ChartScreen(home.desk(ALL), ops, couple_id=PAIR.id)
    opened(qtbot, page)
    settle(qtbot, ops)
    a, b = (card.facts for card in page.cards)
    assert a is not None
    assert b is not None
    assert a.lines[-1] == "Touch agreed sober 2026-03-02 · Allergies: penicillin"
    assert "penicillin" not in str(b)
    went: list[Place] = []
    page.go.connect(went.append)
    page.cards[0].care_button.click()
    assert went == [Place(CARE, ANNA.id)]
