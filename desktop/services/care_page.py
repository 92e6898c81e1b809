"""Knows what the page of somebody's care shows: touch plan, safety card, follow-ups and adverse events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.audience import Audience
from desktop.domain.care import AdverseEvent, FollowUp, SafetyCard
from desktop.domain.care_files import AdverseWords, TouchWords
from desktop.domain.people import CLINICAL, Client, Member, require
from desktop.domain.records import Act
from desktop.services.care_words import adverse_words, touch_words
from desktop.services.desk import Desk
from desktop.services.touch import TouchStanding


@dataclass(frozen=True, slots=True)
class CarePage:
    """One person's care. cards: the one in force first; events and followups: newest first."""

    client: Client
    touch: TouchStanding
    cards: tuple[SafetyCard, ...]
    events: tuple[AdverseEvent, ...]
    followups: tuple[FollowUp, ...]
    members: Mapping[str, Member]
    touch_words: TouchWords
    adverse_words: AdverseWords

    @property
    def card(self) -> SafetyCard | None:
        """The safety card in force."""
        return self.cards[0] if self.cards else None


def open_care(desk: Desk, client_id: str) -> CarePage:
    """Open somebody's care; the trail says so before anything is shown. NotFound, DataFileError."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("care page")
    touch, adverse = touch_words(desk.resources), adverse_words(desk.resources)
    with desk.store.write() as unit:
        client = unit.clients.get(client_id, audience)
        unit.audit(desk.line(Act.VIEW, "client", client.id, client.owner, "care"))
        return CarePage(
            client=client, touch=TouchStanding(unit.care.touch_plans.of_client(client.id, audience)),
            cards=unit.care.safety_cards.of_client(client.id, audience),
            events=unit.care.adverse.of_client(client.id, audience),
            followups=unit.care.followups.of_client(client.id, audience),
            members={member.id: member for member in unit.members.all()},
            touch_words=touch, adverse_words=adverse,
        )
