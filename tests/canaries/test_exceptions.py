"""No error, whatever provoked it, holds a word about anybody: its texts reach logs and terminals."""

from __future__ import annotations

import dataclasses
import json
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Any, get_args

import pytest

from desktop.domain.drafts import NoteDraft, OrderDraft, PlanDraft, PlanPerson
from desktop.domain.errors import HoldfastError
from desktop.domain.people import ClientDraft, Role
from desktop.live.asks import Ask, AskClose, AskJoin, AskRound, AskTalkOnly
from desktop.live.codec import event_from_json
from desktop.live.script import read_script
from desktop.live.script_header import ScriptError
from desktop.services.clients import change_client, make_client, open_client
from desktop.services.couples import change_label, make_couple
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk, protocol_named
from desktop.services.members import change_member
from desktop.services.notes import change_note, search_notes, sign_note, write_note
from desktop.services.orders import write_order
from desktop.services.replay import replay
from desktop.services.sessions import plan_session, set_intention
from tests.kit import ANNA, BEN, MARA, PAUL, House, plan
from tests.services.test_live import EVERY_KIND
from tests.storage.faults import Faults

CANARY = "zqcanary é 4711"
STEM = "zqcanary"
LONG = CANARY * 3000


def texts(error: BaseException) -> str:
    """All that an error and those behind it say, also those that are not shown, and as a traceback prints it."""
    chain: list[str] = ["".join(traceback.format_exception(error))]
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        chain += [str(one), repr(one), *getattr(one, "__notes__", [])]
        todo += [one.__cause__, one.__context__]
    return "\n".join(chain)


def clean(work: Callable[[], object]) -> bool:
    """Whether `work` raised; fails when what it raised holds a canary."""
    said = ""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - every kind of error is looked at
        said = texts(error)
    assert STEM not in said
    return bool(said)


def test_the_search_sees_what_stands_behind_an_error() -> None:
    def fail() -> None:
        try:
            raise KeyError(CANARY)
        except KeyError:
            raise HoldfastError("all is well") from None

    with pytest.raises(AssertionError):
        clean(fail)


def asks() -> Iterator[tuple[Ask, str]]:
    """Every kind of ask with a canary in each of its texts, one by one; also one that is much too long."""
    for ask in (*EVERY_KIND, AskClose(), AskTalkOnly()):
        if isinstance(ask, AskJoin):
            for text in (CANARY, LONG):
                yield AskJoin(replace(ask.participant, name=text, allergies=text)), "AskJoin.participant"
        for field in dataclasses.fields(ask):
            value = getattr(ask, field.name)
            if (isinstance(value, str) or value is None) and not isinstance(value, Enum):
                for text in (CANARY, LONG):
                    changes: dict[str, Any] = {field.name: text}
                    yield replace(ask, **changes), f"{type(ask).__name__}.{field.name}"


def test_every_kind_of_entry_is_among_them() -> None:
    wordless = {AskRound}
    assert {type(ask) for ask, _ in asks()} == set(get_args(Ask)) - wordless
    assert len(list(asks())) > 60


def test_no_refusal_in_a_session_repeats_what_was_typed(home: House, live: LiveDesk) -> None:
    refused = [name for ask, name in asks() if clean(lambda: live.record(ask))]  # noqa: B023 - called at once
    assert len(set(refused)) > 25


def test_no_failure_of_the_disk_repeats_what_was_being_written(home: House, live: LiveDesk) -> None:
    for ask, name in asks():
        if LONG in repr(ask):
            continue
        for nth in (1, 2, 3, 4):
            with Faults().under(home.engines.writer, fail_at=nth):
                assert clean(lambda: live.record(ask)), name  # noqa: B023 - called at once


def works(desk: Desk, owner: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """Use cases with canaries in every text, each wrong in one way or another when `desk` is given nothing else."""
    draft = ClientDraft(CANARY, "1984-05-01", CANARY, CANARY, CANARY)
    yield "a new client", lambda: make_client(desk, draft)
    yield "a client without a date", lambda: make_client(desk, replace(draft, born=CANARY))
    yield "a client with long texts", lambda: make_client(desk, ClientDraft(LONG, "1984-05-01", LONG, LONG, LONG))
    yield "a client that moved on", lambda: change_client(desk, ANNA.id, draft, 7)
    yield "a client that is not there", lambda: change_client(desk, CANARY, draft, 1)
    yield "a page that is not there", lambda: open_client(desk, CANARY)
    yield "a couple of nobody", lambda: make_couple(desk, CANARY, ANNA.id, CANARY)
    yield "a couple with a long label", lambda: make_couple(desk, ANNA.id, BEN.id, LONG)
    yield "a label that moved on", lambda: change_label(desk, "couple-1", CANARY, 9)
    order = OrderDraft(ANNA.id, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY)
    yield "an order of canaries", lambda: write_order(desk, order)
    sound = OrderDraft(ANNA.id, "ketamine", "sublingual", "200", "400", until="2026-12-01", remarks=CANARY)
    yield "an order", lambda: write_order(desk, sound)
    yield "an order for nobody", lambda: write_order(desk, replace(sound, client_id=CANARY))
    yield "a note", lambda: write_note(desk, NoteDraft(ANNA.owner, CANARY))
    yield "a note for nobody", lambda: write_note(desk, NoteDraft(None, CANARY))
    yield "a note that is too long", lambda: write_note(desk, NoteDraft(ANNA.owner, LONG))
    yield "a note on no session", lambda: write_note(desk, NoteDraft(ANNA.owner, CANARY, CANARY))
    yield "a note that is not there", lambda: change_note(desk, CANARY, CANARY, 1)
    yield "a note signed that is not there", lambda: sign_note(desk, CANARY, 1)
    yield "a search", lambda: search_notes(desk, f'{CANARY}" OR * NEAR(')
    people = (PlanPerson(ANNA.id, "a", CANARY, CANARY, CANARY), PlanPerson(CANARY, CANARY, CANARY, CANARY, LONG))
    yield "a plan of canaries", lambda: plan_session(desk, PlanDraft(CANARY, CANARY, people, CANARY))
    yield "an intention", lambda: set_intention(desk, "session-1", ANNA.id, CANARY, 1)
    yield "an intention of nobody", lambda: set_intention(desk, "session-1", CANARY, LONG, 1)
    yield "a protocol", lambda: protocol_named(desk, CANARY)
    yield "a member that is not there", lambda: change_member(owner, CANARY, frozenset({Role.OWNER}), True, 1)


NAMES = [name for name, _ in works(None, None)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_no_refusal_of_a_use_case_repeats_what_was_typed(home: House, name: str) -> None:
    plan(home.desk())
    clean(dict(works(home.desk(PAUL), home.desk()))[name])
    clean(dict(works(home.desk(), home.desk(PAUL)))[name])  # and by a member who may not


@pytest.mark.parametrize("name", NAMES)
def test_no_failure_below_a_use_case_repeats_what_was_being_written(home: House, name: str) -> None:
    plan(home.desk())
    work = dict(works(home.desk(PAUL), home.desk()))[name]
    failed = 0
    for nth in range(1, 12):
        for engine in (home.engines.writer, home.engines.readers):
            with Faults().under(engine, fail_at=nth):
                failed += clean(work)
    for table in ("audit", "notes", "clients", "couples", "orders", "sessions"):
        home.sql(f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
        home.sql(f"CREATE TRIGGER un_{table} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
    failed += clean(work)
    assert failed


def test_no_fault_of_a_script_repeats_what_it_says(home: House) -> None:
    person = {"key": "a", "name": "Ana", "born": "1984-05-01", "role": "dosed", "order": {"max_single_mg": "200"}}
    head = {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": [person]}

    def attempt(header: dict[str, Any], first: str = "session") -> bool:
        return clean(lambda: replay(home.desk(), read_script(json.dumps({first: header}))))

    wrong = [attempt({**head, key: CANARY}) for key in head]
    wrong += [attempt({**head, "participants": [{**person, key: CANARY}]}) for key in person if key != "name"]
    wrong += [attempt({**head, "participants": [{**person, "order": {key: CANARY}}]})
              for key in ("max_single_mg", "max_total_mg", "boosters", "booster_after_min", "valid_until", "schedule")]
    wrong += [attempt({**head, "staff": CANARY}), attempt(head, CANARY)]
    assert sum(wrong) > 12
    with pytest.raises(ScriptError) as refused:
        read_script(CANARY)
    assert STEM not in texts(refused.value)


def test_what_a_member_types_wrong_names_the_field_and_not_the_text(home: House) -> None:
    draft = ClientDraft(LONG, CANARY, LONG, LONG, LONG)
    with pytest.raises(HoldfastError) as refused:
        make_client(home.desk(MARA), draft)
    problems = refused.value.problems  # type: ignore[attr-defined]
    assert {problem.field for problem in problems} == {"name", "born", "pronouns", "contact", "language"}
    assert all(STEM not in problem.text for problem in problems)


@pytest.mark.parametrize("payload", [
    {"kind": "observe", "v": 1, "who": "a", "chip": CANARY}, {"kind": "note", "v": 1, "text": [CANARY], "who": None},
    {"kind": "reading", "v": 1, "who": "a", "of": [CANARY], "outcome": CANARY, "why": CANARY},
    {"kind": "dose", "v": 1, "mg": CANARY}, {"kind": CANARY, "v": CANARY}, {CANARY: CANARY},
    {"kind": "lost", "v": 1, "who": "a", "mg": CANARY, "why": CANARY},
])  # fmt: skip
def test_no_fault_of_a_damaged_entry_repeats_what_is_in_it(payload: dict[str, object]) -> None:
    assert clean(lambda: event_from_json(json.dumps(payload)))
    assert clean(lambda: event_from_json(CANARY))
