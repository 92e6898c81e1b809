"""Knows from when on somebody may say more again: the day after they last took the medicine, and not in a session."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.domain.audience import Audience
from desktop.domain.errors import Refused
from desktop.domain.records import Session, SessionState
from desktop.domain.words import tr
from desktop.live.state import LiveState
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.live import load_state
from desktop.services.ports import Unit


def dosed_on(session: Session, state: LiveState, client_id: str) -> date | None:
    """The local day on which somebody took the last dose of a session; None when they took none."""
    person = next((one for one in state.people.values() if one.client_id == client_id), None)
    if person is None or person.last_dose_ms is None or session.started is None:
        return None
    return (session.started.local + timedelta(milliseconds=person.last_dose_ms)).date()


def require_sober(desk: Desk, unit: Unit, client_id: str) -> None:
    """Raise Refused('medicated') while somebody is in a session that dosed them, and until the day after."""
    now = today(desk)
    for session in unit.sessions.of_client(client_id, Audience.clinic("sober")):
        running = session.state is SessionState.RUNNING
        if session.started is None or not (running or _recent(session, now)):
            continue
        state = load_state(desk, unit, session)
        day = dosed_on(session, state, client_id) if state is not None else None
        if day is not None and (running or day >= now):
            raise Refused(
                "medicated", tr("They took the medicine today: nothing is widened until the next day."),
                next_step=tr("Keep what is narrower now; speak of more tomorrow or later."),
            )


def _recent(session: Session, now: date) -> bool:
    """Whether its last dose may have been today: it began yesterday or later."""
    return session.started is not None and session.started.local.date() >= now - timedelta(days=1)
