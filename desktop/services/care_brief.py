"""Knows what of somebody's care stands on every page of theirs: when touch was agreed, and their allergies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.domain.audience import Audience
from desktop.services.ports import Unit


@dataclass(frozen=True, slots=True)
class CareBrief:
    """One person's care in short. agreed_on: when they last agreed to a touch plan sober; allergies None: no card."""

    client_id: str
    agreed_on: date | None
    allergies: str | None


def care_briefs(unit: Unit, client_ids: Iterable[str], audience: Audience) -> tuple[CareBrief, ...]:
    """For each of them, inside the transaction of a use case that was asked already."""
    found = []
    for client_id in client_ids:
        plans = unit.care.touch_plans.of_client(client_id, audience)
        cards = unit.care.safety_cards.of_client(client_id, audience)
        agreed = next((one.sober_on for one in plans if one.sober_on is not None), None)
        found.append(CareBrief(client_id, agreed, cards[0].allergies if cards else None))
    return tuple(found)
