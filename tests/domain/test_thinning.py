"""Knows which archives stay when they are thinned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import Refused
from desktop.domain.thinning import ArchivePolicy, Dated, kept, read_policy

TEXT = (Path(__file__).parents[2] / "resources/archives/policy.toml").read_text("utf-8")
POLICY = read_policy(TEXT)
TODAY = date(2026, 5, 6)  # a Wednesday
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def archive(days: float, counter: int = 0) -> Dated:
    made = NOON - timedelta(days=days)
    return Dated(f"{made:%Y-%m-%d %H:%M:%S}-{counter}", made, counter)


def stay(*archives: Dated, today: date = TODAY, never: frozenset[str] = frozenset()) -> list[str]:
    return sorted(kept(archives, today, POLICY, never))


def test_the_policy_is_the_one_that_was_agreed() -> None:
    assert (POLICY.days, POLICY.weeks, POLICY.months, POLICY.warn_days, POLICY.drill_days) == (14, 8, 24, 3, 30)


def test_all_of_today_stays() -> None:
    several = [archive(hours / 24, hours) for hours in range(12)]
    assert stay(*several) == sorted(each.name for each in several)


def test_of_an_earlier_day_only_the_newest_stays() -> None:
    late, early, now = archive(1), archive(1.2), archive(0)
    assert stay(late, early, now) == sorted([late.name, now.name])


def test_fourteen_days_keep_one_each_and_older_ones_only_as_the_newest_of_their_week() -> None:
    # 13 days before that Wednesday was a Thursday; 14 and 15 lie in the same week.
    assert stay(archive(0), archive(13), archive(14), archive(15)) == sorted([archive(0).name, archive(13).name])
    assert stay(archive(0), archive(14), archive(15)) == sorted([archive(0).name, archive(14).name])


def test_a_month_that_is_25_months_back_goes_and_one_of_23_stays() -> None:
    assert stay(archive(0), archive(23 * 30)) == sorted([archive(0).name, archive(23 * 30).name])
    assert stay(archive(0), archive(25 * 31)) == [archive(0).name]


def test_the_last_verified_one_stays_whatever_its_age() -> None:
    old = archive(5000)
    assert old.name not in stay(archive(0), old)
    assert old.name in stay(archive(0), old, never=frozenset({old.name}))


def test_the_only_one_stays_whatever_its_age() -> None:
    assert stay(archive(5000)) == [archive(5000).name]


@pytest.mark.parametrize("text", ["", "x", TEXT.replace("14", "0"), TEXT.replace("14", '"a"'),
                                  TEXT.replace("[weeks]", "[other]"), TEXT.replace("basis", "why")])  # fmt: skip
def test_a_damaged_policy_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_policy(text)


ARCHIVES = st.lists(st.integers(-3 * 86400, 900 * 86400), max_size=60).map(
    lambda seconds: [archive(each / 86400, number) for number, each in enumerate(sorted(seconds, reverse=True), 1)]
)


@settings(max_examples=200, deadline=None)
@given(ARCHIVES)
def test_what_stays_is_some_of_what_was_there_and_never_nothing(archives: list[Dated]) -> None:
    found = kept(archives, TODAY, POLICY)
    names = {each.name for each in archives}
    assert found <= names
    assert bool(found) == bool(names)
    assert {each.name for each in archives if each.made.date() >= TODAY} <= found


@settings(max_examples=200, deadline=None)
@given(ARCHIVES)
def test_thinning_twice_removes_nothing_more(archives: list[Dated]) -> None:
    first = kept(archives, TODAY, POLICY)
    assert kept([each for each in archives if each.name in first], TODAY, POLICY) == first


@settings(max_examples=200, deadline=None)
@given(ARCHIVES, st.integers(0, 13))
def test_every_day_of_the_last_two_weeks_with_an_archive_still_has_one(archives: list[Dated], back: int) -> None:
    day = TODAY - timedelta(days=back)
    had = [each for each in archives if each.made.date() == day]
    found = kept(archives, TODAY, POLICY)
    assert bool(had) == any(each.name in found for each in had)


@settings(max_examples=100, deadline=None)
@given(ARCHIVES)
def test_every_month_of_two_years_with_an_archive_still_has_its_newest(archives: list[Dated]) -> None:
    found = kept(archives, TODAY, POLICY)
    for months in range(24):
        month = TODAY.year * 12 + TODAY.month - 1 - months
        had = [each for each in archives if each.made.year * 12 + each.made.month - 1 == month]
        if had:
            assert max(had, key=lambda each: (each.made, each.counter, each.name)).name in found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.sampled_from([1, 2, 3, 7]))
def test_thinned_day_after_day_it_ends_as_if_thinned_once(days: int, step: int) -> None:
    """What one day removes, no later day would have kept."""
    policy = ArchivePolicy(14, 8, 24, 24, 3, 30, 30, 4)
    start = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)
    every = [Dated(f"{number}", start + timedelta(days=number), number) for number in range(0, days + 1, step)]
    left: list[Dated] = []
    for each in every:
        left.append(each)
        stays = kept(left, each.made.date(), policy)
        left = [one for one in left if one.name in stays]
    assert {each.name for each in left} == kept(every, every[-1].made.date(), policy)
