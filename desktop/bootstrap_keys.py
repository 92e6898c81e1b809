"""Knows how the door reaches a practice's keys: the part of the wiring that kits, key files and custody need."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from desktop.services.practice import Door

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.people import Member
    from desktop.domain.records import Act
    from desktop.services.desk import Desk
    from desktop.services.ports import Drafts, Resources
    from desktop.services.ports_keys import KeyRoom, Recovery
    from desktop.storage.head_file import HeadFile
    from desktop.storage.opened import Opened
    from desktop.storage.practice_folder import Surroundings
    from desktop.storage.unit import SqlStore


class KeyedDoor(Door):
    """A Door whose desks lead to the keys behind them. What it stands on is said by the abstract methods."""

    _resources: Resources

    @abstractmethod
    def _around(self) -> Surroundings:
        """What a practice is opened in."""

    @abstractmethod
    def _entered(self, opened: Opened) -> Desk:
        """The desk of a practice that was opened; it is closed again if there can be none."""

    @abstractmethod
    def _behind(self, desk: Desk) -> tuple[Opened, SqlStore, HeadFile] | None:
        """What is behind a desk; None once it was left."""

    def rehearsal(self) -> Callable[[], object]:
        """What opens a rehearsal in a program of its own."""
        from desktop.system.beside import start_beside

        return partial(start_beside, ("rehearse", "open"))

    def recover(self, recovery: Recovery) -> Desk:
        """Open a practice with its recovery kit, as a member who gets a new passphrase by that."""
        from desktop.services.keys import recovery_line
        from desktop.storage.practice_folder import keep_recovered, open_by_kit
        from desktop.storage.vault.factor import credentials
        from desktop.storage.vault.kit import read_kit

        given = credentials(recovery.new.passphrase, recovery.new.factor)
        with read_kit(recovery.kit) as kit:
            opened = open_by_kit(recovery.folder, kit, recovery.member_id, given, self._around())
        desk = self._entered(opened)
        try:
            with desk.store.write() as unit:
                unit.audit(recovery_line(desk))
                keep_recovered(opened)  # last: if it fails, the line is rolled back with it
        except BaseException:
            self.leave(desk)
            raise
        return desk

    def unguessed(self, passphrase: str, names: tuple[str, ...]) -> None:
        """Raise Invalid for a new passphrase that would be guessed."""
        from desktop.services.passphrases import require_unguessed

        require_unguessed(passphrase, self._resources, names)

    def keys(self, desk: Desk) -> KeyRoom:
        """The keys of the practice behind a desk. PracticeLocked."""
        from desktop.storage.key_room import OpenedKeys

        return OpenedKeys(*self._there(desk))

    def add_slot(self, desk: Desk, member: Member, passphrase: str) -> None:
        """Give a member a slot of their own in the key file; nobody else's passphrase is needed."""
        self._there(desk)[0].add_member(member.id, member.name, passphrase)

    def rename_slot(self, desk: Desk, member: Member) -> None:
        """Show the name that a member has now at unlock too; their passphrase stays as it is."""
        self._there(desk)[0].rename_member(member.id, member.name)

    def prove(self, desk: Desk, passphrase: str) -> None:
        """Ask the member at an unlocked desk for their passphrase again. WrongPassphrase, TooManyTries."""
        from desktop.storage.practice_folder import prove

        prove(self._there(desk)[0], passphrase)

    def drafts(self, desk: Desk) -> Drafts:
        """Where half-typed texts are kept for the member at the desk."""
        from desktop.storage.drafts_file import drafts_of

        return drafts_of(self._there(desk)[0])

    def behind(self, desk: Desk) -> tuple[Opened, SqlStore, HeadFile]:
        """What is behind a desk. PracticeLocked."""
        return self._there(desk)

    def _there(self, desk: Desk) -> tuple[Opened, SqlStore, HeadFile]:
        from desktop.domain.errors_practice import PracticeLocked

        found = self._behind(desk)
        if found is None:
            raise PracticeLocked
        return found


def note(desk: Desk, act: Act, detail: str = "") -> None:
    """Keep in the trail that the practice as a whole was unlocked or locked, and what was wrong with it."""
    from desktop.domain.audience import Owner

    practice_id = desk.store.practice_id
    with desk.store.write() as unit:
        unit.audit(desk.line(act, "practice", practice_id, Owner.practice(practice_id), detail))


def check_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the owner of a public key signed exactly this."""
    from desktop.storage.vault.primitives import signed_by

    return signed_by(public, signature, message)
