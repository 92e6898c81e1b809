"""Knows how members and owners change what opens the practice: kits, passphrases, key files, and who gets in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import HoldfastError, Invalid, Known, Problem, Refused
from desktop.domain.errors_keys import RemovingYourself, SessionsRunning
from desktop.domain.paper import KitSheet
from desktop.domain.people import Member, Role, require
from desktop.domain.records import Act, AuditEntry
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.members import REMOVED
from desktop.services.outcome import Outcome, Topic
from desktop.services.passphrases import require_unguessed
from desktop.services.ports_keys import Given, KeyState, KitDraft, Recovery
from desktop.services.practice import Door, check_passphrase

if TYPE_CHECKING:
    from desktop.services.ports import Unit

KEYS, KIT, MEMBER = "keys", "kit", "member"
CHANGED = Topic(KEYS)


def key_state(desk: Desk, door: Door) -> KeyState:
    """How the practice's keys stand; any member may know."""
    require(desk.member, *Role)
    return door.keys(desk).state()


def _practice(desk: Desk) -> Owner:
    return Owner.practice(desk.store.practice_id)


def _names(desk: Desk) -> tuple[str, ...]:
    with desk.store.read() as unit:
        return (desk.practice_name, *(member.name for member in unit.members.all()))


def _require_no_session(desk: Desk) -> None:
    with desk.store.read() as unit:
        if unit.sessions.running(Audience.clinic("new keys")):
            raise SessionsRunning


def _with_new_keys(desk: Desk, first: Callable[[Unit], None], why: str, step: Callable[[], None]) -> None:
    """Give the practice new keys, with what goes before it; the trail says when it began and how it ended.

    step: what changes the keys; it waits until nobody reads or writes, so it stands outside every transaction.
    """
    _require_no_session(desk)
    practice = desk.store.practice_id
    with desk.store.write() as unit:
        first(unit)
        unit.audit(desk.line(Act.CHANGE, KEYS, practice, _practice(desk), tr("new keys begun: {why}", why=why)))
    try:
        step()
    except HoldfastError:
        with contextlib.suppress(Known), desk.store.write() as unit:
            unit.audit(desk.line(Act.CHANGE, KEYS, practice, _practice(desk), tr("new keys not made: {why}", why=why)))
        raise
    # The keys are new: a full disk keeps the line out of the trail, and must not pass for a change that failed.
    with contextlib.suppress(Known), desk.store.write() as unit:
        unit.audit(desk.line(Act.CHANGE, KEYS, practice, _practice(desk), tr("new keys in force: {why}", why=why)))


def draw_kit(desk: Desk, door: Door) -> KitDraft:
    """A recovery kit that nothing knows of yet: first its page is saved or printed, then it is kept."""
    require(desk.member, Role.OWNER)
    _require_no_session(desk)
    return door.keys(desk).draw_kit(desk.ids.new())


def keep_kit(desk: Desk, door: Door, draft: KitDraft) -> Outcome[KeyState]:
    """Make a kit the practice's. Where it replaces another, there are new keys, and the old kit opens nothing new.

    SessionsRunning, UnitsUnderWay, DiskFull: then the kit that was drawn is worth nothing, and its page is to be
    destroyed.
    """
    require(desk.member, Role.OWNER)
    room = door.keys(desk)
    line = desk.line(Act.CREATE, KIT, draft.id, _practice(desk), draft.public)
    if draft.replaces:
        _with_new_keys(desk, lambda unit: unit.audit(line), tr("another recovery kit"), lambda: room.keep_kit(draft))
    else:
        with desk.store.write() as unit:
            unit.audit(line)
            room.keep_kit(draft)  # last: if it fails, the line is rolled back with it
    return Outcome.of(room.state(), CHANGED)


def kit_page(desk: Desk, draft: KitDraft, page_size: str = "A4") -> bytes:
    """The page of a kit as PDF. It holds the secret: it is for paper, or for a place that the owner knows."""
    require(desk.member, Role.OWNER)
    sheet = KitSheet(
        practice=desk.practice_name, practice_id=desk.store.practice_id, text=draft.text, groups=draft.groups,
        public=draft.public, made_on=desk.clock.now().local.date().isoformat(), program_version=desk.program_version,
    )
    return desk.press.recovery_kit(sheet, page_size)


def try_kit(desk: Desk, door: Door, text: str) -> None:
    """Return when a kit, as it is printed and typed again, is this practice's. KitMistyped, KitOfAnother, NoKit."""
    require(desk.member, Role.OWNER)
    door.keys(desk).holds_kit(text)


def remove_member(desk: Desk, door: Door, member_id: str) -> Outcome[KeyState]:
    """Take a member out of the practice for good: their slot goes, and everything is encrypted anew.

    RemovingYourself, Refused where nobody would be an owner, CustodianLeaves, SessionsRunning, DiskFull. The record
    of who they were stays. Takes as long as a copy of the database.
    """
    require(desk.member, Role.OWNER)
    if member_id == desk.member.id:
        raise RemovingYourself
    room = door.keys(desk)
    state = room.state()
    if state.slot(member_id) is None:
        raise Refused("no_slot", tr("This member cannot unlock the practice any more: there is nothing to remove."))
    if state.custodian == member_id:
        room.remove(member_id)  # refused there, with what to do

    def first(unit: Unit) -> None:
        member = unit.members.get(member_id)
        _require_another_owner(unit, member)
        if member.active:
            unit.members.save(replace(member, active=False))
        unit.audit(desk.line(Act.CHANGE, MEMBER, member_id, _practice(desk), REMOVED))

    _with_new_keys(desk, first, tr("a member was removed"), lambda: room.remove(member_id))
    return Outcome.of(room.state(), CHANGED, Topic(MEMBER, member_id))


def _require_another_owner(unit: Unit, leaving: Member) -> None:
    others = (member for member in unit.members.all() if member.id != leaving.id)
    if not any(member.may(Role.OWNER) for member in others):
        raise Refused("last owner", tr("Nobody would be an owner of the practice any more."))


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """What the form for one's own passphrase holds. factor_now, factor: what key files hold, None without one.

    renew: somebody may have seen the passphrase, so that the keys are to be new as well.
    """

    now: str = field(default="", repr=False)
    factor_now: bytes | None = field(default=None, repr=False)
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    factor: bytes | None = field(default=None, repr=False)
    renew: bool = False


def check_own(draft: OwnDraft) -> tuple[Problem, ...]:
    """What keeps a change from being made, a line per field."""
    problems = [] if draft.now else [Problem("now", tr("Your present passphrase is needed."))]
    return (*problems, *check_passphrase(draft.passphrase, draft.again))


def change_own(desk: Desk, door: Door, draft: OwnDraft) -> Outcome[KeyState]:
    """Change one's own passphrase, or the key file beside it.

    Invalid, WrongPassphrase, TooManyTries, FactorRequired; where the keys are renewed, also what `keep_kit` raises.
    """
    require(desk.member, *Role)
    problems = check_own(draft)
    if problems:
        raise Invalid(problems)
    require_unguessed(draft.passphrase, desk.resources, _names(desk))
    room = door.keys(desk)
    old, new = Given(draft.now, draft.factor_now), Given(draft.passphrase, draft.factor)
    what = tr("own passphrase and key file") if draft.factor else tr("own passphrase")
    line = desk.line(Act.CHANGE, MEMBER, desk.member.id, _practice(desk), what)
    if draft.renew:
        step = lambda: room.change_own(old, new, True)  # noqa: E731
        _with_new_keys(desk, lambda unit: unit.audit(line), tr("own keys renewed"), step)
    else:
        with desk.store.write() as unit:
            unit.audit(line)
            room.change_own(old, new, False)
    return Outcome.of(room.state(), CHANGED, Topic(MEMBER, desk.member.id))


def draw_factor(desk: Desk, door: Door) -> bytes:
    """The content of a fresh key file, for the member's own stick; it counts once they changed to it."""
    require(desk.member, *Role)
    return door.keys(desk).draw_factor()


def require_factor(desk: Desk, door: Door, member_id: str, required: bool) -> Outcome[KeyState]:
    """Want a key file of a member from their next change on, or no longer. What they unlock with now still holds."""
    require(desk.member, Role.OWNER)
    room = door.keys(desk)
    what = tr("a key file is wanted") if required else tr("a key file is not wanted any more")
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.CHANGE, MEMBER, member_id, _practice(desk), what))
        room.require_factor(member_id, required)
    return Outcome.of(room.state(), CHANGED)


@dataclass(frozen=True, slots=True)
class RecoverDraft:
    """What the recovery screen holds. kit: as typed."""

    member_id: str = ""
    kit: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


def check_recover(draft: RecoverDraft) -> tuple[Problem, ...]:
    """What keeps a recovery from being tried, a line per field."""
    problems = []
    if not draft.member_id:
        problems.append(Problem("member_id", tr("Choose whose passphrase is to be set anew.")))
    if not draft.kit.strip():
        problems.append(Problem("kit", tr("Type the kit from its page, or read its code.")))
    return (*problems, *check_passphrase(draft.passphrase, draft.again))


def recover(door: Door, folder: Path, draft: RecoverDraft) -> Desk:
    """Open the practice with its recovery kit; a member gets a new passphrase by that. Every member is told of it.

    Invalid, KitMistyped, KitOfAnother, NoSuchMember, NotAllowed for somebody who was let go. What was sealed to that
    member alone opens in custody only.
    """
    problems = check_recover(draft)
    if problems:
        raise Invalid(problems)
    names = tuple(member.name for member in door.peek(folder).members)
    door.unguessed(draft.passphrase, names)
    return door.recover(Recovery(folder, draft.member_id, draft.kit, Given(draft.passphrase)))


def recovery_line(desk: Desk) -> AuditEntry:
    """The line of the trail that goes with a new slot by the kit; every member is shown it."""
    detail = tr("the recovery kit set a new passphrase")
    return desk.line(Act.CUSTODY, KIT, desk.member.id, _practice(desk), detail)
