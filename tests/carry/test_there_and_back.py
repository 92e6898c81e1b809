"""A session goes to another machine and comes home once: whole, with its authors, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.carried import CarryState
from desktop.domain.errors import Invalid, NotAllowed, Refused
from desktop.domain.errors_carry import (
    ClockBeforeBundle,
    ExpiredBundle,
    NotTravelling,
    SecondReturn,
    TakenBack,
    WrongReceipt,
)
from desktop.domain.people import Client, Role
from desktop.domain.records import Act, SessionState
from desktop.live.asks import AskObserve
from desktop.live.codec import entry_from_json, entry_to_json
from desktop.services.carrying import CarryDraft, away_now, carried_rows, give_out, take_back
from desktop.services.desk import Desk
from desktop.services.elsewhere import require_nothing_lost, require_receipt
from desktop.services.homecoming import bring_back
from desktop.services.keys import draw_kit, keep_kit
from desktop.services.live import LiveDesk
from desktop.services.practice import MemberDraft, add_member
from desktop.services.sessions import set_order
from tests.carry.trip import AUDIENCE, OWNER, SESSION, Trip, begun, lines_of, played
from tests.kit import ANNA, BEN, PAUL, TESS, finish


def intact(desk: Desk) -> bool:
    with desk.store.read() as unit:
        return unit.trail.verify().intact


def test_a_session_is_run_elsewhere_and_every_entry_comes_home_once(gone: Trip) -> None:
    given, file = gone.out()
    assert away_now(gone.desk, SESSION) == given.carried
    with pytest.raises(Refused) as refused:
        LiveDesk.begin(gone.desk, SESSION)
    assert refused.value.code == "carried"
    gone.clock(gone.there).forward(hours=2)
    with gone.elsewhere(file, given.passphrase) as desk:
        live = begun(desk)
        played(live)
        there = [entry_to_json(entry) for entry in live.state.entries]
        made, returned = gone.packed(desk)
        assert (made.entries, made.running) == (len(there), False)
        assert intact(desk)
    came = gone.back(returned)
    assert gone.entries() == there
    assert (came.entries, came.closed) == (len(there), True)
    assert {entry.author for entry in map(entry_from_json, gone.entries())} == {TESS.id, PAUL.id}
    assert [each.carried.state for each in carried_rows(gone.desk)] == [CarryState.RETURNED]
    assert lines_of(gone.desk, "entry")[0] == (Act.ENTRY, gone.desk.store.practice_id, "brought back")
    assert len(lines_of(gone.desk, "entry")) == len(there)
    assert lines_of(gone.desk, "session")[-2:] == [(Act.START, "couple-1", "brought back"),
                                                (Act.CLOSE, "couple-1", "brought back")]
    with pytest.raises(SecondReturn):
        gone.back(returned)
    with pytest.raises(Refused) as closed, gone.desk.store.write() as unit:
        unit.sessions.save(unit.sessions.get(SESSION, AUDIENCE))
    assert closed.value.code == "closed"
    assert intact(gone.desk)
    with gone.elsewhere(file, given.passphrase) as desk:
        with pytest.raises(WrongReceipt):
            require_receipt(desk, gone.there.door.carry(), "ABCD-2345")
        require_receipt(desk, gone.there.door.carry(), came.receipt.lower().replace("-", " "))
        with pytest.raises(Refused):
            require_nothing_lost(desk)
    folder = gone.folder / "elsewhere"
    gone.there.door.carry().wipe(folder)
    assert not folder.exists()


def test_the_bundle_holds_what_the_board_needs_and_nothing_else(trip: Trip) -> None:
    other = Client("client-c", "Canary Elsewhere", ANNA.born)
    with trip.desk.store.write() as unit:
        unit.clients.add(other)
        unit.audit(trip.desk.line(Act.CREATE, "client", other.id, other.owner))
    given, file = trip.out()
    content = trip.there.door.carry().open_bundle(file, given.passphrase)
    for inside in (ANNA.name, BEN.name, ANNA.contact, "to be less afraid", "Paul Osei", "ketamine"):
        assert inside in content
        assert inside.encode() not in file
    for outside in ("Canary Elsewhere", "Otto Lund", "Tuesday mornings", ANNA.pronouns + '"'):
        assert outside not in content
    bundle = trip.opened(file, given.passphrase)
    assert {role for member in bundle.members for role in member.roles} <= {"therapist", "prescriber", "assistant"}
    assert [(act, owner) for act, owner, _ in lines_of(trip.desk, "client")][-2:] == [
        (Act.EXPORT, ANNA.id), (Act.EXPORT, BEN.id)]  # fmt: skip


def test_the_travelling_practice_takes_entries_of_its_session_and_nothing_else(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase, "PO") as desk:
        assert desk.member.roles == frozenset({Role.PRESCRIBER})
        for add in (
            lambda unit: unit.clients.add(replace(ANNA, id="new")),
            lambda unit: unit.members.add(replace(TESS, id="new", initials="XX")),
            lambda unit: unit.sessions.add(replace(unit.sessions.get(SESSION, AUDIENCE), id="new")),
            lambda unit: unit.travelling.add(replace(unit.travelling.get(), id="new")),
        ):
            with pytest.raises(Refused) as refused, desk.store.write() as unit:
                add(unit)
            assert refused.value.code == "travelling"
        with pytest.raises(NotAllowed):
            add_member(desk, gone.there.door, MemberDraft("New", "quiet ladder under snow", "quiet ladder under snow"))
        for path in (gone.folder / "elsewhere").iterdir():
            assert not [name for name in (ANNA.name, BEN.name, "less afraid") if name.encode() in path.read_bytes()]
        opening = begun(desk).state.opened
        assert opening.protocol_text == gone.home.resources.text("protocols/ketamine-sl-full.toml")
        assert opening.staff == (PAUL.id,)


def test_everybody_of_the_bundle_opens_it_and_its_board_goes_on_after_a_crash(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase, "PO") as desk:
        begun(desk).record(AskObserve("a", "crying"))
    with gone.elsewhere(file, given.passphrase, "MK") as desk:
        assert desk.member.name == OWNER
        live = LiveDesk.resume(desk, SESSION)
        live.record(AskObserve("b", "crying"))
        made, returned = gone.packed(desk)
        assert made.running
    came = gone.back(returned)
    assert not came.closed
    assert came.session.state is SessionState.RUNNING
    finish(LiveDesk.resume(gone.desk, SESSION))
    assert intact(gone.desk)


def test_what_is_entered_after_the_file_was_made_is_not_covered_by_the_receipt(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        live = begun(desk)
        _, returned = gone.packed(desk)
        came = gone.back(returned)
        require_receipt(desk, gone.there.door.carry(), came.receipt)
        live.record(AskObserve("a", "crying"))
        with pytest.raises(WrongReceipt):
            require_receipt(desk, gone.there.door.carry(), came.receipt)


def test_a_session_that_was_never_begun_elsewhere_comes_home_unused_and_begins_here(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        _, returned = gone.packed(desk)
        require_nothing_lost(desk)
    assert gone.back(returned).entries == 0
    assert LiveDesk.begin(gone.desk, SESSION).state.next_seq == 2


def test_a_session_taken_back_begins_here_and_accepts_no_return(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        played(begun(desk))
        _, returned = gone.packed(desk)
    with pytest.raises(Invalid):
        take_back(gone.desk, given.carried.id, "  ")
    settled = take_back(gone.desk, given.carried.id, "the laptop was stolen").value
    assert (settled.state, settled.reason, settled.settled_by) == (
        CarryState.TAKEN_BACK, "the laptop was stolen", gone.desk.member.id)  # fmt: skip
    assert lines_of(gone.desk, "carried")[-1] == (Act.CHANGE, "couple-1", "taken back")
    with pytest.raises(TakenBack):
        gone.back(returned)
    with pytest.raises(Refused) as refused:
        take_back(gone.desk, given.carried.id, "again")
    assert refused.value.code == "settled"
    assert gone.entries() == []
    LiveDesk.begin(gone.desk, SESSION)
    with pytest.raises(Refused) as begun_here:
        gone.anew()
    assert begun_here.value.code == "begun"


def test_nothing_of_the_session_changes_at_home_while_it_is_away(gone: Trip) -> None:
    gone.out()
    with gone.desk.store.read() as unit:
        session = unit.sessions.get(SESSION, AUDIENCE)
    with pytest.raises(Refused) as refused:
        set_order(gone.desk, SESSION, ANNA.id, "", session.version)
    assert refused.value.code == "carried"
    with pytest.raises(Refused) as twice:
        gone.anew()
    assert twice.value.code == "carried"


def test_a_file_that_cannot_be_kept_leaves_the_session_at_home(trip: Trip) -> None:
    def full(_: bytes) -> None:
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        give_out(trip.desk, trip.home.door.carry(), CarryDraft(SESSION), full)
    assert away_now(trip.desk, SESSION) is None
    LiveDesk.begin(trip.desk, SESSION)


def test_an_expired_bundle_is_not_begun_and_one_begun_in_time_comes_home_late(trip: Trip) -> None:
    given, file = trip.out(hours=2)
    clock = trip.clock(trip.there)
    with trip.elsewhere(file, given.passphrase) as desk:
        clock.forward(hours=1, minutes=59)
        live = begun(desk)
        clock.forward(hours=4)
        finish(live)
        _, returned = trip.packed(desk)
    with pytest.raises(ExpiredBundle):
        trip.opened(file, given.passphrase)
    trip.clock(trip.home).forward(days=3)
    assert trip.back(returned).closed


def test_a_bundle_that_expired_on_its_way_is_not_begun(trip: Trip) -> None:
    given, file = trip.out(hours=2)
    with trip.elsewhere(file, given.passphrase) as desk:
        trip.clock(trip.there).forward(hours=3)
        with pytest.raises(ExpiredBundle):
            begun(desk)
        _, returned = trip.packed(desk)
    assert trip.back(returned).entries == 0


def test_a_clock_that_stands_before_the_making_does_not_open_a_bundle(trip: Trip) -> None:
    trip.clock(trip.home).forward(days=2)
    given, file = trip.out()
    with pytest.raises(ClockBeforeBundle):
        trip.opened(file, given.passphrase)


@pytest.mark.parametrize("hours", [0, 15 * 24])
def test_a_time_that_is_too_short_or_too_long_is_refused(trip: Trip, hours: int) -> None:
    with pytest.raises(Invalid):
        trip.out(hours=hours)


def test_a_return_made_before_the_practice_got_new_keys_still_comes_home(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        played(begun(desk))
        _, returned = gone.packed(desk)
    for _ in range(2):  # the second kit renews the keys
        keep_kit(gone.desk, gone.home.door, draw_kit(gone.desk, gone.home.door))
    assert gone.home.door.keys(gone.desk).state().epoch == 2
    came = gone.back(returned)
    assert came.closed
    with gone.elsewhere(file, given.passphrase) as desk:
        require_receipt(desk, gone.there.door.carry(), came.receipt)


def test_who_may_not_begin_a_session_may_not_carry_it(trip: Trip) -> None:
    helper = replace(trip.desk, member=TESS)
    with pytest.raises(NotAllowed):
        give_out(helper, trip.home.door.carry(), CarryDraft(SESSION), lambda _: None)
    with pytest.raises(NotAllowed):
        take_back(helper, "any", "because")
    with pytest.raises(NotAllowed):
        bring_back(helper, trip.home.door.carry(), b"")


def test_a_practice_at_home_makes_no_return(trip: Trip) -> None:
    with pytest.raises(NotTravelling):
        trip.packed(trip.desk)
