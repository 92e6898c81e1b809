"""A state machine over the live engine: whatever a clinician does, in whatever order, the state stays true.

Checked after every step: the state equals folding its entries, and equals an independent plain recomputation; time
never runs backwards; never more is lost than given; what a refusal leaves is what was there. At the end: every prefix
of the entries folds to the state as it was then, every entry survives being written, and no copy holds the other's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.domain.errors import Refused
from desktop.domain.protocol import Level, Sign
from desktop.live import asks
from desktop.live.codec import entry_from_json, entry_to_json
from desktop.live.copies import seen_by
from desktop.live.corrections import owner_now
from desktop.live.due import due_of
from desktop.live.engine import decide, enter, start
from desktop.live.events import (
    Ending,
    Event,
    Missed,
    NoteMade,
    PersonRole,
    Step,
    VitalsTaken,
    WordsKept,
    WordsWritten,
)
from desktop.live.fold import fold
from desktop.live.readings import phase_of
from desktop.live.state import DueKind, DueState, LiveState, PersonState
from tests.live import plain
from tests.live.play import B_SITS, A, B, now, opened

WHO = st.sampled_from(["a", "a", "a", "a", "b", "b", "c"])
MG = st.sampled_from([Decimal(50), Decimal(100), Decimal("112.5"), Decimal(201)])
LATE = st.sampled_from([0, 0, 60, 300, 3000])
TOUCH = ["none", "hands", "ask", "planned"]
PRESSURE = st.sampled_from([(118, 76), (141, 88), (150, 95), (162, 90), (182, 95), (150, 111), (205, 90), (140, 90)])


def picture_of(state: LiveState, now_ms: int) -> dict[str, dict[str, object]]:
    """The state in the form of the plain recomputation."""
    people: dict[str, dict[str, object]] = {}
    for who, person in state.people.items():
        phase = phase_of(state.protocol, person, now_ms)
        done = {
            (item.item, item.due_ms): item.state in (DueState.DONE, DueState.REFUSED, DueState.FAILED)
            for item in due_of(state, person, now_ms) if item.kind in (DueKind.VITALS, DueKind.LEAVING)
        }
        people[who] = {
            "doses": [(line.at_ms, line.mg) for line in person.doses],
            "given": person.given_mg, "lost": person.lost_mg, "total": person.total_mg,
            "phase": "" if phase is None else phase.key,
            "vitals": [(line.at_ms, line.systolic, line.diastolic, line.hr) for line in person.vitals],
            "out": sorted((one.at_ms, one.item, one.level.value) for one in person.out_of_band),
            "chips": [(line.at_ms, line.chip) for line in person.observations],
            "words": [(line.at_ms, line.text) for line in person.words],
            "notes": [(line.at_ms, line.text) for line in person.notes],
            "checks": [(line.at_ms, line.item, line.value) for line in person.checks],
            "away": person.away is not None,
            "rounds": list(person.rounds),
            "ending": None if person.ending is None else person.ending.ending.value,
            "scheduled": done,
            "touch": person.touch.value,
            "alarms": [(one.at_ms, [step for step, _, _ in one.steps], not one.open) for one in person.emergencies],
            "role": person.role.value,
        }  # fmt: skip
    return people


class Session(RuleBasedStateMachine):
    """One session, entered at random."""

    @initialize(dosed=st.sampled_from([True, True, False]))
    def open(self, dosed: bool) -> None:
        self.seconds = 0
        self.count = 0
        third = type(B_SITS)("c", "client-c", "李小龙", B_SITS.born, B_SITS.role)
        self.state, _ = start(opened(A, B, third), now(0), "m1")
        self.states = [self.state]
        if dosed:
            self.seconds = 300
            self.ask(asks.AskDose("a", "sublingual", Decimal(100), lot="L1", by="m1", checked_by="m2"))

    def ask(self, ask: asks.Ask, ago: int = 0) -> Any:
        """Ask; what was kept, or None when it was refused."""
        when = now(self.seconds, min(ago, self.seconds))
        before = self.state
        event: Event | None
        try:
            (event,) = decide(before, ask, when)
        except Refused as refused:
            kept = self.state is before and bool(refused.code)
            event = None
        else:
            kept = True
        assert kept
        if event is None:
            return None
        self.state, entry = enter(before, event, when, "m1")
        assert entry.entered_ms >= before.elapsed_ms
        assert entry_from_json(entry_to_json(entry)) == entry
        self.states.append(self.state)
        if not isinstance(ask, asks.AskMove | asks.AskStrike | asks.AskUndo):
            assert all(one.touch.rank <= before.people[who].touch.rank for who, one in self.known(before))
        return event

    def known(self, before: LiveState) -> list[tuple[str, PersonState]]:
        """Those who were there before, as they are now."""
        return [(who, one) for who, one in self.state.people.items() if who in before.people]

    def fresh(self) -> str:
        """A text that stands nowhere else."""
        self.count += 1
        return f"canary-{self.count}-"

    def any_entry(self, data: st.DataObject) -> int:
        """A number of an entry, the latest ones most often; sometimes one that is not there."""
        back = data.draw(st.integers(-1, min(self.state.next_seq - 1, 12)))
        return self.state.next_seq - 1 - back

    @rule(seconds=st.sampled_from([60, 240, 300, 600, 900, 1200, 2400]))
    def wait(self, seconds: int) -> None:
        self.seconds += seconds

    @rule(who=WHO, pressure=PRESSURE, hr=st.sampled_from([None, 44, 76, 112, 125]), ago=LATE)
    def vitals(self, who: str, pressure: tuple[int, int], hr: int | None, ago: int) -> None:
        at_ms = now(self.seconds, min(ago, self.seconds)).at_ms
        expected = plain.bp_level(self.state.entries, who, at_ms, *pressure)
        event = self.ask(asks.AskVitals(who, *pressure, hr), ago)
        if event is not None:
            assert isinstance(event, VitalsTaken)
            assert dict(event.levels).get(Sign.BP, Level.NORMAL).value == expected

    @rule(who=WHO, mg=MG, ago=LATE, scripted=st.booleans())
    def dose(self, who: str, mg: Decimal, ago: int, scripted: bool) -> None:
        self.ask(asks.AskDose(who, "sublingual", mg, lot="L1", by="m1", checked_by="m2", scripted=scripted), ago)

    @rule(ask=st.one_of(
        st.builds(asks.AskLost, WHO, st.sampled_from([Decimal(10), Decimal(50), Decimal(100)]), st.just("dropped")),
        st.builds(asks.AskUndo), st.builds(asks.AskUndo),
        st.builds(asks.AskScale, WHO, st.just("moaas"), st.integers(0, 5)),
        st.builds(asks.AskObserve, WHO, st.sampled_from(["crying", "still", "levitating"])),
        st.builds(
            asks.AskCheck, st.sampled_from(["spit", "willing", "wanted"]), st.sampled_from(["yes", "yes", "yes", "no"]),
            st.none() | WHO,
        ),
        st.builds(asks.AskReading, WHO, st.sampled_from(Missed), st.sampled_from([(), (Sign.BP,), (Sign.HR,)])),
        st.builds(asks.AskTaken, WHO), st.builds(asks.AskTaken, WHO),
        st.builds(asks.AskAway, WHO), st.builds(asks.AskBack, WHO), st.builds(asks.AskRound),
        st.builds(asks.AskDialogue, st.sampled_from(Step), WHO),
        st.builds(asks.AskEmergency, WHO), st.builds(asks.AskEmergencyStep, WHO, st.sampled_from(["call", "airway"])),
        st.builds(asks.AskEmergencyEnd, WHO, st.just("awake")), st.builds(asks.AskSafe, WHO),
        st.builds(asks.AskTouch, WHO, st.sampled_from(TOUCH), st.sampled_from(["", "hand"])),
        st.builds(asks.AskRole, WHO, st.just(PersonRole.SITTING)),
    ), ago=LATE)  # fmt: skip
    def see(self, ask: asks.Ask, ago: int) -> None:
        self.ask(ask, ago)

    @rule(who=WHO, entry=st.none() | st.integers(1, 20), ago=LATE)
    def told_and_joined(self, who: str, entry: int | None, ago: int) -> None:
        self.ask(asks.AskPhoneOrder(who, self.fresh(), "Dr N", "m1"), ago)
        self.ask(asks.AskAdverse(who, self.fresh(), entry), ago)
        late = type(B_SITS)("d", "client-d", "Zoë", B_SITS.born, B_SITS.role)
        self.ask(asks.AskJoin(late), ago)
        self.ask(asks.AskNote(self.fresh(), "d"), ago)

    @rule(who=WHO, later=st.booleans(), ago=LATE)
    def words(self, who: str, later: bool, ago: int) -> None:
        self.ask(asks.AskWords(who, "" if later else self.fresh()), ago)

    @rule(data=st.data())
    def words_text(self, data: st.DataObject) -> None:
        self.ask(asks.AskWordsText(self.any_entry(data), self.fresh()))

    @rule(who=st.none() | WHO, ago=LATE)
    def note(self, who: str | None, ago: int) -> None:
        self.ask(asks.AskNote(self.fresh(), who), ago)

    @rule(to=WHO, named=st.booleans(), data=st.data())
    def move(self, to: str, named: bool, data: st.DataObject) -> None:
        self.ask(asks.AskMove(to, self.any_entry(data) if named else None))

    @rule(data=st.data())
    def strike(self, data: st.DataObject) -> None:
        self.ask(asks.AskStrike(self.any_entry(data), "wrong"))

    @precondition(lambda self: len(self.state.entries) > 12)
    @rule(who=WHO, ending=st.none() | st.sampled_from(Ending), ago=LATE)
    def discharge_or_close(self, who: str, ending: Ending | None, ago: int) -> None:
        close = asks.AskClose("done")
        self.ask(close if ending is None else asks.AskDischarge(who, ending, statement_by="Dr N", to="home"), ago)

    @invariant()
    def the_state_is_what_its_entries_say(self) -> None:
        assert fold(self.state.entries) == self.state

    @invariant()
    def the_state_equals_the_plain_recomputation(self) -> None:
        now_ms = self.seconds * 1000
        assert picture_of(self.state, now_ms) == plain.picture(self.state.entries, now_ms)

    @invariant()
    def nothing_is_negative_nobody_unfit_was_dosed_and_owners_are_right(self) -> None:
        for person in self.state.people.values():
            assert Decimal(0) <= person.lost_mg <= person.given_mg
            assert person.key != "c" or not person.doses
        entries = self.state.entries
        assert [owner_now(self.state, e.seq) for e in entries] == [plain.owner(entries, e.seq) for e in entries]

    def teardown(self) -> None:
        """Every prefix folds to what was there; no copy holds a text that is another's."""
        if not hasattr(self, "states"):
            return
        for state in self.states:
            assert fold(self.state.entries[: len(state.entries)]) == state
        for who in self.state.people:
            copy = repr(seen_by(self.state, who))
            for entry in self.state.entries:
                text = entry.event.text if isinstance(entry.event, WordsKept | WordsWritten | NoteMade) else ""
                if text and plain.owner(self.state.entries, entry.seq) not in (None, who):
                    assert text not in copy


TestSession = Session.TestCase
