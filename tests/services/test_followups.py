"""Knows what is due after a session: who is called when, what a call is told, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.audience import Audience
from desktop.domain.care import FollowState, StepHow
from desktop.domain.care_drafts import StepDraft
from desktop.domain.errors import Conflict, Invalid, Refused
from desktop.domain.records import Act
from desktop.live.asks import AskClose, AskDischarge
from desktop.live.events import Ending
from desktop.services.followups import answer_followup, due_followups, open_followup, red_answers
from desktop.services.live import LiveDesk
from tests.kit import ANNA, BEN, PAIR, House, dose, finish, plan, ready

HOUR = 3600
CALL = StepDraft("done", "calm", (("sleep", " well "), ("death", "yes"), ("sex", "no"), ("mood", "")))


@pytest.fixture
def after(home: House) -> House:
    """A session is over: A took the medicine and met the criteria, B took it and left before."""
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    for who in ("a", "b"):
        ready(live, who)
        live.record(dose(who))
    live.record(AskDischarge("a", Ending.PRESCRIBER, statement_by="Paul"))
    live.record(AskDischarge("b", Ending.LEFT))
    live.record(AskClose())
    return home


def due(home: House) -> list[tuple[str, str, bool]]:
    return [(each.followup.kind, each.client.id, each.late) for each in due_followups(home.desk())]


def test_at_the_close_each_dosed_person_gets_what_is_due(after: House) -> None:
    rows = after.sql("SELECT client_id, kind, due, state FROM followups ORDER BY client_id, due")
    assert [row[:2] for row in rows] == [
        (ANNA.id, "call"), (ANNA.id, "integration"), (ANNA.id, "week"),
        (BEN.id, "welfare"), (BEN.id, "call"), (BEN.id, "integration"), (BEN.id, "week"),
    ]  # fmt: skip
    assert rows[0][2] == "2026-03-03T15:00:00.000000Z"
    assert {row[3] for row in rows} == {"open"}
    assert due(after) == [("welfare", BEN.id, False), ("call", ANNA.id, False), ("call", BEN.id, False)]
    after.clock.forward(24 * HOUR)
    assert due(after) == [("welfare", BEN.id, True), ("call", ANNA.id, True), ("call", BEN.id, True)]
    assert after.again().intact()


def test_who_took_nothing_is_not_called(home: House) -> None:
    finish(LiveDesk.begin(home.desk(), plan(home.desk()).id))
    assert home.sql("SELECT count(*) FROM followups") == [(0,)]


def test_a_call_is_not_reached_moved_and_done_and_every_try_stays(after: House) -> None:
    desk = after.desk()
    call = next(each.followup for each in due_followups(desk) if each.client.id == ANNA.id)
    after.clock.forward(25 * HOUR)
    missed = answer_followup(desk, call.id, StepDraft("not_reached", "no answer"), call.version).value
    assert (missed.state, missed.due) == (FollowState.NOT_REACHED, call.due)
    found = next(each for each in due_followups(desk) if each.followup.id == call.id)
    assert (found.late, found.tries) == (True, 1)
    moved = answer_followup(desk, call.id, StepDraft("moved", due="2026-03-04 18:00"), missed.version).value
    assert moved.due.isoformat() == "2026-03-04T23:00:00+00:00"
    ahead = due_followups(desk, ahead=timedelta(hours=48))
    assert [each.late for each in ahead if each.followup.id == call.id] == [False]
    done = answer_followup(desk, call.id, CALL, moved.version).value
    assert done.state is FollowState.DONE
    assert call.id not in {each.followup.id for each in due_followups(desk)}
    page = open_followup(desk, call.id)
    assert [step.how for step in page.steps] == [StepHow.NOT_REACHED, StepHow.MOVED, StepHow.DONE]
    assert page.steps[-1].answers.pairs == (("sleep", "well"), ("death", "yes"), ("sex", "no"))
    assert page.kind is not None
    red = red_answers(page.kind.questions, page.steps[-1].answers.pairs)
    assert red == ("Any thoughts of death, or of not wanting to live?",)
    with pytest.raises(Refused) as caught:
        answer_followup(desk, call.id, CALL, done.version)
    assert caught.value.code == "done"
    assert after.acts("followup")[-1] == (Act.VIEW, call.id, "")
    assert after.intact()
    with pytest.raises(Exception, match="holdfast: done"):
        after.sql("UPDATE followups SET state = 'open' WHERE id = ?", call.id)
    with pytest.raises(Exception, match="holdfast: append-only"):
        after.sql("UPDATE followup_steps SET note = 'other'")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"how": ""}, {"how"}), ({"how": "moved"}, {"due"}), ({"how": "moved", "due": "2026-03-01 10:00"}, {"due"}),
        ({"answers": (("sleep", "x" * 4001),)}, {"sleep"}), ({"note": "x" * 4001}, {"note"}),
    ],
)
def test_what_cannot_be_kept_of_a_call(after: House, change: dict[str, Any], wrong: set[str]) -> None:
    call = due_followups(after.desk())[0].followup
    with pytest.raises(Invalid) as caught:
        answer_followup(after.desk(), call.id, replace(CALL, **change), call.version)
    assert {problem.field for problem in caught.value.problems} == wrong
    with pytest.raises(Conflict):
        answer_followup(after.desk(), call.id, CALL, 7)


def test_what_a_call_was_told_is_one_persons(after: House) -> None:
    desk = after.desk()
    for each in due_followups(desk):
        word = "canaryanna" if each.client.id == ANNA.id else "canaryben"
        answer_followup(desk, each.followup.id, replace(CALL, answers=(("sleep", word),), note=word), 1)
    ids = [row[0] for row in after.sql("SELECT id FROM followups")]
    with after.store.read() as unit:
        for audience, hidden in (
            (Audience.partner(ANNA.id, PAIR.id), "canaryben"), (Audience.partner(BEN.id, PAIR.id), "canaryanna"),
            (Audience.both(PAIR.id), "canary"),
        ):
            found = [unit.care.followups.steps_of(each, audience) for each in ids]
            found += [unit.care.followups.of_client(each, audience) for each in (ANNA.id, BEN.id)]  # type: ignore[misc]
            assert hidden not in str(found)
            assert (unit.care.followups.open_until(after.clock.now().utc, audience) == ()) or hidden != "canary"


def test_a_file_that_cannot_be_read_keeps_no_session_from_closing(home: House) -> None:
    class Broken:
        def text(self, name: str) -> str:
            return "broken" if name == "care/followups.toml" else home.resources.text(name)

        def names(self, folder: str, suffix: str) -> tuple[str, ...]:
            return home.resources.names(folder, suffix)

        def path(self, name: str) -> Any:
            return home.resources.path(name)

    live = LiveDesk.begin(replace(home.desk(), resources=Broken()), plan(home.desk()).id)
    ready(live)
    live.record(dose())
    finish(live)
    assert live.state.closed
    assert home.sql("SELECT count(*) FROM followups") == [(0,)]
