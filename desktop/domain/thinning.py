"""Knows which archives are kept when they are thinned: a pure question of their dates."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.errors import Refused
from desktop.domain.words import tr


@dataclass(frozen=True, slots=True)
class Dated:
    """An archive as far as thinning goes. made: local wall-clock time; name: what tells it from the others."""

    name: str
    made: datetime
    counter: int


@dataclass(frozen=True, slots=True)
class ArchivePolicy:
    """How archives are made, kept and watched over. Numbers come from resources/archives, with their basis.

    days, weeks, months: one archive each for so many days, weeks (Monday to Sunday) and months, today's all.
    due_hours: after so long another one is due; warn_days: after so long it is said; drill_days: between drills;
    again_minutes: at least so long between two around a lock; retry_hours: after a failure, before it is tried again by
    itself.
    """

    days: int
    weeks: int
    months: int
    due_hours: int
    warn_days: int
    drill_days: int
    again_minutes: int
    retry_hours: int


def _month_back(day: date, months: int) -> int:
    """A month as a number, `months` before that of `day`."""
    return day.year * 12 + day.month - 1 - months


def kept(archives: Iterable[Dated], today: date, policy: ArchivePolicy, never: frozenset[str] = frozenset()
         ) -> frozenset[str]:  # fmt: skip
    """The names of those that stay; never: names that stay whatever their date (the last verified one).

    All of today and of days to come (a clock that was wrong); the newest of each day, week and month within the
    policy; and always the newest of all.
    """
    newest_first = sorted(archives, key=lambda each: (each.made, each.counter, each.name), reverse=True)
    stay = {each.name for each in newest_first if each.name in never or each.made.date() >= today}
    if newest_first:
        stay.add(newest_first[0].name)
    monday = today - timedelta(days=today.weekday())
    seen: set[tuple[str, int]] = set()
    for each in newest_first:
        day = each.made.date()
        week, month = day - timedelta(days=day.weekday()), day.year * 12 + day.month - 1
        spans = (
            (("day", day.toordinal()), (today - day).days < policy.days),
            (("week", week.toordinal()), (monday - week).days < 7 * policy.weeks),
            (("month", month), month > _month_back(today, policy.months)),
        )
        for span, within in spans:
            if span not in seen:
                seen.add(span)
                if within:
                    stay.add(each.name)
    return frozenset(stay)


def read_policy(text: str) -> ArchivePolicy:
    """The policy in a file of resources/archives; Refused('archive_policy') for one that is not whole."""
    try:
        found = tomllib.loads(text)
        values = {name: found[name]["value"] for name in ArchivePolicy.__dataclass_fields__}
        whole = all(type(value) is int and value > 0 for value in values.values())
        whole = whole and all(found[name]["basis"] for name in values)
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        whole, values = False, {}
    if not whole:
        raise Refused("archive_policy", tr("The file with the rules for archives is damaged."),
                      next_step=tr("Install Holdfast again."))  # fmt: skip
    return ArchivePolicy(**values)
