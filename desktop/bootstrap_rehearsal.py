"""Knows how a rehearsal is introduced to the rooms: a practice that is thrown away, a window, and a fast clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.bootstrap import Program
    from desktop.services.rehearsal import Book


def rehearse(program: Program, books: tuple[Book, ...], speed: int = 5) -> int:
    """Open the window of a rehearsal and stay until it is closed; the exit code. speed: 1 to 60 to begin with."""
    from desktop.services.rehearsal import PRACTICE, begin
    from desktop.views.rehearsal.window import RehearsalWindow
    from desktop.views.shell.app import application, show_first
    from desktop.views.ui import fonts
    from desktop.views.ui.look import apply_theme
    from desktop.views.ui.ops import Ops
    from desktop.views.ui.theme import density_for

    app = application()
    free = app.primaryScreen().availableGeometry().size()
    fonts.load(program.resources)
    apply_theme(app, program.resources, "light", density_for(program.resources, free.height()))
    work = Ops()
    with program.throwaway(PRACTICE) as desk:
        machine = program.settings.clock
        window = RehearsalWindow(desk, work, books, lambda book, fast: begin(desk, book, machine, fast))
        window.run_at(speed)
        window.left.connect(window.close)
        show_first(window, free)
        try:
            return app.exec()
        finally:
            work.close()
