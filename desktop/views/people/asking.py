"""Knows which use cases the list of couples and clients calls; each function runs off the window's thread."""

from __future__ import annotations

from datetime import date

from desktop.domain.audience import Audience, Owner
from desktop.domain.people import Client, ClientDraft, Couple, clean, client_from
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.views.people.facts import Choice, CoupleFields, PersonRow

LIMIT = 200


def today(desk: Desk) -> date:
    """The date at the desk."""
    return desk.clock.now().local.date()


def draft_of(client: Client) -> ClientDraft:
    """A client as the form shows them."""
    return ClientDraft(client.name, client.born.isoformat(), client.pronouns, client.contact, client.language)


def client_row(client: Client) -> PersonRow:
    """A client in the list."""
    return PersonRow("client", client.id, client.name, client.born.isoformat())


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
    return tuple(_choice(client) for client in found)


def _choice(client: Client) -> Choice:
    return Choice(client.id, tr("{name}, born {date}", name=client.name, date=client.born.isoformat()))


def note_search(desk: Desk, text: str) -> Outcome[None]:
    """One settled search is one line in the trail; the trail does not hold what was searched for."""
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.SEARCH, "client", "", Owner.practice(desk.store.practice_id)))
    return Outcome(None)


def fetch_client(desk: Desk, client_id: str) -> Client:
    """A client, to be changed."""
    with desk.store.write() as unit:
        client = unit.clients.get(client_id, Audience.clinic("form"))
        unit.audit(desk.line(Act.VIEW, "client", client.id, client.owner))
    return client


def make(desk: Desk, draft: ClientDraft) -> Outcome[Client]:
    """Keep a new client."""
    client = client_from(draft, desk.ids.new(), today(desk))
    with desk.store.write() as unit:
        unit.clients.add(client)
        unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
    return Outcome.of(client, Topic("client", client.id))


def change(desk: Desk, client_id: str, draft: ClientDraft, version: int) -> Outcome[Client]:
    """Keep a change to a client; Conflict when somebody else was faster."""
    client = client_from(draft, client_id, today(desk), version)
    with desk.store.write() as unit:
        saved = unit.clients.save(client)
        unit.audit(desk.line(Act.CHANGE, "client", client.id, client.owner))
    return Outcome.of(saved, Topic("client", client.id))


def make_pair(desk: Desk, draft: CoupleFields) -> Outcome[Couple]:
    """Keep a new couple."""
    couple = Couple(desk.ids.new(), draft.a, draft.b, clean(draft.label))
    with desk.store.write() as unit:
        unit.couples.add(couple)
        unit.audit(desk.line(Act.CREATE, "couple", couple.id, couple.owner))
    return Outcome.of(couple, Topic("couple", couple.id))
