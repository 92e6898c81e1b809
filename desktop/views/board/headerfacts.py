"""Knows how a person stands at the head of their side and of every panel about them: two identifiers, clock, dose."""

from __future__ import annotations

from desktop.domain.amounts import plain
from desktop.domain.words import tr
from desktop.live.events import PersonRole
from desktop.live.state import DueItem, DueKind, DueState, PersonState
from desktop.views.board.wording import letter_of, seat_of
from desktop.views.ui.facts import PersonFacts


def hold_of(items: tuple[DueItem, ...]) -> DueItem | None:
    """The hold of the latest lozenge, while it is in the mouth."""
    holds = [item for item in items if item.kind is DueKind.HOLD]
    going = (DueState.UPCOMING, DueState.DUE, DueState.LATE, DueState.AWAY)
    return holds[-1] if holds and holds[-1].state in going and not holds[-1].overtaken else None


def header_of(
    person: PersonState, now_ms: int, closed_ms: int | None = None, hold: DueItem | None = None
) -> PersonFacts:
    """Two identifiers, role, own clock, milligrams, minutes since the latest dose or until the lozenge is spat out."""
    role = tr("takes medicine") if person.role is PersonRole.DOSED else tr("sits with the partner")
    first, last = person.first_dose_ms, person.last_dose_ms
    until = person.ending.at_ms if person.ending is not None else closed_ms or now_ms
    clock = None if first is None else max(0, until - first) // 1000
    return PersonFacts(
        seat_of(person.key), letter_of(person.key), person.name, person.born.isoformat(), role,
        _with_hold(person, dose_words(person, None if last is None else max(0, until - last) // 60_000), now_ms, hold),
        clock,
    )


def _with_hold(person: PersonState, words: str, now_ms: int, hold: DueItem | None) -> str:
    """While a lozenge is held its timer stands for the minutes; then how many are left, where they were counted."""
    if person.ended or not person.doses:
        return words
    if hold is not None:
        left = -((now_ms - hold.due_ms) // 60_000)
        amount = tr("{mg} mg", mg=plain(person.given_mg)) if person.given_mg else tr("mg not entered")
        spit = tr("spit in {min} min", min=left) if left > 0 else tr("spit now")
        words = tr("{amount} \u00b7 {spit}", amount=amount, spit=spit)
    counted = [dose.remaining for dose in person.doses if dose.remaining is not None]
    return tr("{words} \u00b7 {count} left", words=words, count=counted[-1]) if counted else words


def dose_words(person: PersonState, minutes: int | None) -> str:
    """`100 mg, 64 min ago`, `200 mg, 100 lost, 31 min ago`: the amount, and minutes since the latest dose."""
    if minutes is None:
        return "" if person.role is PersonRole.DOSED else tr("no medicine")
    open_dose = any(dose.mg is None for dose in person.doses)
    if open_dose and not person.given_mg:
        return tr("taken {min} min ago, mg not entered", min=minutes)
    amount = tr("{mg} mg", mg=plain(person.given_mg))
    if person.lost_mg:
        amount = tr("{given}, {mg} lost", given=amount, mg=plain(person.lost_mg))
    return tr("{amount}, {min} min ago", amount=amount, min=minutes)
