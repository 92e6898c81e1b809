"""Nothing is erased: entries are taken back, struck or moved, and stay visible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.protocol import Level, Sign
from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDischarge,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskPhase,
    AskReading,
    AskRound,
    AskScale,
    AskStrike,
    AskTaken,
    AskUndo,
    AskVitals,
    AskWords,
    AskWordsText,
)
from desktop.live.clock import noticed
from desktop.live.copies import reassigned, seen_by
from desktop.live.corrections import counted, owner_now
from desktop.live.engine import enter
from desktop.live.events import Ending, Missed, Moved, Opened, RoundDone, VitalsTaken
from desktop.live.fold import fold
from desktop.live.state import PersonState
from tests.live.play import B_SITS, A, B, Play, bp, dose, moment, now, vitals


def test_undo_takes_back_one_entry_after_another_and_never_its_own() -> None:
    play = Play()
    play.ask(10, AskNote("one"))
    play.ask(20, AskNote("two"))
    play.ask(30, AskUndo("slip"))
    play.ask(40, AskUndo())
    assert play.state.room.notes == ()
    assert {seq: mark.how for seq, mark in play.state.marks.items()} == {2: "undone", 3: "undone"}
    assert play.state.marks[3].reason == "slip"
    assert play.refusal(50, AskUndo()) == "nothing_to_undo"
    assert len(play.state.entries) == 5


def test_a_dose_and_a_discharge_are_not_undone_in_passing() -> None:
    play = Play(A, B_SITS)
    play.ask(300, dose())
    assert play.refusal(310, AskUndo()) == "undo_protected"
    play.ask(320, AskStrike(2, "wrong person"))
    assert play["a"].first_dose_ms is None
    assert play.refusal(330, AskUndo()) == "undo_protected"
    play.ask(400, AskDischarge("a", Ending.NOT_DOSED))
    assert play.refusal(410, AskUndo()) == "undo_protected"
    play.ask(420, AskStrike(play.last, "still here"))
    assert not play["a"].ended


def test_undoing_a_strike_brings_the_entry_back() -> None:
    play = Play()
    play.ask(10, AskNote("one"))
    play.ask(20, AskStrike(2, "no"))
    assert play.state.room.notes == ()
    play.ask(30, AskUndo())
    assert play.state.room.notes[0].text == "one"
    assert set(play.state.marks) == {3}


def test_striking_a_dose_computes_everything_again() -> None:
    play = Play()
    play.ask(300, dose())
    play.ask(3300, dose(mg="50"))
    play.ask(3400, AskStrike(2, "counted twice"))
    assert (play["a"].given_mg, play["a"].first_dose_ms) == (50, 3_300_000)
    assert [line.number for line in play["a"].doses] == [1]


def test_a_dose_whose_taken_is_struck_counts_from_its_own_time() -> None:
    play = Play()
    play.ask(300, AskTaken("a"))
    play.ask(400, dose())
    play.ask(410, AskStrike(2, "pressed too early"))
    assert play["a"].first_dose_ms == 400_000


def test_a_struck_dose_leaves_its_taken_waiting_for_details() -> None:
    play = Play()
    play.ask(300, AskTaken("a"))
    play.ask(400, dose())
    play.ask(410, AskStrike(3, "wrong amount"))
    assert play["a"].doses[0].mg is None
    play.ask(420, dose(mg="150"))
    assert (play["a"].first_dose_ms, play["a"].given_mg) == (300_000, 150)


def test_a_dose_is_not_struck_while_a_loss_of_it_stands() -> None:
    play = Play()
    play.ask(300, dose())
    play.ask(400, AskLost("a", Decimal(50), "dropped"))
    assert play.refusal(500, AskStrike(2, "wrong")) == "lost_remains"
    play.ask(500, AskStrike(3, "found it"))
    play.ask(510, AskStrike(2, "wrong"))
    assert play["a"].total_mg == 0


def test_undo_never_brings_back_a_loss_without_its_dose() -> None:
    play = Play()
    play.ask(300, dose())
    play.ask(310, dose(mg="50", entered_twice=True))
    play.ask(400, AskLost("a", Decimal(120), "dropped"))
    play.ask(410, AskStrike(4, "found"))
    play.ask(420, AskStrike(2, "wrong"))
    assert play.refusal(430, AskUndo()) == "undo_protected"
    play.ask(440, AskNote("x"))
    play.ask(450, AskUndo())
    assert play.refusal(460, AskUndo()) == "undo_protected"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (AskStrike(1, "x"), "fixed"),
        (AskStrike(2, " "), "reason"),
        (AskStrike(9, "x"), "no_entry"),
        (AskStrike(0, "x"), "no_entry"),
        (AskStrike(3, "x"), "correction"),
        (AskStrike(2, "x"), "struck_already"),
        (AskMove("c"), "nobody"),
        (AskMove("b", 9), "no_entry"),
        (AskMove("b", 2), "struck_already"),
        (AskMove("b"), "nothing_to_move"),
        (AskMove("b", 1), "not_movable"),
    ],
)
def test_corrections_that_cannot_be_are_refused(ask: Ask, code: str) -> None:
    play = Play()
    play.ask(10, AskNote("one"))
    play.ask(20, AskStrike(2, "no"))
    assert play.refusal(30, ask) == code


def test_what_the_clocks_did_is_neither_struck_nor_undone() -> None:
    play = Play()
    (event,) = noticed(play.entries[0], moment(60), reopened=True)
    play.state, entry = enter(play.state, event, now(60), "m1")
    play.entries.append(entry)
    assert play.refusal(70, AskUndo()) == "nothing_to_undo"
    assert play.refusal(70, AskStrike(2, "x")) == "fixed"


def test_a_reading_moved_to_the_partner_gets_the_level_that_holds_for_them() -> None:
    play = Play(A, B)
    play.ask(300, dose())
    play.ask(900, bp(150, 85))
    event = play.ask(910, AskMove("b"))
    assert isinstance(event, Moved)
    assert isinstance(event.event, VitalsTaken)
    assert event.event.levels == ((Sign.BP, Level.AMBER),)
    assert play["a"].vitals == ()
    assert (play["b"].vitals[0].at_ms, play["b"].vitals[0].seq) == (900_000, 3)
    assert play.state.marks[3].how == "moved"
    assert owner_now(play.state, 3) == "b"
    assert counted(play.state, 3) == event.event


MOVABLE: list[tuple[Ask, Callable[[PersonState], object]]] = [
    (AskCheck("note", "seen", "a"), lambda one: one.checks),
    (AskReading("a", Missed.FAILED, (Sign.BP,), "cuff"), lambda one: one.missed),
    (AskLost("a", Decimal(10), "dropped"), lambda one: one.losses),
    (AskGiven("a", "ondansetron", Decimal(4), "mg", "oral", "Dr N"), lambda one: one.others),
    (AskPhase("a", "peak"), lambda one: one.phases_marked),
    (AskObserve("a", "crying", "2"), lambda one: one.observations),
    (AskScale("a", "distress", 4), lambda one: one.scales),
    (AskWords("a", "mine"), lambda one: one.words),
    (AskNote("about", "a"), lambda one: one.notes),
    (AskAway("a", "m2"), lambda one: one.comings),
    (vitals(), lambda one: one.vitals),
]


@pytest.mark.parametrize(("ask", "lines"), MOVABLE, ids=lambda value: type(value).__name__)
def test_what_is_about_one_person_can_be_moved_to_the_other_and_back(
    ask: Ask, lines: Callable[[PersonState], object]
) -> None:
    play = Play(A, B)
    play.ask(300, dose())
    play.ask(310, dose("b"))
    play.ask(900, ask)
    named = play.last
    here = lines(play["a"])
    play.ask(910, AskMove("b"))
    assert lines(play["a"]) == ()
    assert lines(play["b"]) == here
    assert play.refusal(915, AskMove("b", play.last)) == "already_there"
    play.ask(920, AskMove("a", named))
    assert (lines(play["a"]), lines(play["b"])) == (here, ())
    play.ask(930, AskUndo())
    assert lines(play["b"]) == here
    play.ask(940, AskUndo())
    assert lines(play["a"]) == here
    assert fold(play.state.entries) == play.state


def test_coming_back_and_taken_are_moved_only_where_they_can_be() -> None:
    play = Play(A, B)
    play.ask(10, AskAway("a"))
    play.ask(20, AskBack("a"))
    assert play.refusal(30, AskMove("b")) == "here"
    play.ask(300, AskTaken("a"))
    play.ask(310, AskMove("b"))
    assert (play["a"].first_dose_ms, play["b"].first_dose_ms) == (None, 300_000)
    play.ask(320, dose("b"))
    assert play.refusal(330, AskMove("a", 4)) == "dose_not_moved"
    assert play.refusal(330, AskMove("a")) == "dose_not_moved"


def test_taken_is_not_moved_to_a_partner_who_sits() -> None:
    play = Play(A, B_SITS)
    play.ask(300, AskTaken("a"))
    assert play.refusal(310, AskMove("b")) == "sitting"


def test_a_loss_is_not_moved_away_when_more_would_be_lost_than_given() -> None:
    play = Play(A, B)
    play.ask(300, dose())
    play.ask(310, AskLost("a", Decimal(10), "dropped"))
    assert play.refusal(320, AskMove("b")) == "more_lost_than_given"


def test_the_last_entry_to_move_is_the_last_that_counts() -> None:
    play = Play(A, B)
    play.ask(10, AskObserve("a", "crying"))
    play.ask(20, AskWords("a"))
    play.ask(30, AskWordsText(3, "hello"))
    play.ask(40, AskMove("b"))
    assert play["b"].words[0].text == "hello"
    assert [owner_now(play.state, seq) for seq in (2, 3, 4, 5)] == ["a", "b", "b", "b"]
    play.ask(50, AskRound())
    assert play.refusal(60, AskMove("b")) == "not_movable"


def test_a_note_of_the_room_can_be_given_to_a_person() -> None:
    play = Play(A, B)
    play.ask(10, AskNote("cold hands"))
    play.ask(20, AskMove("a"))
    assert play.state.room.notes == ()
    assert play["a"].notes[0].text == "cold hands"


def test_a_moved_entry_that_is_then_struck_stays_out_of_the_first_persons_copy() -> None:
    play = Play(A, B)
    play.ask(10, AskWords("a", "canary of b"))
    before = play.state
    play.ask(20, AskMove("b"))
    assert reassigned(before, play.state) == ((2, "b"),)
    play.ask(30, AskStrike(2, "not meant for the record"))
    assert play["b"].words == ()
    assert "canary" not in repr(seen_by(play.state, "a"))
    assert "canary" in repr(seen_by(play.state, "b"))


def test_undoing_a_move_gives_everything_back() -> None:
    play = Play(A, B)
    play.ask(10, AskWords("a", "canary of a"))
    play.ask(20, AskMove("b"))
    before = play.state
    play.ask(30, AskUndo())
    assert reassigned(before, play.state) == ((2, "a"), (3, "a"))
    assert "canary" not in repr(seen_by(play.state, "b"))


def test_a_persons_copy_names_nobody_else() -> None:
    play = Play(A, replace(B, intention="canary intention"))
    play.ask(5, AskRound())
    play.ask(10, AskNote("music changed"))
    play.ask(20, AskNote("canary note", "b"))
    play.ask(30, AskVitals("b", 128, 82))
    play.ask(40, AskObserve("a", "crying"))
    copy = seen_by(play.state, "a")
    assert "canary" not in repr(copy)
    assert B.name not in repr(copy)
    assert isinstance(copy[0].event, Opened)
    assert [one.key for one in copy[0].event.participants] == ["a"]
    assert copy[1].event == RoundDone(("a",))
    assert [entry.seq for entry in copy] == [1, 2, 3, 6]


def test_a_close_is_final() -> None:
    play = Play(B_SITS)
    play.ask(10, AskClose())
    assert play.refusal(20, AskStrike(2, "too early")) == "closed"
    assert play.refusal(20, AskMove("b", 2)) == "closed"
