"""Knows how a small practice with something of everything is made, by the program itself, to be kept as it is for ever.

    python -m tests.storage.kept.making        makes schema-N/ for today's schema, beside this file
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from desktop.bootstrap import Program, Settings
from desktop.domain.audience import Owner
from desktop.domain.care import May, Permission
from desktop.domain.care_drafts import SafetyDraft, StepDraft, TouchDraft
from desktop.domain.drafts import SITTING, NoteDraft, OrderDraft, PlanDraft, PlanPerson
from desktop.domain.people import Client, ClientDraft, Couple, Role
from desktop.domain.records import Order, Session
from desktop.live import asks
from desktop.live.events import Ending, Missed, Step, TouchLevel, WordsKept
from desktop.services.card_editing import change_card
from desktop.services.carrying import CarryDraft, give_out
from desktop.services.carrying import take_back as carry_back
from desktop.services.checkpoints import countersign, sign_checkpoint
from desktop.services.clients import make_client, search_people
from desktop.services.couples import make_couple
from desktop.services.desk import Desk
from desktop.services.followups import answer_followup, due_followups
from desktop.services.keys import draw_kit, keep_kit
from desktop.services.live import LiveDesk
from desktop.services.notes import sign_note, write_note
from desktop.services.orders import withdraw_order, write_order
from desktop.services.practice import Door, MemberDraft, PracticeDraft, add_member, create_practice
from desktop.services.protocols import change_number, confirm_number, switch_protocol
from desktop.services.releases import release_words, take_back, words_of_session
from desktop.services.safety_cards import keep_safety_card
from desktop.services.sessions import plan_session
from desktop.services.signatures import sign_order, to_sign
from desktop.services.touch import keep_touch
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.practice_folder import Opened, Surroundings, open_practice
from desktop.storage.vault.primitives import FLOOR
from desktop.system.ids import MachineIds
from desktop.system.machine import LocalMachine
from tests.kit import FULL, HandClock
from tests.storage.kept.contents import CONTENTS, PRACTICE, contents_of, rows_of

HERE = Path(__file__).parent
PASSPHRASES = {"Mara Köhler": "violet harbour seven stones", "Tess Ito": "copper lantern under snow"}
RESERVE = 1 << 16
LEFT_OUT = ("practice.lock", "practice.reserve")  # the lock of a program that is gone, and the space held back
MINUTE = 60


@dataclass(frozen=True, slots=True)
class People:
    """Who is in the practice."""

    mara: str
    tess: str
    anna: Client
    ben: Client
    couple: Couple
    orders: tuple[Order, Order]


def people(desk: Desk, door: Door) -> People:
    """Two members, a couple, somebody alone, and orders: two that stand, one that was withdrawn."""
    words = PASSPHRASES["Tess Ito"]
    tess = add_member(desk, door, MemberDraft("Tess Ito", words, words, frozenset({Role.ASSISTANT}))).value
    anna = make_client(desk, ClientDraft("Łukasz Wiśniewski", "1984-05-01", "he", "555-0101", "pl")).value
    ben = make_client(desk, ClientDraft("Nguyễn Thị Phượng", "1986-11-23", "she", "555-0102", "vi")).value
    make_client(desk, ClientDraft("李小龙", "1990-02-28"))
    couple = make_couple(desk, anna.id, ben.id, "Tuesday mornings").value
    order = OrderDraft(
        client_id=anna.id, medicine="ketamine", route="sublingual", single="200", total="300", boosters="1",
        booster_after="45", valid_from="2026-02-01", until="2026-08-01", remarks="half the booster",
    )  # fmt: skip
    care(desk, anna)
    kept = write_order(desk, order).value
    gone = write_order(desk, order).value
    withdraw_order(desk, gone.id, gone.version)
    return People(desk.member.id, tess.id, anna, ben, couple, (kept, gone))


def care(desk: Desk, anna: Client) -> None:
    """What somebody permits, agreed sober and narrowed since, and what an emergency needs."""
    hand, back = (Permission("partner", place, "awake", May.YES) for place in ("hand", "back"))
    plan = TouchDraft((hand, back), "dressed", "czerwony", "a raised hand", True, "Decline.", "2026-03-01", sober=True)
    keep_touch(desk, anna.id, plan, 0)
    keep_touch(desk, anna.id, replace(plan, permissions=(hand,), sober=False), 1)
    keep_safety_card(desk, anna.id, SafetyDraft("penicillin", "sertraline\nlisinopril", "Sam Ito", "555-0199"), 0)


def group(desk: Desk, who: People) -> None:
    """Two couples who are to come together."""
    alone, fourth = search_people(desk, "李").clients[0], make_client(desk, ClientDraft("Amélie", "1991-01-01")).value
    second = make_couple(desk, alone.id, fourth.id).value
    parts = (
        PlanPerson(who.anna.id, "1a", "dosed", who.orders[0].id), PlanPerson(who.ben.id, "1b"),
        PlanPerson(alone.id, "2a"), PlanPerson(fourth.id, "2b"),
    )  # fmt: skip
    plan_session(
        desk, PlanDraft(FULL, "2026-06-01", parts, couples=(who.couple.id, second.id), label="Summer workshop")
    )


def afterwards(desk: Desk, session: Session) -> None:
    """The next day: a signature, words that are given to both, a call that reached nobody and one that did."""
    (waiting,) = to_sign(desk)
    sign_order(desk, waiting.session_id, waiting.seq)
    words = words_of_session(desk, session.id)
    release_words(desk, session.id, words[0].seq, "speaker")
    taken = release_words(desk, session.id, words[1].seq, "partner").value
    take_back(desk, taken.id, taken.version)
    calls = due_followups(desk)
    drafts = StepDraft("not_reached"), StepDraft("done", "calm", (("sleep", "well"),))
    for call, draft in zip(calls, drafts, strict=False):
        answer_followup(desk, call.followup.id, draft, call.followup.version)


def plan(desk: Desk, who: People, day: str) -> Session:
    """A session for both, of whom one takes the medicine; their weeks alternate."""
    parts = (
        PlanPerson(who.anna.id, "a", "dosed", who.orders[0].id, "to be less afraid"),
        PlanPerson(who.ben.id, "b", SITTING, intention="to stay near"),
    )
    return plan_session(desk, PlanDraft(FULL, day, parts, who.couple.id, "alternating")).value


def before_the_dose(who: People) -> tuple[asks.Ask, ...]:
    """What is asked and measured first."""
    gates = ("identity", "willing", "consent", "clearance", "fasting", "medicines", "touch_plan", "escort")
    return (
        asks.AskStaff(who.tess, True), *(asks.AskCheck(gate, "yes", "a") for gate in gates),
        asks.AskVitals("a", 128, 82, 76, 98, 14, Decimal("36.6"), "sitting"),
    )


def course(who: People) -> tuple[asks.Ask, ...]:
    """An evening in which nearly everything happens that can be entered."""
    return (
        asks.AskDose("a", "sublingual", Decimal("112.5"), lot="L1", by=who.mara, checked_by=who.tess),
        asks.AskRound(), asks.AskObserve("a", "crying"), asks.AskObserve("b", "still", "strong"),
        asks.AskWords("a", "the sea, the whole sea"), asks.AskWords("b"), asks.AskLost("a", Decimal("2.5"), "spat out"),
        asks.AskVitals("a", 162, 90, 96, 97, 16), asks.AskReading("a", Missed.REFUSED, why="asleep"),
        asks.AskScale("a", "moaas", 4), asks.AskPhase("a", "peak"), asks.AskNote("The music was changed.\nTwice."),
        asks.AskNote("holds his hand", "b"), asks.AskNote("about the wrong one", "a"), asks.AskMove("b"),
        asks.AskObserve("a", "tremor"), asks.AskUndo("not seen"), asks.AskAway("b", "Tess"), asks.AskBack("b"),
        asks.AskGiven("a", "ondansetron", Decimal(4), "mg", "oral", "standing"), asks.AskDialogue(Step.SEND, "a"),
        asks.AskTaken("a"), asks.AskPhoneOrder("a", "ondansetron again", "Mara Köhler", "Tess Ito"),
        asks.AskAdverse("a", "nausea", severity=2, note="twice"), asks.AskTouch("a", TouchLevel.HANDS),
        asks.AskSafe("b"), asks.AskStaff(who.tess, False),
    )  # fmt: skip


def play(desk: Desk, clock: HandClock, session: Session, *more: asks.Ask) -> LiveDesk:
    """Begin a session and record, a minute for each."""
    live = LiveDesk.begin(desk, session.id)
    for ask in more:
        clock.forward(MINUTE)
        live.record(ask)
    return live


def sessions(desk: Desk, clock: HandClock, who: People) -> None:
    """One that was closed, one that runs, one that is planned; a signed note and a draft."""
    closed = plan(desk, who, "2026-03-02")
    live = play(desk, clock, closed, *before_the_dose(who), *course(who))
    words = (each.seq for each in live.state.entries if isinstance(each.event, WordsKept) and each.event.who == "b")
    waiting = next(words)
    live.record(asks.AskWordsText(waiting, "written down afterwards"))
    live.record(asks.AskStrike(waiting - 2, "it was the other one"))
    clock.forward(150 * MINUTE)
    live.record(asks.AskVitals("a", 124, 80, 70, 98, 14), ago_ms=10 * MINUTE * 1000)
    for seat, ending in (("a", Ending.LEFT), ("b", Ending.NOT_DOSED)):
        live.record(asks.AskDischarge(seat, ending, (("oriented", "yes"),), escort="Sam Ito", to="home"))
    live.record(asks.AskClose("a quiet end"))
    note = write_note(desk, NoteDraft(who.couple.owner, "They came back rested.", closed.id)).value
    sign_note(desk, note.id, note.version)
    write_note(desk, NoteDraft(Owner.client(who.ben.id), "Wants to talk alone.\n\tPhượng: next week."))
    plan(desk, who, "2026-05-04")
    group(desk, who)
    clock.forward(24 * 60 * MINUTE)
    afterwards(desk, closed)
    play(desk, clock, plan(desk, who, "2026-03-03"), *before_the_dose(who))


def carried(desk: Desk, door: Door, who: People) -> None:
    """A session that was carried and taken back, and is carried again."""
    away, session = door.carry(), plan(desk, who, "2026-05-05")
    assert away is not None
    given = give_out(desk, away, CarryDraft(session.id), len).value
    carry_back(desk, given.carried.id, "the laptop stayed here")
    give_out(desk, away, CarryDraft(session.id), len)


def protocols(desk: Desk) -> None:
    """Protocols made the practice's own: a number set and confirmed, one switched on, the number on the card."""
    change_number(desk, FULL, "timing.early", "4", "two rooms, one cuff", 0)
    confirm_number(desk, FULL, "timing.stay", "read the label again", 1)
    switch_protocol(desk, "psilocybin", True, "study 12", 0)
    change_card(desk, "112", "Hollybrook 4, second door", "we moved")


def recovery(desk: Desk, door: Door) -> str:
    """Give the practice a recovery kit; its text."""
    draft = draw_kit(desk, door)
    keep_kit(desk, door, draft)
    return draft.text


@contextmanager
def opened(practice: Path, member: str, passphrase: str, clock: HandClock) -> Iterator[Opened]:
    """A practice unlocked below the program, its file as it is: brought to no other schema."""
    around = Surroundings(LocalMachine(), clock, KNOWN_SCHEMA, cost=FLOOR, reserve_bytes=RESERVE)
    found = open_practice(practice, member, passphrase, around)
    try:
        yield found
    finally:
        found.close()


def make(folder: Path, root: Path) -> None:
    """Make the practice in `folder`/practice, and what is in it in `folder`/contents.json. root: the program's own."""
    clock = HandClock()
    ids = MachineIds(lambda: int(clock.now().utc.timestamp() * 1000), Random(1).randbytes)
    program = Program(Settings(clock=clock, ids=ids, root=root, cheap_keys=True, reserve=RESERVE))
    practice = folder / PRACTICE
    name, words = next(iter(PASSPHRASES.items()))
    roles = frozenset({Role.THERAPIST, Role.PRESCRIBER})
    desk = create_practice(program.door, practice, PracticeDraft("Hollybrook Practice", name, words, words, roles))
    who = people(desk, program.door)
    kit = recovery(desk, program.door)
    sessions(desk, clock, who)
    carried(desk, program.door, who)
    protocols(desk)
    sign_checkpoint(desk)
    program.door.leave(desk)
    colleague = program.door.unlock(practice, who.tess, PASSPHRASES["Tess Ito"])
    countersign(colleague)
    program.door.leave(colleague)
    desk = program.door.unlock(practice, desk.member.id, words)
    found = contents_of(desk)
    program.door.leave(desk)
    with opened(practice, name, words, clock) as each:
        rows = rows_of(each.engines)
    kept = {"schema": KNOWN_SCHEMA, "passphrases": PASSPHRASES, "kit": kit, **found, "rows": rows}
    for file in LEFT_OUT:
        (practice / file).unlink()
    (folder / CONTENTS).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")


def main() -> int:
    """Make the one for today's schema, once."""
    target = HERE / f"schema-{KNOWN_SCHEMA}"
    if target.exists():
        print(f"{target.name} is there already; it is kept as it is, for ever.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="holdfast-kept-") as place:
        made = Path(place) / "made"
        made.mkdir()
        make(made, Path(place) / "own")
        shutil.copytree(made, target)
    print(f"Made {target.name}. Commit it with the step that made the schema, and never change it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
