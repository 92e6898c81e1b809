"""Notes, words, checks, staff, the dialogue, away and back, and rounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import Refused
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.protocol_file import read_protocol
from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskNote,
    AskRound,
    AskStaff,
    AskUndo,
    AskWords,
    AskWordsText,
    Now,
)
from desktop.live.codec import entry_from_json, entry_to_json
from desktop.live.engine import decide, start
from desktop.live.events import Ending, Opened, RoundDone, Step
from desktop.live.fold import fold
from desktop.live.snapshot import snapshot
from tests.live.play import B_SITS, FULL, A, B, Play, bp, dose, moment, now, opened, protocol_text, vitals


def test_words_are_stamped_at_once_and_their_text_may_follow() -> None:
    play = Play()
    play.ask(600, AskWords("a"))
    stamped = play.last
    assert play["a"].words[0].text == ""
    play.ask(700, AskWordsText(stamped, " I never told you "))
    assert [(line.at_ms, line.text) for line in play["a"].words] == [(600_000, "I never told you")]
    assert play.refusal(710, AskWordsText(stamped, "again")) == "words_there"
    assert play.refusal(710, AskWordsText(1, "x")) == "no_words"
    assert play.refusal(710, AskWordsText(stamped, " ")) == "text"
    play.ask(720, AskUndo())
    assert play["a"].words[0].text == ""


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (AskNote("  "), "text"),
        (AskNote("x", "c"), "nobody"),
        (AskNote("x" * 8001), "too_long"),
        (AskCheck("", "yes"), "item"),
        (AskCheck("escort", ""), "value"),
        (AskCheck("escort", "yes", "c"), "nobody"),
        (AskStaff("", True), "member"),
        (AskDialogue(Step.SEND, "c"), "nobody"),
        (AskWords("c"), "nobody"),
        (AskBack("a"), "here"),
    ],
)
def test_what_says_nothing_is_refused(ask: Ask, code: str) -> None:
    assert Play().refusal(100, ask) == code


def test_notes_belong_to_a_person_or_the_room_and_may_follow_a_discharge() -> None:
    play = Play(A, B_SITS)
    play.ask(10, AskNote("music changed"))
    play.ask(20, AskDischarge("a", Ending.NOT_DOSED))
    play.ask(30, AskNote("called back", "a"))
    assert play.state.room.notes[0].text == "music changed"
    assert play["a"].notes[0].text == "called back"
    assert play.refusal(30, AskWords("a", "late")) == "ended"


def test_staff_come_and_go() -> None:
    play = Play()
    play.ask(10, AskStaff("m2", True))
    play.ask(20, AskStaff("m2", True))
    play.ask(30, AskStaff("m1", False))
    assert play.state.room.staff == ("m2",)


def test_a_round_sees_those_who_are_here_and_not_those_who_are_away_or_gone() -> None:
    play = Play(A, B)
    play.ask(10, AskAway("a", "m2"))
    assert play.refusal(11, AskAway("a")) == "away"
    event = play.ask(20, AskRound())
    assert isinstance(event, RoundDone)
    assert event.seen == ("b",)
    play.ask(30, AskBack("a"))
    play.ask(40, AskDischarge("b", Ending.NOT_DOSED))
    event = play.ask(50, AskRound())
    assert isinstance(event, RoundDone)
    assert event.seen == ("a",)
    assert play["a"].away is None
    assert play.state.room.rounds == (20_000, 50_000)


def test_the_dialogue_counts_mirrors_and_corrections_within_a_turn() -> None:
    play = Play()
    for seconds, step in enumerate([Step.SEND, Step.MIRROR, Step.CORRECT, Step.MIRROR, Step.PAUSE], 100):
        play.ask(seconds, AskDialogue(step, "a"))
    talk = play.state.room.dialogue
    assert (talk.step, talk.sender, talk.mirrors, talk.corrections, talk.paused) == (Step.MIRROR, "a", 2, 1, True)
    assert talk.turn_ms == 100_000
    play.ask(110, AskDialogue(Step.SEND, "a"))
    assert play.state.room.dialogue.mirrors == 2
    assert not play.state.room.dialogue.paused
    play.ask(120, AskDialogue(Step.SWITCH, "b"))
    talk = play.state.room.dialogue
    assert (talk.sender, talk.turn_ms, talk.mirrors) == ("b", 120_000, 0)
    assert talk.steps_done == {Step.SWITCH}
    play.ask(130, AskDialogue(Step.SEND, "a"))
    assert play.state.room.dialogue.turns == (("a", 100_000), ("b", 120_000), ("a", 130_000))
    play.ask(140, AskDialogue(Step.STOP, "a"))
    assert play.state.room.dialogue.step is None
    play.ask(150, AskDialogue(Step.PAUSE, "a"))
    assert play.state.room.dialogue.step is Step.PAUSE


def test_time_never_runs_backwards_and_nothing_happens_before_the_start_or_after_the_close() -> None:
    play = Play(B_SITS)
    play.ask(100, AskNote("x"))
    assert play.refusal(99, AskNote("y")) == "time_backwards"
    assert play.refusal(100, AskNote("y"), ago=101) == "before_start"
    with pytest.raises(Refused, match="future"):
        decide(play.state, AskNote("y"), Now(100_000, moment(100), -1))
    play.ask(100, AskNote("y"), ago=100)
    assert play.state.entries[-1].late
    assert [note.text for note in play.state.room.notes] == ["y", "x"]
    assert play.refusal(110, AskClose("done"), ago=20) == "close_late"
    play.ask(110, AskClose("we rested"))
    assert play.state.closed_ms == 110_000
    assert play.state.room.notes[-1].text == "we rested"
    for ask in (AskNote("z"), AskUndo(), AskClose()):
        assert play.refusal(120, ask) == "closed"


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([], "people"),
        ([replace(A, key=f"p{n}") for n in range(13)], "people"),
        ([A, replace(B, key="a")], "keys"),
        ([replace(A, key="a b")], "keys"),
        ([replace(A, key="")], "keys"),
        ([replace(A, order=replace(A.order, schedule="hourly"))] if A.order else [], "schedule"),
        ([replace(A, order=replace(A.order, schedule="0,15"))] if A.order else [], "schedule"),
        ([replace(A, order=replace(A.order, schedule="15,601"))] if A.order else [], "schedule"),
    ],
)
def test_people_who_cannot_be_are_refused_at_the_start(people: list[object], code: str) -> None:
    opening = replace(opened(), participants=tuple(people))  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        start(opening, now(0), "m1")
    assert caught.value.code == code


def test_a_session_without_its_opening_is_not_folded() -> None:
    play = Play()
    play.ask(10, vitals())
    for entries in ((), tuple(play.entries[1:])):
        with pytest.raises(Refused) as caught:
            fold(entries)
        assert caught.value.code == "no_opening"


def test_twelve_people_of_a_group_each_have_a_letter_with_their_couples_number() -> None:
    people = [replace(A, key=f"{n}{letter}") for n in range(1, 7) for letter in "ab"]
    play = Play(*people)
    play.ask(300, dose("3a"))
    assert play["3a"].first_dose_ms == 300_000
    assert play["3b"].first_dose_ms is None


def test_editing_a_protocol_after_the_close_changes_nothing_in_an_old_session() -> None:
    play = Play(A, B_SITS)
    play.ask(300, dose())
    play.ask(2700, bp(165, 90))
    play.ask(8000, AskDischarge("a", Ending.LEFT))
    play.ask(9000, AskClose())
    kept = [entry_to_json(entry) for entry in play.state.entries]
    edited = protocol_text(FULL).replace("value = 160", "value = 175")
    edited = edited.replace("minute = { value = 20", "minute = { value = 22")
    other = Play(A, B_SITS, text=edited)  # the same protocol's file, edited, is in use meanwhile
    other.ask(300, dose())
    other.ask(2700, bp(165, 90))
    again = fold([entry_from_json(text) for text in kept])
    assert again == play.state
    assert snapshot(again, 9_000_000) == snapshot(play.state, 9_000_000)
    assert [one.level.value for one in again.people["a"].out_of_band] == ["amber"]
    assert other["a"].out_of_band == ()
    assert ("vitals 22", 1620.0) in other.due("a", 2700)


def test_a_session_of_a_protocol_that_would_be_refused_today_is_still_opened() -> None:
    odd = protocol_text(FULL).replace("value = 160", "value = 190")
    with pytest.raises(DataFileError):
        read_protocol(odd, FULL)
    first, *_ = Play(A, B_SITS).entries
    assert isinstance(first.event, Opened)
    state = fold([replace(first, event=replace(first.event, protocol_text=odd))])
    assert any(band.limit.value == 190 for band in state.protocol.bands)


def test_the_latest_entry_of_a_check_item_is_the_one_that_holds() -> None:
    play = Play()
    for seconds, value in [(10, "no"), (20, "yes")]:
        play.ask(seconds, AskCheck("escort", value, "a"))
        play.ask(seconds, AskCheck("oxygen", value))
    for line in (play["a"].check("escort"), play.state.room.check("oxygen")):
        assert line is not None
        assert line.value == "yes"
    assert play["a"].check("oxygen") is None
    assert play.state.room.check("escort") is None
