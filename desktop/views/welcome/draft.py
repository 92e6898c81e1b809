"""Knows what the page for a new practice holds, and what is still wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import Problem
from desktop.domain.people import Role
from desktop.domain.words import tr
from desktop.services.practice import PracticeDraft, check_practice


@dataclass(frozen=True, slots=True)
class NewPractice:
    """The fields as they stand. Who makes a practice is its owner; `roles` is what else they do, perhaps nothing."""

    folder: str = ""
    practice: str = ""
    member: str = ""
    passphrase: str = ""
    again: str = ""
    roles: frozenset[Role] = frozenset({Role.THERAPIST})

    @property
    def place(self) -> Path:
        """The folder that was chosen."""
        return Path(self.folder.strip()).expanduser()

    def draft(self) -> PracticeDraft:
        """The same, as the service takes it."""
        return PracticeDraft(self.practice, self.member, self.passphrase, self.again, self.roles | {Role.OWNER})


def check_new(draft: NewPractice) -> tuple[Problem, ...]:
    """What keeps a practice from being made, a line per field."""
    problems = []
    if not draft.folder.strip():
        problems.append(Problem("folder", tr("Choose an empty folder, or type the path of a new one.")))
    elif not draft.place.is_absolute():
        problems.append(Problem("folder", tr("Type the whole path, from the top.")))
    return (*problems, *check_practice(draft.draft()))
