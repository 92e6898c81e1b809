"""Knows how what the services found becomes rows, choices and drafts of the list of people."""

from __future__ import annotations

from desktop.domain.people import Client, ClientDraft
from desktop.domain.words import tr
from desktop.services.clients import CoupleRow, PeopleFound, open_client, search_people
from desktop.services.desk import Desk
from desktop.views.people.facts import Choice, PersonRow


def draft_of(client: Client) -> ClientDraft:
    """A client as the form shows them."""
    return ClientDraft(client.name, client.born.isoformat(), client.pronouns, client.contact, client.language)


def couple_row(row: CoupleRow) -> PersonRow:
    """A couple in the list: both names, both dates of birth, always A first."""
    born = tr("A {a} · B {b}", a=row.a.born.isoformat(), b=row.b.born.isoformat())
    return PersonRow("couple", row.couple.id, f"{row.a.name} & {row.b.name}", born, row.couple.label)


def rows_of(found: PeopleFound) -> tuple[PersonRow, ...]:
    """Couples first, then clients."""
    clients = (PersonRow("client", each.id, each.name, each.born.isoformat()) for each in found.clients)
    return (*(couple_row(row) for row in found.couples), *clients)


def fetch_client(desk: Desk, client_id: str) -> Client:
    """A client, to be changed; the trail says that they were opened."""
    return open_client(desk, client_id).client


def partners(desk: Desk) -> tuple[Choice, ...]:
    """Everybody who can be a partner."""
    return tuple(
        Choice(each.id, tr("{name}, born {date}", name=each.name, date=each.born.isoformat()))
        for each in search_people(desk, "").clients
    )
