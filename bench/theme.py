"""Knows how long another theme takes on a live board, against putting a style sheet on an empty window."""

from __future__ import annotations

import time
from pathlib import Path

from bench.figures import Aim, Result, Spread

ROUNDS = 20
WIDE, HIGH = 1366, 768


def run(folder: Path, rounds: int = ROUNDS) -> Result:
    """In turns, both until everything is painted."""
    from PySide6.QtWidgets import QWidget

    from desktop.system.resources import Resources
    from desktop.views.shell.app import application
    from desktop.views.ui import fonts
    from desktop.views.ui.look import apply_theme
    from desktop.views.ui.theme import THEMES, Density
    from tests.views.ui import gallery

    app, resources = application(), Resources()
    fonts.load(resources)
    apply_theme(app, resources, THEMES[-1], Density.COMPACT)

    def changed(widget: QWidget) -> list[float]:
        widget.resize(WIDE, HIGH)
        widget.show()
        app.processEvents()
        took = []
        for n in range(rounds):
            began = time.perf_counter()
            apply_theme(app, resources, THEMES[n % len(THEMES)], Density.COMPACT)
            app.processEvents()
            took.append((time.perf_counter() - began) * 1000)
        widget.close()
        widget.deleteLater()
        app.processEvents()
        return took

    empty = changed(QWidget())
    board = changed(gallery.board())
    spreads = {"an empty window": Spread.of(empty), "a live board": Spread.of(board)}
    return Result("theme", spreads, (Aim("another theme on a live board (median)", spreads["a live board"].middle,
                                         100, "ms"),))  # fmt: skip
