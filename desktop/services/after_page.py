"""Knows what the page of a session afterwards shows: words, phone orders and their signatures, whose notes to begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.care import AdverseEvent, FollowUp
from desktop.domain.errors import Refused
from desktop.domain.people import CLINICAL, Client, Member, require
from desktop.domain.records import Act, Note, Session
from desktop.domain.words import tr
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.live import load_state
from desktop.services.releases import SpokenLine, spoken_lines
from desktop.services.signatures import Signed, ToSign, by_phone, signed_in


@dataclass(frozen=True, slots=True)
class AfterPage:
    """A session that was begun, afterwards. clients: by seat."""

    session: Session
    state: LiveState
    clients: Mapping[str, Client]
    words: tuple[SpokenLine, ...]
    by_phone: tuple[ToSign, ...]
    signed: tuple[Signed, ...]
    followups: tuple[FollowUp, ...]
    events: tuple[AdverseEvent, ...]
    notes: tuple[Note, ...]
    members: Mapping[str, Member]

    @property
    def shared(self) -> tuple[int, ...]:
        """The couples that a note can be written for, by number; 0 for the only one, nothing for somebody alone."""
        if self.session.owner.kind is OwnerKind.COUPLE:
            return (0,)
        return tuple(sorted({part.couple_number for part in self.session.people if part.couple_id}))


def open_after(desk: Desk, session_id: str) -> AfterPage:
    """Open a session afterwards; the trail says so before anything is shown. Refused('not_begun'), NotFound."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("afterwards")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, "afterwards"))
        state = load_state(desk, unit, session)
        if state is None:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        members = unit.members.all()
        clients = {person.key: unit.clients.get(person.client_id, audience) for person in state.people.values()}
        followups = [
            one for client in clients.values() for one in unit.care.followups.of_client(client.id, audience)
            if one.session_id == session.id
        ]
        return AfterPage(
            session=session, state=state, clients=clients, words=spoken_lines(unit, session, state),
            by_phone=tuple(by_phone(session, state, members)), signed=signed_in(unit, session.id, audience),
            followups=tuple(sorted(followups, key=lambda one: (one.due, one.id))),
            events=unit.care.adverse.of_session(session.id, audience),
            notes=unit.notes.of_session(session.id, audience), members={member.id: member for member in members},
        )
