"""Knows how a practice is made, opened and left: the door that stands before every desk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import Invalid, Problem
from desktop.domain.people import NAME_LIMIT, Member, Role, clean, initials_of, require
from desktop.domain.words import tr
from desktop.services.outcome import Outcome, Topic

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading it
    from desktop.services.desk import Desk
    from desktop.services.ports import Drafts
    from desktop.services.ports_carry import CarryDoor
    from desktop.services.ports_keys import KeyRoom, Recovery

MIN_PASSPHRASE = 15


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member as the unlock screen lists them. factor: they unlock with a key file too.

    signing_keys: what their signatures are checked with, hex.
    """

    id: str
    name: str
    factor: bool = False
    signing_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticePeek:
    """What can be known of a practice without a passphrase. left: who was removed, by whose keys is still checked."""

    folder: Path
    practice_id: str
    members: tuple[MemberName, ...]
    left: tuple[MemberName, ...] = ()


@dataclass(frozen=True, slots=True)
class LastArchive:
    """What is said of archives before anybody unlocked; nobody has confirmed it. old: too old."""

    words: str
    old: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check looked at. ok: whether it is as it should be; text: in a sentence.

    code: what is wrong, by its stable name, '' where there is none; safe and next_step: what can be relied on, and
    what to do.
    """

    name: str
    ok: bool
    text: str
    code: str = ""
    safe: str = ""
    next_step: str = ""


Progress = Callable[[str], None]


class Door(ABC):
    """Makes, opens and leaves practices. Implemented where the rooms are introduced to each other."""

    @abstractmethod
    def create(self, folder: Path, practice: str, member: str, roles: frozenset[Role], passphrase: str) -> Desk:
        """Make a practice in an empty or new folder, with its first member; leaves it unlocked."""

    @abstractmethod
    def place_for_new(self) -> Path | None:
        """A folder that is not there yet, where a practice can lie; None when no such place is known."""

    @abstractmethod
    def peek(self, folder: Path) -> PracticePeek:
        """What the unlock screen may show; changes nothing."""

    def archived(self, folder: Path) -> LastArchive | None:
        """How old the last verified archive is, as far as that is known without a passphrase; None to say nothing."""
        return None

    @abstractmethod
    def unlock(self, folder: Path, member_id: str, passphrase: str, factor: bytes | None = None) -> Desk:
        """Open a practice as a member. factor: the content of a key file, where they need one.

        Known errors say what is wrong; nothing is changed by a refusal.
        """

    @abstractmethod
    def leave(self, desk: Desk) -> None:
        """Lock: close the database, let the instance lock go."""

    @abstractmethod
    def prove(self, desk: Desk, passphrase: str) -> None:
        """Ask the member at an unlocked desk for their passphrase again. WrongPassphrase, TooManyTries."""

    def carry(self) -> CarryDoor | None:
        """The way in which sessions are carried to other machines; None where none are."""
        return None

    def rehearsal(self) -> Callable[[], object] | None:
        """What opens a rehearsal in a program of its own, which knows nothing of this one; None where none can be."""
        return None

    def drafts(self, desk: Desk) -> Drafts | None:
        """Where half-typed texts are kept for the member at the desk; None where nothing is kept."""
        return None

    @abstractmethod
    def check(self, desk: Desk) -> tuple[Finding, ...]:
        """Look at the open practice's file, pages, chain and folder."""

    def found_at_unlock(self, desk: Desk) -> tuple[Finding, ...]:
        """What was wrong when the practice was unlocked; to be shown before anything else of it is."""
        return ()

    @abstractmethod
    def add_slot(self, desk: Desk, member: Member, passphrase: str) -> None:
        """Give a member a slot of their own in the key file; nobody else's passphrase is needed."""

    @abstractmethod
    def rename_slot(self, desk: Desk, member: Member) -> None:
        """Show the name that a member has now at unlock too; their passphrase stays as it is."""

    @abstractmethod
    def unguessed(self, passphrase: str, names: tuple[str, ...]) -> None:
        """Raise Invalid for a new passphrase that would be guessed. names: of the practice and its people."""

    @abstractmethod
    def keys(self, desk: Desk) -> KeyRoom:
        """The keys of the practice behind a desk."""

    @abstractmethod
    def recover(self, recovery: Recovery) -> Desk:
        """Open a practice with its recovery kit, as a member who gets a new passphrase by that.

        The new slot and its line in the trail are kept together, or neither.
        """


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """What the create screen holds before it is saved."""

    practice: str = ""
    member: str = ""
    passphrase: str = ""
    again: str = ""
    roles: frozenset[Role] = frozenset()


def check_passphrase(passphrase: str, again: str) -> tuple[Problem, ...]:
    """What keeps a passphrase from being taken (NIST SP 800-63B-4: length, no composition rules)."""
    problems = []
    if len(passphrase) < MIN_PASSPHRASE:
        words = tr("At least {n} characters: four or five plain words do well.", n=MIN_PASSPHRASE)
        problems.append(Problem("passphrase", words))
    if passphrase != again:
        problems.append(Problem("again", tr("The two do not match.")))
    return tuple(problems)


def check_practice(draft: PracticeDraft) -> tuple[Problem, ...]:
    """What keeps a practice draft from being made, a line per field."""
    problems = []
    if not clean(draft.practice):
        problems.append(Problem("practice", tr("The practice needs a name; it is printed on every page.")))
    if not clean(draft.member):
        problems.append(Problem("member", tr("Your name is needed; it stands beside every entry.")))
    if not draft.roles:
        problems.append(Problem("roles", tr("Choose at least one role.")))
    return (*problems, *check_passphrase(draft.passphrase, draft.again))


def create_practice(door: Door, folder: Path, draft: PracticeDraft) -> Desk:
    """Make a practice from a draft; its first member is always an owner too. Invalid names the fields."""
    problems = check_practice(draft)
    if problems:
        raise Invalid(problems)
    door.unguessed(draft.passphrase, (draft.practice, draft.member))
    roles = draft.roles | {Role.OWNER}
    return door.create(folder, clean(draft.practice), clean(draft.member), roles, draft.passphrase)


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """What the form for a new member holds."""

    name: str = ""
    passphrase: str = ""
    again: str = ""
    roles: frozenset[Role] = frozenset()


def check_name(typed: str, taken: frozenset[str]) -> tuple[Problem, ...]:
    """What keeps a member from being called that; `taken` holds the names of the others."""
    name = clean(typed)
    if not name:
        return (Problem("name", tr("A name is needed.")),)
    if len(name) > NAME_LIMIT:
        return (Problem("name", tr("At most {n} characters.", n=NAME_LIMIT)),)
    if name in taken:
        return (Problem("name", tr("There is a member of this name already; add an initial.")),)
    return ()


def check_member(draft: MemberDraft, taken: frozenset[str]) -> tuple[Problem, ...]:
    """What keeps a member draft from being saved; `taken` holds the names in use."""
    problems = list(check_name(draft.name, taken))
    if not draft.roles:
        problems.append(Problem("roles", tr("Choose at least one role.")))
    return (*problems, *check_passphrase(draft.passphrase, draft.again))


def unique_initials(name: str, taken: frozenset[str]) -> str:
    """Initials that nobody has yet: `MK`, then `MK2`, `MK3`."""
    base = initials_of(name)
    candidates = [base, *(f"{base}{n}" for n in range(2, len(taken) + 3))]
    return next(initials for initials in candidates if initials not in taken)


def add_member(desk: Desk, door: Door, draft: MemberDraft) -> Outcome[Member]:
    """Take a new member into the practice; only an owner may. The record is kept before the slot is made."""
    from desktop.domain.audience import Owner
    from desktop.domain.records import Act

    require(desk.member, Role.OWNER)
    with desk.store.read() as unit:
        members = unit.members.all()
    problems = check_member(draft, frozenset(member.name for member in members))
    if problems:
        raise Invalid(problems)
    name = clean(draft.name)
    door.unguessed(draft.passphrase, (desk.practice_name, name, *(member.name for member in members)))
    member = Member(
        id=desk.ids.new(), name=name, roles=draft.roles,
        initials=unique_initials(name, frozenset(m.initials for m in members)),
    )
    with desk.store.write() as unit:
        unit.members.add(member)
        unit.audit(desk.line(Act.CREATE, "member", member.id, Owner.practice(desk.store.practice_id)))
        # The slot is written last, inside the block: if it fails, the record is rolled back with it.
        door.add_slot(desk, member, draft.passphrase)
    return Outcome(member, frozenset({Topic("member", member.id)}))
