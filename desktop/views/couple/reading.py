"""Knows how records become what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.amounts import plain
from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.people import Client, Couple, Member, Role
from desktop.domain.protocol import Protocol
from desktop.domain.records import Note, Order, Session, SessionState
from desktop.domain.words import tr, trn
from desktop.services.care_brief import CareBrief
from desktop.services.planning import Turn
from desktop.views.couple.facts import (
    AWAY,
    ChartFacts,
    NoteFacts,
    OrderChoice,
    OrderFacts,
    PersonFacts,
    ProtocolChoice,
    SessionFacts,
)
from desktop.views.ui.theme import Tone

TONES = {"a": Tone.A, "b": Tone.B}
LEAST_LINE = 90


@dataclass(frozen=True, slots=True)
class Chart:
    """The records behind the page. couple None: a client alone. clients: by seat, `a` first.

    couples: those that a client alone is a partner in. turn: whose it is in alternating weeks. away: sessions that are
    carried to another machine now.
    """

    couple: Couple | None
    clients: tuple[tuple[str, Client], ...]
    orders: tuple[Order, ...]
    sessions: tuple[Session, ...]
    notes: tuple[Note, ...]
    members: Mapping[str, Member]
    protocols: tuple[Protocol, ...]
    today: date
    couples: tuple[Couple, ...] = ()
    turn: Turn | None = None
    care: tuple[CareBrief, ...] = ()
    away: frozenset[str] = frozenset()

    @property
    def owner(self) -> Owner:
        """What both share, or the person's own."""
        return self.couple.owner if self.couple is not None else self.clients[0][1].owner


def facts_of(chart: Chart, me: Member) -> ChartFacts:
    """The page."""
    names = " & ".join(client.name for _, client in chart.clients)
    title = names
    if chart.couple is not None and chart.couple.label:
        title = tr("{label}: {names}", label=chart.couple.label, names=names)
    owner = tr("What both share") if chart.couple is not None else tr("{name}'s own", name=names)
    return ChartFacts(
        title, owner, tuple(_person(chart, seat, client, me) for seat, client in chart.clients),
        tuple(_session(chart, at, session) for at, session in enumerate(chart.sessions)),
        tuple(note_facts(chart, note, me) for note in chart.notes),
        may_prescribe=me.may(Role.PRESCRIBER), may_lead=me.may(Role.THERAPIST, Role.PRESCRIBER),
        couples=tuple((couple.id, couple.label) for couple in chart.couples),
    )


def _person(chart: Chart, seat: str, client: Client, me: Member) -> PersonFacts:
    paired = chart.couple is not None
    orders = tuple(order_facts(chart, o, me) for o in chart.orders if o.client_id == client.id)
    known = " · ".join(part for part in (client.pronouns, client.language, client.contact) if part)
    lines = tuple(part for part in (known, _care(chart, client)) if part)
    return PersonFacts(
        client.id, TONES[seat] if paired else Tone.PLAIN, seat.upper() if paired else "", client.name,
        client.born.isoformat(), lines, orders,
    )


def _care(chart: Chart, client: Client) -> str:
    """When touch was agreed, and allergies; '' where neither was written down."""
    brief = next((one for one in chart.care if one.client_id == client.id), None)
    parts = []
    if brief is not None and brief.agreed_on is not None:
        parts.append(tr("Touch agreed sober {day}", day=brief.agreed_on.isoformat()))
    if brief is not None and brief.allergies:
        parts.append(tr("Allergies: {what}", what=" ".join(brief.allergies.split())))
    return " · ".join(parts)


def order_limits(order: Order) -> str:
    """How much it allows."""
    single, total = plain(order.max_single_mg), plain(order.max_total_mg)
    return tr("{single} mg at once, {total} mg in all", single=single, total=total)


def order_title(order: Order) -> str:
    """What it allows, in one line."""
    return tr(
        "{medicine}, {route}: {limits}", medicine=order.medicine.capitalize(), route=order.route,
        limits=order_limits(order),
    )


def order_facts(chart: Chart, order: Order, me: Member) -> OrderFacts:
    """An order, and whether it holds today."""
    parts = [tr("no booster")]
    if order.boosters:
        words = trn("{count} booster", "{count} boosters", order.boosters)
        after = tr("from minute {n}", n=order.booster_after_min) if order.booster_after_min else ""
        parts = [f"{words} {after}".strip()]
    parts.append(tr("in force until {day}", day=order.valid_until.isoformat()))
    writer = chart.members.get(order.prescriber_id)
    if writer is not None:
        parts.append(tr("written by {name}", name=writer.name))
    if order.remarks:
        parts.append(order.remarks)
    state, tone, sign = tr("in force"), Tone.GREEN, "circle-check"
    if order.withdrawn:
        state, tone, sign = tr("withdrawn"), Tone.PLAIN, "ban"
    elif order.valid_until < chart.today:
        state, tone, sign = tr("expired"), Tone.AMBER, "triangle-alert"
    may = me.may(Role.PRESCRIBER) and not order.withdrawn and order.valid_until >= chart.today
    return OrderFacts(order.id, order_title(order), " · ".join(parts), state, tone, sign, may)


def _session(chart: Chart, at: int, session: Session) -> SessionFacts:
    words, sign, tone, action = {
        SessionState.PLANNED: (tr("planned"), "calendar", Tone.PLAIN, tr("Start the session")),
        SessionState.RUNNING: (tr("running"), "timer", Tone.AMBER, tr("Carry it on")),
        SessionState.CLOSED: (tr("closed"), "lock", Tone.PLAIN, tr("Look at it")),
    }[session.state]
    state = session.state.value
    if session.id in chart.away:
        words, sign, tone, action, state = tr("carried"), "arrow-right", Tone.AMBER, tr("Bring it back"), AWAY
    titles = {protocol.id: protocol.title for protocol in chart.protocols}
    day = session.started.local.date() if session.started is not None else session.planned_for
    paired = chart.couple is not None
    here = {client.id for _, client in chart.clients}
    role = {"dosed": tr("dosed"), "sitting": tr("sitting")}
    people = ", ".join(
        f"{person.seat.upper()} {role.get(person.role, person.role)}" if paired else role.get(person.role, person.role)
        for person in sorted(session.people, key=lambda person: person.seat)
        if person.client_id in here  # in a group, nobody's page names another couple
    )
    title = titles.get(session.protocol_id, session.protocol_id)
    if session.group:
        title = tr("Group: {label}", label=session.label or title)
    return SessionFacts(
        session.id, day.isoformat(), title, people,
        state, words, sign, tone, action, len(chart.sessions) - at,
    )


def note_facts(chart: Chart, note: Note, me: Member) -> NoteFacts:
    """A note, and whether whoever looks may still change it."""
    key, whose, seats = _whose(chart, note.owner)
    author = chart.members.get(note.author_id)
    first = next((line.strip() for line in note.text.splitlines() if line.strip()), "")
    if len(first) > LEAST_LINE:
        first = f"{first[:LEAST_LINE].rstrip()}…"
    return NoteFacts(
        note.id, whose, key, seats, author.initials if author is not None else "", f"{note.written.local:%Y-%m-%d}",
        first, note.text, f"{note.signed.local:%Y-%m-%d %H:%M}" if note.signed is not None else "",
        open=note.signed is None and note.author_id == me.id, version=note.version,
    )


def _whose(chart: Chart, owner: Owner) -> tuple[str, str, tuple[Tone, ...]]:
    if chart.couple is None:
        return "alone", tr("own"), ()
    if owner.kind is OwnerKind.COUPLE:
        return "both", tr("A+B"), (Tone.A, Tone.B)
    seat = next((seat for seat, client in chart.clients if client.id == owner.id), "a")
    return seat, seat.upper(), (TONES[seat],)


def owner_of(chart: Chart, whose: str) -> Owner:
    """The compartment that a note's choice names."""
    if whose == "both":
        return chart.owner
    if whose == "alone":
        return chart.clients[0][1].owner
    return next(client.owner for seat, client in chart.clients if seat == whose)


def ways(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Every medicine and route that a protocol which is switched on is for, as (key, words)."""
    found = {f"{p.medicine}/{p.route}": tr("{medicine}, {route}", medicine=p.medicine.capitalize(), route=p.route)
             for p in chart.protocols if p.enabled}  # fmt: skip
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def protocol_choices(chart: Chart) -> tuple[ProtocolChoice, ...]:
    """The protocols in the plan form: those that are switched on."""
    return tuple(ProtocolChoice(p.id, p.title, p.medicine, p.route) for p in chart.protocols if p.enabled)


def order_choices(chart: Chart) -> tuple[OrderChoice, ...]:
    """The orders in force today, newest first."""
    return tuple(
        OrderChoice(o.id, o.client_id, o.medicine, o.route, order_limits(o), o.valid_until.isoformat())
        for o in chart.orders if not o.withdrawn and o.valid_until >= chart.today
    )
