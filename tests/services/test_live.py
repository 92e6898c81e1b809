"""A live session is on disk before it shows: entries with their lines, refusals without a trace, a lock at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Known, NotAllowed, NotFound, Refused
from desktop.domain.errors_machine import DiskTrouble
from desktop.domain.people import Client, Member
from desktop.domain.records import Act, SessionState
from desktop.live.asks import (
    Ask,
    AskAdverse,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskGiven,
    AskJoin,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskOverride,
    AskPhase,
    AskPhoneOrder,
    AskReading,
    AskRole,
    AskRound,
    AskSafe,
    AskScale,
    AskStaff,
    AskStrike,
    AskTaken,
    AskTouch,
    AskUndo,
    AskVitals,
    AskWords,
    AskWordsText,
)
from desktop.live.codec import KINDS, entry_to_json, kind_of
from desktop.live.corrections import owner_now
from desktop.live.events import Ending, Missed, Opened, OverrideHow, Participant, PersonRole, Step
from desktop.live.fold import fold
from desktop.services.live import LiveDesk, protocol_named, session_state
from desktop.services.ports import Unit
from desktop.storage.refusals import NotKeepable
from tests.campaigns.asks import next_ask
from tests.kit import ANNA, BEN, IM, MARA, OTTO, PAIR, PAUL, PRACTICE_ID, TESS, House, dose, finish, plan, ready, vitals
from tests.storage.faults import Faults

CLINIC = Audience.clinic("test")
LATE = Client("client-late", "Zoë Quist", date(1990, 2, 3))
COMER = Participant("c", LATE.id, LATE.name, LATE.born, PersonRole.SITTING)
EVERY_KIND: tuple[Ask, ...] = (
    AskCheck("consent", "yes", "b"), AskStaff(PAUL.id, True), vitals("b"), AskReading("b", Missed.REFUSED),
    AskTaken("b"), dose("b"), AskLost("b", Decimal(50), "spat early"),
    AskGiven("b", "ondansetron", Decimal(4), "mg", "oral", "standing"), AskPhase("b", "peak"),
    AskObserve("b", "crying"), AskScale("b", "nausea", 3), AskWords("b"), AskWordsText(13, "the lake"),
    AskNote("music on"), AskDialogue(Step.SEND, "b"), AskAway("a", "Tess"), AskBack("a"), AskRound(), AskMove("a", 12),
    AskStrike(4, "cuff slipped"), AskUndo(), AskPhoneOrder("b", "ondansetron 4 mg", "Dr N", "Tess"),
    AskTouch("b", "ask"), AskSafe("b"), AskEmergency("b", ("call",)), AskEmergencyStep("b", "call"),
    AskEmergencyEnd("b", "awake"), AskAdverse("b", "nausea", 12), AskJoin(COMER),
    AskOverride("a", "fasting", "Dr N", OverrideHow.PRESENT, "ate a cracker"), AskRole("a", PersonRole.SITTING),
    AskDischarge("b", Ending.LEFT),
)  # fmt: skip


def kept(home: House, session_id: str = "session-1") -> list[str]:
    """What is on disk of a session, an entry a line."""
    with home.store.read() as unit:
        return [entry_to_json(entry) for entry in unit.events.of(session_id, CLINIC)]


def shown(live: LiveDesk) -> list[str]:
    """What the board holds, an entry a line."""
    return [entry_to_json(entry) for entry in live.state.entries]


def play(home: House, live: LiveDesk, asks: tuple[Ask, ...] = EVERY_KIND) -> None:
    for ask in asks:
        home.clock.forward(30)
        live.record(ask)


def test_beginning_writes_the_opening_and_starts_the_session(home: House) -> None:
    session = plan(home.desk())
    live = LiveDesk.begin(home.desk(), session.id)
    assert kept(home) == shown(live)
    opening = live.state.entries[0].event
    assert isinstance(opening, Opened)
    assert [person.name for person in opening.participants] == [ANNA.name, BEN.name]
    assert opening.protocol_text == home.resources.text("protocols/ketamine-sl-full.toml")
    with home.store.read() as unit:
        running = unit.sessions.running(CLINIC)
    found = [(one.id, one.state, one.started) for one in running]
    assert found == [(session.id, SessionState.RUNNING, home.clock.now())]
    assert home.acts("session")[-1] == (Act.START, session.id, "")
    assert home.acts("entry") == [(Act.ENTRY, f"{session.id}/1", "")]


def test_a_session_is_begun_only_once(home: House, live: LiveDesk) -> None:
    with pytest.raises(Refused) as refused:
        LiveDesk.begin(home.desk(), live.session.id)
    assert refused.value.code == "begun"
    assert len(kept(home)) == 1


def test_every_kind_of_entry_is_kept_as_it_is_shown_with_a_line_of_its_own(home: House, live: LiveDesk) -> None:
    with home.store.write() as unit:
        unit.clients.add(LATE)
        unit.audit(home.desk().line(Act.CREATE, "client", LATE.id, LATE.owner))
    play(home, live)
    finish(live)
    assert {kind_of(entry.event) for entry in live.state.entries} == set(KINDS) - {"clock", "talk"}
    assert kept(home) == shown(live)
    subjects = [subject for act, subject, _ in home.acts("entry") if act is Act.ENTRY]
    assert subjects == [f"session-1/{entry.seq}" for entry in live.state.entries]
    assert home.intact()


def test_an_entry_and_its_line_carry_the_same_compartment_and_a_digest(home: House, live: LiveDesk) -> None:
    for ask in (AskObserve("a", "crying"), AskObserve("b", "crying"), AskRound(), AskNote("music on")):
        live.record(ask)
    lines = [line.entry for line in home.lines() if line.entry.subject_kind == "entry"]
    practice = Owner.practice(PRACTICE_ID)
    assert [line.owner for line in lines] == [practice, ANNA.owner, BEN.owner, PAIR.owner, PAIR.owner]
    assert all(len(line.digest) == 64 for line in lines)


@pytest.mark.parametrize("ask", [AskObserve("b", "laughing"), AskMove("b")], ids=["an entry", "a move"])
def test_a_disk_that_fails_at_any_statement_leaves_no_entry_no_line_and_the_old_state(
    home: House, live: LiveDesk, ask: Ask
) -> None:
    faults = Faults()
    with faults.under(home.engines.writer):
        live.record(AskObserve("a", "crying"))
    live.record(AskObserve("a", "tense"))
    before, entries, lines = live.state, kept(home), len(home.lines())
    for nth in range(1, faults.steps + 1):  # begin, entry, line, commit, and with a move some more
        with faults.under(home.engines.writer, fail_at=nth), pytest.raises(DiskTrouble):
            live.record(ask)
        assert live.state is before
        assert kept(home) == entries
        assert len(home.lines()) == lines
    live.record(ask)  # the next one finds everything in order
    assert kept(home) == shown(live)
    assert home.intact()


@pytest.mark.parametrize("ask", [AskObserve("a", "crying"), AskMove("b", 2), AskUndo(), AskNote("music on")], ids=str)
def test_a_line_that_the_trail_does_not_take_leaves_no_entry(home: House, live: LiveDesk, ask: Ask) -> None:
    live.record(AskObserve("a", "laughing"))
    before, entries = live.state, kept(home)
    home.sql("CREATE TRIGGER no_line BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more room'); END")
    with pytest.raises(NotKeepable):
        live.record(ask)
    home.sql("DROP TRIGGER no_line")
    assert live.state is before
    assert kept(home) == entries
    with home.store.read() as unit:
        assert len(unit.events.of("session-1", Audience.person(ANNA.id))) == 1
    assert home.intact()


def test_a_close_that_fails_leaves_the_session_running(home: House, live: LiveDesk) -> None:
    live.record(AskDischarge("a", Ending.NOT_DOSED))
    live.record(AskDischarge("b", Ending.NOT_DOSED))
    home.sql(
        "CREATE TRIGGER no_close BEFORE INSERT ON audit WHEN NEW.act = 'close' "
        "BEGIN SELECT RAISE(ABORT, 'no more room'); END"
    )
    before = live.state
    with pytest.raises(NotKeepable):
        live.record(AskClose())
    home.sql("DROP TRIGGER no_close")
    assert live.state is before
    assert not live.state.closed
    with home.store.read() as unit:
        assert [one.id for one in unit.sessions.running(CLINIC)] == ["session-1"]
    live.record(AskClose())
    with home.store.read() as unit:
        assert not unit.sessions.running(CLINIC)


REFUSED: tuple[tuple[Ask, str], ...] = (
    (AskObserve("c", "crying"), "nobody"), (AskObserve("a", "no such chip"), "chip"), (AskNote(" "), "text"),
    (AskLost("a", Decimal(1), "spat"), "more_lost_than_given"), (AskUndo(), "nothing_to_undo"),
    (AskClose(), "not_discharged"), (AskMove("b", 1), "not_movable"), (AskStrike(99, "wrong"), "no_entry"),
    (AskNote("x" * 9000), "too_long"), (AskVitals("a"), "empty"),
)  # fmt: skip


@pytest.mark.parametrize(("ask", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_is_refused_leaves_nothing_on_disk(home: House, live: LiveDesk, ask: Ask, code: str) -> None:
    before, lines = live.state, len(home.lines())
    with pytest.raises(Refused) as refused:
        live.record(ask)
    assert refused.value.code == code
    assert live.state is before
    assert len(kept(home)) == 1
    assert len(home.lines()) == lines


def test_nothing_is_entered_after_the_close_neither_through_the_desk_nor_past_it(home: House, live: LiveDesk) -> None:
    finish(live)
    with home.store.read() as unit:
        assert unit.sessions.get("session-1", CLINIC).state is SessionState.CLOSED
    assert home.acts("session")[-1] == (Act.CLOSE, "session-1", "")
    entries = kept(home)
    with pytest.raises(Refused) as refused:
        live.record(AskNote("one more thing"))
    assert refused.value.code == "closed"
    last = live.state.entries[-1]
    changes: tuple[Callable[[Unit], object], ...] = (
        lambda unit: unit.events.append("session-1", last, PAIR.owner),
        lambda unit: unit.events.reassign("session-1", 2, BEN.owner),
        lambda unit: unit.sessions.save(live.session),
    )
    for change in changes:
        with pytest.raises(Refused) as refused, home.store.write() as unit:
            change(unit)
        assert refused.value.code == "closed"
    assert kept(home) == entries


def test_resuming_a_closed_session_only_reads(home: House, live: LiveDesk) -> None:
    finish(live)
    entries = kept(home)
    home.clock.forward(3600)
    again = LiveDesk.resume(home.again().desk(), "session-1")
    assert again.state == live.state
    assert again.notes == ()
    assert kept(home) == entries


def test_an_entry_that_was_moved_leaves_the_wrong_partners_compartment(home: House, live: LiveDesk) -> None:
    live.record(AskWords("a", "I never told you"))
    live.record(AskMove("b"))
    for client, there in ((ANNA, False), (BEN, True)):
        with home.store.read() as unit:
            mine = "".join(entry_to_json(entry) for entry in unit.events.of("session-1", Audience.person(client.id)))
        assert ("I never told you" in mine) is there
    with home.store.read() as unit:
        both = "".join(entry_to_json(entry) for entry in unit.events.of("session-1", Audience.both(PAIR.id)))
    assert "I never told you" not in both
    assert home.acts("entry")[-1] == (Act.CHANGE, "session-1/2", "moved")


def test_an_entry_that_was_moved_and_taken_back_is_at_home_again(home: House, live: LiveDesk) -> None:
    live.record(AskWords("a", "I never told you"))
    live.record(AskMove("b"))
    live.record(AskUndo())
    with home.store.read() as unit:
        assert [entry.seq for entry in unit.events.of("session-1", Audience.person(ANNA.id))][:1] == [2]
        theirs = [entry.seq for entry in unit.events.of("session-1", Audience.person(BEN.id))]
    assert 2 not in theirs
    assert fold(live.state.entries) == live.state


def test_a_partner_is_given_only_their_own_and_the_couples_entries(home: House, live: LiveDesk) -> None:
    live.record(AskObserve("a", "crying"))
    live.record(AskObserve("b", "crying"))
    live.record(AskRound())
    with home.store.read() as unit:
        own = unit.events.of("session-1", Audience.partner(ANNA.id, PAIR.id))
    assert [entry.seq for entry in own] == [2, 4]


def test_two_boards_on_one_session_never_write_the_same_number(home: House, live: LiveDesk) -> None:
    other = LiveDesk.resume(home.desk(PAUL), "session-1")
    with pytest.raises(Known, match="Another entry was written"):
        live.record(AskObserve("a", "crying"))
    other.record(AskObserve("a", "laughing"))
    assert kept(home) == shown(other)


@pytest.mark.parametrize(("member", "may_begin", "may_record"), [
    (MARA, True, True), (PAUL, True, True), (TESS, False, True), (OTTO, False, False),
])  # fmt: skip
def test_who_may_begin_carry_on_and_record(home: House, member: Member, may_begin: bool, may_record: bool) -> None:
    session = plan(home.desk())

    def allowed(work: Callable[[], object]) -> bool:
        try:
            work()
        except NotAllowed:
            return False
        return True

    assert allowed(lambda: LiveDesk.begin(home.desk(member), session.id)) is may_begin
    running = LiveDesk.resume(home.desk(), session.id) if may_begin else LiveDesk.begin(home.desk(), session.id)
    assert allowed(lambda: session_state(home.desk(member), session.id)) is may_record
    theirs = LiveDesk(home.desk(member), running.session, running.state)
    assert allowed(lambda: theirs.record(AskNote("music on"))) is may_record
    assert allowed(lambda: LiveDesk.resume(home.desk(member), session.id)) is may_record
    assert home.intact()


def test_an_entry_names_its_author_and_the_member_at_the_desk(home: House, live: LiveDesk) -> None:
    live.record(AskObserve("a", "crying"), author=TESS.id)
    entry = live.state.entries[-1]
    assert (entry.author, entry.attested_by) == (TESS.id, MARA.id)
    assert kept(home) == shown(live)


def test_a_late_entry_keeps_when_it_happened_and_when_it_was_written(home: House, live: LiveDesk) -> None:
    home.clock.forward(600)
    live.record(vitals("a"), ago_ms=120_000)
    entry = live.state.entries[-1]
    assert (entry.at_ms, entry.entered_ms, entry.late) == (480_000, 600_000, True)
    assert kept(home) == shown(live)


def test_looking_at_a_session_is_kept_in_the_trail_before_it_is_shown(home: House, live: LiveDesk) -> None:
    state = session_state(home.desk(PAUL), "session-1")
    assert state == live.state
    line = home.lines()[-1].entry
    assert (line.act, line.member_id, line.subject_id, line.detail) == (Act.VIEW, PAUL.id, "session-1", "entries")


def test_what_was_never_begun_or_is_not_there_says_so(home: House) -> None:
    plan(home.desk())
    for work in (lambda: LiveDesk.resume(home.desk(), "session-1"), lambda: session_state(home.desk(), "session-1")):
        with pytest.raises(Refused) as refused:
            work()
        assert refused.value.code == "not_begun"
    with pytest.raises(NotFound):
        LiveDesk.resume(home.desk(), "session-2")
    with pytest.raises(Refused) as refused:
        protocol_named(home.desk(), "ketamine-xl")
    assert refused.value.code == "no_protocol"


def test_an_intramuscular_session_runs_on_its_own_protocol(home: House) -> None:
    live = LiveDesk.begin(home.desk(), plan(home.desk(), protocol=IM).id)
    ready(live)
    assert live.state.protocol.id == IM
    assert kept(home) == shown(live)


@pytest.mark.parametrize("seed", range(4))
def test_after_every_step_storage_agrees_with_the_state_on_whose_each_entry_is(
    home: House, live: LiveDesk, seed: int
) -> None:
    by = Random(seed)
    for _ in range(60):
        home.clock.forward(3)
        with contextlib.suppress(Refused):
            live.record(next_ask(live.state, by, end=0))
        kept_with: dict[int, str] = dict(home.sql("SELECT seq, owner_id FROM live_events WHERE seq > 1"))
        seats = {entry.seq: owner_now(live.state, entry.seq) for entry in live.state.entries[1:]}
        assert kept_with == {
            seq: PAIR.id if seat is None else live.state.people[seat].client_id for seq, seat in seats.items()
        }
