"""A session goes on after a crash, a reboot and a changed clock: the same state, and the right elapsed time."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.records import Act
from desktop.live.asks import AskNote, AskObserve, AskTaken, AskWords
from desktop.live.codec import KINDS
from desktop.live.events import ClockKind, ClockNoted
from desktop.live.fold import fold
from desktop.live.snapshot import snapshot
from desktop.live.state import LiveState
from desktop.services.flowsheets import flowsheet
from desktop.services.live import LiveDesk
from desktop.services.worksheets import PaperUse
from tests.kit import RESOURCES, House, dose, finish, house, plan, ready

TEN_YEARS = 10 * 365.25 * 24 * 3600


def noted(state: LiveState) -> list[tuple[ClockKind, int]]:
    """What the log says about the clocks."""
    events = (entry.event for entry in state.entries)
    return [(event.what, event.ms) for event in events if isinstance(event, ClockNoted)]


def without_clocks(state: LiveState) -> list[object]:
    """What was entered, in order."""
    return [entry.event for entry in state.entries if not isinstance(entry.event, ClockNoted)]


def test_no_event_has_a_field_that_would_hide_its_kind() -> None:
    assert not {"kind", "v"} & {field.name for kind, _ in KINDS.values() for field in fields(kind)}


def test_after_a_crash_the_same_session_goes_on_with_the_right_elapsed_time(home: House, live: LiveDesk) -> None:
    ready(live)
    home.clock.forward(600)
    live.record(dose())
    home.clock.forward(100)
    live.record(AskWords("a", "the lake"))
    before = live.state
    home.clock.forward(227)
    again = LiveDesk.resume(home.again().desk(), "session-1")
    assert again.state.entries[: len(before.entries)] == before.entries
    assert again.state.people == before.people
    assert fold(again.state.entries) == again.state
    assert again.now().ms == 927_000
    assert not again.now().estimated
    assert noted(again.state) == [(ClockKind.REOPENED, 227_000)]
    assert again.notes == ("Carried on after 3 min 47 s. Every entry that was shown is here.",)
    assert snapshot(again.state, again.now().ms)["participants"]["a"]["since_last_dose_s"] == 327  # type: ignore[index]
    again.record(AskNote("music on"))
    once_more = LiveDesk.resume(home.again().desk(), "session-1")
    assert without_clocks(once_more.state) == without_clocks(again.state)
    assert home.intact()


def test_what_the_clocks_did_is_in_the_trail_like_any_entry(home: House, live: LiveDesk) -> None:
    LiveDesk.resume(home.again().desk(), "session-1")
    assert home.acts("entry")[-1] == (Act.ENTRY, "session-1/2", "")


def test_after_a_reboot_the_time_goes_on_by_the_wall_clock_and_is_called_estimated(home: House, live: LiveDesk) -> None:
    home.clock.forward(600)
    live.record(AskObserve("a", "crying"))
    home.clock.reboot("boot-2", 180)
    again = LiveDesk.resume(home.again().desk(), "session-1")
    assert again.now().ms == 780_000
    assert noted(again.state) == [(ClockKind.REBOOTED, 180_000), (ClockKind.REOPENED, 180_000)]
    assert "The machine was restarted" in again.notes[0]
    home.clock.forward(60)
    again.record(AskNote("music on"))
    assert again.state.elapsed_ms == 840_000
    assert not again.now().estimated


@pytest.mark.parametrize("jump", [TEN_YEARS, -TEN_YEARS, 3600, -3600, -1.0, 3.5])
def test_a_wall_clock_that_jumps_changes_no_duration(home: House, live: LiveDesk, jump: float) -> None:
    home.clock.forward(60)
    live.record(AskTaken("a"))
    home.clock.jump(jump)
    home.clock.forward(30)
    live.record(AskObserve("a", "crying"))
    home.clock.jump(-jump)
    home.clock.forward(30)
    live.record(AskObserve("a", "laughing"))
    times = [entry.entered_ms for entry in live.state.entries if not isinstance(entry.event, ClockNoted)]
    assert times == [0, 60_000, 90_000, 120_000]
    assert all(line.at_ms >= 0 for line in live.state.people["a"].observations)
    told = [(ClockKind.CLOCK_CHANGED, round(jump * 1000)), (ClockKind.CLOCK_CHANGED, -round(jump * 1000))]
    assert noted(live.state) == (told if abs(jump) >= 2 else [])
    again = LiveDesk.resume(home.again().desk(), "session-1")
    assert again.now().ms == 120_000
    assert without_clocks(again.state) == without_clocks(live.state)


@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_set_back_over_a_reboot_never_runs_the_session_backwards(
    home: House, live: LiveDesk, years: int
) -> None:
    home.clock.forward(600)
    live.record(AskObserve("a", "crying"))
    home.clock.reboot("boot-2", years * TEN_YEARS / 10)
    again = LiveDesk.resume(home.again().desk(), "session-1")
    assert again.now().ms >= 600_000
    assert again.now().ms == 600_000 + (round(TEN_YEARS * 1000) if years > 0 else 0)
    entered = [entry.entered_ms for entry in again.state.entries]
    assert entered == sorted(entered)


def test_daylight_saving_and_two_hours_of_sleep_are_no_change_of_the_clock(home: House, live: LiveDesk) -> None:
    home.clock.zone(-240)
    home.clock.forward(7200)
    live.record(AskObserve("a", "crying"))
    assert live.state.elapsed_ms == 7_200_000
    assert noted(live.state) == [(ClockKind.OFFSET_CHANGED, 3_600_000)]


class EditedResources:
    """The program's files, with protocols and checklist that somebody has edited since."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.edited = False

    def text(self, name: str) -> str:
        """The file, or its edited copy."""
        return self.path(name).read_text("utf-8")

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The same files as ever."""
        return RESOURCES.names(folder, suffix)

    def path(self, name: str) -> Path:
        """Where the file lies, or its edited copy."""
        original = RESOURCES.path(name)
        if not self.edited or not name.startswith(("protocols/", "checklists/")):
            return original
        copy = self._folder / name.replace("/", "-")
        text = original.read_text("utf-8")
        for old, new in (("= 160", "= 165"), ("= 40,", "= 35,"), ("Crying", "Weeping"), ("full observation", "edited")):
            text = text.replace(old, new)
        copy.write_text(text, "utf-8")
        return copy


def test_a_protocol_edited_after_the_close_changes_neither_the_replay_nor_the_flowsheet(tmp_path: Path) -> None:
    resources = EditedResources(tmp_path)
    (tmp_path / "practice").mkdir()
    with house(tmp_path / "practice") as home:
        home.resources = resources
        live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
        ready(live)
        home.clock.forward(60)
        live.record(dose())
        home.clock.forward(2400)
        live.record(AskObserve("a", "crying"))
        finish(live)

        def said() -> tuple[str, bytes]:
            home.again()
            state = LiveDesk.resume(home.desk(), "session-1").state
            paper = flowsheet(home.desk(), "session-1", "a", PaperUse.PREVIEW)
            return json.dumps(snapshot(state, 10_000_000)), paper.pdf

        before = said()
        resources.edited = True
        assert "edited" in resources.text("protocols/ketamine-sl-full.toml")
        assert said() == before
        other = LiveDesk.begin(home.desk(), plan(home.desk(), "session-2").id)
        assert "edited" in other.state.protocol.title  # a new session does begin with the edited one


def test_a_practice_without_the_sessions_protocol_still_opens_it(home: House, live: LiveDesk, tmp_path: Path) -> None:
    class Nothing(EditedResources):
        def text(self, name: str) -> str:
            raise NotFound("A file of the program itself is missing.")

    home.resources = Nothing(tmp_path)
    assert LiveDesk.resume(home.again().desk(), "session-1").state.people == live.state.people
