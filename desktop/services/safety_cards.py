"""Knows how what must be at hand in an emergency is kept for somebody; versions are kept."""

from __future__ import annotations

from desktop.domain.audience import Audience
from desktop.domain.care import SafetyCard
from desktop.domain.care_drafts import SafetyDraft, check_safety
from desktop.domain.drafts import clean_lines
from desktop.domain.errors import Conflict, Invalid
from desktop.domain.people import CLINICAL, clean, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic

KIND = "safety_card"


def keep_safety_card(desk: Desk, client_id: str, draft: SafetyDraft, after: int) -> Outcome[SafetyCard]:
    """Keep the next version; `after`: the number of the one that the form began with, or 0. Invalid, Conflict."""
    require(desk.member, *CLINICAL)
    problems = check_safety(draft)
    if problems:
        raise Invalid(problems)
    audience = Audience.clinic("safety card")
    with desk.store.write() as unit:
        unit.clients.get(client_id, audience)
        versions = unit.care.safety_cards.of_client(client_id, audience)
        if after != (versions[0].number if versions else 0):
            raise Conflict(
                tr("Another version of this card was kept meanwhile."), tr("Yours is still on the screen."),
                tr("Look at what is in force, and save again."),
            )
        card = SafetyCard(
            id=desk.ids.new(), client_id=client_id, number=after + 1, allergies=clean_lines(draft.allergies),
            medicines=clean_lines(draft.medicines), contact_name=clean(draft.contact_name),
            contact_phone=clean(draft.contact_phone), other=clean_lines(draft.other), made=desk.clock.now(),
            made_by=desk.member.id,
        )
        unit.care.safety_cards.add(card)
        unit.audit(desk.line(Act.CREATE, KIND, card.id, card.owner))
    return Outcome.of(card, Topic(KIND, card.id), Topic("client", client_id))
