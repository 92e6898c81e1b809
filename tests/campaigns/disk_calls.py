"""Knows what is done to a practice that reaches the disk, and lets every call of the disk fail in turn, in each of it.

After each the old state or the new one must open whole, and who did it must have been told what is safe. Where a call
was made from is kept, so that a call that nobody let fail is found.
"""

from __future__ import annotations

import ast
import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count, product
from pathlib import Path
from types import FrameType

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.domain.errors import HoldfastError, Known
from desktop.domain.people import ClientDraft, Role
from desktop.services import keys
from desktop.services.clients import make_client, search_people
from desktop.services.desk import Desk
from desktop.services.members import rename_member
from desktop.services.practice import MemberDraft, add_member
from desktop.storage import disk as disk_module
from desktop.storage import practice_folder
from desktop.storage.disk import Disk
from desktop.storage.practice_layout import KEYS, Layout, State
from desktop.storage.vault.keyfile import KeyFile, read_key_file
from desktop.storage.vault.keyring import KeyRing
from tests.campaigns.chance import Unlocking
from tests.campaigns.disk_calls_archives import (
    archived,
    archived_beside_a_reader,
    before_a_migration,
    restored,
    restored_from_the_first_form,
    thinned,
)
from tests.campaigns.report import Report
from tests.kit import HandClock
from tests.storage import failing_disk
from tests.storage.failing_disk import FailingDisk

ROOT = Path(__file__).resolve().parents[2]
OWNER, PASSPHRASE, OTHER = "Mara Lund", "violet harbour seven stones", "teal granite under willows"
ROLES = frozenset({Role.OWNER, Role.THERAPIST})
FAULTS = (errno.ENOSPC, errno.EIO, errno.EROFS)
METHODS = frozenset(name for name in vars(Disk) if not name.startswith("_"))
THROUGH = "write_atomically"  # counts as one place, wherever in it the disk fails
Site = tuple[str, str, str]  # file, function, method


class ArmedDisk(FailingDisk):
    """Fails once it is told at which call; asking for space or for the right to write can fail as well.

    called: where the calls came from since it was told, in order; sites: all those that ever failed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.called: list[Site] = []
        self.sites: set[Site] = set()
        self._lasting = False

    def arm(self, fail_at: int, number: int = errno.ENOSPC, lasting: bool = False) -> None:
        """Fail in that call, counted from 0; -1 for none. lasting: in every later one as well."""
        self.calls, self.failed_in, self._fail_at, self._number = 0, "", fail_at, number
        self.called, self._lasting = [], lasting

    def _due(self, name: str) -> bool:
        due = super()._due(name) or (self._lasting and -1 < self._fail_at < self.calls)
        self.called.append(site_of(sys._getframe(2), name))
        if due:
            self.sites.add(self.called[-1])
        return due

    def may_write(self, path: Path) -> bool:
        return False if self._due("may_write") else super().may_write(path)

    def free(self, folder: Path) -> int:
        if self._due("free"):
            raise self._fail()
        return super().free(folder)


def site_of(frame: FrameType | None, method: str) -> Site:
    """Where a call of the disk comes from, below what only passes it on."""
    inside = {disk_module.__file__, failing_disk.__file__, __file__}
    while frame is not None and frame.f_code.co_filename in inside:
        if frame.f_code.co_name == THROUGH:
            method = THROUGH
        frame = frame.f_back
    assert frame is not None
    return Path(frame.f_code.co_filename).relative_to(ROOT).as_posix(), frame.f_code.co_name, method


def written_sites() -> set[Site]:
    """Every place in the program's text that calls the disk."""
    found: set[Site] = set()
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        if path == Path(disk_module.__file__):
            continue
        name = path.relative_to(ROOT).as_posix()
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found |= {(name, function.name, method) for method in _methods(function)}
    return found


def _methods(function: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Name) and call.func.id == THROUGH:
            yield THROUGH
        elif isinstance(call.func, ast.Attribute) and call.func.attr in METHODS:
            of = call.func.value
            held = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            if held in ("disk", "_disk"):
                yield call.func.attr


@dataclass
class Place:
    """A copy of the practice for one failure, and all that is around it."""

    root: Path
    disk: ArmedDisk
    unlocking: Unlocking
    kit: str
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.program = Program(Settings(self.clock, root=self.root / "own", cheap_keys=True, reserve=SMALL_RESERVE))
        door, plain = self.program.door, self.program.door._around
        door._around = lambda: replace(plain(), disk=self.disk)  # type: ignore[method-assign]

    @property
    def folder(self) -> Path:
        return self.root / "practice"

    def enter(self, folder: Path | None = None) -> Desk:
        """Unlock as the owner, deriving nothing that was derived before."""
        folder = folder or self.folder

        def unlocking() -> tuple[KeyFile, KeyRing]:
            found = read_key_file(folder)
            passphrases = (PASSPHRASE, OTHER)
            return found, self.unlocking.ring_of_first(found.current, OWNER, passphrases)

        return self.program.door._entered(
            practice_folder._open(Layout(folder), self.program.door.around(), unlocking)
        )  # fmt: skip

    def stick(self) -> Path:
        """A place for archives."""
        (self.root / "stick").mkdir(exist_ok=True)
        return self.root / "stick"

    def other(self, desk: Desk) -> str:
        """The member who is not the owner."""
        with desk.store.read() as unit:
            return next(member.id for member in unit.members.all() if member.name != OWNER)


Act = Callable[[], object]


def created(p: Place, desk: Desk) -> Act:
    """A practice is made."""
    return lambda: p.program.door.leave(p.program.door.create(p.root / "new", "Other", "Ana", ROLES, PASSPHRASE))


def unlocked(p: Place, desk: Desk) -> Act:
    """It is unlocked, after a kill, without its reserve."""
    p.program.door.leave(desk)
    (p.folder / "practice.reserve").unlink()
    for name in ("practice.scratch/left", "practice.scratch/deep/left"):
        (p.folder / name).parent.mkdir(exist_ok=True)
        (p.folder / name).touch()
    return lambda: p.program.door.leave(p.enter())


def unlocked_by_passphrase(p: Place, desk: Desk) -> Act:
    """It is unlocked with the passphrase, which counts the tries."""
    p.program.door.leave(desk)
    return lambda: p.program.door.leave(p.program.door.unlock(p.folder, OWNER, PASSPHRASE))


def written(p: Place, desk: Desk) -> Act:
    """Somebody is taken into care when the head of the trail is due."""
    p.clock.forward(3600)
    return lambda: make_client(desk, ClientDraft("Ben Mora", "1985-01-02"))


def renamed(p: Place, desk: Desk) -> Act:
    """A member gets another name."""
    return lambda: rename_member(desk, p.program.door, p.other(desk), "Dao Nowak", 1)


def added(p: Place, desk: Desk) -> Act:
    """A member is taken in."""
    return lambda: add_member(desk, p.program.door, MemberDraft("Eva Osei", OTHER, OTHER, ROLES))


def removed(p: Place, desk: Desk) -> Act:
    """A member goes: new keys for everything."""
    return lambda: keys.remove_member(desk, p.program.door, p.other(desk))


def another_kit(p: Place, desk: Desk) -> Act:
    """Another recovery kit takes the place of the first."""
    draft = keys.draw_kit(desk, p.program.door)
    return lambda: keys.keep_kit(desk, p.program.door, draft)


def own(p: Place, desk: Desk) -> Act:
    """Another passphrase of one's own."""
    return lambda: keys.change_own(desk, p.program.door, keys.OwnDraft(PASSPHRASE, None, OTHER, OTHER))


def drafted(p: Place, desk: Desk) -> Act:
    """Half-typed text is kept, and given up."""
    drafts = p.program.door.drafts(desk)

    def act() -> None:
        drafts.keep(b"half a sentence")
        drafts.keep(b"")

    return act


def room_made(p: Place, desk: Desk) -> Act:
    """The space held back is given up for an entry."""
    return desk.store.make_room


def forgotten(p: Place, desk: Desk) -> Act:
    """A travelling practice is destroyed: it opens, or its keys are gone."""
    away = p.root / "away"
    shutil.copytree(p.folder, away)
    return lambda: p.program.door.carry().wipe(away)


CASES = (
    created, unlocked, unlocked_by_passphrase, written, renamed, added, removed, another_kit, own, drafted, room_made,
    archived, archived_beside_a_reader, thinned, before_a_migration, restored, restored_from_the_first_form,
    forgotten,
)  # fmt: skip


class Harness:
    """Every case, with every call that fails."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder, self.report = folder, report
        self.unlocking, self.disk = Unlocking(), ArmedDisk()
        self.calls: list[Site] = []
        self.template = folder / "template"
        first = Program(Settings(HandClock(), root=folder / "own", cheap_keys=True, reserve=SMALL_RESERVE))
        desk = first.door.create(self.template, "Hollybrook", OWNER, ROLES, PASSPHRASE)
        make_client(desk, ClientDraft("Ana Lund", "1984-05-01"))
        add_member(desk, first.door, MemberDraft("Cem Mora", OTHER, OTHER, ROLES))
        drawn = keys.draw_kit(desk, first.door)
        keys.keep_kit(desk, first.door, drawn)
        self.kit = drawn.text
        first.door.leave(desk)

    def first_calls(self, case: Callable[[Place, Desk], Act]) -> list[int]:
        """The numbers of the first call from each place that was not let fail yet, told where none fails."""
        self.one(case, -1)
        new = [at for at, site in enumerate(self.calls) if site not in self.calls[:at]]
        return [at for at in new if self.calls[at] not in self.disk.sites]

    def one(
        self, case: Callable[[Place, Desk], Act], fail_at: int, number: int = errno.ENOSPC, lasting: bool = False
    ) -> bool:
        """Let one call fail in one case, and all that follow it too where that is lasting; whether there was one."""
        root = self.folder / "place"
        root.mkdir()
        shutil.copytree(self.template, root / "practice")
        place = Place(root, self.disk, self.unlocking, self.kit)
        desk = place.enter()
        act = case(place, desk)
        self.disk.arm(fail_at, number, lasting)
        try:
            act()
            said = "nothing"
        except Known as error:
            said = "" if error.what and error.safe else type(error).__name__
        except (OSError, HoldfastError) as error:
            said = type(error).__name__
        failed, self.calls = self.disk.failed_in, self.disk.called
        self.disk.arm(-1)
        try:
            place.program.door.leave(desk)
            problem = said if said not in ("", "nothing") else self.look(place, lasting)
        except (OSError, HoldfastError) as error:
            problem = f"afterwards: {type(error).__name__}"
        if problem:
            self.report.fault(f"{case.__name__}, call {fail_at} ({failed}, {number}, {lasting}): {problem}")
        if failed:
            self.report.add(f"failed in {failed}")
            self.report.add("told" if said == "" else "went on all the same")
        shutil.rmtree(root)
        return bool(failed)

    def look(self, place: Place, lasting: bool) -> str:
        """What is not as it must be, in the practice and in one that was being made."""
        new = place.root / "new"
        if new.exists() and not (new / KEYS).exists():
            # A disk that stays broken keeps what it has; the next one who makes a practice there clears it away.
            if not lasting or Layout(new).state() not in (State.NOTHING, State.UNFINISHED):
                return "half a practice was left"
        desk = place.enter()
        try:
            if "Ana Lund" not in {client.name for client in search_people(desk, "").clients}:
                return "a record is gone"
            with desk.store.read() as unit:
                if not unit.trail.verify().intact:
                    return "the trail does not hold"
        finally:
            place.program.door.leave(desk)
        return ""


def run(report: Report, folder: Path) -> None:
    """Every case with every call; as many as are asked for, with another fault in the next round of all of them."""
    harness = Harness(folder, report)
    pairs = _pairs(harness)
    for _ in report.rounds():
        next(pairs)
    report.add("places that call the disk, of which", len(written_sites()))
    report.add("places at which it failed", len(written_sites() & harness.disk.sites))


def _pairs(harness: Harness) -> Iterator[None]:
    """One call of every case in turn, so that a short run comes to all of them."""
    while True:
        for lasting, number in product((False, True), FAULTS):
            left = list(CASES)
            for fail_at in count():
                for case in tuple(left):
                    if not harness.one(case, fail_at, number, lasting):
                        left.remove(case)
                        continue
                    yield
                if not left:
                    break
