"""Knows the use cases around archives: made, verified, tried out, thinned, and said plainly when they grow old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.audience import Owner
from desktop.domain.errors import Known
from desktop.domain.errors_archive import MissingPlace, NoArchive
from desktop.domain.errors_practice import PracticeLocked
from desktop.domain.people import Role, require
from desktop.domain.records import Act
from desktop.domain.thinning import ArchivePolicy, read_policy
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.services.locking import VEIL_LIFTED
from desktop.services.outcome import Outcome, Report, Topic
from desktop.services.ports import Resources
from desktop.services.ports_archives import Answer, ArchiveLog, Archives, Checked, Reason, Run, RunKind
from desktop.services.practice import LastArchive

ARCHIVE = "archive"
POLICY = "archives/policy.toml"
# Lines of the trail that tell of a change worth another archive.
_CHANGES = frozenset({Act.CREATE, Act.CHANGE, Act.START, Act.ENTRY, Act.CLOSE, Act.SIGN, Act.CUSTODY})


def policy_of(resources: Resources) -> ArchivePolicy:
    """The rules for archives."""
    return read_policy(resources.text(POLICY))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a practice stands with its archives. old: so old that it is said plainly. drill_due: time to try one out."""

    verified: Run | None
    age: timedelta | None
    old: bool
    drill_due: bool
    places: int
    failed: Run | None

    @property
    def restored(self) -> bool:
        """Whether the practice came out of an archive and none was made of it since: `age` is that of the restore."""
        return self.verified is not None and self.verified.kind is RunKind.RESTORE

    @property
    def words(self) -> str:
        """In one sentence."""
        if self.verified is None or self.age is None:
            return tr("There is no verified archive of this practice yet.")
        if self.restored:
            return tr("Restored from an archive {age}; none was made since.", age=age_words(self.age))
        return tr("Last verified archive: {age}, in {place}.", age=age_words(self.age), place=self.verified.place)


def age_words(age: timedelta) -> str:
    """How long ago, in round words."""
    if age < timedelta(minutes=1):
        return tr("just now")
    if age < timedelta(hours=1):
        return trn("{count} minute ago", "{count} minutes ago", age // timedelta(minutes=1))
    if age < timedelta(days=2):
        return trn("{count} hour ago", "{count} hours ago", age // timedelta(hours=1))
    return trn("{count} day ago", "{count} days ago", age.days)


def standing(log: ArchiveLog, now: datetime, policy: ArchivePolicy) -> Standing:
    """How the log stands at a moment (UTC). A clock that went back makes an archive new, never old."""
    made = log.verified
    age = None if made is None else max(timedelta(0), now - made.at)
    drilled = None if log.drilled is None else now - log.drilled.at
    last = log.runs[-1] if log.runs and not log.runs[-1].ok else None
    return Standing(
        made, age, age is None or age >= timedelta(days=policy.warn_days),
        made is not None and (drilled is None or drilled >= timedelta(days=policy.drill_days)),
        len(log.places), last,
    )  # fmt: skip


def before_unlocking(log: ArchiveLog, now: datetime, policy: ArchivePolicy) -> LastArchive:
    """What is said on the unlock screen: an age and nothing else, no place and no name."""
    stands = standing(log, now, policy)
    if stands.age is None:
        words = tr("No verified archive is known here. Unlock, and make one.")
    elif stands.old:
        words = trn(
            "The last verified archive is {count} day old. Unlock, and make one.",
            "The last verified archive is {count} days old. Unlock, and make one.", stands.age.days,
        )
    elif stands.restored:
        words = tr("Restored from an archive {age}; none was made since.", age=age_words(stands.age))
    else:
        words = tr("Last verified archive: {age}.", age=age_words(stands.age))
    return LastArchive(words, stands.old)


def is_due(log: ArchiveLog, now: datetime, policy: ArchivePolicy) -> bool:
    """Whether the schedule asks for another archive."""
    if not log.places:
        return False
    return log.verified is None or not timedelta(0) <= now - log.verified.at < timedelta(hours=policy.due_hours)


def worth_trying(kind: RunKind, log: ArchiveLog, back: frozenset[str], now: datetime, policy: ArchivePolicy) -> bool:
    """Whether it is tried by itself: not soon after a failure, unless a place that was missing then is `back`."""
    last = {run.place: run for run in log.runs if run.kind is kind}
    lately = timedelta(hours=policy.retry_hours)
    failed = [run for run in last.values() if not run.ok and timedelta(0) <= now - run.at < lately]
    return not failed or any(run.code == MissingPlace.code and run.place in back for run in failed)


def changed_since(desk: Desk, lines: int) -> bool:
    """Whether anything worth another archive was written after that line of the trail."""
    with desk.store.read() as unit:
        while found := unit.trail.lines(lines, 500):
            if any(line.entry.act in _CHANGES for line in found):
                return True
            lines = found[-1].number
    return False


def left_behind(desk: Desk, lines: int) -> bool:
    """Whether somebody locked, or was cut off, after a change that is in no archive: it lies before the last unlock."""
    changed = False
    with desk.store.read() as unit:
        while found := unit.trail.lines(lines, 500):
            for line in found:
                entry = line.entry
                changed = changed or entry.act in _CHANGES
                if changed and entry.act is Act.UNLOCK and entry.detail != VEIL_LIFTED:
                    return True
            lines = found[-1].number
    return False


def _long_enough(log: ArchiveLog, now: datetime, policy: ArchivePolicy) -> bool:
    """Whether the last archive is not of a moment ago; one that comes out of a clock that went back is."""
    return log.verified is None or now - log.verified.at >= timedelta(minutes=policy.again_minutes)


def _note(desk: Desk, act: Act, detail: str) -> None:
    practice_id = desk.store.practice_id
    with desk.store.write() as unit:
        unit.audit(desk.line(act, ARCHIVE, practice_id, Owner.practice(practice_id), detail))


def _topics() -> frozenset[Topic]:
    return frozenset({Topic(ARCHIVE)})


def make_archive(desk: Desk, archives: Archives, reason: Reason, report: Report) -> Outcome[tuple[Run, ...]]:
    """Make an archive at every place, verify each, and thin. Any member may. NoPlaces; a failed place is in its run."""
    require(desk.member, *Role)
    before = archives.log()
    if before.runs and not before.confirmed:  # it is written anew below
        _note(desk, Act.VERIFY, "log altered")
    runs = archives.make(reason, desk.clock.now(), report)
    good = [run for run in runs if run.ok]
    if good:
        detail = f"{reason.value} {good[0].counter} places {len(good)} of {len(runs)}"
        _note(desk, Act.ARCHIVE, detail)
        thin_archives(desk, archives)
    else:
        _note(desk, Act.ARCHIVE, f"{reason.value} failed {' '.join(run.code for run in runs)}")
    return Outcome(runs, _topics())


@contextmanager
def _noted_when_bad(desk: Desk, what: str) -> Iterator[None]:
    """Somebody looked at an archive: that is in the trail too when it was bad, with the code of what was wrong."""
    try:
        yield
    except PracticeLocked:  # stopped, and nothing can be written any more
        raise
    except Known as error:
        _note(desk, Act.VERIFY, f"{what} failed {getattr(error, 'code', type(error).__name__)}")
        raise


def verify_archive(desk: Desk, archives: Archives, path: Path, report: Report) -> Outcome[Checked]:
    """Read an archive to its end. Any member may."""
    require(desk.member, *Role)
    with _noted_when_bad(desk, "verified"):
        found = archives.verify(path, desk.clock.now(), report)
    _note(desk, Act.VERIFY, f"verified {found.counter}")
    return Outcome(found, _topics())


def drill_archive(desk: Desk, archives: Archives, path: Path | None, report: Report) -> Outcome[Checked]:
    """Try an archive out; without a path the newest one that can be reached. Any member may. NoArchive."""
    require(desk.member, *Role)
    path = path or newest(archives)
    with _noted_when_bad(desk, "drill"):
        found = archives.drill(path, desk.clock.now(), report)
    _note(desk, Act.VERIFY, f"drill {found.counter}")
    return Outcome(found, _topics())


def newest(archives: Archives) -> Path:
    """The newest archive at any place that can be reached; NoArchive."""
    found = [each for place in archives.places() for each in place.archives]
    if not found:
        raise NoArchive
    return max(found, key=lambda each: each.counter).path


def thin_archives(desk: Desk, archives: Archives) -> Outcome[tuple[Path, ...]]:
    """Remove what the policy does not keep."""
    require(desk.member, *Role)
    removed = archives.thin(policy_of(desk.resources), desk.clock.now())
    if removed:
        _note(desk, Act.ARCHIVE, f"thinned {len(removed)}")
    return Outcome(removed, _topics())


def add_place(desk: Desk, archives: Archives, folder: Path) -> Outcome[None]:
    """Take a folder as a place for archives; only an owner may."""
    require(desk.member, Role.OWNER)
    archives.add_place(folder)
    _note(desk, Act.CHANGE, "place added")
    return Outcome(None, _topics())


def forget_place(desk: Desk, archives: Archives, folder: Path) -> Outcome[None]:
    """Make no more archives there; only an owner may."""
    require(desk.member, Role.OWNER)
    archives.forget_place(folder)
    _note(desk, Act.CHANGE, "place forgotten")
    return Outcome(None, _topics())


def make_if_due(desk: Desk, archives: Archives, report: Report) -> tuple[Run, ...]:
    """What the schedule asks for: an archive when one is due, and a drill when that is. Errors are in the runs.

    An archive is also due when something that was changed before a lock is in none: a lock itself makes none.
    """
    require(desk.member, *Role)
    policy, now = policy_of(desk.resources), desk.clock.now()
    runs: tuple[Run, ...] = ()
    back = frozenset(str(place.path) for place in archives.places() if not place.problem)
    log = archives.log()
    reason = _due_for(desk, log, now.utc, policy)
    if reason is not None and worth_trying(RunKind.MAKE, log, back, now.utc, policy):
        runs = make_archive(desk, archives, reason, report).value
    log = archives.log()
    if standing(log, now.utc, policy).drill_due and worth_trying(RunKind.DRILL, log, back, now.utc, policy):
        try:
            drill_archive(desk, archives, None, report)
        except NoArchive:  # the disk is away; it is tried again another day
            return runs
        except Known:  # the log says what was wrong
            return runs
    return runs


def _due_for(desk: Desk, log: ArchiveLog, now: datetime, policy: ArchivePolicy) -> Reason | None:
    if is_due(log, now, policy):
        return Reason.SCHEDULE
    if log.places and _long_enough(log, now, policy) and left_behind(desk, log.lines):
        return Reason.UNLOCK
    return None


def make_on_pause(desk: Desk, archives: Archives, report: Report) -> tuple[Run, ...]:
    """An archive while nobody is there and the lock has not come yet, when something is in none.

    Not soon after another one, nor after a failure. Errors are in the runs.
    """
    require(desk.member, *Role)
    log, policy, now = archives.log(), policy_of(desk.resources), desk.clock.now().utc
    wanted = log.places and _long_enough(log, now, policy) and changed_since(desk, log.lines)
    if not wanted or not worth_trying(RunKind.MAKE, log, frozenset(), now, policy):
        return ()
    return make_archive(desk, archives, Reason.PAUSE, report).value


def make_on_close(desk: Desk, archives: Archives, report: Report) -> tuple[Run, ...]:
    """An archive before the practice is locked, when something was changed since the last one."""
    require(desk.member, *Role)
    log = archives.log()
    if not log.places or not changed_since(desk, log.lines):
        return ()
    return make_archive(desk, archives, Reason.CLOSE, report).value


def _run(run: Run) -> Answer:
    return {
        "place": run.place, "name": run.name, "ok": run.ok, "bytes": run.size, "seconds": round(run.seconds, 2),
        "code": run.code, "text": run.said,
    }  # fmt: skip


def answer_of(runs: tuple[Run, ...], drilled: bool, places: bool = True) -> Answer:
    """What --json prints of runs, and what the running program answers. places: whether any was chosen."""
    counter = max((run.counter for run in runs if run.ok), default=0)
    return {
        "ok": places and all(run.ok for run in runs), "counter": counter, "runs": [_run(run) for run in runs],
        "drilled": drilled,
    }  # fmt: skip
