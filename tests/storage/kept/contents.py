"""Knows what stands in a kept practice, told in words that outlive its schema."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from desktop.domain.audience import Audience
from desktop.domain.editions import DataKind
from desktop.domain.people import Client
from desktop.domain.records import Session
from desktop.live.fold import fold
from desktop.live.state import PersonState
from desktop.services.desk import Desk
from desktop.services.ports import Unit
from desktop.storage.engine import Engines

PRACTICE, CONTENTS = "practice", "contents.json"
CLINIC = Audience.clinic("test")


def contents_of(desk: Desk) -> dict[str, Any]:
    """Everything that is in a practice, and the end of its trail; changes nothing."""
    with desk.store.read() as unit:
        clients = unit.clients.find("", CLINIC)
        sessions = {each.id: each for client in clients for each in unit.sessions.of_client(client.id, CLINIC)}
        orders = {each.id: each for client in clients for each in unit.orders.of_client(client.id, CLINIC)}
        couples = {each.id: each for client in clients for each in unit.couples.of_client(client.id, CLINIC)}
        owners = [client.owner for client in clients] + [couple.owner for couple in couples.values()]
        notes = [note for owner in owners for note in unit.notes.of_owner(owner, CLINIC)]
        trail = unit.trail.verify()
        return {
            "practice": {"id": desk.store.practice_id, "name": desk.practice_name},
            "members": {each.name: sorted(role.value for role in each.roles) for each in unit.members.all()},
            "clients": {each.name: [each.born.isoformat(), each.pronouns, each.contact] for each in clients},
            "couples": sorted(each.label for each in couples.values()),
            "orders": sorted([str(each.max_single_mg), each.remarks, each.withdrawn] for each in orders.values()),
            "notes": {each.text: "signed" if each.signed else "draft" for each in notes},
            "sessions": {key: _session(unit, sessions[key]) for key in sorted(sessions)},
            "plans": {key: _plan(sessions[key]) for key in sorted(sessions)},
            "care": {client.name: _care(unit, client) for client in clients},
            "given": {key: _given(unit, sessions[key]) for key in sorted(sessions)},
            "checkpoints": [[each.checkpoint.number, len(each.countersignatures)] for each in unit.checkpoints.all()],
            "carried": [[each.state.value, each.reason] for each in unit.carried.all(CLINIC)],
            "protocols": [
                [each.kind.value, each.name, each.number, each.done.value, each.place, each.reason, _hash(each.text)]
                for kind in DataKind for newest in unit.editions.latest(kind, CLINIC)
                for each in unit.editions.of(kind, newest.name, CLINIC)
            ],
            "trail": {"lines": trail.entries, "head": trail.head},
        }


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plan(session: Session) -> list[Any]:
    """Who takes the medicine, what it is called, and who sits with whom."""
    seats = [[part.seat, part.role, part.couple_id or ""] for part in session.people]
    return [session.format.value if session.format is not None else "", session.label or "", seats]


def _care(unit: Unit, client: Client) -> dict[str, Any]:
    """Touch plans and safety cards, every version; what is due, tried and done; what went wrong."""
    care = unit.care
    return {
        "touch": [
            [one.number, one.permissions.text, one.stop_word, one.sober_on.isoformat() if one.sober_on else ""]
            for one in care.touch_plans.of_client(client.id, CLINIC)
        ],
        "cards": [
            [one.number, one.allergies, one.medicines, one.contact]
            for one in care.safety_cards.of_client(client.id, CLINIC)
        ],
        "due": [
            [one.kind, one.due.isoformat(), one.state.value,
             [[step.how.value, step.note, [list(pair) for pair in step.answers.pairs]]
              for step in care.followups.steps_of(one.id, CLINIC)]]
            for one in care.followups.of_client(client.id, CLINIC)
        ],
        "events": [
            [one.what, one.began, one.severity, one.note, one.seq] for one in care.adverse.of_client(client.id, CLINIC)
        ],
    }  # fmt: skip


def _given(unit: Unit, session: Session) -> dict[str, Any]:
    """Signatures under phone orders, and words that were given to both, those that were taken back among them."""
    return {
        "signed": [[one.seq, one.meaning, one.digest] for one in unit.care.signatures.of_session(session.id, CLINIC)],
        "words": [
            [one.seq, one.text, one.asked, one.withdrawn is not None]
            for one in unit.care.releases.of_session(session.id, CLINIC)
        ],
    }


def rows_of(engines: Engines) -> dict[str, int]:
    """How many rows each table has, the word index left out."""
    with engines.readers.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE 'note_words%' ORDER BY name"
        ).scalars().all()  # fmt: skip
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}


def _session(unit: Unit, session: Session) -> dict[str, Any]:
    entries = unit.events.of(session.id, CLINIC)
    found: dict[str, Any] = {
        "state": session.state.value, "day": session.planned_for.isoformat(), "entries": len(entries),
        "intentions": [person.intention for person in session.people],
    }
    if entries:
        state = fold(entries)
        found["people"] = {key: _person(person) for key, person in state.people.items()}
        found["room"] = [line.text for line in state.room.notes]
    return found


def _person(person: PersonState) -> dict[str, Any]:
    return {
        "name": person.name, "given_mg": str(person.given_mg), "total_mg": str(person.total_mg),
        "doses": [[line.at_ms, line.route, line.lot] for line in person.doses],
        "vitals": [[line.at_ms, line.systolic, line.diastolic, line.hr] for line in person.vitals],
        "seen": [[line.at_ms, line.chip] for line in person.observations],
        "words": [[line.at_ms, line.text] for line in person.words],
        "notes": [[line.at_ms, line.text] for line in person.notes],
        "checks": {line.item: line.value for line in person.checks},
        "ending": None if person.ending is None else person.ending.ending.value,
    }
