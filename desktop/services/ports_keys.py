"""Knows what the services ask of an unlocked practice's keys: kits, members' slots, epochs, custody."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Given:
    """What a member unlocks with. factor: the content of a key file; None without one."""

    passphrase: str = field(repr=False)
    factor: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KitDraft:
    """A recovery kit that was drawn and that nothing knows of yet. text: its secret, AGE-SECRET-KEY-1...

    public: the half that is kept, as age writes it. replaces: whether it takes the place of another.
    """

    id: str
    text: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    public: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class SlotState:
    """A member who can unlock. factor: with a key file besides; factor_required: an owner wants one."""

    member_id: str
    name: str
    factor: bool
    factor_required: bool


@dataclass(frozen=True, slots=True)
class KeyState:
    """How the practice's keys stand. kit: its id, and its public half as age writes it; "" where there is none.

    custodian: a member's id, "" where none is named, or where the kit was replaced since.
    """

    practice_id: str
    epoch: int
    slots: tuple[SlotState, ...]
    kit: str
    kit_public: str
    custodian: str

    def slot(self, member_id: str) -> SlotState | None:
        """A member's slot, or None where they cannot unlock."""
        return next((each for each in self.slots if each.member_id == member_id), None)


class KeyRoom(ABC):
    """An unlocked practice's keys. Everything is done whole or not at all; nobody else's passphrase is needed."""

    @abstractmethod
    def state(self) -> KeyState:
        """How they stand now."""

    @abstractmethod
    def draw_kit(self, kit_id: str) -> KitDraft:
        """A fresh kit; nothing is changed."""

    @abstractmethod
    def keep_kit(self, draft: KitDraft) -> None:
        """Seal the keys to a kit. Where there was one, the practice gets new keys, which the old kit does not open."""

    @abstractmethod
    def holds_kit(self, text: str) -> None:
        """Return when a kit is this practice's; KitMistyped, KitOfAnother, NoKit."""

    @abstractmethod
    def remove(self, member_id: str) -> None:
        """Take a member's slot away and give the practice new keys. NoSuchMember, LastMember, CustodianLeaves."""

    @abstractmethod
    def change_own(self, old: Given, new: Given, renew: bool) -> None:
        """Change one's own passphrase or key file. renew: new pairs, and new keys for the practice.

        WrongPassphrase, TooManyTries, PassphraseTooShort, FactorRequired.
        """

    @abstractmethod
    def require_factor(self, member_id: str, required: bool) -> None:
        """Want a key file of a member, from their next change on; NoSuchMember."""

    @abstractmethod
    def draw_factor(self) -> bytes:
        """A fresh key file's content; nothing is changed."""

    @abstractmethod
    def name_custodian(self, custody_id: str, member_id: str) -> None:
        """Draw a custody key that this member and the kit open together. NoKit, NoSuchMember."""

    @abstractmethod
    def hand_over_custody(self, kit: str, member_id: str) -> int:
        """As the custodian with a kit in hand, give another member what both open; how many custody keys.

        NotTheCustodian, KitMistyped, KitOfAnother, NoKit, NoSuchMember.
        """

    @abstractmethod
    def seal_for_author(self, text: bytes, context: bytes, declined: bool) -> bytes:
        """Seal to the member at work, and to custody unless declined. context: what it belongs to."""

    @abstractmethod
    def open_own(self, sealed: bytes, context: bytes) -> bytes:
        """What the member at work sealed before; NotYours."""

    @abstractmethod
    def open_in_custody(self, sealed: bytes, context: bytes, kit: str) -> bytes:
        """With the kit, as the custodian. NotTheCustodian, NotInCustody, KitMistyped, KitOfAnother."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the recovery screen knows: the practice, whose slot, the kit, and the new passphrase."""

    folder: Path
    member_id: str
    kit: str = field(repr=False)
    new: Given
