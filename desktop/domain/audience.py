"""Knows whose a record is, and who may be shown it: compartments and audiences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OwnerKind(StrEnum):
    """The kinds of compartment; there is no fourth."""

    CLIENT = "client"
    COUPLE = "couple"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """The one compartment that a record belongs to. A and B are only seats in a couple."""

    kind: OwnerKind
    id: str

    @staticmethod
    def client(client_id: str) -> Owner:
        """The compartment of one person."""
        return Owner(OwnerKind.CLIENT, client_id)

    @staticmethod
    def couple(couple_id: str) -> Owner:
        """The compartment that both partners share."""
        return Owner(OwnerKind.COUPLE, couple_id)

    @staticmethod
    def practice(practice_id: str) -> Owner:
        """What belongs to the clinic itself: members, lots, settings."""
        return Owner(OwnerKind.PRACTICE, practice_id)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is going to look: every repository asks for one, and none has a default.

    everything: a member at the clinic's own desk. Otherwise only `owners` are seen.
    `reason` goes into the audit trail in the program's own words, never a client's.
    """

    reason: str
    everything: bool = False
    owners: frozenset[Owner] = frozenset()

    @staticmethod
    def clinic(reason: str = "chart") -> Audience:
        """A member at the clinic's own desk, where no client can look."""
        return Audience(reason, everything=True)

    @staticmethod
    def person(client_id: str, reason: str = "own copy") -> Audience:
        """One person alone: their own compartment, nothing of a partner's and nothing shared."""
        return Audience(reason, owners=frozenset({Owner.client(client_id)}))

    @staticmethod
    def both(couple_id: str, reason: str = "shared copy") -> Audience:
        """Both partners together: only what is the couple's."""
        return Audience(reason, owners=frozenset({Owner.couple(couple_id)}))

    @staticmethod
    def partner(client_id: str, couple_id: str, reason: str = "own and shared") -> Audience:
        """One partner: their own compartment and the couple's."""
        return Audience(reason, owners=frozenset({Owner.client(client_id), Owner.couple(couple_id)}))

    def sees(self, owner: Owner) -> bool:
        """Whether a record of `owner` may be shown to this audience."""
        return self.everything or owner in self.owners
