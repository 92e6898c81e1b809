"""Knows how a session's clocks are shaken: ten years on and back, daylight saving, hours of sleep, reboots, by chance.

No duration may be negative, no entry may come before an earlier one, what stands on the screen and behind the lock must
be what a reckoning of its own says, and the session must still fold, close and print.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.live.asks import Ask
from desktop.live.due import due_items
from desktop.live.fold import fold
from desktop.live.snapshot import snapshot
from desktop.services.flowsheets import flowsheet
from desktop.services.idling import Idling
from desktop.services.live import LiveDesk
from desktop.services.locking import Handover, behind_lock, read_handover, running_now
from desktop.services.worksheets import PaperUse
from tests.campaigns.report import Report
from tests.canaries.planting import SEATS, Played
from tests.kit import House, house

STEPS = 40
YEAR_S = 365.25 * 24 * 3600
JUMPS_S = (10 * YEAR_S, -10 * YEAR_S, 3600.0, -3600.0, 3.0, -3.0, 0.4)
ZONES = (-300, -240, 60, 120, 825, -720)
SLEEP_S = 7200
REBOOTS_S = (30.0, 600.0, -3600.0, -10 * YEAR_S, 10 * YEAR_S)
SHAKEN = 0.5  # so many entries come after the clocks were shaken


class Shaken(Played):
    """A session by chance, whose clocks are shaken between its entries."""

    def __init__(self, home: House, seed: int, report: Report) -> None:
        self.home, self.report, self.seed = home, report, seed
        self.boots = 0
        self.idling = Idling(home.clock, 300_000)
        super().__init__(home.desk(), home.clock, seed)

    def record(self, ask: Ask, ago_ms: int = 0) -> int:
        """Shake, look, enter, look."""
        if self.random.random() < SHAKEN:
            self.random.choice((self._jump, self._jump, self._zone, self._sleep, self._reboot, self._crash))()
        self.look()
        last = self.live.state.entries[-1]
        seq = super().record(ask, ago_ms)
        if seq and self.live.state.entries[-1].entered_ms < last.entered_ms:
            self.fault("an entry came before an earlier one")
        return seq

    def fault(self, words: str) -> None:
        """Something that must not be."""
        self.report.fault(f"seed {self.seed}: {words}")

    def _jump(self) -> None:
        self.report.add("wall clock set")
        self.clock.jump(self.random.choice(JUMPS_S))

    def _zone(self) -> None:
        self.report.add("offset changed")
        self.clock.zone(self.random.choice(ZONES))

    def _sleep(self) -> None:
        self.report.add("slept two hours")
        self.clock.forward(SLEEP_S)

    def _reboot(self) -> None:
        self.report.add("rebooted")
        self.boots += 1
        self.clock.reboot(f"boot-{self.boots + 1}", self.random.choice(REBOOTS_S))
        self._again()

    def _crash(self) -> None:
        self.report.add("opened again")
        self._again()

    def _again(self) -> None:
        self.home.again()
        self.live = LiveDesk.resume(self.home.desk(), self.live.session.id)
        self.idling = Idling(self.clock, 300_000)

    def look(self) -> None:
        """Everything that has a duration, now."""
        state, now, moment = self.live.state, self.live.now(), self.clock.now()
        last = state.entries[-1]
        same = moment.boot_id == last.wall.boot_id
        wanted = last.entered_ms + max(0, moment.boot_ms - last.wall.boot_ms) if same else last.entered_ms
        if now.ms < wanted or (same and now.ms != wanted):
            self.fault(f"the clock says {now.ms} instead of {wanted}")
        shown = snapshot(state, now.ms)["participants"]
        assert isinstance(shown, dict)
        for seat, person in shown.items():
            since = person["since_last_dose_s"]
            if since is not None and since < 0:
                self.fault(f"{since} s since the dose of {seat}")
        if any(item.answered_ms is not None and item.answered_ms < 0 for item in due_items(state, now.ms)):
            self.fault("something was answered before the session")
        running = running_now(self.home.desk())
        told = read_handover(Handover("/practice", running).spelt()).running
        if told is None or told != running or behind_lock(self.clock, told)[0] < 0:
            self.fault("the clock behind the lock")
        if self.idling.idle_ms < 0:
            self.fault("a negative time that nobody was there")
        self.report.add("looks")

    def whole(self) -> None:
        """What is kept at the end."""
        entries = LiveDesk.resume(self.home.again().desk(), self.live.session.id).state.entries
        times = [entry.entered_ms for entry in entries]
        if times != sorted(times) or min(entry.at_ms for entry in entries) < 0:
            self.fault("the entries are out of order, or before the start")
        if any(entry.at_ms > entry.entered_ms for entry in entries):
            self.fault("an entry is about later than it was entered")
        if fold(entries) != self.live.state:
            self.fault("the state is another")
        for seat in SEATS:
            flowsheet(self.home.desk(), self.live.session.id, seat, PaperUse.PREVIEW)


def run(report: Report, folder: Path) -> None:
    """Shake so many sessions."""
    for done in report.rounds():
        place = folder / str(done)
        place.mkdir()
        with house(place, furnished=False) as home:
            shaken = Shaken(home, report.seed + done, report)
            shaken.play(STEPS)
            shaken.whole()
            report.add("entries", len(shaken.live.state.entries))
        shutil.rmtree(place)
