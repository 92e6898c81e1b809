"""Knows how the records beside a live session are kept, and asked for by one audience."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, select

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.care import (
    AdverseEvent,
    FollowState,
    FollowUp,
    FollowUpStep,
    OrderSignature,
    SafetyCard,
    TouchPlan,
    WordRelease,
)
from desktop.domain.records import Note, Session
from desktop.live.events import Entry
from desktop.services import ports_care as ports
from desktop.storage.mapper import Mapper, utc_text
from desktop.storage.repositories.events import entry_in
from desktop.storage.repositories.notes import SqlNotes
from desktop.storage.repositories.sessions import SqlSessions
from desktop.storage.repositories.shelf import OwnedShelf, Shape, Whose, owned
from desktop.storage.tables import (
    adverse_events,
    followup_steps,
    followups,
    live_events,
    order_signatures,
    safety_cards,
    touch_plans,
    word_releases,
)
from desktop.storage.work import Work


class SqlTouchPlans(OwnedShelf[TouchPlan], ports.TouchPlans):
    """What clients permit, version by version."""

    shape = Shape("touch_plan", touch_plans, Mapper(TouchPlan))
    whose = Whose(touch_plans.c.client_id, OwnerKind.CLIENT)

    def of_client(self, client_id: str, audience: Audience) -> tuple[TouchPlan, ...]:
        """A client's versions, the one in force first."""
        columns = touch_plans.c
        mine = self._select(audience).where(columns.client_id == client_id)
        return self._records(mine.order_by(columns.number.desc()), audience)


class SqlSafetyCards(OwnedShelf[SafetyCard], ports.SafetyCards):
    """What must be at hand in an emergency, version by version."""

    shape = Shape("safety_card", safety_cards, Mapper(SafetyCard))
    whose = Whose(safety_cards.c.client_id, OwnerKind.CLIENT)

    def of_client(self, client_id: str, audience: Audience) -> tuple[SafetyCard, ...]:
        """A client's versions, the one in force first."""
        columns = safety_cards.c
        mine = self._select(audience).where(columns.client_id == client_id)
        return self._records(mine.order_by(columns.number.desc()), audience)


class SqlAdverseEvents(OwnedShelf[AdverseEvent], ports.AdverseEvents):
    """What went wrong."""

    shape = Shape("adverse_event", adverse_events, Mapper(AdverseEvent))
    whose = Whose(adverse_events.c.client_id, OwnerKind.CLIENT)

    def of_client(self, client_id: str, audience: Audience) -> tuple[AdverseEvent, ...]:
        """A client's, newest first."""
        columns = adverse_events.c
        mine = self._select(audience).where(columns.client_id == client_id)
        return self._records(mine.order_by(columns.began.desc(), columns.id.desc()), audience)

    def of_session(self, session_id: str, audience: Audience) -> tuple[AdverseEvent, ...]:
        """Those made from a session, in order of their entries."""
        columns = adverse_events.c
        mine = self._select(audience).where(columns.session_id == session_id)
        return self._records(mine.order_by(columns.seq, columns.id), audience)

    def to_follow(self, until: date, audience: Audience) -> tuple[AdverseEvent, ...]:
        """Those with a follow-up day up to `until`, the earliest first."""
        columns = adverse_events.c
        mine = self._select(audience).where(columns.follow_up <= until.isoformat())
        return self._records(mine.order_by(columns.follow_up, columns.id), audience)


class SqlOrderSignatures(OwnedShelf[OrderSignature], ports.OrderSignatures):
    """Prescribers' signatures under what was ordered by phone."""

    shape = Shape("order_signature", order_signatures, Mapper(OrderSignature))
    whose = Whose(order_signatures.c.client_id, OwnerKind.CLIENT)

    def of_session(self, session_id: str, audience: Audience) -> tuple[OrderSignature, ...]:
        """Those of a session, by entry."""
        columns = order_signatures.c
        mine = self._select(audience).where(columns.session_id == session_id)
        return self._records(mine.order_by(columns.seq), audience)


class SqlFollowUpSteps(OwnedShelf[FollowUpStep]):
    """Tries, each kept as it was written."""

    shape = Shape("followup_step", followup_steps, Mapper(FollowUpStep))
    whose = Whose(followup_steps.c.client_id, OwnerKind.CLIENT)

    def of(self, followup_id: str, audience: Audience) -> tuple[FollowUpStep, ...]:
        """The tries of one follow-up, in order."""
        columns = followup_steps.c
        mine = self._select(audience).where(columns.followup_id == followup_id)
        return self._records(mine.order_by(columns.at_utc, columns.id), audience)


class SqlFollowUps(OwnedShelf[FollowUp], ports.FollowUps):
    """What is due after sessions."""

    shape = Shape("followup", followups, Mapper(FollowUp))
    whose = Whose(followups.c.client_id, OwnerKind.CLIENT)

    def of_client(self, client_id: str, audience: Audience) -> tuple[FollowUp, ...]:
        """A client's, the latest due first."""
        columns = followups.c
        mine = self._select(audience).where(columns.client_id == client_id)
        return self._records(mine.order_by(columns.due.desc(), columns.id.desc()), audience)

    def open_until(self, until: datetime, audience: Audience) -> tuple[FollowUp, ...]:
        """Those that are not done and due by `until`, the earliest first."""
        columns = followups.c
        mine = self._select(audience).where(columns.state != FollowState.DONE.value, columns.due <= utc_text(until))
        return self._records(mine.order_by(columns.due, columns.id), audience)

    def add_step(self, step: FollowUpStep) -> None:
        """Keep a try."""
        SqlFollowUpSteps(self._work).add(step)

    def steps_of(self, followup_id: str, audience: Audience) -> tuple[FollowUpStep, ...]:
        """The tries of a follow-up, in order."""
        return SqlFollowUpSteps(self._work).of(followup_id, audience)


class SqlWordReleases(OwnedShelf[WordRelease], ports.WordReleases):
    """Words that were given to a couple, and perhaps taken back."""

    shape = Shape("word_release", word_releases, Mapper(WordRelease))
    whose = Whose(word_releases.c.couple_id, OwnerKind.COUPLE)

    def of_session(self, session_id: str, audience: Audience) -> tuple[WordRelease, ...]:
        """Those of a session, in order of what was said; what was taken back only for the clinic."""
        columns = word_releases.c
        mine = self._select(audience).where(columns.session_id == session_id)
        if not audience.everything:
            mine = mine.where(columns.withdrawn_utc.is_(None))
        return self._records(mine.order_by(columns.said_ms, columns.id), audience)


class SqlAgenda(ports.Agenda):
    """What a day asks for, across everybody."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def sessions_on(self, day: date, audience: Audience) -> tuple[Session, ...]:
        """The sessions planned for a day, in the order of planning."""
        return SqlSessions(self._work).on(day, audience)

    def drafts_of(self, member_id: str, audience: Audience) -> tuple[Note, ...]:
        """A member's own notes that are not signed, the oldest first."""
        return SqlNotes(self._work).drafts_of(member_id, audience)

    def unsigned(self, kinds: tuple[str, ...], audience: Audience) -> tuple[tuple[str, Entry], ...]:
        """Entries of these kinds that no signature stands under: (session, entry), in order of writing."""
        events, signed = live_events.c, order_signatures.c
        waiting = (
            select(live_events)
            .outerjoin(order_signatures, and_(signed.session_id == events.session_id, signed.seq == events.seq))
            .where(signed.id.is_(None), events.kind.in_(kinds), owned(live_events).seen_by(audience))
            .order_by(events.entered_utc, events.seq)
        )
        return tuple((row["session_id"], entry_in(row)) for row in self._work.rows(waiting))


class SqlCare(ports.Care):
    """The records beside a live session, in one transaction."""

    def __init__(self, work: Work) -> None:
        self.touch_plans = SqlTouchPlans(work)
        self.safety_cards = SqlSafetyCards(work)
        self.adverse = SqlAdverseEvents(work)
        self.signatures = SqlOrderSignatures(work)
        self.followups = SqlFollowUps(work)
        self.releases = SqlWordReleases(work)
        self.agenda = SqlAgenda(work)


SHELVES = (
    SqlTouchPlans, SqlSafetyCards, SqlAdverseEvents, SqlOrderSignatures, SqlFollowUps, SqlFollowUpSteps,
    SqlWordReleases,
)  # fmt: skip
"""Every kind kept here, for comparing them with the trail."""
