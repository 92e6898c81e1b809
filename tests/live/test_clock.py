"""Elapsed time comes from the boot clock and never runs backwards; what the clocks did is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.moment import Moment
from desktop.live.asks import AskVitals, Now
from desktop.live.clock import elapsed, noticed
from desktop.live.engine import decide, enter
from desktop.live.events import ClockKind
from tests.live.play import Play, moment

TEN_YEARS = 3653 * 24 * 3600


def kinds(play: Play, now: Moment, slept_ms: int = 0, reopened: bool = False) -> dict[str, int]:
    return {note.what.value: note.ms for note in noticed(play.entries[-1], now, slept_ms, reopened)}


def test_within_one_boot_only_the_boot_clock_counts() -> None:
    last = Play().entries[0]
    for shift in (0, TEN_YEARS, -TEN_YEARS, 3600):
        found = elapsed(last, moment(7200, shift_s=shift))
        assert (found.ms, found.estimated) == (7_200_000, False)


def test_after_a_reboot_the_wall_clock_goes_on_and_says_that_it_is_an_estimate() -> None:
    last = Play().entries[0]
    after = replace(moment(7200, boot="boot-2"), boot_ms=10)
    found = elapsed(last, after)
    assert (found.ms, found.estimated) == (7_200_000, True)
    back = replace(moment(7200, boot="boot-2", shift_s=-TEN_YEARS), boot_ms=10)
    assert elapsed(last, back).ms == 0


def test_a_quiet_clock_is_not_mentioned() -> None:
    assert kinds(Play(), moment(600)) == {}
    assert kinds(Play(), moment(600, shift_s=1.9)) == {}


@pytest.mark.parametrize("shift", [3600, -3600, TEN_YEARS, -TEN_YEARS])
def test_a_changed_clock_is_said_with_its_amount(shift: int) -> None:
    assert kinds(Play(), moment(600, shift_s=shift)) == {"clock_changed": shift * 1000}


def test_sleep_daylight_saving_reboot_and_reopening_are_said() -> None:
    assert kinds(Play(), moment(7200), slept_ms=7_000_000) == {"slept": 7_000_000}
    assert kinds(Play(), moment(600, offset=-240)) == {"offset_changed": 3_600_000}
    assert kinds(Play(), moment(600, boot="boot-2")) == {"rebooted": 600_000}
    assert kinds(Play(), moment(600), reopened=True) == {"reopened": 600_000}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 7200), st.integers(-TEN_YEARS, TEN_YEARS), st.sampled_from(["same", "reboot"]),
        st.sampled_from([-300, -240, 60]),
    ),
    max_size=12,
)  # fmt: skip


@given(STEPS)
def test_no_clock_makes_time_run_backwards_or_turns_entries_around(steps: list[tuple[int, int, str, int]]) -> None:
    play = Play()
    truth, boot, boots = 0, 5_000, 1
    for seconds, shift, what, offset in steps:
        truth += seconds
        boots += what == "reboot"
        boot = 50 if what == "reboot" else boot + seconds * 1000
        wall = replace(moment(truth, f"boot-{boots}", shift, offset), boot_ms=boot)
        last = play.state.entries[-1]
        passed = elapsed(last, wall)
        assert passed.ms >= last.entered_ms
        when = Now(passed.ms, wall)
        for event in (*noticed(last, wall), *decide(play.state, AskVitals("a", hr=70), when)):
            play.state, _ = enter(play.state, event, when, "m1")
    entered = [entry.entered_ms for entry in play.state.entries]
    assert entered == sorted(entered)
    assert all(entry.at_ms >= 0 for entry in play.state.entries)
    if not any(what == "reboot" for _, _, what, _ in steps):
        assert play.state.elapsed_ms == truth * 1000
        changed = [e.event for e in play.state.entries if getattr(e.event, "what", None) is ClockKind.CLOCK_CHANGED]
        assert len(changed) <= len(steps)
