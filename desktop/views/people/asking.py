"""Knows which use cases the list of couples and clients calls; each function runs off the window's thread."""

from __future__ import annotations

from datetime import date

from desktop.domain.audience import Audience
from desktop.domain.people import Client, ClientDraft, Couple
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.views.people.facts import Choice, PersonRow

LIMIT = 200


def today(desk: Desk) -> date:
    """The date at the desk."""
    return desk.clock.now().local.date()


def draft_of(client: Client) -> ClientDraft:
    """A client as the form shows them."""
    return ClientDraft(client.name, client.born.isoformat(), client.pronouns, client.contact, client.language)


def client_row(client: Client) -> PersonRow:
    """A client in the list."""
    return PersonRow("client", client.id, client.name, client.born.isoformat(), client.pronouns)


def couple_row(couple: Couple, a: Client, b: Client) -> PersonRow:
    """A couple in the list: both names, both dates of birth, always A first."""
    born = tr("A {a} · B {b}", a=a.born.isoformat(), b=b.born.isoformat())
    return PersonRow("couple", couple.id, f"{a.name} & {b.name}", born, couple.label)


def find(desk: Desk, text: str) -> tuple[PersonRow, ...]:
    """Couples first, then clients, by name."""
    audience = Audience.clinic("list")
    with desk.store.read() as unit:
        couples = unit.couples.find(text, audience, LIMIT)
        clients = unit.clients.find(text, audience, LIMIT)
        pairs = [(c, unit.clients.get(c.partner_a, audience), unit.clients.get(c.partner_b, audience)) for c in couples]
    return (*(couple_row(*pair) for pair in pairs), *(client_row(client) for client in clients))


def partners(desk: Desk) -> tuple[Choice, ...]:
    """Everybody who can be a partner."""
    with desk.store.read() as unit:
        found = unit.clients.find("", Audience.clinic("couple"), LIMIT)
    return tuple(Choice(each.id, tr("{name}, born {date}", name=each.name, date=each.born.isoformat())) for each in found)
