"""Knows how somebody comes in: which page the welcome screen shows, and what became of a try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.errors_practice import (
    NameUnusable,
    PassphraseTooShort,
    PassphraseUnusable,
    TooManyTries,
    WrongPassphrase,
)
from desktop.domain.words import tr
from desktop.services.practice import Door, PracticePeek, create_practice
from desktop.views.ui.doing import Doing, Latest
from desktop.views.welcome.draft import NewPractice

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.keys import RecoverDraft
    from desktop.services.practice import LastArchive

_MOST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class UnlockFacts:
    """What the unlock page shows. members: (id, name). folder: where the practice lies.

    factors: the ids of members who unlock with a key file too.
    """

    folder: str
    members: tuple[tuple[str, str], ...]
    chosen: str = ""
    factors: frozenset[str] = frozenset()


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_start(self, missing: str = "") -> None:
        """Offer to make or to open a practice. missing: a folder that was remembered and is gone."""

    def show_create(self, suggested: str = "") -> None:
        """The page for a new practice. suggested: a folder for it, told once it is known."""

    def show_unlock(self, facts: UnlockFacts) -> None:
        """The members and the passphrase."""

    def show_archived(self, last: LastArchive | None) -> None:
        """How old the last archive is; None to say nothing."""

    def show_recover(self, facts: UnlockFacts) -> None:
        """The page for the recovery kit."""

    def show_busy(self, words: str) -> None:
        """Say what takes a while; '' when it is over."""

    def show_error(self, error: Known | None, wait_seconds: int = 0) -> None:
        """An error's sentences; the next try is taken after so many seconds."""

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong in the page for a new practice."""

    def clear_secret(self) -> None:
        """Empty the passphrase and put the keyboard there."""


class WelcomePresenter:
    """Decides what the welcome screen shows. came_in(desk, folder) is called once somebody is in."""

    def __init__(self, door: Door, doing: Doing, view: View, came_in: Callable[[Desk, Path], object]) -> None:
        self._door, self._doing, self._view, self._came_in = door, doing, view, came_in
        self._looking, self._aged = Latest(doing), Latest(doing)
        self._folder: Path | None = None
        self._last_member = ""
        self._busy = False
        self._facts: UnlockFacts | None = None
        self._factor: Path | None = None

    def begin(self, folder: Path | None, last_member: str = "") -> None:
        """Start with the practice that was used last, or with nothing. last_member: an id to offer first."""
        self._last_member = last_member
        if folder is None:
            self._view.show_start()
        else:
            self._looking.ask(partial(self._door.peek, folder), self._peeked, partial(self._gone, folder))

    def open_folder(self, chosen: Path | str) -> None:
        """Somebody chose a folder that should hold a practice."""
        folder = Path(chosen)
        self._view.show_error(None)
        self._view.show_busy(tr("Looking into the folder…"))
        self._looking.ask(partial(self._door.peek, folder), self._peeked, self._refused)

    def start_page(self) -> None:
        """Back to the two ways in."""
        if not self._busy:
            self._looking.drop()
            self._view.show_error(None)
            self._view.show_start()

    def look_for_archive(self) -> None:
        """Say how old the last archive is; asked for once the page is there, which nothing may delay."""
        if self._folder is not None:
            work = partial(self._door.archived, self._folder)
            self._aged.ask(work, self._view.show_archived, self._nothing_to_suggest)

    def create_page(self) -> None:
        """Somebody wants a new practice."""
        if not self._busy:
            self._looking.drop()
            self._view.show_error(None)
            self._view.show_create()
            self._looking.ask(self._door.place_for_new, self._suggested, self._nothing_to_suggest)

    def create(self, draft: NewPractice) -> None:
        """Make the practice that was described; whoever made it is in at once."""
        if self._busy:
            return
        self._busy = True
        self._view.show_error(None)
        self._view.show_busy(tr("Making the keys. This takes a few seconds, on purpose."))
        work = partial(create_practice, self._door, draft.place, draft.draft())
        self._doing.ask(work, partial(self._in, draft.place), self._not_made)

    def unlock(self, member_id: str, passphrase: str) -> None:
        """Try a passphrase."""
        if self._busy or self._folder is None or not member_id:
            return
        if not passphrase:
            self._view.clear_secret()
            return
        self._busy = True
        self._view.show_error(None)
        self._view.show_busy(tr("Unlocking… Making the key takes about a second, on purpose."))
        folder = self._folder
        needed = self._facts is not None and member_id in self._facts.factors
        work = partial(_unlocked, self._door, folder, member_id, passphrase, self._factor if needed else None)
        self._doing.ask(work, partial(self._in, folder), self._not_in)

    def take_factor(self, path: Path | str) -> None:
        """Somebody chose their key file; it is read when it is needed."""
        self._factor = Path(path)

    def recover_page(self) -> None:
        """Somebody lost a passphrase."""
        if not self._busy and self._facts is not None:
            self._view.show_error(None)
            self._view.show_recover(self._facts)

    def unlock_page(self) -> None:
        """Back to the names."""
        if not self._busy and self._facts is not None:
            self._view.show_error(None)
            self._view.show_unlock(self._facts)

    def recover(self, draft: RecoverDraft) -> None:
        """Set a passphrase anew with the kit; whoever did it is in at once."""
        if self._busy or self._folder is None:
            return
        from desktop.services.keys import recover

        self._busy = True
        self._view.show_error(None)
        self._view.show_busy(tr("Making the new key. This takes a few seconds, on purpose."))
        work = partial(recover, self._door, self._folder, draft)
        self._doing.ask(work, partial(self._in, self._folder), self._not_made)

    def _peeked(self, peek: PracticePeek) -> None:
        self._aged.drop()
        self._folder = peek.folder
        self._view.show_busy("")
        members = tuple((member.id, member.name) for member in peek.members)
        ids = {member_id for member_id, _ in members}
        chosen = self._last_member if self._last_member in ids else (members[0][0] if members else "")
        factors = frozenset(member.id for member in peek.members if member.factor)
        self._facts = UnlockFacts(str(peek.folder), members, chosen, factors)
        self._view.show_unlock(self._facts)

    def _suggested(self, folder: Path | None) -> None:
        if folder is not None:
            self._view.show_create(str(folder))

    def _nothing_to_suggest(self, error: Known) -> None:
        """A folder is chosen by hand then; of an archive nothing is said."""

    def _gone(self, folder: Path, error: Known) -> None:
        """The practice that was used last cannot be opened: say so, and offer both ways in."""
        self._view.show_busy("")
        self._view.show_start(str(folder))
        self._view.show_error(error)

    def _refused(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_error(error)

    def _in(self, folder: Path, desk: Desk) -> None:
        self._busy = False
        self._view.show_busy("")
        self._came_in(desk, folder)

    def _not_made(self, error: Known) -> None:
        self._busy = False
        self._view.show_busy("")
        self._view.show_error(error)
        self._view.show_problems(_in_fields(error))

    def _not_in(self, error: Known) -> None:
        self._busy = False
        self._view.show_busy("")
        wait = 0
        if isinstance(error, WrongPassphrase):
            wait = error.wait_seconds
        elif isinstance(error, TooManyTries):
            wait = error.seconds_left
        self._view.show_error(error, wait)
        self._view.clear_secret()


def _in_fields(error: Known) -> tuple[Problem, ...]:
    """Which field of a new practice a refusal is about: the one it names, else the folder."""
    if isinstance(error, Invalid):
        return error.problems
    if isinstance(error, PassphraseTooShort | PassphraseUnusable):
        return (Problem("passphrase", error.what),)
    if isinstance(error, NameUnusable):
        return (Problem("member", error.what),)
    return (Problem("folder", error.what),)
def _unlocked(door: Door, folder: Path, member_id: str, passphrase: str, factor: Path | None) -> Desk:
    if factor is None:
        return door.unlock(folder, member_id, passphrase)
    try:
        with factor.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError:
        raise Known(
            tr("The key file cannot be read; perhaps its stick was taken out."), tr("Nothing was changed."),
            tr("Put the stick in and choose the key file again."),
        ) from None
    return door.unlock(folder, member_id, passphrase, content)
