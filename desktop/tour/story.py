"""Knows the story of the tour: a practice is made, a couple comes, an order is written, an afternoon is played."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from desktop.bootstrap import SMALL_RESERVE, Program
from desktop.domain.people import Role
from desktop.services.handclock import HandClock
from desktop.services.live import LiveDesk
from desktop.services.practice import MemberDraft, PracticeDraft, add_member, create_practice
from desktop.system.ids import MachineIds
from desktop.tour import records
from desktop.tour.beats import Team, beats
from desktop.tour.cast import cast_for
from desktop.tour.stage import Moment, Stage, Stop

FIRST_DAY = datetime.fromisoformat("2026-03-02T09:10:00-05:00")
# Nobody's data is behind it: the people are made up and the practice is thrown away.
PASSPHRASE = "made up for a tour only"
AMBER_S = 52 * 60
DIALOGUE_S = 113 * 60


@contextmanager
def stage_for(program: Program, seed: int) -> Iterator[Stage]:
    """An empty stage: a clock moved by hand, identifiers and dates from the seed, a folder that is gone afterwards."""
    clock = HandClock(FIRST_DAY + timedelta(days=7 * (seed % 50)))
    ids = MachineIds(lambda: int(clock.now().utc.timestamp() * 1000), Random(seed).randbytes)
    own = Program(replace(program.settings, clock=clock, ids=ids, cheap_keys=True, reserve=SMALL_RESERVE))
    with program.private_folder() as folder:
        stage = Stage(own, clock, folder / "practice", cast_for(seed))
        try:
            yield stage
        finally:
            leave(stage)
            own.close()


def leave(stage: Stage) -> None:
    """Lock, if somebody is in."""
    desk, stage.desk, stage.live = stage.desk, None, None
    if desk is not None:
        stage.program.door.leave(desk)


def come_in(stage: Stage, name: str) -> None:
    """Unlock as one of the members, after whoever was in has left."""
    leave(stage)
    door = stage.program.door
    member = next(each for each in door.peek(stage.folder).members if each.name == name)
    stage.desk = door.unlock(stage.folder, member.id, PASSPHRASE)


def found_practice(stage: Stage) -> None:
    """The therapist makes the practice and takes the prescriber in."""
    cast, door = stage.cast, stage.program.door
    draft = PracticeDraft(cast.practice, cast.therapist, PASSPHRASE, PASSPHRASE, frozenset({Role.THERAPIST}))
    stage.desk = create_practice(door, stage.folder, draft)
    stage.clock.forward(minutes=4)
    prescriber = MemberDraft(cast.prescriber, PASSPHRASE, PASSPHRASE, frozenset({Role.PRESCRIBER}))
    added = add_member(stage.desk, door, prescriber).value
    stage.members = {"therapist": stage.desk.member, "prescriber": added}


def take_people_in(stage: Stage) -> None:
    """The couple of the afternoon, and the others on the list."""
    for pair in (*stage.cast.others, stage.cast.pair):
        a, b = (records.new_client(stage.at_desk, person) for person in (pair.a, pair.b))
        couple = records.new_couple(stage.at_desk, a, b, pair.label)
        stage.clock.forward(minutes=6)
        if pair is stage.cast.pair:
            stage.clients, stage.couple = {"a": a, "b": b}, couple


def write_orders(stage: Stage) -> None:
    """The prescriber comes in, writes an order for each partner, and leaves the desk to the therapist again."""
    come_in(stage, stage.cast.prescriber)
    for seat, client in stage.clients.items():
        stage.orders[seat] = records.new_order(stage.at_desk, client)
        stage.clock.forward(minutes=3)
    come_in(stage, stage.cast.therapist)


def plan_session(stage: Stage) -> None:
    """A week later: the session is planned, with each partner's own intention."""
    leave(stage)
    stage.clock.forward(days=7)
    come_in(stage, stage.cast.therapist)
    for client in stage.clients.values():
        records.agree(stage.at_desk, client)
    intentions = {"a": stage.cast.pair.a.intention, "b": stage.cast.pair.b.intention}
    if stage.couple is not None:
        stage.session_id = records.plan_dosing(stage.at_desk, stage.couple, stage.orders, intentions)


def play_afternoon(stage: Stage, seed: int, stop: Stop) -> LiveDesk:
    """Every entry at its minute, each durable before the next."""
    stage.clock.forward(hours=1)
    live = stage.live = LiveDesk.begin(stage.at_desk, stage.session_id)
    start_ms = stage.clock.ms
    team = Team(stage.members["therapist"].id, stage.members["prescriber"].id)
    stops = [(6 * 60, Moment.ARRIVED), (AMBER_S, Moment.AMBER), (DIALOGUE_S, Moment.DIALOGUE)]
    for beat in beats(stage.cast.pair, team, seed):
        while stops and beat.at_s > stops[0][0]:
            at_s, moment = stops.pop(0)
            stage.clock.set_to(start_ms + at_s * 1000)
            stop(moment, stage)
        stage.clock.set_to(start_ms + beat.at_s * 1000)
        live.record(beat.ask, author=team.prescriber if beat.prescriber else None, ago_ms=beat.ago_s * 1000)
    stop(Moment.CLOSED, stage)
    return live


def play(stage: Stage, seed: int, stop: Stop) -> LiveDesk:
    """The whole story, without papers."""
    found_practice(stage)
    take_people_in(stage)
    write_orders(stage)
    look_around(stage, stop)
    return play_afternoon(stage, seed, stop)


def look_around(stage: Stage, stop: Stop) -> None:
    """The records are there; the practice is locked, and a week later unlocked for a session."""
    stop(Moment.RECORDS, stage)
    leave(stage)
    stop(Moment.DOOR, stage)
    plan_session(stage)
