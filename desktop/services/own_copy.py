"""Knows how one person's copy of a session is gathered: their state, who signed their orders, and the card's words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.audience import Audience
from desktop.domain.people import Member
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.words import tr
from desktop.live.state import LiveState
from desktop.services.checks import emergency_card
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import Copy
from desktop.services.ports import Unit


def own_copy(desk: Desk, unit: Unit, session_id: str, state: LiveState, seat: str) -> Copy:
    """The copy of a seat, inside the caller's transaction: nothing of anybody else's is in it."""
    person = state.people[seat]
    members = {member.id: member for member in unit.members.all()}
    signed = signatures(unit, session_id, person.client_id, members)
    return Copy(state, person, members, signed, step_words(desk))


def signatures(unit: Unit, session_id: str, client_id: str, members: Mapping[str, Member]) -> dict[int, str]:
    """Who signed an order by phone of this person and when, by the entry's number."""
    found = unit.care.signatures.of_session(session_id, Audience.clinic("signatures"))
    return {
        each.seq: tr("{who}, {day}", who=members[each.member_id].name if each.member_id in members else each.member_id,
                     day=each.signed.local.strftime("%Y-%m-%d %H:%M"))
        for each in found if each.client_id == client_id
    }  # fmt: skip


def step_words(desk: Desk) -> dict[str, str]:
    """The words of the emergency card's steps, by key; a card that cannot be read keeps no page from being printed."""
    try:
        return {step.key: tr(step.words) for step in emergency_card(desk).steps}
    except DataFileError:
        return {}
