"""Knows what a crowded board costs: twelve people, four hours, 2,000 entries; entered to painted, at rest, in memory.

What makes an entry durable is measured by `durable`; here the session is in memory, so that only the board is seen.
"""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.figures import Aim, Result, Spread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget

    from desktop.views.board.demo import DemoLive
    from desktop.views.board.screen import BoardScreen

WIDE, HIGH = 1600, 1000
EVENTS, HOURS = 2_000, 4
STEPS = (100, 500, 1_000, 2_000, 5_000, 10_000)
SAMPLE = 40  # entries measured at each step
TICKS = 120
REST = "a second at rest"


def run(folder: Path) -> Result:
    """Fill the session, and at each step measure entries in turn with a row put into a plain list of as many rows."""
    from PySide6.QtWidgets import QListWidget

    from desktop.system.resources import Resources
    from desktop.views.board.demo import MEMBERS, DemoLive
    from desktop.views.board.screen import board_screen
    from desktop.views.shell.app import application
    from desktop.views.ui import fonts
    from desktop.views.ui.look import apply_theme
    from desktop.views.ui.ops import Ops
    from desktop.views.ui.theme import Density

    app, resources, by = application(), Resources(), Random(1)
    fonts.load(resources)
    apply_theme(app, resources, "night", Density.COMFORTABLE)
    live, ops = DemoLive(resources, couples=6), Ops()
    board = board_screen(
        live, ops, members=MEMBERS, me="m1", title="Workshop", on_theme=_nothing, on_lock=_nothing, on_paper=_nothing,
        ticking=False,
    )  # fmt: skip
    plain = QListWidget()
    for widget in (board, plain):
        widget.resize(WIDE, HIGH)
        widget.show()
    app.processEvents()
    spreads: dict[str, Spread] = {}
    added = 0
    for step in STEPS:
        _fill(live, by, step)
        entered, listed = _compared(board, live, plain, by)
        spreads[f"{step} entries: one entered and painted"] = Spread.of(entered)
        spreads[f"{step} entries: a row of a plain list"] = Spread.of(listed)
        if step == EVENTS:
            before = _resident_mb()
            spreads[REST] = Spread.of(_at_rest(board, live))
            added = _resident_mb() - before
    board.close()
    ops.close()
    return Result("board", spreads, _aims(spreads, added))


def _aims(spreads: dict[str, Spread], added: int) -> tuple[Aim, ...]:
    crowd = spreads[f"{EVENTS} entries: one entered and painted"]
    return (
        Aim("entered to painted, 12 people and 2,000 entries (median)", crowd.middle, 50, "ms"),
        Aim("the same (p99)", crowd.p99, 100, "ms"),
        Aim("a second at rest (median), of 1,000", spreads[REST].middle, 30, "ms"),
        Aim("memory that two hours of ticks add", added, 8, "MB"),
    )


def _compared(
    board: BoardScreen, live: DemoLive, plain: QListWidget, by: Random
) -> tuple[list[float], list[float]]:
    """Milliseconds of entries on the board, and of rows in a plain list of as many, in turn."""
    from PySide6.QtWidgets import QApplication

    while plain.count() < len(live.state.entries):
        plain.insertItem(0, f"entry {plain.count()}")
    board.presenter.core.show(live.state)
    QApplication.processEvents()
    entered, listed = [], []
    for _ in range(SAMPLE):
        began = time.perf_counter()
        _enter(live, by)
        board.presenter.core.show(live.state)
        QApplication.processEvents()
        entered.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        plain.insertItem(0, "one more")
        QApplication.processEvents()
        listed.append((time.perf_counter() - began) * 1000)
    return entered, listed


def _enter(live: DemoLive, by: Random) -> None:
    """One more entry, about anybody."""
    from desktop.live import asks

    live.now_s += HOURS * 3600 / EVENTS / 2
    who = by.choice(list(live.state.people))
    kind = by.randrange(50)
    if kind < 15:
        live.record(asks.AskVitals(who, by.randrange(110, 170), by.randrange(60, 100), by.randrange(60, 110)))
    elif kind < 32:
        live.record(asks.AskObserve(who, by.choice(live.state.checklist.chips).key))
    elif kind == 32:
        live.record(asks.AskRound())
    else:
        live.record(asks.AskNote("a line in the log, as long as a clinician would write it", who))


def _fill(live: DemoLive, by: Random, count: int) -> None:
    from desktop.live import asks

    if not any(one.doses for one in live.state.people.values()):
        for who in live.state.people:
            live.now_s += 60
            live.record(asks.AskDose(who, "sublingual", Decimal(100), own=True, by="m1", checked_by="m2"))
    while len(live.state.entries) < count:
        _enter(live, by)


def _at_rest(board: BoardScreen, live: DemoLive) -> list[float]:
    """What the clock's second costs while nobody enters anything; two hours of it, a minute at a time."""
    from PySide6.QtWidgets import QApplication

    took = []
    for _ in range(TICKS):
        live.now_s += 60
        began = time.perf_counter()
        board.presenter.tick()
        QApplication.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    return took


def _resident_mb() -> int:
    """What the process holds in memory now."""
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * 4096 // (1 << 20)


def _nothing(*values: object) -> None:
    """A measurement leads nowhere."""
