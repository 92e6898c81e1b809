"""Knows that records of care come back only for whom they are, as they were kept, and that the trail compares them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.care import (
    AdverseEvent,
    Answers,
    FollowState,
    FollowUp,
    FollowUpStep,
    May,
    OrderSignature,
    Permission,
    Permissions,
    SafetyCard,
    StepHow,
    TouchPlan,
    WordRelease,
)
from desktop.domain.errors import Conflict, NotFound, Refused
from desktop.domain.records import Act, SessionState
from desktop.storage.unit import SqlUnit
from tests.storage.records.kit import (
    ANNA,
    BEN,
    LATER,
    MARA,
    NOW,
    ORDER,
    ORDER_B,
    PAIR,
    PAUL,
    SESSION,
    Kept,
    fresh,
    line,
)
from tests.storage.records.test_audiences import NARROW

DUE = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
CLINIC = Audience.clinic("test")
PERMITS = Permissions.of((Permission("therapist", "hand", "awake", May.ASK),))


def records_of(who: str, word: str) -> list[tuple[str, Any]]:
    """One of every kind for one person, with a canary in every text: (shelf, record)."""
    touch = TouchPlan(f"t-{who}", who, 1, PERMITS, word, word, word, True, word, None, date(2026, 3, 1), NOW, MARA.id)
    card = SafetyCard(f"s-{who}", who, 1, word, word, word, word, word, NOW, MARA.id)
    event = AdverseEvent(
        f"e-{who}", who, SESSION.id, 1 if who == ANNA.id else 2, word, word, word, 2, word, word, word, word, word,
        date(2026, 3, 4), word, NOW, MARA.id,
    )  # fmt: skip
    seq = 1 if who == ANNA.id else 2
    signature = OrderSignature(f"o-{who}", SESSION.id, seq, who, PAUL.id, word, word, NOW)
    followup = FollowUp(f"f-{who}", who, SESSION.id, "call", word, DUE, FollowState.OPEN, NOW)
    return [
        ("touch_plans", touch), ("safety_cards", card), ("adverse", event), ("signatures", signature),
        ("followups", followup),
    ]  # fmt: skip


KIND = {
    "touch_plans": "touch_plan", "safety_cards": "safety_card", "adverse": "adverse_event",
    "signatures": "order_signature", "followups": "followup", "releases": "word_release",
}  # fmt: skip


def keep(unit: SqlUnit, shelf: str, record: Any) -> None:
    getattr(unit.care, shelf).add(record)
    unit.audit(line(Act.CREATE, KIND[shelf], record.id, record.owner))


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    kept = fresh(tmp_path_factory.mktemp("care"))
    kept.add(PAUL, ANNA, BEN, PAIR, ORDER, ORDER_B, SESSION)
    kept.append(1, ANNA.owner)
    kept.append(2, BEN.owner)
    kept.close_session(kept.save(replace(SESSION, state=SessionState.RUNNING, started=NOW)))
    given = WordRelease("w-1", PAIR.id, SESSION.id, 1, ANNA.id, "a", "canaryboth", 9, "speaker", LATER, MARA.id)
    with kept.store.write() as unit:
        for who, word in ((ANNA.id, "canaryanna"), (BEN.id, "canaryben")):
            for shelf, record in records_of(who, word):
                keep(unit, shelf, record)
            step = FollowUpStep(
                f"p-{who}", f"f-{who}", who, StepHow.NOT_REACHED, word, Answers.of(((word, word),)), None, NOW, MARA.id
            )
            unit.care.followups.add_step(step)
            unit.audit(line(Act.CREATE, "followup_step", step.id, step.owner))
        keep(unit, "releases", given)
    yield kept
    kept.close()


def all_that_comes_back(unit: SqlUnit, audience: Audience) -> str:
    care = unit.care
    found: list[object] = [care.agenda.unsigned(("observation",), audience)]
    found += [care.adverse.of_session(SESSION.id, audience), care.adverse.to_follow(date(2030, 1, 1), audience)]
    found += [care.signatures.of_session(SESSION.id, audience)]
    found += [care.followups.open_until(DUE + timedelta(days=9), audience)]
    found += [care.releases.of_session(SESSION.id, audience)]
    for who in (ANNA.id, BEN.id):
        for shelf in (care.touch_plans, care.safety_cards, care.adverse, care.followups):
            found.append(shelf.of_client(who, audience))  # type: ignore[attr-defined]
        found.append(care.followups.steps_of(f"f-{who}", audience))
        for get, key in ((care.adverse.get, f"e-{who}"), (care.followups.get, f"f-{who}"), (care.releases.get, "w-1")):
            try:
                found.append(get(key, audience))
            except NotFound as error:
                found.append(str(error))
    return str(found)


@pytest.mark.parametrize("audience", NARROW.values(), ids=NARROW)
def test_what_is_one_partners_never_comes_back_for_the_other_nor_for_both(couple: Kept, audience: Audience) -> None:
    with couple.store.read() as unit:
        found = all_that_comes_back(unit, audience)
    for owner, word in ((ANNA.owner, "canaryanna"), (BEN.owner, "canaryben"), (PAIR.owner, "canaryboth")):
        assert (word in found) is audience.sees(owner)


def test_everything_comes_back_as_it_was_kept_and_the_trail_finds_it_so(couple: Kept) -> None:
    with couple.store.read() as unit:
        for who, word in ((ANNA.id, "canaryanna"), (BEN.id, "canaryben")):
            for shelf, record in records_of(who, word):
                if shelf != "signatures":
                    assert getattr(unit.care, shelf).of_client(who, CLINIC) == (record,)
                else:
                    assert record in unit.care.signatures.of_session(SESSION.id, CLINIC)
    assert couple.reopened().verify().intact


def test_what_was_altered_behind_the_programs_back_is_found(couple: Kept) -> None:
    ((lock,),) = couple.raw("SELECT sql FROM sqlite_schema WHERE name = 'safety_cards_written'")
    couple.raw("DROP TRIGGER safety_cards_written")
    couple.raw("UPDATE safety_cards SET allergies = 'none known' WHERE id = ?", f"s-{ANNA.id}")
    state = couple.reopened().verify()
    assert "safety_card" in {flaw.kind for flaw in state.flaws}
    couple.raw("UPDATE safety_cards SET allergies = 'canaryanna' WHERE id = ?", f"s-{ANNA.id}")
    couple.raw(lock)


def test_a_record_points_to_what_is_there_and_is_there_once(full: Kept) -> None:
    cases = [
        ("touch_plans", TouchPlan("t", "nobody", 1, Permissions(), "", "", "", True, "", None, None, NOW, MARA.id)),
        ("signatures", OrderSignature("o", SESSION.id, 7, ANNA.id, PAUL.id, "", "", NOW)),
        ("followups", FollowUp("f", ANNA.id, "nothing", "call", "", DUE, FollowState.OPEN, NOW)),
    ]  # fmt: skip
    for shelf, record in cases:
        with pytest.raises(NotFound), full.store.write() as unit:
            keep(unit, shelf, record)
    card = SafetyCard("s", ANNA.id, 1, "", "", "", "", "", NOW, MARA.id)
    with full.store.write() as unit:
        keep(unit, "safety_cards", card)
    for number in (1, 3):
        with pytest.raises(Conflict), full.store.write() as unit:
            keep(unit, "safety_cards", replace(card, id=f"s{number}", number=number))
    release = WordRelease("w", PAIR.id, SESSION.id, 1, ANNA.id, "a", "x", 9, "speaker", LATER, MARA.id)
    full.append(1, ANNA.owner)
    with pytest.raises(Refused) as caught, full.store.write() as unit:
        keep(unit, "releases", release)
    assert caught.value.code == "running"
    assert release.owner == Owner.couple(PAIR.id)
