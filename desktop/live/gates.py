"""Knows where every item before a dose stands: open, met, answered with no, or answered for by somebody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.protocol import GateKind, GateOn, Level, Protocol, Sign
from desktop.domain.words import tr
from desktop.live.asks import Now
from desktop.live.lines_safety import OverrideLine
from desktop.live.readings import baseline_of
from desktop.live.rules import agrees, check_until, declines, is_no
from desktop.live.state import LiveState, PersonState

Kind = GateKind
# What the engine asks for by itself, beside the protocol's own items; see `desktop.live.dosing`.
ENGINE = {
    "order": Kind.DECLINE, "baseline": Kind.MEDICAL, "pressure": Kind.MEDICAL, "valid_order": Kind.MEDICAL,
    "vitals": Kind.MEDICAL, "moaas": Kind.MEDICAL, "weight": Kind.MEDICAL, "second_check": Kind.LOGISTIC,
}  # fmt: skip


class Standing(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    MET = "met"
    NO = "no"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class GateStanding:
    """One item before a dose. by: who answered for it, where somebody did; value: the answer, as it was entered."""

    item: str
    label: str
    kind: GateKind
    standing: Standing
    by: str = ""
    value: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing is asked of it any more."""
        return self.standing in (Standing.MET, Standing.OVERRIDDEN)


def kind_of_item(protocol: Protocol, item: str) -> GateKind | None:
    """Which of the three kinds an item before a dose or a booster is; None when there is no such item."""
    gates = (*protocol.gates_on(GateOn.DOSE), *protocol.gates_on(GateOn.BOOSTER))
    return next((gate.kind for gate in gates if gate.key == item), ENGINE.get(item))


def override_of(person: PersonState, item: str, at_ms: int) -> OverrideLine | None:
    """Who answered for an item by then, the latest; None."""
    return next((line for line in reversed(person.overrides) if line.item == item and line.at_ms <= at_ms), None)


def red_pressure(state: LiveState, person: PersonState, at_ms: int) -> bool:
    """Whether the latest pressure before the first dose, by then, stands red."""
    own = baseline_of(person, at_ms)
    read = [line for line in person.vitals if line.at_ms <= at_ms and Sign.BP in line.signs]
    return Sign.BP in own and bool(read) and read[-1].level(Sign.BP) is Level.RED


def go_no_go(state: LiveState, who: str, now: Now) -> tuple[GateStanding, ...]:
    """Every item before the first dose of a person, in order: the order, the protocol's, vitals and their pressure."""
    person, at_ms = state.people[who], now.at_ms
    found = [_plain("order", tr("An order"), person.order is not None, person, at_ms)]
    if person.order is not None and person.order.valid_until is not None:
        valid = now.wall.local.date() <= person.order.valid_until
        found.append(_plain("valid_order", tr("The order is still valid"), valid, person, at_ms))
    found += [
        _gate(state, person, gate.key, tr(gate.label), gate.kind, at_ms)
        for gate in state.protocol.gates_on(GateOn.DOSE)
    ]
    taken = set(state.protocol.baseline) <= set(baseline_of(person, at_ms))
    found.append(_plain("baseline", tr("Vitals before the dose"), taken, person, at_ms, Standing.OPEN))
    if Sign.BP in baseline_of(person, at_ms):
        calm = not red_pressure(state, person, at_ms)
        found.append(_plain("pressure", tr("Pressure before the dose"), calm, person, at_ms))
    return tuple(found)


def _plain(
    item: str, label: str, met: bool, person: PersonState, at_ms: int, otherwise: Standing = Standing.NO
) -> GateStanding:
    return _overridden(GateStanding(item, label, ENGINE[item], Standing.MET if met else otherwise), person, at_ms)


def _gate(
    state: LiveState, person: PersonState, item: str, label: str, kind: GateKind, at_ms: int
) -> GateStanding:
    line = check_until(state, person, item, at_ms)
    if line is None:
        return _overridden(GateStanding(item, label, kind, Standing.OPEN), person, at_ms)
    if kind is Kind.DECLINE:
        standing = Standing.NO if declines(line.value) else Standing.MET if agrees(line.value) else Standing.OPEN
    else:
        standing = Standing.NO if is_no(line.value) else Standing.MET
    return _overridden(GateStanding(item, label, kind, standing, value=line.value), person, at_ms)


def _overridden(gate: GateStanding, person: PersonState, at_ms: int) -> GateStanding:
    line = override_of(person, gate.item, at_ms)
    if line is None or gate.kind is Kind.DECLINE or gate.standing is Standing.MET:
        return gate
    return GateStanding(gate.item, gate.label, gate.kind, Standing.OVERRIDDEN, line.by, gate.value)
