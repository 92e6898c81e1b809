"""Knows how a practice writes its own number and address on the emergency card."""

from __future__ import annotations

from desktop.domain.audience import Audience
from desktop.domain.cards import EmergencyCard, read_card
from desktop.domain.editions import DataKind, Done, Edition
from desktop.domain.errors import Invalid, Problem
from desktop.domain.people import clean, require
from desktop.domain.toml_text import changed_text
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.protocols import CHANGING, KIND, check_reason, keep_edition
from desktop.services.shelf import EMERGENCY, card_in_force, shipped_card

NUMBER_LIMIT = 40
ADDRESS_LIMIT = 300


def change_card(desk: Desk, number: str, address: str, reason: str) -> Outcome[EmergencyCard]:
    """Write whom to call and where this is. Invalid names `number`, `address` or `reason`; Conflict."""
    require(desk.member, *CHANGING)
    called, place = clean(number), clean(address)
    problems = []
    if not called or len(called) > NUMBER_LIMIT or not any(ch.isdigit() for ch in called):
        problems.append(Problem("number", tr("A telephone number is needed.")))
    if len(place) > ADDRESS_LIMIT:
        problems.append(Problem("address", tr("At most {n} characters.", n=ADDRESS_LIMIT)))
    problems += check_reason(reason)
    if problems:
        raise Invalid(tuple(problems))
    card = card_in_force(desk)
    values = {"number": called, "address": place or None, "edition": card.edition + 1}
    text = changed_text(card.text, "", values)
    with desk.store.write() as unit:
        made = unit.editions.of(DataKind.CARD, EMERGENCY, Audience.clinic("protocols"))
        edition = Edition(
            desk.ids.new(), DataKind.CARD, EMERGENCY, made[0].number + 1 if made else 1, Done.CHANGED, "", text,
            shipped_card(desk).sha256, clean(reason), desk.clock.now(), desk.member.id,
        )
        keep_edition(desk, unit, edition)
    return Outcome.of(read_card(text, f"{EMERGENCY}.toml"), Topic(KIND, EMERGENCY), Topic(KIND, edition.id))
