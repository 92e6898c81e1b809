"""Knows what a page of one person around a live session is made from, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.care import TouchPlan
from desktop.domain.paper import PersonLine
from desktop.domain.paper_live import FollowUpLine, PageHead
from desktop.domain.records import Session
from desktop.domain.words import tr
from desktop.live.state import LiveState, PersonState
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import Copy
from desktop.services.handover import At
from desktop.services.seats import compartment_of, shown_seat


@dataclass(frozen=True, slots=True)
class PageAsk:
    """A page for one person. copy: theirs, and nobody else's; at: the instant of printing.

    followups: what is due for them after this session; plan: their touch plan, as it is kept.
    """

    desk: Desk
    session: Session
    copy: Copy
    at: At
    followups: tuple[FollowUpLine, ...] = ()
    plan: TouchPlan | None = None

    @property
    def state(self) -> LiveState:
        """The session; before it was begun, as it would begin now."""
        return self.copy.state

    @property
    def person(self) -> PersonState:
        """Whom the page is about."""
        return self.copy.person

    @property
    def end_ms(self) -> int:
        """Until when the session is shown: its close, else the last entry."""
        return self.state.closed_ms if self.state.closed_ms is not None else self.state.elapsed_ms

    def head(self, title: str, subtitle: str, who_will_see: str) -> PageHead:
        """What stands around the page."""
        state, person, people = self.state, self.person, len(self.state.people)
        started = self.session.started
        day = started.local.date() if started is not None else self.session.planned_for
        protocol = state.protocol
        return PageHead(
            title=title, subtitle=subtitle,
            meta=tr("Session of {day} · {protocol}", day=day.isoformat(), protocol=protocol.title),
            practice=self.desk.practice_name,
            people=(PersonLine(person.name, person.born.isoformat(), shown_seat(person.key, people)),),
            compartment=compartment_of((person.key,), people), who_will_see=who_will_see, printed=self.at.stamp,
            program_version=self.desk.program_version, code=f"{protocol.id} {protocol.edition}",
        )
