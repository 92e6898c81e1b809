"""Knows the facts of one person's session as labels and values: order, totals, checks, ending, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.amounts import plain
from desktop.domain.paper import Fact
from desktop.domain.protocol import Protocol
from desktop.domain.words import tr
from desktop.live.events import PersonRole
from desktop.live.labels import ending_words, item_words, missing_words
from desktop.live.lines import CheckLine
from desktop.live.state import PersonState
from desktop.services.flowsheet_lines import Copy


def order_facts(person: PersonState) -> tuple[Fact, ...]:
    """What the prescriber allows."""
    order = person.order
    if order is None:
        return (Fact(tr("Order"), tr("none in force")),) if person.role is PersonRole.DOSED else ()
    facts = [Fact(tr("Route"), order.route or tr("not stated"))]
    if order.max_single_mg is not None:
        facts.append(Fact(tr("Largest single amount"), tr("{mg} mg", mg=plain(order.max_single_mg))))
    if order.max_total_mg is not None:
        facts.append(Fact(tr("Largest total"), tr("{mg} mg", mg=plain(order.max_total_mg))))
    boosters = str(order.boosters)
    if order.boosters and order.booster_after_min is not None:
        boosters = tr("{n}, from {min} min after the first dose", n=order.boosters, min=order.booster_after_min)
    facts.append(Fact(tr("Boosters"), boosters))
    if order.valid_until is not None:
        facts.append(Fact(tr("In force until"), order.valid_until.isoformat()))
    return tuple(facts)


def total_facts(person: PersonState) -> tuple[Fact, ...]:
    """Given, lost, and what remains of it."""
    if not person.doses:
        return (Fact(tr("Medicine"), tr("none given")),)
    return (
        Fact(tr("Given"), tr("{mg} mg", mg=plain(person.given_mg))),
        Fact(tr("Lost"), tr("{mg} mg", mg=plain(person.lost_mg))),
        Fact(tr("Total"), tr("{mg} mg", mg=plain(person.total_mg))),
    )


def check_facts(protocol: Protocol, lines: Iterable[CheckLine]) -> tuple[Fact, ...]:
    """What was asked and looked at, as entered."""
    return tuple(
        Fact(item_words(protocol, line.item), line.value + (f" ({line.note})" if line.note else "")) for line in lines
    )


def ending_facts(copy: Copy) -> tuple[Fact, ...]:
    """How the session ended for the person, with the criteria as entered."""
    ending = copy.person.ending
    if ending is None:
        return ()
    protocol = copy.state.protocol
    facts = [Fact(tr("Ending"), ending_words(ending.ending)), Fact(tr("At"), copy.wall(ending.at_ms))]
    facts += [Fact(item_words(protocol, item), value) for item, value in ending.items]
    extra = (
        (tr("Escort"), ending.escort), (tr("Statement by"), ending.statement_by), (tr("Transferred to"), ending.to),
    )
    return (*facts, *(Fact(label, value) for label, value in extra if value))


def missing_facts(protocol: Protocol, person: PersonState) -> tuple[str, ...]:
    """What a gate needed and was not entered."""
    found = [
        tr("dose {n}: {what}", n=dose.number, what=what)
        for dose in person.doses for what in missing_words(protocol, dose.missing)
    ]
    ending = person.ending.missing if person.ending else ()
    found += [tr("leaving: {what}", what=what) for what in missing_words(protocol, ending)]
    found += [tr("dose {n}: the amount", n=dose.number) for dose in person.doses if dose.mg is None]
    return tuple(found)
