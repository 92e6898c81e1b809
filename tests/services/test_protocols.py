"""A practice makes protocols its own: by number, by switch, by file; every edition is kept, and no session changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.editions import DataKind, Done
from desktop.domain.errors import Conflict, HoldfastError, Invalid, NotAllowed, Refused
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.records import Act
from desktop.services.card_editing import change_card
from desktop.services.checks import emergency_card
from desktop.services.live import LiveDesk, protocol_named, protocols
from desktop.services.orders import order_ways
from desktop.services.outcome import Topic
from desktop.services.protocols import (
    change_number,
    confirm_number,
    export_protocol,
    import_protocol,
    protocol_page,
    protocol_rows,
    switch_protocol,
    take_back,
)
from tests.kit import FULL, PAUL, TESS, House, house, plan
from tests.live.play import protocol_text

EARLY = "timing.early"
WHY = "Two rooms, one cuff"
OWN = protocol_text(FULL).replace(f'id = "{FULL}"', 'id = "kept-apart"').replace("full observation", "of our own", 2)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        yield made


def value(home: House, path: str = EARLY) -> Decimal:
    return next(each.figure.value for each in protocol_page(home.desk(PAUL), FULL).numbers if each.path == path)


def test_a_number_that_is_changed_keeps_its_basis_and_says_who_when_and_why(home: House) -> None:
    desk = home.desk(PAUL)
    outcome = change_number(desk, FULL, "timing.repeat", "7", f" {WHY} ", 0)
    repeat = outcome.value.timing.repeat
    assert (repeat.value, repeat.basis.value, repeat.source[:5]) == (7, "source", "[S53]")
    assert repeat.changed is not None
    assert (repeat.changed.by, repeat.changed.why, repeat.changed.was) == (PAUL.name, WHY, 5)
    assert repeat.changed.on == desk.clock.now().local.date().isoformat()
    assert Topic("protocol", FULL) in outcome.changed
    assert protocol_named(desk, FULL).timing.repeat == repeat
    assert next(one for one in protocols(desk) if one.id == FULL).edition == protocol_named(desk, FULL).edition
    last = home.lines()[-1].entry
    assert (last.act, last.detail, last.owner) == (
        Act.CHANGE, f"{FULL}: changed timing.repeat", Owner.practice(desk.store.practice_id),
    )
    assert last.digest
    # Changed again, it still says of which number its basis speaks; changed back, it is as it was shipped.
    change_number(desk, FULL, "timing.repeat", "8", WHY, 1)
    again = protocol_named(desk, FULL).timing.repeat
    assert again.changed is not None
    assert again.changed.was == 5
    back = change_number(desk, FULL, "timing.repeat", "5", "As shipped", 2).value.timing.repeat
    assert (back.value, back.changed) == (5, None)
    page = protocol_page(desk, FULL)
    assert [(made.edition.number, made.edition.done, made.by) for made in page.history] == [
        (3, Done.CHANGED, PAUL.name), (2, Done.CHANGED, PAUL.name), (1, Done.CHANGED, PAUL.name),
    ]
    assert page.history[0].name == "Reminders: Repeat after amber"
    assert page.seen == 3
    assert (page.row.own, page.row.comes_with, page.row.outdated) == (True, True, False)


def test_a_session_that_is_running_keeps_the_numbers_it_began_with(home: House) -> None:
    desk = home.desk(PAUL)
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    change_number(desk, FULL, EARLY, "2", WHY, 0)
    assert LiveDesk.resume(home.desk(), live.session.id).state.protocol.timing.early.value == 5
    later = LiveDesk.begin(home.desk(), plan(home.desk(), "session-2").id)
    assert later.state.protocol.timing.early.value == 2
    assert "Two rooms" in later.state.opened.protocol_text


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        (EARLY, "soon", "A number is needed"), (EARLY, "-3", "A number is needed"), (EARLY, "61", "from 0 to 60"),
        (EARLY, "5", "Confirm it instead"), (EARLY, "5.5", "A whole number"), (EARLY, "1e3", "A number is needed"),
        ("phase[2].start_min", "70", "Return begins"), ("band[3].systolic", "181", "amber must come before red"),
        ("leaving.diastolic", "160", "Must be below systolic"), ("guards.mg", "3000", "from 0 to 2000"),
    ],
)
def test_a_number_that_cannot_stand_there_is_refused_in_its_field(
    home: House, path: str, typed: str, said: str
) -> None:
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        change_number(home.desk(PAUL), FULL, path, typed, WHY, 0)
    (problem,) = caught.value.problems
    assert problem.field == "value"
    assert said.casefold() in problem.text.casefold()
    assert home.lines() == before


def test_nothing_is_changed_without_a_reason(home: House) -> None:
    desk = home.desk(PAUL)
    for ask in (
        lambda: change_number(desk, FULL, EARLY, "7", "  ", 0), lambda: confirm_number(desk, FULL, EARLY, "", 0),
        lambda: switch_protocol(desk, "mdma", True, "\n", 0), lambda: take_back(desk, FULL, "", 0),
        lambda: import_protocol(desk, OWN, "own.toml", ""), lambda: change_number(desk, FULL, EARLY, "7", "x" * 401, 0),
    ):  # fmt: skip
        with pytest.raises(Invalid) as caught:
            ask()
        assert [problem.field for problem in caught.value.problems] == ["reason"]


def test_a_number_is_confirmed_by_whoever_looked_at_it_and_loses_that_when_it_changes(home: House) -> None:
    desk = home.desk(PAUL)
    kept = confirm_number(desk, FULL, EARLY, "Read the paper again", 0).value.timing.early
    assert kept.confirmed is not None
    assert (kept.value, kept.changed, kept.confirmed.by) == (5, None, PAUL.name)
    assert protocol_page(desk, FULL).row.confirmed == 1
    assert change_number(desk, FULL, EARLY, "6", WHY, 1).value.timing.early.confirmed is None
    assert protocol_page(desk, FULL).row.changed == 1
    with pytest.raises(Refused) as caught:
        confirm_number(desk, FULL, "timing.lunch", WHY, 2)
    assert caught.value.code == "no_number"


def test_two_members_who_change_one_protocol_do_not_write_over_each_other(home: House) -> None:
    change_number(home.desk(PAUL), FULL, EARLY, "7", WHY, 0)
    with pytest.raises(Conflict):
        change_number(home.desk(PAUL), FULL, EARLY, "8", WHY, 0)
    with pytest.raises(Conflict):
        import_protocol(home.desk(PAUL), protocol_text(FULL), "x.toml", WHY, replacing=0)
    assert value(home) == 7


def test_a_protocol_is_switched_on_deliberately_and_only_then_planned(home: House) -> None:
    desk = home.desk(PAUL)
    assert ("mdma", "oral") not in order_ways(desk)
    assert switch_protocol(desk, "mdma", True, "Approved study 12", 0).value.enabled
    assert ("mdma", "oral") in order_ways(desk)
    assert home.lines()[-1].entry.detail == "mdma: switched on"
    with pytest.raises(Refused) as caught:
        switch_protocol(desk, "mdma", True, WHY, 1)
    assert caught.value.code == "switched"
    assert not switch_protocol(desk, "mdma", False, "Study ended", 1).value.enabled
    with pytest.raises(Refused) as gone:
        switch_protocol(desk, "nothing", True, WHY, 0)
    assert gone.value.code == "no_protocol"


def test_a_planned_session_does_not_begin_while_its_protocol_is_switched_off(home: House) -> None:
    session = plan(home.desk())
    switch_protocol(home.desk(PAUL), FULL, False, "Being rewritten", 0)
    with pytest.raises(Refused) as caught:
        LiveDesk.begin(home.desk(), session.id)
    assert caught.value.code == "protocol_off"


def test_the_shipped_protocol_is_taken_back_and_nothing_is_lost(home: House) -> None:
    desk = home.desk(PAUL)
    with pytest.raises(Refused) as caught:
        take_back(desk, FULL, WHY, 0)
    assert caught.value.code == "not_own"
    change_number(desk, FULL, EARLY, "7", WHY, 0)
    take_back(desk, FULL, "Tried for a month", 1)
    page = protocol_page(desk, FULL)
    assert page.row.protocol.text == protocol_text(FULL)
    assert (page.row.own, value(home), len(page.history)) == (False, 5, 2)
    change_number(desk, FULL, EARLY, "8", WHY, 2)
    assert value(home) == 8


def test_a_medicine_of_the_practice_s_own_arrives_as_a_file_and_is_switched_off(home: House) -> None:
    desk = home.desk(PAUL)
    made = import_protocol(desk, OWN, "own.toml", "Our formulary").value
    assert (made.id, made.enabled) == ("kept-apart", False)
    row = next(row for row in protocol_rows(desk) if row.protocol.id == "kept-apart")
    assert (row.own, row.comes_with, row.outdated) == (True, False, False)
    with pytest.raises(Refused) as caught:
        import_protocol(desk, OWN, "own.toml", WHY)
    assert caught.value.code == "there"
    switch_protocol(desk, "kept-apart", True, WHY, 1)
    newer = OWN.replace("early = { value = 5", "early = { value = 4")
    again = import_protocol(desk, newer, "own.toml", WHY, replacing=2).value
    assert (again.enabled, again.timing.early.value) == (True, 4)
    with pytest.raises(Refused):
        take_back(desk, "kept-apart", WHY, 3)


@pytest.mark.parametrize(
    ("old", "new", "line"), [("value = 150", "value = -1", True), ("[timing]", "[timings]", True), ("id =", "id", True)]
)
def test_a_file_that_cannot_be_used_is_refused_with_file_line_and_reason(
    home: House, old: str, new: str, line: bool
) -> None:
    before = home.lines()
    with pytest.raises(DataFileError) as caught:
        import_protocol(home.desk(PAUL), OWN.replace(old, new, 1), "own.toml", WHY)
    assert (caught.value.file, caught.value.line > 0) == ("own.toml", line)
    assert caught.value.why
    assert home.lines() == before
    with pytest.raises(DataFileError):
        import_protocol(home.desk(PAUL), "#" * 200_001, "own.toml", WHY)


def test_what_is_exported_is_imported_as_it_was_and_the_trail_says_so(home: House) -> None:
    desk = home.desk(PAUL)
    change_number(desk, FULL, EARLY, "7", WHY, 0)
    name, text = export_protocol(desk, FULL)
    assert name == f"{FULL}.toml"
    assert home.lines()[-1].entry.act is Act.EXPORT
    take_back(desk, FULL, WHY, 1)
    assert import_protocol(desk, text, name, WHY, replacing=2).value.timing.early.value == 7
    assert protocol_named(desk, FULL).text == text


def test_a_practice_writes_its_own_number_on_the_emergency_card(home: House) -> None:
    desk = home.desk(PAUL)
    assert emergency_card(desk).number == "911"
    card = change_card(desk, " 112 ", "Hill Road 4, second door", "We moved").value
    assert (card.number, card.address) == ("112", "Hill Road 4, second door")
    assert emergency_card(desk).steps == card.steps
    assert LiveDesk.begin(home.desk(), plan(home.desk()).id).card == card
    change_card(desk, "999", "", "Again")
    assert (emergency_card(desk).number, emergency_card(desk).address) == ("999", "")
    for number, address, reason, field in (
        ("help", "", WHY, "number"), ("112", "x" * 301, WHY, "address"), ("112", "", "", "reason"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as caught:
            change_card(desk, number, address, reason)
        assert [problem.field for problem in caught.value.problems] == [field]


def test_editions_are_the_practice_s_and_are_neither_changed_nor_removed(home: House) -> None:
    desk = home.desk(PAUL)
    change_number(desk, FULL, EARLY, "7", WHY, 0)
    with desk.store.read() as unit:
        everything = unit.editions.of(DataKind.PROTOCOL, FULL, Audience.clinic("test"))
        assert len(everything) == 1
        for audience in (Audience.person("client-a"), Audience.both("pair")):
            assert unit.editions.of(DataKind.PROTOCOL, FULL, audience) == ()
            assert unit.editions.latest(DataKind.PROTOCOL, audience) == ()
    with pytest.raises(HoldfastError), desk.store.write() as unit:
        unit.editions.add(replace(everything[0], id="other", number=2, reason=" "))
    with pytest.raises(HoldfastError), desk.store.write() as unit:
        unit.editions.add(replace(everything[0], id="other", number=4))
    assert desk.store.verify().intact


def test_an_assistant_looks_and_does_not_change(home: House) -> None:
    assert len(protocol_rows(home.desk(TESS))) >= 6
    assert protocol_page(home.desk(TESS), "mdma").row.protocol.legal is not None
    with pytest.raises(NotAllowed):
        change_number(home.desk(TESS), FULL, EARLY, "7", WHY, 0)
