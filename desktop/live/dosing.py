"""Knows what stands before a dose: what is impossible, what is above the order, and what was not entered.

Three things are told apart. What cannot be is refused. What is above the order or a guard is said, and asks for the
amount a second time. What a gate needed and nobody entered is kept as `missing` with the dose, never passed in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.amounts import mg_of, strength_of, to_cents
from desktop.domain.protocol import CheckKind, GateKind, GateOn, Sign
from desktop.domain.words import tr
from desktop.live.asks import AskDose, AskGiven, AskLost, AskTaken, Now
from desktop.live.events import DoseGiven, DoseLost, OrderLimits, OtherGiven, PersonRole, Taken
from desktop.live.gates import override_of, red_pressure
from desktop.live.lines import DoseLine
from desktop.live.readings import baseline_of
from desktop.live.rules import agrees, check_until, declines, is_no, person_of, read_weight, refuse, words_of
from desktop.live.state import LiveState, PersonState

MG_LIMIT = Decimal(10_000)
COUNT_LIMIT = 1000
PHONE = "phone:"

ABOVE_WORDS = {
    "max_single_mg": "more than the order's largest single dose",
    "max_total_mg": "more than the order's total for the session",
    "boosters": "more boosters than the order allows",
    "booster_after_min": "earlier than the order's booster time",
    "guard_mg": "above the protocol's guard for one dose",
    "guard_mg_per_kg": "above the protocol's guard for the weight",
}


@dataclass(frozen=True, slots=True)
class DoseLook:
    """What there is to say about a dose before it is entered. above and missing are codes; booster: a later dose."""

    booster: bool
    at_ms: int
    above: tuple[str, ...]
    missing: tuple[str, ...]
    fills: int | None = None
    check_kind: CheckKind | None = None

    @property
    def asks_twice(self) -> bool:
        """Whether the amount must be entered a second time."""
        return bool(self.above)

    @property
    def words(self) -> tuple[str, ...]:
        """What is above, in words."""
        return tuple(tr(ABOVE_WORDS[code]) for code in self.above)


def look_at_dose(state: LiveState, ask: AskDose, now: Now) -> DoseLook:
    """What would be said about this dose; Refused when it cannot be."""
    person = person_of(state, ask.who, now)
    order = _order_of(state, person, now)
    ask = _to_the_cent(ask)
    _check_amounts(ask)
    _check_route(state, order, ask)
    pending = next((dose for dose in person.doses if dose.mg is None and dose.at_ms <= now.at_ms), None)
    at_ms = now.at_ms if pending is None else pending.at_ms
    others = [dose for dose in person.doses if dose is not pending]
    booster = any(dose.at_ms <= at_ms for dose in others)
    _check_declines(state, person, booster, at_ms)
    kind = _second_check(state, ask, booster)
    missing = [*gates_missing(state, person, booster, at_ms), *_details_missing(state, person, ask, order, now)]
    if kind is None and override_of(person, "second_check", now.at_ms) is None:
        missing.append("second_check")
    above = tuple(_above(state, person, order, ask, others, at_ms))
    if above and not ask.entered_twice:
        missing.append("second_entry")
    return DoseLook(booster, at_ms, above, tuple(missing), None if pending is None else pending.seq, kind)


def give(state: LiveState, ask: AskDose, now: Now) -> DoseGiven:
    """A dose. Above the order or a guard it needs the second entry; from a script the lack of it is kept as missing."""
    ask = _to_the_cent(ask)
    look = look_at_dose(state, ask, now)
    if look.asks_twice and not ask.entered_twice and not ask.scripted:
        refuse("enter_twice", tr("This is {what}.", what="; ".join(look.words)), tr("Enter the amount a second time."))
    if "second_check" in look.missing and not ask.scripted:
        refuse(
            "second_check", tr("A second person checks a dose before it is recorded."),
            tr("Name who checked it, or say why nobody could."),
        )
    strength = ask.mg_per_ml
    if strength is None and ask.ml is not None:
        strength = strength_of(ask.mg, ask.ml)
    return DoseGiven(
        who=ask.who, route=ask.route, mg=ask.mg, ml=ask.ml, mg_per_ml=strength, lot=ask.lot.strip(), own=ask.own,
        site=ask.site.strip(), by=ask.by.strip(), checked_by=ask.checked_by.strip(), check_kind=look.check_kind,
        fills=look.fills, above_order=look.above, entered_twice=ask.entered_twice, missing=look.missing,
        remaining=ask.remaining,
    )


def take(state: LiveState, ask: AskTaken, now: Now) -> Taken:
    """Taken now: the same declines as a dose, the details missing until they follow."""
    person = person_of(state, ask.who, now)
    _order_of(state, person, now)
    booster = any(dose.at_ms <= now.at_ms for dose in person.doses)
    _check_declines(state, person, booster, now.at_ms)
    return Taken(ask.who, ("details", *gates_missing(state, person, booster, now.at_ms)))


def lose(state: LiveState, ask: AskLost, now: Now) -> DoseLost:
    """A loss, never more than was given by then and not yet lost."""
    person = person_of(state, ask.who, now)
    ask = replace(ask, mg=to_cents(ask.mg))
    if not 0 < ask.mg <= MG_LIMIT:
        refuse("mg", tr("The amount must be above zero, to 0.01 mg."))
    given = sum((dose.mg for dose in person.doses if dose.mg is not None and dose.at_ms <= now.at_ms), Decimal(0))
    if ask.mg > min(given, person.given_mg) - person.lost_mg:
        refuse("more_lost_than_given", tr("More than was given and not yet lost."))
    return DoseLost(ask.who, ask.mg, words_of(ask.why, "why", tr("Say how it was lost.")))


def give_other(state: LiveState, ask: AskGiven, now: Now) -> OtherGiven:
    """Another medicine, as ordered."""
    person_of(state, ask.who, now)
    if not 0 < ask.amount <= 100 * MG_LIMIT:
        refuse("amount", tr("The amount must be above zero."))
    parts = [ask.medicine, ask.unit, ask.route]
    if not all(part.strip() for part in parts):
        refuse("given", tr("Medicine, unit and route are needed."))
    return OtherGiven(ask.who, ask.medicine.strip(), ask.amount, ask.unit.strip(), ask.route.strip(), ask.order.strip())


def _order_of(state: LiveState, person: PersonState, now: Now) -> OrderLimits:
    """The person's order. Without one there is no dose, and nobody here can override that."""
    if state.room.talk_only_ms is not None:
        refuse("talk_only", tr("This session is a talk: no medicine is given."))
    if person.role is PersonRole.SITTING:
        refuse("sitting", tr("{who} sits with their partner and takes no medicine.", who=person.key.upper()))
    if person.order is None:
        refuse("no_order", tr("There is no order for {who}.", who=person.key.upper()), tr("Ask the prescriber."))
    return person.order


def _to_the_cent(ask: AskDose) -> AskDose:
    """The dose as it is recorded: milligrams to 0.01, half up."""
    return replace(ask, mg=to_cents(ask.mg))


def _check_amounts(ask: AskDose) -> None:
    if not 0 < ask.mg <= MG_LIMIT:
        refuse("mg", tr("The amount must be above zero and at most {n} mg.", n=MG_LIMIT))
    for value in (ask.ml, ask.mg_per_ml):
        if value is not None and not 0 < value <= MG_LIMIT:
            refuse("ml", tr("Volume and strength must be above zero."))
    if ask.ml is not None and ask.mg_per_ml is not None and to_cents(ask.mg) != mg_of(ask.ml, ask.mg_per_ml):
        refuse("mg_ml", tr("The milligrams are not the volume times the strength, to 0.01."))
    if ask.remaining is not None and not 0 <= ask.remaining <= COUNT_LIMIT:
        refuse("remaining", tr("The count of what is left: only 0 to {n}.", n=COUNT_LIMIT))
    if ask.lot.strip() and ask.own:
        refuse("lot_or_own", tr("It comes from a lot of the practice or is the client's own, not both."))


def _check_route(state: LiveState, order: OrderLimits, ask: AskDose) -> None:
    if ask.route != state.protocol.route:
        refuse("route", tr("This session's protocol is for {route}.", route=state.protocol.route))
    if order.route and order.route != ask.route:
        refuse("route_order", tr("The order is for {route}.", route=order.route), tr("Ask the prescriber."))


def _check_declines(state: LiveState, person: PersonState, booster: bool, at_ms: int) -> None:
    """A no stays a no: not willing, consent withdrawn, wrong identity, a booster not wanted."""
    gates = state.protocol.gates_on(GateOn.DOSE) + (state.protocol.gates_on(GateOn.BOOSTER) if booster else ())
    for gate in gates:
        if gate.kind is GateKind.DECLINE:
            line = check_until(state, person, gate.key, at_ms)
            if line is not None and declines(line.value):
                refuse("declined", tr("{item}: this was answered with no.", item=tr(gate.label)))


def gates_missing(state: LiveState, person: PersonState, booster: bool, at_ms: int) -> list[str]:
    """The checks before a dose or a booster that were not entered by then, or answered with no, by their keys.

    Where a no could not be overridden, only a clear yes counts as entered. What somebody answered for is not missing.
    """
    missing = _not_entered(state, person, booster, at_ms)
    return [item for item in missing if override_of(person, item, at_ms) is None]


def _not_entered(state: LiveState, person: PersonState, booster: bool, at_ms: int) -> list[str]:
    missing = []
    for gate in state.protocol.gates_on(GateOn.BOOSTER if booster else GateOn.DOSE):
        line = check_until(state, person, gate.key, at_ms)
        if line is None or not (agrees(line.value) if gate.kind is GateKind.DECLINE else not is_no(line.value)):
            missing.append(gate.key)
    if not booster:
        if not set(state.protocol.baseline) <= set(baseline_of(person, at_ms)):
            missing.append("baseline")
        if red_pressure(state, person, at_ms):
            missing.append("pressure")
        return missing
    since = max(person.doses[0].at_ms, at_ms - state.protocol.booster.vitals_within.ms)
    if not any(since <= line.at_ms <= at_ms and Sign.BP in line.signs for line in person.vitals):
        missing.append("vitals")
    rated = [line for line in person.scales if line.of == Sign.MOAAS and since <= line.at_ms <= at_ms]
    if not rated or rated[-1].value < state.protocol.booster.moaas.value:
        missing.append("moaas")
    return missing


def _details_missing(
    state: LiveState, person: PersonState, ask: AskDose, order: OrderLimits, now: Now
) -> Iterator[str]:
    late = order.valid_until is not None and now.wall.local.date() > order.valid_until
    if late and override_of(person, "valid_order", now.at_ms) is None:
        yield "valid_order"
    if not ask.by.strip():
        yield "given_by"
    if not ask.lot.strip() and not ask.own:
        yield "lot_or_own"
    if state.protocol.guards.mg_per_kg is not None:
        if not ask.site.strip():
            yield "site"
        if ask.ml is None:
            yield "volume"
        if weight_of(state, person, now.at_ms) is None:
            yield "weight"


def weight_of(state: LiveState, person: PersonState, at_ms: int) -> Decimal | None:
    """Today's weight in kg, from the check item `weight`; None when it was not entered as a number."""
    line = check_until(state, person, "weight", at_ms)
    return None if line is None else read_weight(line.value)


def _second_check(state: LiveState, ask: AskDose, booster: bool) -> CheckKind | None:
    """Who checked, or None when nobody did. Refused when that person may not."""
    checker = ask.checked_by.strip()
    if not checker:
        return None
    if checker == ask.by.strip():
        refuse("same_person", tr("The person who gives a dose does not check it too."))
    kind = ask.check_kind or (CheckKind.PHONE if checker.startswith(PHONE) else CheckKind.MEMBER)
    if checker in state.people or checker == "client":
        kind = CheckKind.CLIENT
    if kind is CheckKind.CLIENT and checker not in (ask.who, "client"):
        refuse("partner_check", tr("A partner does not check the other's dose."))
    if kind is CheckKind.CLIENT and not ask.own:
        refuse("client_check", tr("A client checks only a lozenge of their own."))
    allowed = state.protocol.booster_second_check if booster else state.protocol.second_check
    if kind not in allowed:
        refuse("check_kind", tr("This protocol does not allow that second check here."))
    return kind


def _above(
    state: LiveState, person: PersonState, order: OrderLimits, ask: AskDose, others: list[DoseLine], at_ms: int
) -> Iterator[str]:
    """The limits that this dose exceeds, by their codes."""
    if order.max_single_mg is not None and ask.mg > order.max_single_mg:
        yield "max_single_mg"
    if order.max_total_mg is not None and person.total_mg + ask.mg > order.max_total_mg:
        yield "max_total_mg"
    if len(others) > order.boosters:
        yield "boosters"
    if order.booster_after_min is not None and any(
        dose.at_ms <= at_ms < dose.at_ms + order.booster_after_min * 60_000 for dose in others[:1]
    ):
        yield "booster_after_min"
    guards = state.protocol.guards
    if guards.mg is not None and ask.mg > guards.mg.value:
        yield "guard_mg"
    weight = weight_of(state, person, at_ms)
    if guards.mg_per_kg is not None and weight is not None and ask.mg > guards.mg_per_kg.value * weight:
        yield "guard_mg_per_kg"
