"""Knows how clients are made, changed, opened and found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.audience import Audience, Owner
from desktop.domain.drafts import same_person
from desktop.domain.errors import Invalid, Problem
from desktop.domain.people import CLINICAL, Client, ClientDraft, Couple, client_from, require
from desktop.domain.records import Act, Note, Order, Session
from desktop.domain.words import tr
from desktop.services.care_brief import CareBrief, care_briefs
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit

LIMIT = 200
KIND = "client"


@dataclass(frozen=True, slots=True)
class ClientPage:
    """What one person's page shows. sessions, orders and notes come newest first."""

    client: Client
    couples: tuple[Couple, ...]
    sessions: tuple[Session, ...]
    orders: tuple[Order, ...]
    notes: tuple[Note, ...]
    care: tuple[CareBrief, ...] = ()


@dataclass(frozen=True, slots=True)
class CoupleRow:
    """A couple in a list, with both partners: always two identifiers for everybody."""

    couple: Couple
    a: Client
    b: Client


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """What a search found, couples and clients by name. capped: there may be more than are listed."""

    couples: tuple[CoupleRow, ...]
    clients: tuple[Client, ...]
    capped: bool = False


def today(desk: Desk) -> date:
    """The date on the wall at the desk."""
    return desk.clock.now().local.date()


def make_client(desk: Desk, draft: ClientDraft) -> Outcome[Client]:
    """Take somebody into care. Invalid names the fields; a second record with the same two identifiers is one."""
    require(desk.member, *CLINICAL)
    client = client_from(draft, desk.ids.new(), today(desk))
    with desk.store.write() as unit:
        _require_new(unit, client)
        unit.clients.add(client)
        unit.audit(desk.line(Act.CREATE, KIND, client.id, client.owner))
    return Outcome.of(client, Topic(KIND, client.id))


def change_client(desk: Desk, client_id: str, draft: ClientDraft, version: int) -> Outcome[Client]:
    """Change what is known of a client; `version` is that of the record the form began with. Invalid, Conflict."""
    require(desk.member, *CLINICAL)
    client = client_from(draft, client_id, today(desk), version)
    with desk.store.write() as unit:
        _require_new(unit, client)
        kept = unit.clients.save(client)
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner))
    return Outcome.of(kept, Topic(KIND, kept.id))


def _require_new(unit: Unit, client: Client) -> None:
    found = unit.clients.find(client.name, Audience.clinic("same person"))
    if any(same_person(client, other) and client.id != other.id for other in found):
        raise Invalid((Problem("born", tr("There is a client of this name and date of birth already.")),))


def open_client(desk: Desk, client_id: str) -> ClientPage:
    """Open somebody's page; the trail says so before anything is shown."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("client page")
    with desk.store.write() as unit:
        client = unit.clients.get(client_id, audience)
        unit.audit(desk.line(Act.VIEW, KIND, client.id, client.owner, "page"))
        return ClientPage(
            client=client,
            couples=unit.couples.of_client(client_id, audience),
            sessions=unit.sessions.of_client(client_id, audience),
            orders=unit.orders.of_client(client_id, audience),
            notes=unit.notes.of_owner(client.owner, audience), care=care_briefs(unit, (client_id,), audience),
        )


def search_people(desk: Desk, text: str) -> PeopleFound:
    """Couples and clients whose names (or label) hold every word of `text`; all for ''. Not in the trail: see
    note_search, which is called once what was typed has settled.
    """
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("list")
    with desk.store.read() as unit:
        couples = unit.couples.find(text, audience, LIMIT)
        clients = unit.clients.find(text, audience, LIMIT)
        known = {client.id: client for client in clients}
        for couple in couples:
            for partner in (couple.partner_a, couple.partner_b):
                if partner not in known:
                    known[partner] = unit.clients.get(partner, audience)
    rows = tuple(CoupleRow(couple, known[couple.partner_a], known[couple.partner_b]) for couple in couples)
    return PeopleFound(rows, clients, max(len(couples), len(clients)) >= LIMIT)


def note_search(desk: Desk, text_length: int) -> Outcome[None]:
    """Keep in the trail that somebody searched for people: how much was typed, never what."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        owner = Owner.practice(desk.store.practice_id)
        detail = tr("{n} characters", n=text_length)
        unit.audit(desk.line(Act.SEARCH, "people", desk.store.practice_id, owner, detail))
    return Outcome.of(None)
