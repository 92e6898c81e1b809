"""Knows what the services ask of the store for the records beside a live session."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.audience import Audience
    from desktop.domain.care import (
        AdverseEvent,
        FollowUp,
        FollowUpStep,
        OrderSignature,
        SafetyCard,
        TouchPlan,
        WordRelease,
    )
    from desktop.domain.records import Note, Session
    from desktop.live.events import Entry


class TouchPlans(ABC):
    """What clients permit; every version is kept."""

    @abstractmethod
    def add(self, plan: TouchPlan) -> None:
        """Keep the next version; Conflict when somebody kept that number meanwhile, Refused('not_sober')."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[TouchPlan, ...]:
        """A client's versions, the one in force first."""


class SafetyCards(ABC):
    """What must be at hand in an emergency; every version is kept."""

    @abstractmethod
    def add(self, card: SafetyCard) -> None:
        """Keep the next version; Conflict when somebody kept that number meanwhile."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[SafetyCard, ...]:
        """A client's versions, the one in force first."""


class AdverseEvents(ABC):
    """What went wrong."""

    @abstractmethod
    def add(self, event: AdverseEvent) -> None:
        """Keep a new one; Conflict when there is one of the same entry."""

    @abstractmethod
    def save(self, event: AdverseEvent) -> AdverseEvent:
        """Keep a change; Conflict when the version has moved on."""

    @abstractmethod
    def get(self, event_id: str, audience: Audience) -> AdverseEvent:
        """One of them; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[AdverseEvent, ...]:
        """A client's, newest first."""

    @abstractmethod
    def of_session(self, session_id: str, audience: Audience) -> tuple[AdverseEvent, ...]:
        """Those made from a session, in order of their entries."""

    @abstractmethod
    def to_follow(self, until: date, audience: Audience) -> tuple[AdverseEvent, ...]:
        """Those with a follow-up day up to `until`, the earliest first."""


class OrderSignatures(ABC):
    """Prescribers' signatures under phone orders; once there, they stay."""

    @abstractmethod
    def add(self, signature: OrderSignature) -> None:
        """Keep it; Conflict when that entry is signed already, NotFound when there is no such entry."""

    @abstractmethod
    def of_session(self, session_id: str, audience: Audience) -> tuple[OrderSignature, ...]:
        """Those of a session, by entry."""


class FollowUps(ABC):
    """What is due after sessions."""

    @abstractmethod
    def add(self, followup: FollowUp) -> None:
        """Keep a new one."""

    @abstractmethod
    def save(self, followup: FollowUp) -> FollowUp:
        """Keep a change; Refused('done') once it is done, Conflict when the version has moved on."""

    @abstractmethod
    def get(self, followup_id: str, audience: Audience) -> FollowUp:
        """One of them; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_client(self, client_id: str, audience: Audience) -> tuple[FollowUp, ...]:
        """A client's, the latest due first."""

    @abstractmethod
    def open_until(self, until: datetime, audience: Audience) -> tuple[FollowUp, ...]:
        """Those that are not done and due by `until`, the earliest first."""

    @abstractmethod
    def add_step(self, step: FollowUpStep) -> None:
        """Keep a try."""

    @abstractmethod
    def steps_of(self, followup_id: str, audience: Audience) -> tuple[FollowUpStep, ...]:
        """The tries of a follow-up, in order."""


class WordReleases(ABC):
    """Words that their speakers gave to the couple."""

    @abstractmethod
    def add(self, release: WordRelease) -> None:
        """Keep it; Refused('running') before the session is over, Refused('released') while they are given."""

    @abstractmethod
    def save(self, release: WordRelease) -> WordRelease:
        """Take it back; nothing else changes. Refused, Conflict."""

    @abstractmethod
    def get(self, release_id: str, audience: Audience) -> WordRelease:
        """One of them; NotFound also when it is not for this audience."""

    @abstractmethod
    def of_session(self, session_id: str, audience: Audience) -> tuple[WordRelease, ...]:
        """Those of a session, in order of what was said; what was taken back only for the clinic."""


class Agenda(ABC):
    """What a day asks for, across everybody."""

    @abstractmethod
    def sessions_on(self, day: date, audience: Audience) -> tuple[Session, ...]:
        """The sessions planned for a day or begun on it by the day's date in the plan, in the order of planning."""

    @abstractmethod
    def drafts_of(self, member_id: str, audience: Audience) -> tuple[Note, ...]:
        """A member's own notes that are not signed, the oldest first."""

    @abstractmethod
    def unsigned(self, kinds: tuple[str, ...], audience: Audience) -> tuple[tuple[str, Entry], ...]:
        """Entries of these kinds that no signature stands under: (session, entry), in order of writing."""


class Care(ABC):
    """The records beside a live session, in one transaction."""

    touch_plans: TouchPlans
    safety_cards: SafetyCards
    adverse: AdverseEvents
    signatures: OrderSignatures
    followups: FollowUps
    releases: WordReleases
    agenda: Agenda
