"""Knows what a session brings along and leaves behind: its opening, signatures, draft notes, and what a day asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.audience import Audience
from desktop.domain.care import May, Permission
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft, TouchDraft
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Conflict, Refused
from desktop.domain.people import Member, Role
from desktop.domain.records import Act
from desktop.live.asks import AskAdverse, AskMove, AskNote, AskObserve, AskPhoneOrder, AskStrike, AskUndo, AskWords
from desktop.live.events import TouchRule
from desktop.services.adverse import write_adverse
from desktop.services.live import LiveDesk
from desktop.services.notes import sign_note, write_note
from desktop.services.progress import draft_progress
from desktop.services.safety_cards import keep_safety_card
from desktop.services.signatures import sign_order, signed_in, to_sign
from desktop.services.today import open_day
from desktop.services.touch import keep_touch
from tests.kit import ANNA, BEN, PAIR, PAUL, PRACTICE_ID, House, dose, finish, plan, ready

OTHER = Member("m-rhea", "Rhea Vance", "RV", frozenset({Role.PRESCRIBER}))
CALLED = AskPhoneOrder("a", "ondansetron 4 mg, canaryorder", PAUL.name, "Tess Ito")


def test_touch_and_safety_are_frozen_in_the_opening(home: House) -> None:
    desk = home.desk()
    hand = Permission("therapist", "hand", "awake", May.YES)
    keep_touch(desk, ANNA.id, TouchDraft((hand,), stop_word="red", silence=True, sober=True), 0)
    keep_safety_card(desk, ANNA.id, SafetyDraft("penicillin", "sertraline", "Sam Ito", "555-0199", "asthma"), 0)
    live = LiveDesk.begin(desk, plan(desk).id)
    keep_safety_card(desk, ANNA.id, SafetyDraft("none known"), 1)
    again = LiveDesk.resume(home.again().desk(), live.session.id)
    a, b = again.state.opened.participants
    assert a.touch == (TouchRule("therapist", "hand", "awake", "yes"),)
    assert (a.allergies, a.medicines, a.contact) == ("penicillin", "sertraline\nasthma", "Sam Ito, 555-0199")
    assert (b.touch, b.allergies, b.medicines, b.contact) == ((), "", "", "")


def test_a_phone_order_is_signed_by_who_gave_it_also_after_the_close_and_once(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    session, paul = live.session.id, home.desk(PAUL)
    live.record(CALLED)
    seq = live.state.people["a"].phone_orders[0].seq
    live.record(replace(CALLED, who="b", text="struck again"))
    live.record(AskStrike(seq + 1, "a slip"))
    finish(live)
    (waiting,) = to_sign(paul)
    assert (waiting.session_id, waiting.seq, waiting.name, waiting.text) == (session, seq, ANNA.name, CALLED.text)
    assert (waiting.day, waiting.wall, waiting.read_back_by, waiting.override) == (
        "2026-03-02", "10:00", "Tess Ito", False,
    )  # fmt: skip
    with home.store.write() as unit:
        unit.members.add(OTHER)
        unit.audit(paul.line(Act.CREATE, "member", OTHER.id, PAIR.owner))
    assert to_sign(home.desk(OTHER)) == ()
    for desk, number in ((home.desk(OTHER), seq), (paul, 1), (paul, seq + 1)):
        with pytest.raises(Refused) as caught:
            sign_order(desk, session, number)
        assert caught.value.code in ("other_prescriber", "nothing_to_sign")
    made = sign_order(paul, session, seq).value
    assert (made.client_id, made.member_id, len(made.digest)) == (ANNA.id, PAUL.id, 64)
    assert to_sign(paul) == ()
    with pytest.raises(Conflict):
        sign_order(paul, session, seq)
    with home.store.read() as unit:
        (shown,) = signed_in(unit, session, Audience.person(ANNA.id))
        assert (shown.name, shown.when, shown.meaning) == (PAUL.name, "2026-03-02 10:00", "I ordered this by phone.")
        assert signed_in(unit, session, Audience.partner(BEN.id, PAIR.id)) == ()
    for sql in ("UPDATE order_signatures SET meaning = ''", "DELETE FROM order_signatures"):
        with pytest.raises(Exception, match="holdfast"):
            home.sql(sql)
    assert home.again().intact()


def test_an_order_from_outside_is_signed_by_a_prescriber_here(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    live.record(replace(CALLED, prescriber="Dr Stand-in"))
    (waiting,) = to_sign(home.desk(PAUL))
    assert sign_order(home.desk(PAUL), waiting.session_id, waiting.seq).value.member_id == PAUL.id


def test_an_adverse_event_of_the_board_is_a_record_at_once_and_follows_its_entry(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    home.clock.forward(600)
    live.record(AskAdverse("a", "nausea", None, 2, "twice"))
    live.record(AskAdverse("a", "panic"))
    live.record(AskMove("b"))
    live.record(AskStrike(2, "it was only a burp"))
    with home.store.read() as unit:
        found = {one.seq: one for one in unit.care.adverse.of_session(live.session.id, Audience.clinic("test"))}
    assert [(one.seq, one.client_id, one.what, one.severity) for one in found.values()] == [
        (2, ANNA.id, "nausea", 2), (3, ANNA.id, "panic", 0), (4, BEN.id, "panic", 0),
    ]  # fmt: skip
    assert {one.began for one in found.values()} == {"2026-03-02 10:10"}
    assert found[2].note == "twice\nThe entry that this was made from was taken back: it was only a burp"
    assert "moved to somebody else" in found[3].note
    assert BEN.name not in found[3].note
    live.record(AskUndo("she had it after all"))  # the striking
    live.record(AskUndo("it was hers"))  # and the move
    with home.store.read() as unit:
        again = {one.seq: one.note for one in unit.care.adverse.of_session(live.session.id, Audience.clinic("test"))}
    assert again[2].endswith("counts again.")
    assert again[3].endswith("counts again.")
    assert again[4] == "The entry that this was made from was taken back: it was hers"
    finish(live)
    assert home.again().intact()


def test_a_draft_note_is_made_of_one_persons_entries_alone(home: House) -> None:
    desk = home.desk()
    live = LiveDesk.begin(desk, plan(desk, intentions=("canaryanna hopes", "canaryben hopes")).id)
    for who, word in (("a", "canaryanna"), ("b", "canaryben")):
        ready(live, who)
        live.record(dose(who))
        live.record(AskWords(who, f"{word} said"))
        live.record(AskNote(f"{word} noted", who))
        live.record(AskObserve(who, "crying", "strong"))
    live.record(AskNote("canaryroom music"))
    finish(live)
    before = len(home.lines())
    owner, text = draft_progress(desk, live.session.id, "a")
    assert owner == ANNA.owner
    assert len(home.lines()) == before + 1
    for wanted in ("canaryanna hopes", "canaryanna said", "canaryanna noted", "100 mg", "128/82", "crying (strong)",
                   "24 h call", "Plan:", ANNA.name):  # fmt: skip
        assert wanted in text
    for hidden in ("canaryben", BEN.name, "canaryroom"):
        assert hidden not in text
    shared_owner, shared = draft_progress(desk, live.session.id, "both")
    assert shared_owner == PAIR.owner
    assert "canaryroom music" in shared
    for hidden in ("canaryanna", "canaryben", ANNA.name, BEN.name, "mg"):
        assert hidden not in shared
    note = write_note(desk, NoteDraft(owner, text, live.session.id)).value
    assert sign_note(desk, note.id, note.version).value.signed is not None


def test_a_session_that_never_began_or_holds_nobody_there_has_no_draft(home: House) -> None:
    desk = home.desk()
    session = plan(desk)
    with pytest.raises(Refused):
        draft_progress(desk, session.id, "a")
    LiveDesk.begin(desk, session.id)
    with pytest.raises(Refused):
        draft_progress(desk, session.id, "c")


def test_the_day_lists_what_waits_and_for_whom(home: House) -> None:
    desk, paul = home.desk(), home.desk(PAUL)
    assert open_day(desk).sessions == ()
    live = LiveDesk.begin(desk, plan(desk).id)
    plan(desk, "session-2")
    ready(live)
    live.record(dose())
    live.record(CALLED)
    write_note(desk, NoteDraft(ANNA.owner, "a draft"))
    bad = AdverseDraft("panic", "2026-03-02 09:00", follow_up="2026-03-05")
    write_adverse(desk, ANNA.id, bad)
    write_adverse(desk, BEN.id, replace(bad, follow_up="2026-03-02"))
    write_adverse(desk, BEN.id, replace(bad, follow_up="2026-04-02"))
    lines = home.lines()
    day = open_day(desk)
    names = (ANNA.name, BEN.name)
    assert [(one.session.id, one.names) for one in day.sessions] == [("session-1", names), ("session-2", names)]
    assert [one.names for one in day.notes] == [(ANNA.name,)]
    assert [(one.client.id, one.what, one.late) for one in day.events] == [
        (BEN.id, "panic", True), (ANNA.id, "panic", False),
    ]  # fmt: skip
    assert (day.to_sign, day.followups) == ((), ())
    assert [one.text for one in open_day(paul).to_sign] == [CALLED.text]
    assert open_day(paul).notes == ()
    assert home.lines() == lines
    finish(live)
    assert [one.followup.kind for one in open_day(desk).followups] == ["welfare", "call"]
    assert home.store.practice_id == PRACTICE_ID
