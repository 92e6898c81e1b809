"""Knows how two clients become a couple, and what the couple's page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.audience import Audience
from desktop.domain.drafts import CoupleDraft, check_couple
from desktop.domain.errors import Invalid, Problem
from desktop.domain.people import CLINICAL, Client, Couple, clean, require
from desktop.domain.records import Act, Note, Order, Session
from desktop.domain.words import tr
from desktop.services.care_brief import CareBrief, care_briefs
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.planning import sessions_in_view

KIND = "couple"


@dataclass(frozen=True, slots=True)
class CouplePage:
    """What a couple's page shows, each in its compartment. Sessions, orders and notes come newest first.

    sessions: the couple's own, those that either came to alone, and the groups that both were in.
    """

    couple: Couple
    a: Client
    b: Client
    sessions: tuple[Session, ...]
    orders_a: tuple[Order, ...]
    orders_b: tuple[Order, ...]
    notes: tuple[Note, ...]
    notes_a: tuple[Note, ...]
    notes_b: tuple[Note, ...]
    care: tuple[CareBrief, ...] = ()


def make_couple(desk: Desk, a: str, b: str, label: str = "") -> Outcome[Couple]:
    """Two clients are in care together from now on. Invalid names the fields, NotFound for somebody unknown."""
    require(desk.member, *CLINICAL)
    problems = check_couple(CoupleDraft(a, b, label))
    if problems:
        raise Invalid(problems)
    couple = Couple(desk.ids.new(), a, b, clean(label))
    audience = Audience.clinic("couple")
    with desk.store.write() as unit:
        if any({a, b} == {other.partner_a, other.partner_b} for other in unit.couples.of_client(a, audience)):
            raise Invalid((Problem("b", tr("These two are a couple here already.")),))
        unit.couples.add(couple)
        unit.audit(desk.line(Act.CREATE, KIND, couple.id, couple.owner))
    return Outcome.of(couple, Topic(KIND, couple.id))


def change_label(desk: Desk, couple_id: str, label: str, version: int) -> Outcome[Couple]:
    """Call a couple something else. Invalid, Conflict."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        couple = unit.couples.get(couple_id, Audience.clinic("couple"))
        problems = check_couple(CoupleDraft(couple.partner_a, couple.partner_b, label))
        if problems:
            raise Invalid(problems)
        kept = unit.couples.save(replace(couple, label=clean(label), version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner))
    return Outcome.of(kept, Topic(KIND, kept.id))


def open_couple(desk: Desk, couple_id: str) -> CouplePage:
    """Open a couple's page; the trail says so, once, before anything is shown."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("couple page")
    with desk.store.write() as unit:
        couple = unit.couples.get(couple_id, audience)
        unit.audit(desk.line(Act.VIEW, KIND, couple.id, couple.owner, "page"))
        a, b = unit.clients.get(couple.partner_a, audience), unit.clients.get(couple.partner_b, audience)
        sessions = {
            session.id: session
            for owner in (couple.owner, a.owner, b.owner)
            for session in unit.sessions.of_owner(owner, audience)
        }
        sessions |= {session.id: session for session in sessions_in_view(unit, (a.id, b.id), audience)}
        return CouplePage(
            couple=couple, a=a, b=b,
            sessions=tuple(sorted(sessions.values(), key=lambda each: (each.planned_for, each.id), reverse=True)),
            orders_a=unit.orders.of_client(a.id, audience), orders_b=unit.orders.of_client(b.id, audience),
            notes=unit.notes.of_owner(couple.owner, audience),
            notes_a=unit.notes.of_owner(a.owner, audience), notes_b=unit.notes.of_owner(b.owner, audience),
            care=care_briefs(unit, (a.id, b.id), audience),
        )
