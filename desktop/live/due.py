"""Knows what is due: for each person, from their own clock, cheaply, without folding anything.

How a reading answers what is due, so that two people would say the same:

* A scheduled check is open from `early` minutes before its minute until `early` minutes before the next check's
  minute. The last one stays open. Checks due at the same minute are answered together.
* Within that window, each sign the check needs is answered by the first reading of it, or, where there is none, by a
  refused or failed one. All read: done. All answered, some not read: refused, or failed. Parts may come one by one.
* A reading thus answers the latest open check, not an older one: what was not done by the next one's time stays late
  for good (`overtaken`): it is shown, and no longer asked for.
* A repeat is asked for after a value out of band, counted from that reading; it is answered by the next reading of
  that sign from `repeat_early` minutes before. After red it is asked again until two in a row are within the band.
* Due from its minute, late after its tolerance. While a person is away their open items say `away`. When their
  session is over, what was not yet late is not applicable.
* The check at `recheck` minutes and the minimum stay count from the latest dose. A booster moves the check: the
  earlier one stays only where it was answered before the booster.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.protocol import RoundRule, Sign
from desktop.domain.words import tr
from desktop.live.answers import Answer, answer_of, repeats_of
from desktop.live.events import PersonRole
from desktop.live.schedule import schedule_of
from desktop.live.state import DueItem, DueKind, DueState, LiveState, PersonState

FOREVER = 1 << 60
MINUTE = 60_000


def due_items(state: LiveState, now_ms: int) -> tuple[DueItem, ...]:
    """Everything due in the session, person by person, by due time."""
    return tuple(item for person in state.people.values() for item in due_of(state, person, now_ms))


def due_of(state: LiveState, person: PersonState, now_ms: int) -> tuple[DueItem, ...]:
    """What is, was and will be due for one person, by due time."""
    found = [*_baseline(state, person), *_repeats(state, person, now_ms), *_responses(state, person, now_ms)]
    if person.doses:
        found += [*_series(state, person, now_ms), *_holds(state, person, now_ms), *_rounds(state, person, now_ms)]
        found += _stay(state, person, now_ms)
    order = list(DueKind)
    return tuple(sorted(found, key=lambda item: (item.due_ms, order.index(item.kind), item.item)))


def _state(
    state: LiveState, person: PersonState, item: DueItem, late_ms: int, now_ms: int, answer: Answer | None,
    until_ms: int = FOREVER,
) -> DueItem:
    """An item with where it stands at `now_ms`. until_ms: when a later one takes its place."""
    if answer is not None:
        return replace(item, state=answer.state, answered_ms=answer.at_ms, answered_by=answer.seq)
    over = _over_ms(state, person)
    at_ms = min(now_ms, over)
    if at_ms > item.due_ms + late_ms or at_ms >= until_ms:
        gone = at_ms >= until_ms or now_ms >= over
        item = replace(item, state=DueState.LATE, overtaken=gone)
    elif now_ms >= over:
        return replace(item, state=DueState.NOT_APPLICABLE)
    elif at_ms >= item.due_ms:
        item = replace(item, state=DueState.DUE)
    if item.open and person.away is not None:
        return replace(item, state=DueState.AWAY)
    return item


def _over_ms(state: LiveState, person: PersonState) -> int:
    """When the person's session was over."""
    ending = FOREVER if person.ending is None else person.ending.at_ms
    return ending if state.closed_ms is None else min(ending, state.closed_ms)


def _baseline(state: LiveState, person: PersonState) -> Iterator[DueItem]:
    """Vitals before the dose: due from the start, never late; once the dose is taken, nothing can answer it."""
    if person.role is not PersonRole.DOSED and not person.doses:
        return
    needs = state.protocol.baseline
    item = DueItem(person.key, DueKind.BASELINE, "baseline", tr("Baseline vitals"), 0, DueState.DUE, needs)
    first = person.first_dose_ms
    answer = answer_of(person, needs, 0, FOREVER if first is None else first + 1)
    if answer is not None:
        yield replace(item, state=answer.state, answered_ms=answer.at_ms, answered_by=answer.seq)
    elif first is not None or _over_ms(state, person) < FOREVER:
        yield replace(item, state=DueState.NOT_APPLICABLE)
    else:
        yield item if person.away is None else replace(item, state=DueState.AWAY)


def _series(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """The scheduled vitals and the leaving ones."""
    timing = state.protocol.timing
    checks = sorted(_checks(state, person), key=lambda item: item.due_ms)
    for item in checks:
        opens = item.due_ms - timing.early.ms
        later = [other.due_ms for other in checks if other.due_ms > item.due_ms]
        until = min(later) - timing.early.ms if later else FOREVER
        answer = answer_of(person, item.needs, opens, until)
        yield _state(state, person, item, timing.late.ms, now_ms, answer, max(until, item.due_ms))


def _checks(state: LiveState, person: PersonState) -> Iterator[DueItem]:
    """The checks of the schedule with their minutes, as they stand with the doses that were given."""
    timing = state.protocol.timing
    first, last = person.doses[0].at_ms, person.doses[-1].at_ms
    recheck = timing.recheck.whole
    slots = schedule_of(state.protocol, person.order) or ()
    needs: tuple[Sign, ...] = (Sign.BP,)
    listed = False
    for slot in slots:
        if slot.minute == recheck:
            needs, listed = slot.needs, True
        else:
            yield _check(person, slot.minute, first + slot.minute * MINUTE, slot.needs)
    starts = [dose.at_ms for dose in person.doses]
    for start, following in zip(starts, [*starts[1:], FOREVER], strict=True):
        due = start + timing.recheck.ms
        if not listed and start == first and start != last:
            continue
        if not listed and len(starts) == 1:
            continue
        # A booster moves a check that is still to come; one whose minute had passed stays where it was missed.
        if following > due or answer_of(person, needs, due - timing.early.ms, following) is not None:
            yield _check(person, recheck, due, needs)
    leaving = state.protocol.leaving.needs
    yield DueItem(
        person.key, DueKind.LEAVING, "leaving", tr("Vitals before leaving"), last + timing.stay.ms, DueState.UPCOMING,
        leaving,
    )


def _check(person: PersonState, minute: int, due_ms: int, needs: tuple[Sign, ...]) -> DueItem:
    label = tr("Vitals at {n} min", n=minute)
    return DueItem(person.key, DueKind.VITALS, f"vitals {minute}", label, due_ms, DueState.UPCOMING, needs)


def _repeats(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """A second look after a value out of band."""
    for repeat in repeats_of(state.protocol.timing, person):
        item = DueItem(
            person.key, DueKind.REPEAT, f"repeat {repeat.sign}", tr("Repeat {sign}", sign=repeat.sign.value),
            repeat.due_ms, DueState.UPCOMING, (repeat.sign,),
        )
        yield _state(state, person, item, state.protocol.timing.repeat_late.ms, now_ms, repeat.answer)


def _holds(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """Hold, then spit: answered by the check `spit`, or by a loss, after the dose."""
    timing = state.protocol.timing
    if timing.hold is None or timing.hold_late is None:
        return
    starts = [dose.at_ms for dose in person.doses]
    for start, following in zip(starts, [*starts[1:], FOREVER], strict=True):
        spits = [(line.at_ms, line.seq) for line in person.checks if line.item == "spit"]
        spits += [(line.at_ms, line.seq) for line in person.losses]
        answers = [Answer(DueState.DONE, at, seq) for at, seq in sorted(spits) if start <= at < following]
        item = DueItem(
            person.key, DueKind.HOLD, "hold", tr("Hold, then spit"), start + timing.hold.ms, DueState.UPCOMING
        )
        first = answers[0] if answers else None
        yield _state(state, person, item, timing.hold_late.ms, now_ms, first, max(following, item.due_ms))


def _rounds(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """Visual rounds: the next one counts from the last time everyone was seen."""
    rules, first = state.protocol.rounds, person.doses[0].at_ms
    yield from _rounds_done(person.key, rules, first, person.rounds)
    seen = max((at_ms for at_ms in person.rounds if at_ms > first), default=first)
    item = _round(person.key, rules, first, seen)
    yield _state(state, person, item, state.protocol.timing.round_late.ms, now_ms, None)


# What was done stays done: in four hours of a group the same rounds would be reckoned every second for twelve people.
@functools.lru_cache(maxsize=128)
def _rounds_done(
    who: str, rules: tuple[RoundRule, ...], first: int, rounds: tuple[int, ...]
) -> tuple[DueItem, ...]:
    """The rounds that were done, in order."""
    found, seen = [], first
    for at_ms in (at_ms for at_ms in rounds if at_ms > first):
        item = _round(who, rules, first, seen)
        found.append(replace(item, state=DueState.DONE, answered_ms=at_ms))
        seen = at_ms
    return tuple(found)


def _round(who: str, rules: tuple[RoundRule, ...], first: int, seen: int) -> DueItem:
    """The round that follows the one at `seen`."""
    every = next(rule.every_min for rule in rules if rule.until_min is None or seen - first < rule.until_min.ms)
    return DueItem(who, DueKind.ROUND, "round", tr("Visual round"), seen + every.ms, DueState.UPCOMING)


def _responses(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """How another medicine worked: answered by the check `response` after it."""
    timing = state.protocol.timing
    checks = [line for line in person.checks if line.item == "response"]
    for other in person.others:
        line = next((check for check in checks if (check.at_ms, check.seq) > (other.at_ms, other.seq)), None)
        item = DueItem(
            person.key, DueKind.RESPONSE, "response", tr("Response to {medicine}", medicine=other.medicine),
            other.at_ms + timing.response.ms, DueState.UPCOMING,
        )
        answer = None if line is None else Answer(DueState.DONE, line.at_ms, line.seq)
        yield _state(state, person, item, timing.response_late.ms, now_ms, answer)


def _stay(state: LiveState, person: PersonState, now_ms: int) -> Iterator[DueItem]:
    """The minimum stay, which is over by itself, and the checks before leaving, which the discharge answers."""
    timing = state.protocol.timing
    due = person.doses[-1].at_ms + timing.stay.ms
    stay = DueItem(person.key, DueKind.STAY, DueKind.STAY.value, tr("Minimum stay"), due, DueState.UPCOMING)
    over = _over_ms(state, person)
    if min(now_ms, over) >= due:
        yield replace(stay, state=DueState.DONE, answered_ms=due)
    else:
        yield replace(stay, state=DueState.NOT_APPLICABLE if now_ms >= over else DueState.UPCOMING)
    checks = DueItem(
        person.key, DueKind.DISCHARGE, DueKind.DISCHARGE.value, tr("Checks before leaving"), due, DueState.UPCOMING
    )
    ending = person.ending
    answer = None
    if ending is not None and ending.at_ms >= due:
        answer = Answer(DueState.DONE, ending.at_ms, ending.seq)
    yield _state(state, person, checks, timing.discharge_late.ms, now_ms, answer)
