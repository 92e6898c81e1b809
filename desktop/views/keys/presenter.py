"""Knows what the keys screen shows, and what becomes of each change: kits, passphrases, custodians, removals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.people import CLINICAL, Member, Role
from desktop.domain.words import tr
from desktop.services.custody import (
    Choice,
    accept_custody,
    custody_choice,
    decline_custody,
    hand_over_custody,
    name_custodian,
)
from desktop.services.desk import Desk
from desktop.services.keys import (
    OwnDraft,
    change_own,
    draw_factor,
    draw_kit,
    keep_kit,
    key_state,
    kit_page,
    remove_member,
    require_factor,
)
from desktop.services.members import members
from desktop.services.outcome import Outcome
from desktop.services.ports_keys import KeyState, KitDraft
from desktop.services.ports_paper import PageImage
from desktop.services.practice import Door
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

PRINT_DPI = 300
MAKE_KIT = "make-kit"
Saving = Callable[[Path, bytes], Path]
"""Puts bytes where a member wants them, whole or not at all, and never among the practice's own files."""
Printing = Callable[[tuple[PageImage, ...], str], object]
"""Puts pages on a printer's paper; called off the window's thread."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One member. unlocks: with what, in words; slot: whether they can unlock at all; wanted: with a key file."""

    id: str
    name: str
    unlocks: str
    standing: str
    slot: bool
    you: bool
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """How the keys stand, for whoever looks. kit: its public half, "" for none. factor: they unlock with a key file."""

    rows: tuple[KeyRow, ...]
    epoch: int
    kit: str
    custodian: str
    declined: str
    owner: bool
    clinical: bool
    factor: bool
    holds_custody: bool = False


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_keys(self, facts: KeyFacts) -> None:
        """How they stand."""

    def show_kit(self, draft: KitDraft, group: int) -> None:
        """A kit was drawn: ask for its page to be put away, and for one group of it."""

    def show_kit_out(self, words: str) -> None:
        """The page is on paper or in a file."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not taken."""

    def show_busy(self, words: str) -> None:
        """What takes a while."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class KeysPresenter:
    """Shows how the keys stand and has them changed. saving: how a file is put where somebody wants it."""

    def __init__(self, desk: Desk, door: Door, doing: Doing, view: View, saving: Saving) -> None:
        self._desk, self._door, self._doing, self._view, self._saving = desk, door, doing, view, saving
        self._latest = Latest(doing)
        self._draft: KitDraft | None = None
        self._out = False
        self.facts: KeyFacts | None = None

    @property
    def group(self) -> int:
        """Which group of the page is asked for, from 1: one in the middle, known from no other page."""
        return 1 + sum(ord(each) for each in self._draft.public) % 12 if self._draft is not None else 1

    def begin(self) -> None:
        """Fetch how the keys stand."""
        self._latest.ask(partial(_asked, self._desk, self._door), self._show, self._view.show_error)

    def make_kit(self) -> None:
        """Somebody wants a recovery kit: draw one; nothing is changed yet."""
        self._doing.ask(partial(draw_kit, self._desk, self._door), self._drawn, self._view.show_error)

    def save_kit(self, path: Path) -> None:
        """Put the page into a file that is not encrypted."""
        if self._draft is not None:
            work = partial(_saved, self._desk, self._draft, self._saving, path)
            words = tr("Saved as {name}. Print it, then delete the file.", name=path.name)
            self._doing.ask(work, partial(self._is_out, words), self._not_taken)

    def print_kit(self, printing: Printing) -> None:
        """Put the page on paper; no file is made."""
        if self._draft is not None:
            work = partial(_printed, self._desk, self._draft, printing)
            self._doing.ask(work, partial(self._is_out, tr("Sent to the printer.")), self._not_taken)

    def keep_kit(self, typed: str) -> None:
        """Make the kit the practice's, once its page is out and somebody has it in hand."""
        draft = self._draft
        if draft is None:
            return
        if not self._out:
            self._refuse("page", tr("Save or print the page first."))
        elif "".join(typed.split()).upper() != draft.groups[self.group]:
            self._refuse("group", tr("This is not group {n} of the page.", n=self.group))
        else:
            self._view.show_busy(_again_words() if draft.replaces else tr("Letting the kit open the practice."))
            work = partial(keep_kit, self._desk, self._door, draft)
            self._doing.change(work, partial(self._done, _kept), self._not_taken)

    def drop_kit(self) -> None:
        """The form was left: what was drawn is worth nothing."""
        self._draft, self._out = None, False

    def change_own(self, draft: OwnDraft, make_factor: Path | None = None) -> None:
        """Change one's own passphrase. make_factor: where a fresh key file is put that is needed from then on."""
        words = _again_words() if draft.renew else tr("Making your key. This takes a few seconds, on purpose.")
        self._view.show_busy(words)
        work = partial(_changed, self._desk, self._door, draft, make_factor, self._saving)
        self._doing.change(work, partial(self._done, _own_changed), self._not_taken)

    def remove(self, member_id: str, typed: str) -> None:
        """Take somebody out for good. typed: their name, so that it is nobody else."""
        row = next((each for each in self.facts.rows if each.id == member_id), None) if self.facts else None
        if row is None:
            self._refuse("member", tr("Choose who is to be removed."))
        elif " ".join(typed.split()).casefold() != row.name.casefold():
            self._refuse("typed", tr("Type the name as it stands in the list."))
        else:
            self._view.show_busy(_again_words())
            work = partial(remove_member, self._desk, self._door, member_id)
            self._doing.change(work, partial(self._done, partial(_removed, row.name)), self._not_taken)

    def name_custodian(self, member_id: str) -> None:
        """Name who opens custody together with the kit."""
        work = partial(name_custodian, self._desk, self._door, member_id)
        self._doing.change(work, partial(self._done, _custodian_named), self._not_taken)

    def hand_over(self, member_id: str, kit: str) -> None:
        """As the custodian, with the kit in hand, make another member the custodian of what was sealed before, too."""
        if not kit.strip():
            self._refuse("typed", tr("Type the kit as it stands on its page."))
            return
        work = partial(hand_over_custody, self._desk, self._door, member_id, kit)
        self._doing.change(work, partial(self._done, _handed_over), self._not_taken)

    def want_factor(self, member_id: str) -> None:
        """Want a key file of a member from their next change on, or no longer when it is wanted already."""
        row = next((each for each in self.facts.rows if each.id == member_id), None) if self.facts else None
        if row is not None and row.slot:
            work = partial(require_factor, self._desk, self._door, member_id, not row.wanted)
            self._doing.change(work, partial(self._done, partial(_wanted, row)), self._view.show_error)

    def choose_custody(self, declined: str) -> None:
        """Decline custody in writing, or with "" take that back."""
        work = partial(decline_custody, self._desk, declined) if declined else partial(accept_custody, self._desk)
        self._doing.change(work, partial(self._done, _chosen), self._not_taken)

    def _show(self, facts: KeyFacts) -> None:
        self.facts = facts
        self._view.show_keys(facts)

    def _drawn(self, draft: KitDraft) -> None:
        self._draft, self._out = draft, False
        self._view.show_kit(draft, self.group)

    def _is_out(self, words: str, _: object) -> None:
        self._out = True
        self._view.show_kit_out(words)

    def _done(self, said: Callable[[Any], tuple[str, str, str]], value: object) -> None:
        self.drop_kit()
        self._view.show_busy("")
        self._view.close_form()
        self._view.show_banner(BannerFacts(Tone.GREEN, *said(value), closable=True))
        self.begin()

    def _refuse(self, field: str, text: str) -> None:
        problems = (Problem(field, text),)
        self._view.show_form_error(Invalid(problems), problems)

    def _not_taken(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())


def _kept(state: KeyState) -> tuple[str, str, str]:
    return (
        tr("The recovery kit holds now."),
        tr("Its page opens the practice and its archives; earlier pages open nothing new."),
        tr("Put it where you keep what must not burn. If you saved it as a file, delete the file."),
    )


def _own_changed(state: KeyState) -> tuple[str, str, str]:
    return tr("Your passphrase was changed."), tr("The old one opens nothing here any more."), ""


def _removed(name: str, state: KeyState) -> tuple[str, str, str]:
    return (
        tr("{name} cannot open the practice any more.", name=name), tr("Everything was encrypted anew."),
        tr("Archives and copies that were made before stay open to whoever had their passphrase then."),
    )


def _custodian_named(state: KeyState) -> tuple[str, str, str]:
    return tr("The custodian is named."), tr("What members keep to themselves from now on is held in custody."), ""


def _handed_over(state: KeyState) -> tuple[str, str, str]:
    return (
        tr("Custody was handed over."), tr("What was written before, too, opens to the new custodian and the kit."),
        tr("If an earlier kit was replaced, hand over once more with its page."),
    )


def _chosen(choice: Choice) -> tuple[str, str, str]:
    what = tr("You declined custody.") if choice.declined else tr("What you keep to yourself is held in custody again.")
    return what, tr("It counts from now on; what was written before stays as it is."), ""


def _wanted(row: KeyRow, state: KeyState) -> tuple[str, str, str]:
    if row.wanted:
        return tr("No key file is required of {name} any more.", name=row.name), "", ""
    return (
        tr("A key file is required of {name}.", name=row.name),
        tr("What they unlock with now still holds; their next change of passphrase needs one."), "",
    )


def _again_words() -> str:
    return tr("Encrypting everything anew. This takes as long as copying the practice; leave the machine on.")


def _asked(desk: Desk, door: Door) -> KeyFacts:
    state, everyone = key_state(desk, door), members(desk)
    clinical = desk.member.may(*CLINICAL)
    own = state.slot(desk.member.id)
    return KeyFacts(
        rows=tuple(_row(desk, state, member) for member in everyone),
        epoch=state.epoch,
        kit=state.kit_public,
        custodian=next((member.name for member in everyone if member.id == state.custodian), ""),
        declined=custody_choice(desk).declined if clinical else "",
        owner=desk.member.may(Role.OWNER),
        clinical=clinical,
        factor=own is not None and own.factor,
        holds_custody=state.custodian == desk.member.id,
    )


def _row(desk: Desk, state: KeyState, member: Member) -> KeyRow:
    slot = state.slot(member.id)
    standing = "" if member.active else tr("let go; can still open the files until removed")
    if slot is None:
        return KeyRow(member.id, member.name, tr("cannot unlock"), tr("removed"), False, False)
    unlocks = tr("passphrase and key file") if slot.factor else tr("passphrase")
    if slot.factor_required and not slot.factor:
        standing = standing or tr("a key file is required at the next change")
    you = member.id == desk.member.id
    return KeyRow(member.id, member.name, unlocks, standing, True, you, slot.factor_required)


def _saved(desk: Desk, draft: KitDraft, saving: Saving, path: Path) -> Path:
    return saving(path, kit_page(desk, draft))


def _printed(desk: Desk, draft: KitDraft, printing: Printing) -> int:
    pages = desk.press.preview(kit_page(desk, draft), PRINT_DPI)
    printing(pages, tr("Recovery kit"))
    return len(pages)


def _changed(
    desk: Desk, door: Door, draft: OwnDraft, make_factor: Path | None, saving: Saving
) -> Outcome[KeyState]:
    if make_factor is not None:
        factor = draw_factor(desk, door)
        saving(make_factor, factor)  # before it is needed
        draft = replace(draft, factor=factor)
    return change_own(desk, door, draft)
