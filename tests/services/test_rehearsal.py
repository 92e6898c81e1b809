"""A rehearsal is the real engine under a fast clock: the room's lines come by themselves, the member's are sought."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Refused
from desktop.live.asks import AskMove, AskVitals
from desktop.services.rehearsal import Book, Rehearsal, begin, books, read_rehearsal, tried
from desktop.services.spedclock import SpedClock
from tests.kit import RESOURCES, HandClock, House

BOOKS = books(RESOURCES)
HEAD = (
    '{"session": {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", '
    '"participants": [{"key": "a", "name": "Made Up", "born": "1984-05-01", "role": "sitting"}]}}\n'
)


def book(name: str) -> Book:
    return next(one for one in BOOKS if one.id.endswith(name))


def going(home: House, name: str, speed: int = 60) -> tuple[Rehearsal, HandClock]:
    machine = HandClock()
    return begin(home.desk(), book(name), machine, speed), machine


def on(rehearsal: Rehearsal, machine: HandClock, to_s: int) -> list[str]:
    """Let it go on to a second of the session; what was said on the way."""
    said = []
    while rehearsal.clock.ms < to_s * 1000:
        machine.forward(0.5)
        for cue in rehearsal.due():
            assert rehearsal.play(cue) == ""
            said.append(cue.say)
    return said


def test_there_are_five_and_the_engine_plays_each_whole(home: House) -> None:
    assert len(BOOKS) == 5
    assert all(one.title and one.about and sum(cue.yours for cue in one.cues) >= 4 for one in BOOKS)
    assert all(cue.say for one in BOOKS for cue in one.cues if cue.yours)
    assert {one.id: tried(home.desk(), one) for one in BOOKS} == {one.id: () for one in BOOKS}


def test_a_fast_clock_keeps_what_has_gone_by_when_its_speed_changes() -> None:
    machine = HandClock()
    clock = SpedClock(machine, book("pressure").script.header.start, 60)
    machine.forward(10)
    assert clock.ms == 600_000
    clock.run_at(1)
    machine.forward(10)
    assert clock.ms == 610_000
    clock.run_at(1000)
    assert clock.speed == 60
    assert clock.now().local.isoformat().startswith("2026-03-02T10:10:10")


def test_the_rooms_lines_come_at_their_minute_and_the_members_are_only_told(home: House) -> None:
    rehearsal, machine = going(home, "pressure")
    said = on(rehearsal, machine, 1000)
    person = rehearsal.live.state.people["a"]
    assert person.first_dose_ms == 120_000
    assert [line.chip for line in person.observations] == ["eyes-closed"]
    assert "Twelve minutes. Ines spits out." in said
    assert person.check("spit") is None


def test_looking_back_says_what_was_entered_when_and_what_was_not(home: House) -> None:
    rehearsal, machine = going(home, "pressure")
    on(rehearsal, machine, 1330)
    rehearsal.live.record(AskVitals("a", 162, 101))
    on(rehearsal, machine, 1800)
    found = {one.cue.at_ms // 1000: one.entered_ms for one in rehearsal.found()}
    assert found[840] is None
    assert found[1320] == rehearsal.live.state.entries[-1].at_ms
    assert found[1620] is None
    assert rehearsal.over


def test_an_entry_that_was_moved_answers_for_the_move(home: House) -> None:
    rehearsal, machine = going(home, "wrong-person")
    on(rehearsal, machine, 1345)
    rehearsal.live.record(AskMove("b"))
    assert [one.cue.do for one in rehearsal.found() if one.entered_ms is not None] == ["move"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", "JSON"), ('{"do": "round"}', "t:"), ('{"t": 1}', "do"), ('{"t": 1, "do": "x", "yours": 3}', "yours")],
)
def test_a_script_of_ones_own_is_refused_by_its_line(line: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rehearsal(HEAD + '{"t": 0, "do": "round"}\n' + line)
    assert "line 3" in refused.value.what
    assert reason in refused.value.what
