"""Knows the harness in which members do by chance whatever they can, and each answer is held beside a plain model's.

After every step: what was refused had to be, by its name; the trail has the lines that the model has, and no other;
what the step was about, and a compartment by chance, are told alike to every audience. A fault names its step: the
same seed with that many steps comes to it again.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.domain.errors import HoldfastError, Known, Refused
from desktop.domain.errors_practice import NoSuchMember, WrongPassphrase
from desktop.domain.people import Role
from desktop.services.archives import add_place, make_archive
from desktop.services.desk import Desk
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.storage import practice_folder
from desktop.storage.practice_layout import Layout
from desktop.storage.vault.keyfile import KeyFile, Keyholder, read_key_file
from desktop.storage.vault.keyring import KeyRing, purpose_of_epoch, ring_from
from desktop.storage.vault.primitives import KeyPairs
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials, open_slot
from tests.campaigns import chance_asked as asked
from tests.campaigns import chance_keys as kept_keys
from tests.campaigns import chance_steps as records
from tests.campaigns.chance_model import Model, Owner, answers
from tests.campaigns.chance_steps import EVERYBODY, Actor, Step, World
from tests.campaigns.report import Report
from tests.campaigns.swift import swift
from tests.kit import CountedIds, HandClock

PRACTICE, MEMBER, PASSPHRASE = "Hollybrook", "Mara Lund", "violet harbour seven stones"
ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
A_PRACTICE = 1200  # steps; then a new one, so that none grows without end
WHOLE = 250  # steps between two looks at everything
MAKERS: dict[Callable[[World], Step | None], int] = {
    records.make_client: 60, records.change_client: 60, records.make_couple: 40, records.change_label: 30,
    records.write_order: 60, records.withdraw_order: 30, records.plan_session: 50, records.set_part: 60,
    records.write_note: 60, records.change_note: 90, records.look: 80, kept_keys.begin: 30, kept_keys.record: 260,
    kept_keys.change_member: 25, kept_keys.sign: 12,
}  # fmt: skip
SLOW: dict[str, int] = {"add": 3, "rename": 10, "remove": 12, "kit": 5, "try": 8, "own": 2, "lock": 18, "archive": 3,
                        "restore": 2}  # fmt: skip


FIRST: tuple[Any, ...] = (
    *[records.make_client] * 5, *[records.make_couple] * 4, *["add"] * 2, *[records.write_order] * 4,
    *[records.plan_session] * 3, "kit",
)  # fmt: skip


def nobody(done: int, total: int, words: str) -> None:
    """A report that nobody reads."""


class Unlocking:
    """The keys of everybody whose passphrase was derived once: a practice is unlocked without deriving it again."""

    def __init__(self) -> None:
        self._private: dict[bytes, bytes] = {}

    def ring(self, keys: KeyFile, member: str, passphrase: str) -> KeyRing:
        """What the member holds. NoSuchMember, WrongPassphrase where it was not derived yet."""
        holder = keys.member(member)
        if holder is None:
            raise NoSuchMember
        own = KeyPairs(Secret(bytearray(self._own(keys, holder, passphrase))))
        with own.open(holder.sealed, purpose_of_epoch(keys.practice_id, keys.epoch, holder.id)) as both:
            return ring_from(keys, both, holder.id, own)

    def ring_of_first(self, keys: KeyFile, member: str, passphrases: tuple[str, ...]) -> KeyRing:
        """The same, with the first passphrase that is right."""
        for passphrase in passphrases[:-1]:
            try:
                return self.ring(keys, member, passphrase)
            except WrongPassphrase:
                continue
        return self.ring(keys, member, passphrases[-1])

    def _own(self, keys: KeyFile, holder: Keyholder, passphrase: str) -> bytes:
        # By the slot: with another passphrase there is another slot, and it is derived anew.
        if holder.slot.wrapped not in self._private:
            with open_slot(holder.slot, Credentials(passphrase), holder.id, keys.practice_id) as private:
                self._private[holder.slot.wrapped] = bytes(private.reveal())
        return self._private[holder.slot.wrapped]


class Harness:
    """A practice at work beside its model."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report, self.root, self.by = report, folder, Random(report.seed)
        self.clock, self.unlocking = HandClock(), Unlocking()
        self.program = Program(
            Settings(self.clock, CountedIds(), folder / "own", cheap_keys=True, reserve=SMALL_RESERVE)
        )  # fmt: skip
        self.tail: deque[str] = deque(maxlen=8)
        self.count = 0
        self.world = self.new()

    def new(self) -> World:
        """A practice of one member, with a place for archives."""
        self.count += 1
        self.folder, self.place = self.root / f"practice-{self.count}", self.root / f"stick-{self.count}"
        self.place.mkdir()
        self.archives: dict[Path, Model] = {}
        self.first = list(FIRST)  # what a practice begins with, so that there is something to do
        desk = self.program.door.create(self.folder, PRACTICE, MEMBER, ROLES, PASSPHRASE)
        own: Owner = ("practice", desk.store.practice_id)
        roles = frozenset(role.value for role in ROLES)
        model = Model(own, slots={desk.member.id: PASSPHRASE})
        model.members[desk.member.id] = {
            "name": MEMBER, "initials": "ML", "roles": roles, "active": True, "version": 1,
        }  # fmt: skip
        made = World(model, self.by, desk, Actor(desk.member.id, roles))
        model.lines = [made.line("create", "practice", own[1], own), made.line("create", "member", desk.member.id, own)]
        add_place(desk, self.program.archives.of(desk), self.place)
        model.lines.append(made.line("change", "archive", own[1], own))
        return made

    # ---- what takes the desk away, or needs more than it

    def enter(self, member: str) -> Desk:
        """Unlock as somebody. NoSuchMember, NotAllowed."""
        door, passphrase = self.program.door, self.world.model.slots.get(member, PASSPHRASE)

        def unlocking() -> tuple[KeyFile, KeyRing]:
            keys = read_key_file(self.folder)
            return keys, self.unlocking.ring(keys.current, member, passphrase)

        return door._entered(practice_folder._open(Layout(self.folder), door.around(), unlocking))

    def leave(self) -> None:
        """Lock."""
        w = self.world
        self.program.door.leave(w.desk)
        w.model.lines.append(w.line("lock", "practice", w.model.practice[1], w.model.practice))
        w.lives.clear()

    def somebody(self) -> None:
        """Unlock as a member by chance: those who may not are refused, until somebody gets in."""
        model = self.world.model
        while True:
            who = self.by.choice(list(model.members))
            member = model.members[who]
            due = "NoSuchMember" if who not in model.slots else "" if member["active"] else "NotAllowed"
            try:
                desk = self.enter(who)
            except Known as error:
                self.report.add("refused at unlock")
                if named(error) != due:
                    raise AssertionError(f"unlock: {named(error)} instead of {due or 'a desk'}") from error
                continue
            if due:
                raise AssertionError(f"unlock: a desk instead of {due}")
            self.world.desk, self.world.actor = desk, Actor(who, member["roles"])
            model.lines.append(self.world.line("unlock", "practice", model.practice[1], model.practice))
            return

    def lock(self, w: World) -> None:
        """Lock, and unlock as somebody."""
        self.leave()
        self.somebody()
        self.whole(every=False)

    def archive(self, w: World) -> Step:
        """Keep an archive, and what the practice was then."""
        own, before = w.model.practice, len(list(self.place.glob("*.age")))
        model = copy.deepcopy(w.model)

        def then(runs: Any) -> list[Any]:
            if not all(run.ok for run in runs):
                raise AssertionError(f"an archive was not made: {runs[0].code}")
            self.archives[self.place / runs[0].name] = model
            thinned = before + 1 - len(list(self.place.glob("*.age")))
            return [w.line("archive", "archive", own[1], own)] * (2 if thinned else 1)

        def do() -> Any:
            return make_archive(w.desk, self.program.archives.of(w.desk), Reason.ASKED, nobody).value

        return Step("make archive", EVERYBODY, "", do, then)

    def restore(self, w: World) -> None:
        """Go on in a new folder with what an archive kept: by the kit of then, or as one who was there."""
        there = [path for path in self.archives if path.exists()]
        if not there:
            return
        archive = self.by.choice(there)
        model = copy.deepcopy(self.archives[archive])
        self.leave()
        self.count += 1
        self.folder = self.root / f"practice-{self.count}"
        who = self.by.choice(list(model.slots))
        wish = RestoreWish(archive, self.folder, who, model.slots[who], older=True)
        if model.kit:
            who, wish = "recovery-kit", RestoreWish(archive, self.folder, kit=model.kit, older=True)
        self.program.archives.restore(wish, nobody)
        model.lines.append(("restore", "practice", model.practice[1], model.practice, who))
        self.world.model = model
        self.report.add("restored and carried on")
        self.somebody()
        self.whole(every=False)

    # ---- one step

    def step(self) -> None:
        """Something by chance, and whether all is as it must be."""
        self.clock.forward(self.by.randrange(1, 40))
        w, door = self.world, self.program.door
        w.about = None
        names = [*MAKERS, *SLOW]
        chosen: Any = self.by.choices(names, [*MAKERS.values(), *SLOW.values()])[0]
        chosen = self.first.pop(0) if self.first else chosen
        if chosen in ("lock", "restore"):
            self.tail.append(str(chosen))
            self.report.add(str(chosen))
            (self.lock if chosen == "lock" else self.restore)(w)
            return
        with_door: dict[Any, Callable[[], Step | None]] = {
            "add": lambda: kept_keys.add_member(w, door), "rename": lambda: kept_keys.rename_member(w, door),
            "remove": lambda: kept_keys.remove_member(w, door), "kit": lambda: kept_keys.keep_kit(w, door),
            "try": lambda: kept_keys.try_kit(w, door), "own": lambda: kept_keys.change_own(w, door),
            "archive": lambda: self.archive(w),
        }  # fmt: skip
        made = with_door[chosen]() if chosen in with_door else chosen(w)
        if made is not None:
            self.tail.append(made.name)
            self.do(made)

    def do(self, step: Step) -> None:
        """Do it, and hold its end beside the one that is due."""
        w = self.world
        due = step.due if w.actor.roles & step.roles else "NotAllowed"
        try:
            value = step.do()
        except Known as error:
            self.report.add(f"refused: {named(error)}")
            if named(error) != due:
                raise AssertionError(f"{named(error)} instead of {due or 'going well'}") from error
            if isinstance(error, Known) and due == "WrongPassphrase":
                self.clock.forward(4000)
        else:
            self.report.add(step.name)
            if due:
                raise AssertionError(f"it went well instead of {due}")
            w.model.lines += step.then(value)
        self.check(w.about)

    # ---- what must be so

    def check(self, about: Owner | None) -> None:
        """The lines of the trail, what the step was about, and a compartment by chance."""
        model = self.world.model
        owners = model.owners()
        other = self.by.choice(owners) if owners and self.by.random() < 0.3 else None
        with self.world.desk.store.read() as unit:
            number = unit.trail.end()[0]
            last = [asked.line(each) for each in unit.trail.lines(max(0, number - 8))]
            if number != len(model.lines) or last != model.lines[max(0, number - 8) :]:
                raise AssertionError(f"the trail has {number} lines, not {len(model.lines)}, or others")
            if about in owners:
                self.same(unit, about, None)
            for owner in (about, other):
                if owner in owners:
                    self.same(unit, owner, self.by.choice(model.audiences(owner)))

    def same(self, unit: Any, owner: Owner, audience: Any) -> None:
        """Whether an audience is told of a compartment what the model tells."""
        told, due = asked.told(unit, owner, audience), answers(self.world.model, owner, audience)
        self.report.add("answers compared")
        other = [part for part in due if told[part] != due[part]]
        if other:
            raise AssertionError(f"the {', '.join(other)} of a {owner[0]} are other than they must be")

    def whole(self, every: bool = True) -> None:
        """Everything, for the desk or for every audience, and the whole trail."""
        model, desk = self.world.model, self.world.desk
        with desk.store.read() as unit:
            found = unit.trail.verify()
            if not found.intact:
                raise AssertionError(f"the trail does not hold: {found.reason} {found.flaws}")
            if [asked.line(each) for each in unit.trail.lines(0, 100_000)] != model.lines:
                raise AssertionError("the trail has other lines")
            if {each.id: asked.member(each) for each in unit.members.all()} != model.members:
                raise AssertionError("the members are others")
            running = {each.id for each in unit.sessions.running(asked.audience_of(None))}
            points = [(each.checkpoint.id, len(each.countersignatures)) for each in unit.checkpoints.all()]
            if running != set(model.running()):
                raise AssertionError("other sessions run")
            if sorted(points) != sorted((each["id"], len(each["also"])) for each in model.points):
                raise AssertionError("the checkpoints are others")
            for owner in model.owners():
                for audience in model.audiences(owner) if every else [None]:
                    self.same(unit, owner, audience)
        state = self.program.door.keys(desk).state()
        if {each.member_id for each in state.slots} != set(model.slots) or bool(state.kit) != bool(model.kit):
            raise AssertionError("others can unlock than they must")
        if state.epoch != model.epoch:
            raise AssertionError("the keys were changed another number of times")


def named(error: Known) -> str:
    """A refusal by its name: a rule's own, else the kind of error."""
    return error.code if type(error) is Refused else type(error).__name__


def run(report: Report, folder: Path, made: type[Harness] = Harness) -> None:
    """Do so many steps; the first fault ends it, since all that follows would follow from it."""
    with swift(folder) as place:
        harness = made(place, report)
        for number in report.rounds():
            try:
                harness.step()
                if number % WHOLE == 0 or number == report.count:
                    harness.whole()
                if number % A_PRACTICE == 0:
                    harness.program.door.leave(harness.world.desk)
                    harness.world = harness.new()
            except (AssertionError, HoldfastError, LookupError) as error:
                report.fault(f"step {number}, after {', '.join(harness.tail)}: {type(error).__name__} {error}")
                report.done = number
                return
        harness.program.door.leave(harness.world.desk)
