"""Knows what the members' screen shows, and who may add somebody or correct a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from desktop.domain.errors import Conflict, Invalid, Known, Problem
from desktop.domain.people import Member, Role
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.members import members, rename_member
from desktop.services.practice import Door, MemberDraft, add_member, check_member, check_name
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member. you: whoever is unlocked."""

    id: str
    name: str
    initials: str
    roles: frozenset[Role]
    you: bool
    version: int = 1


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_members(self, rows: tuple[MemberRow, ...], may_add: bool) -> None:
        """Everyone who works here."""

    def show_form(self) -> None:
        """Ask for a new member."""

    def show_name_form(self, row: MemberRow) -> None:
        """Ask what a member is called rightly."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why the member was not added."""

    def show_busy(self, words: str) -> None:
        """What takes a while."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class MembersPresenter:
    """Lists members; for an owner adds one, or corrects a name."""

    def __init__(self, desk: Desk, door: Door, doing: Doing, view: View) -> None:
        self._desk, self._door, self._doing, self._view = desk, door, doing, view
        self._latest = Latest(doing)
        self._names: frozenset[str] = frozenset()

    @property
    def may_add(self) -> bool:
        """Only an owner takes people into the practice."""
        return self._desk.member.may(Role.OWNER)

    def begin(self) -> None:
        """Fetch the members."""
        self._latest.ask(partial(members, self._desk), self._show, self._view.show_error)

    def add(self) -> None:
        """Somebody wants to add a member."""
        if self.may_add:
            self._view.show_form()

    def check(self, draft: MemberDraft) -> tuple[Problem, ...]:
        """What is still wrong with a draft."""
        return check_member(draft, self._names)

    def correct(self, row: MemberRow | None) -> None:
        """Somebody wants to correct a member's name."""
        if self.may_add and row is not None:
            self._view.show_name_form(row)

    def check_name(self, row: MemberRow, name: str) -> tuple[Problem, ...]:
        """What is still wrong with a corrected name."""
        return check_name(name, self._names - {row.name})

    def save_name(self, row: MemberRow, name: str) -> None:
        """Keep a corrected name."""
        work = partial(rename_member, self._desk, self._door, row.id, name, row.version)
        self._doing.change(work, self._renamed, self._not_renamed)

    def save(self, draft: MemberDraft) -> None:
        """Take the new member in."""
        self._view.show_busy(tr("Making the new member's key. This takes a few seconds, on purpose."))
        self._doing.change(partial(add_member, self._desk, self._door, draft), self._added, self._not_added)

    def _show(self, found: tuple[Member, ...]) -> None:
        self._names = frozenset(member.name for member in found)
        rows = tuple(
            MemberRow(
                member.id, member.name, member.initials, member.roles, member.id == self._desk.member.id,
                member.version,
            )
            for member in found
        )
        self._view.show_members(rows, self.may_add)

    def _added(self, member: Member) -> None:
        self._view.show_busy("")
        self._view.close_form()
        self._view.show_banner(
            BannerFacts(
                Tone.GREEN, tr("{name} can unlock the practice now.", name=member.name),
                tr("Their initials beside entries are {initials}.", initials=member.initials), closable=True,
            )
        )
        self.begin()

    def _renamed(self, member: Member) -> None:
        self._view.close_form()
        self._view.show_banner(
            BannerFacts(
                Tone.GREEN, tr("The name is {name} now, also where it is chosen to unlock.", name=member.name),
                tr("Their initials beside entries are {initials}.", initials=member.initials), closable=True,
            )
        )
        self.begin()

    def _not_renamed(self, error: Known) -> None:
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())
        if isinstance(error, Conflict):
            self.begin()

    def _not_added(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())
