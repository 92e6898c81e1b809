"""Knows how the program's records are said in plain words, so that they can be held beside the model's."""

from __future__ import annotations

from typing import Any

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.errors import NotFound
from desktop.domain.people import Client, Couple, Member
from desktop.domain.records import AuditLine, Note, Order, Session
from desktop.live.codec import kind_of
from desktop.live.events import Entry
from desktop.services.ports import Unit
from tests.campaigns.chance_model import Audience as Known
from tests.campaigns.chance_model import Line, Record
from tests.campaigns.chance_model import Owner as Whose


def owner_of(whose: Whose) -> Owner:
    """An owner, as the program has it."""
    return Owner(OwnerKind(whose[0]), whose[1])


def whose(owner: Owner) -> Whose:
    """An owner, in plain words."""
    return owner.kind.value, owner.id


def audience_of(known: Known) -> Audience:
    """An audience, as the program has it."""
    if known is None:
        return Audience.clinic("by chance")
    return Audience("by chance", owners=frozenset(owner_of(each) for each in known))


def client(each: Client) -> Record:
    """A client's record."""
    return {
        "name": each.name, "born": each.born.isoformat(), "pronouns": each.pronouns, "contact": each.contact,
        "language": each.language, "version": each.version,
    }  # fmt: skip


def couple(each: Couple) -> Record:
    """A couple's record."""
    return {"a": each.partner_a, "b": each.partner_b, "label": each.label, "version": each.version}


def member(each: Member) -> Record:
    """A member's record."""
    roles = frozenset(role.value for role in each.roles)
    return {
        "name": each.name, "initials": each.initials, "roles": roles, "active": each.active, "version": each.version,
    }  # fmt: skip


def order(each: Order) -> Record:
    """An order."""
    return {
        "id": each.id, "client": each.client_id, "by": each.prescriber_id, "way": (each.medicine, each.route),
        "single": f"{each.max_single_mg:.0f}", "total": f"{each.max_total_mg:.0f}", "from": each.valid_from.isoformat(),
        "until": each.valid_until.isoformat(), "remarks": each.remarks, "withdrawn": each.withdrawn,
        "version": each.version,
    }  # fmt: skip


def session(each: Session) -> Record:
    """A session."""
    people = {
        one.client_id: {"seat": one.seat, "role": one.role, "order": one.order_id, "intention": one.intention}
        for one in each.people
    }
    return {
        "id": each.id, "owner": whose(each.owner), "protocol": each.protocol_id, "day": each.planned_for.isoformat(),
        "state": each.state.value, "people": people, "version": each.version,
    }  # fmt: skip


def note(each: Note) -> Record:
    """A note."""
    return {
        "id": each.id, "owner": whose(each.owner), "session": each.session_id, "by": each.author_id,
        "text": each.text, "written": each.written.utc, "signed": each.signed is not None, "version": each.version,
    }  # fmt: skip


def entry(each: Entry) -> Record:
    """An entry, without whose it is: that is asked of the store by audience."""
    said = next((getattr(each.event, name) for name in ("text", "chip", "summary") if hasattr(each.event, name)), "")
    return {"seq": each.seq, "kind": kind_of(each.event), "by": each.author, "said": said}


def line(each: AuditLine) -> Line:
    """A line of the trail."""
    one = each.entry
    return one.act.value, one.subject_kind, one.subject_id, whose(one.owner), one.member_id


def told(unit: Unit, about: Whose, known: Known) -> Record:
    """All that an audience is told of a compartment by the store."""
    owner, audience = owner_of(about), audience_of(known)
    alone = about[0] == "client"
    record: Any = None
    try:
        if alone:
            record = client(unit.clients.get(about[1], audience))
        else:
            record = couple(unit.couples.get(about[1], audience))
    except NotFound:
        record = None
    mine = {each.id: each for each in unit.sessions.of_owner(owner, audience)}
    if alone:
        mine |= {each.id: each for each in unit.sessions.of_client(about[1], audience)}
    ordered = sorted(mine.values(), key=lambda each: (each.planned_for, each.id), reverse=True)
    found: Record = {
        "record": record, "sessions": [session(each) for each in ordered],
        "notes": [note(each) for each in unit.notes.of_owner(owner, audience)],
        "entries": {
            each.id: [entry(one) for one in unit.events.of(each.id, audience)] for each in ordered
        },
    }  # fmt: skip
    if alone:
        found["orders"] = [order(each) for each in unit.orders.of_client(about[1], audience)]
        found["couples"] = sorted(each.id for each in unit.couples.of_client(about[1], audience))
    return found
