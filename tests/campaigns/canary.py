"""Knows the long form of the canary matrix: sessions by chance, and no copy with a word that is not for its reader."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.domain.audience import Audience
from desktop.domain.paper import Compartment
from desktop.services.flowsheets import flowsheet, flowsheet_content
from desktop.services.worksheets import PaperUse, worksheet
from tests.campaigns.report import Report
from tests.canaries.planting import SEATS, Played, other
from tests.kit import ANNA, BEN, House, house
from tests.worksheets.reading import text

SHEET = "after-medicine-keep"
STEPS = 60


def run(report: Report, folder: Path) -> None:
    """Play so many sessions."""
    for done in report.rounds():
        place = folder / str(done)
        place.mkdir()
        with house(place, furnished=False) as home:
            played = Played(home.desk(), home.clock, report.seed + done)
            played.play(STEPS)
            report.add("entries", len(played.live.state.entries))
            report.add("canaries", len(played.planted.homes))
            for problem in leaks(home, played):
                report.fault(f"seed {report.seed + done}: {problem}")
        shutil.rmtree(place)


def leaks(home: House, played: Played) -> list[str]:
    """What stands in a copy and is not for its reader."""
    found = []
    planted, desk = played.planted, home.desk()
    for seat, client in zip(SEATS, (ANNA, BEN), strict=True):
        with home.store.read() as unit:
            entries = repr(unit.events.of("session-1", Audience.person(client.id)))
        copies = {
            "entries": entries,
            "flowsheet": repr(flowsheet_content(desk, "session-1", seat, PaperUse.PREVIEW)),
            "flowsheet's pages": text(flowsheet(desk, "session-1", seat, PaperUse.PREVIEW).pdf),
            "worksheet": text(worksheet(desk, SHEET, "session-1", Compartment(seat), PaperUse.PREVIEW).pdf),
        }
        for name, copy in copies.items():
            for word in planted.of(other(seat)) | planted.of("nowhere"):
                if word in copy:
                    found.append(f"{word} in the {name} of {seat}")
    both = text(worksheet(desk, SHEET, "session-1", Compartment.BOTH, PaperUse.PREVIEW).pdf)
    names = {word for person in played.live.state.people.values() for word in person.name.split()}
    found += [f"{word} in the copy for both" for word in planted.homes if word in both and word not in names]
    return found
