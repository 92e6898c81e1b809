"""Knows what one event does to what belongs to the room: its checks, staff, rounds, and the dialogue."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desktop.live.events import Checked, DialogueStepped, NoteMade, RoundDone, StaffMoved, Step
from desktop.live.lines import CheckLine, NoteLine
from desktop.live.state import DialogueState, RoomState

RoomEvent = Checked | NoteMade | StaffMoved | RoundDone | DialogueStepped


def on_room(room: RoomState, at_ms: int, seq: int, event: RoomEvent) -> RoomState:
    """The room with one more event; events come in the order of (at_ms, seq)."""
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
            return replace(room, dialogue=stepped(room.dialogue, at_ms, event))
        case _:
            assert_never(event)


def stepped(now: DialogueState, at_ms: int, event: DialogueStepped) -> DialogueState:
    """The dialogue one step later. A new turn begins with a switch, after a stop, or when another person sends."""
    step = event.step
    if step is Step.STOP:
        return DialogueState(turns=now.turns)
    begins = now.step is None or step is Step.SWITCH or (step is Step.SEND and event.sender != now.sender)
    if begins:
        now = DialogueState(sender=event.sender, turn_ms=at_ms, turns=(*now.turns, (event.sender, at_ms)))
    return replace(
        now,
        step=now.step if step is Step.PAUSE and now.step is not None else step,
        paused=step is Step.PAUSE,
        mirrors=now.mirrors + (step is Step.MIRROR),
        corrections=now.corrections + (step is Step.CORRECT),
        steps_done=now.steps_done | {step},
    )
