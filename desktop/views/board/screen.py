"""Knows how the live board is put together for the shell: view, presenter, and a clock that is read every second."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.people import Member
from desktop.views.board.acting_safety import HandsOver
from desktop.views.board.core import Live
from desktop.views.board.presenter import BoardPresenter
from desktop.views.board.reopening import panel_key, reopen_panel
from desktop.views.board.view import BoardView
from desktop.views.ui.facts import Entry
from desktop.views.ui.halftyped import Fields, Forms
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.timers import every

SECOND_MS = 1000
LINE = "line"


class BoardScreen(BoardView):
    """The live session's screen with its presenter; commands() is for the palette, act(key) does one of them."""

    presenter: BoardPresenter

    def commands(self) -> tuple[Entry, ...]:
        """What can be done here now, for the palette."""
        return self.presenter.commands()

    def act(self, key: str) -> None:
        """Do a command of the palette."""
        self.presenter.acted(key)

    def half_typed(self) -> Forms:
        """What stands in the quick line and in the panel, and is not kept yet."""
        line, panel = self.quick.edit.text(), self.right.panel
        key = panel_key(self.presenter)
        found: Forms = ((LINE, ((LINE, line),)),) if line.strip() else ()
        if key and panel.facts is not None and any(value for value in panel.values().values()):
            found = (*found, (key, tuple(panel.values().items())))
        return found

    def reopen(self, key: str, values: Fields) -> None:
        """Put it back where it stood."""
        if key == LINE:
            self.set_line(str(dict(values).get(LINE, "")))
        else:
            reopen_panel(self.presenter, key, {name: str(value) for name, value in values})


def board_screen(
    live: Live,
    ops: Ops,
    *,
    members: tuple[Member, ...],
    me: str,
    title: str,
    on_theme: Callable[[str], object],
    on_lock: Callable[[], object],
    on_paper: Callable[[str, str | None], object],
    on_back: Callable[[], object] | None = None,
    on_handover: HandsOver | None = None,
    ticking: bool = True,
    parent: QWidget | None = None,
) -> BoardScreen:
    """The board of a running or closed session.

    members: everybody who works here; me: the id of the member at the desk. on_theme(`light`, `dark` or `night`),
    on_lock(), on_handover(`a`, tell), on_paper(session id, `a`, `b` or None for worksheets) and on_back() from a closed
    session's board are the shell's. ticking: read the clock every second; False for pictures, whose clock is moved by
    hand.
    """
    screen = BoardScreen(look().theme.name, parent)
    presenter = BoardPresenter(
        screen, live, ops, members=members, me=me, title=title, on_paper=on_paper, on_back=on_back,
        on_handover=on_handover,
    )
    screen.presenter = presenter
    for signal, slot in (
        (screen.typed, presenter.typed), (screen.entered, presenter.entered), (screen.completed, presenter.completed),
        (screen.answered, presenter.answered), (screen.left, presenter.left), (screen.acted, presenter.acted),
        (screen.chip, presenter.chip), (screen.stepped, presenter.stepped),
        (screen.panel_saved, presenter.panel_saved), (screen.entry_asked, presenter.entry_asked),
        (screen.banner_chosen, presenter.banner_chosen), (screen.paper, presenter.paper),
        (screen.ticked, presenter.safety.tick_step), (screen.card_asked, presenter.safety.asked),
        (screen.theme_asked, partial(_told, on_theme)), (screen.lock_asked, partial(_told, on_lock)),
    ):
        signal.connect(slot)
    presenter.start()
    if ticking:
        every(SECOND_MS, screen, presenter.tick)
    return screen


def _told(callback: Callable[..., object], *values: object) -> None:
    callback(*values)
