"""Knows how a rehearsal is introduced to the rooms: a practice that is thrown away, a window, and a fast clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.bootstrap import Program
    from desktop.services.desk import Desk
    from desktop.services.ports import Clock
    from desktop.services.rehearsal import Book, Rehearsal
    from desktop.views.rehearsal.window import RehearsalWindow
    from desktop.views.ui.ops import Ops


def rehearse(program: Program, books: tuple[Book, ...], speed: int = 5) -> int:
    """Open the window of a rehearsal and stay until it is closed; the exit code. speed: 1 to 60 to begin with."""
    from desktop.services.rehearsal import PRACTICE
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
        window = rehearsal_window(desk, work, books, program.settings.clock)
        window.run_at(speed)
        window.left.connect(window.close)
        show_first(window, free)
        try:
            return app.exec()
        finally:
            work.close()


def rehearsal_window(desk: Desk, work: Ops, books: tuple[Book, ...], machine: Clock) -> RehearsalWindow:
    """The window at a desk of a practice that is thrown away. machine: the clock that the fast one is read from."""
    from desktop.services.rehearsal import begin
    from desktop.views.board.screen import BoardScreen, board_screen
    from desktop.views.rehearsal.window import RehearsalWindow, Ways

    with desk.store.read() as unit:
        members = tuple(unit.members.all())

    def board(rehearsal: Rehearsal, back: Callable[[], object]) -> QWidget:
        screen = board_screen(
            rehearsal.live, work, members=members, me=desk.member.id, title=rehearsal.book.title, on_lock=_nothing,
            on_theme=lambda name: _dress(desk, name), on_paper=_nothing, on_back=back,
        )
        screen.focus_line()
        return screen

    def shows(screen: QWidget, rehearsal: Rehearsal) -> None:
        if isinstance(screen, BoardScreen):
            screen.presenter.core.show(rehearsal.live.state)

    return RehearsalWindow(work, books, Ways(lambda book, fast: begin(desk, book, machine, fast), board, shows))


def _dress(desk: Desk, name: str) -> None:
    from desktop.views.shell.app import application
    from desktop.views.ui.look import apply_theme, look

    apply_theme(application(), desk.resources, name, look().density)


def _nothing(*values: object) -> None:
    """A rehearsal leads to no other page."""
