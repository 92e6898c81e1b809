"""Knows what one event does to what belongs to the room: its checks, staff, rounds, and the dialogue."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desktop.live.events import Checked, DialogueStepped, NoteMade, RoundDone, StaffMoved, Step, TalkOnly
from desktop.live.lines import CheckLine, NoteLine
from desktop.live.state import DialogueState, RoomState

RoomEvent = Checked | NoteMade | StaffMoved | RoundDone | DialogueStepped | TalkOnly
MARKS = (Step.SENDING, Step.INTERRUPTED)


def on_room(room: RoomState, at_ms: int, seq: int, event: RoomEvent, couple: int = 0) -> RoomState:
    """The room with one more event; events come in the order of (at_ms, seq). couple: whose dialogue it is about."""
    match event:
        case Checked():
            return replace(room, checks=(*room.checks, CheckLine(seq, at_ms, event.item, event.value, event.note)))
        case NoteMade():
            return replace(room, notes=(*room.notes, NoteLine(seq, at_ms, event.text)))
        case StaffMoved():
            others = tuple(member for member in room.staff if member != event.member)
            return replace(room, staff=(*others, event.member) if event.present else others)
        case RoundDone():
            return replace(room, rounds=(*room.rounds, at_ms))
        case DialogueStepped():
            return with_dialogue(room, couple, stepped(room.dialogue_of(couple), at_ms, event))
        case TalkOnly():
            return replace(room, talk_only_ms=at_ms)
        case _:
            assert_never(event)


def with_dialogue(room: RoomState, couple: int, talk: DialogueState) -> RoomState:
    """The room with a couple's dialogue as it stands now."""
    return replace(room, dialogues={**room.dialogues, couple: talk})


def stepped(now: DialogueState, at_ms: int, event: DialogueStepped) -> DialogueState:
    """The dialogue one step later. A new turn begins with a switch, after a stop, or when another person sends."""
    step = event.step
    if step is Step.STOP:
        return stopped(now, at_ms)
    if step in MARKS and now.step is not None:
        mark = Step.SENDING is step
        return replace(now, sendings=now.sendings + mark, interruptions=now.interruptions + (not mark))
    begins = now.step is None or step is Step.SWITCH or (step is Step.SEND and event.sender != now.sender)
    if begins:
        ended = now.ended if now.step is None else (*now.ended, now.turn(at_ms))
        turns = (*now.turns, (event.sender, at_ms))
        now = DialogueState(sender=event.sender, turn_ms=at_ms, turns=turns, ended=ended)
    pauses = step is Step.PAUSE
    return replace(
        now,
        step=now.step if pauses and now.step is not None else step,
        paused=pauses,
        pause_ms=at_ms if pauses else None,
        mirrors=now.mirrors + (step is Step.MIRROR),
        corrections=now.corrections + (step is Step.CORRECT),
        steps_done=now.steps_done | {step},
    )


def stopped(now: DialogueState, at_ms: int) -> DialogueState:
    """The dialogue after a stop; one that was not under way stays as it was."""
    if now.step is None:
        return now
    return DialogueState(turns=now.turns, ended=(*now.ended, now.turn(at_ms)), stopped_ms=at_ms)
