"""Knows how the screens of one unlocked desk stand side by side, and how one goes from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.audit.watching import Watch, Watching
from desktop.views.shell.carried import within
from desktop.views.shell.finding import Finding
from desktop.views.shell.here import Builder, Here
from desktop.views.shell.mustread import MustRead
from desktop.views.shell.rail import Rail, places
from desktop.views.shell.running import Running
from desktop.views.ui.finder import Palette
from desktop.views.ui.look import look
from desktop.views.ui.place import AFTER, BACK, BOARD, CARE, CLIENT, COUPLE, GROUPS, PAPER, PEOPLE, Place
from desktop.views.ui.screen import Bound, Screen, on_key
from desktop.views.ui.sidepanel import SidePanel

KEPT = 3
"""How many pages beside the list are kept for going back; older ones are freed, since a theme dresses all."""
LASTING = frozenset({PEOPLE})


class Frame(QWidget):
    """Everything behind the lock. It is freed whole when the practice is locked."""

    lock_asked = Signal()
    theme_asked = Signal(str)
    forget_asked = Signal()

    def __init__(self, here: Here, builders: Mapping[str, Builder], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "window")
        self.here, self._builders = here, builders
        self.rail = Rail(
            here.desk.practice_name, here.desk.member, here.theme, travelling=here.desk.travelling
        )
        self._stack = QStackedWidget()
        self._screens: dict[Place, QWidget] = {}
        self._way: list[Place] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self.running = Running(here, self)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._above = QHBoxLayout()
        self._above.addWidget(self.running.strip)
        column.addLayout(self._above)
        self.must_read = MustRead(here.desk, here.ops)
        column.addWidget(self.must_read)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self._space()
        self.palette_ = Palette(self)
        self.finding = Finding(here, self.palette_, self)
        self.watching = Watching(here.desk, Bound(here.ops, self), self._watched)
        self._connect()

    def _connect(self) -> None:
        self.rail.go.connect(self.visit)
        self.rail.find_asked.connect(self.open_finder)
        self.rail.lock_asked.connect(self.lock_asked)
        self.rail.theme_asked.connect(self.theme_asked)
        self.finding.go.connect(self.visit)
        self.finding.lock_asked.connect(self.lock_asked)
        self.finding.theme_asked.connect(self.theme_asked)
        self.finding.act.connect(self._act)
        self.running.go.connect(self.visit)
        self.running.offered.connect(self._offered)
        for place, _, _, key in places(self.here.desk.travelling):
            on_key(self, key, partial(self.visit, place))
        for key, do in (
            ("Ctrl+K", self.open_finder), ("Ctrl+N", self._new),
            ("Ctrl+Shift+N", partial(self.visit, Place(PEOPLE, part="new-couple"))),
            ("Alt+Left", partial(self.visit, Place(BACK))),
        ):
            on_key(self, key, do)

    @property
    def place(self) -> Place | None:
        """Where we are."""
        return self._way[-1] if self._way else None

    @property
    def current(self) -> QWidget | None:
        """What is shown."""
        return self._stack.currentWidget()

    @property
    def in_session(self) -> bool:
        """Whether a session is running: the board says so of its own, the strip of all others."""
        boards = {page.id: getattr(screen, "running", False) for page, screen in self._screens.items()
                  if page.screen == BOARD}
        return any(boards.values()) or any(row.session.id not in boards for row in self.running.rows)

    @property
    def pages(self) -> Mapping[Place, QWidget]:
        """The pages that are open, those looked at last at the end."""
        return self._screens

    def open_finder(self) -> None:
        """Open the palette, with what the screen that is shown can do."""
        offers = getattr(self.current, "commands", None)
        at_board = self.place is not None and self.place.screen == BOARD
        self.finding.open(offers() if offers is not None else (), self.running.entries(), at_board=at_board)

    def visit(self, place: Place) -> None:
        """Go there; Place(BACK) goes where we came from."""
        if place.screen == BACK:
            self._way = self._way[:-1] or []
            place = self._way.pop() if self._way else Place(PEOPLE)
        place = within(self.here.desk, place)
        if self._way and _page(self._way[-1]) == _page(place):
            self._way.pop()
        self._way.append(place if place.screen in (PAPER, BOARD) else _page(place))  # a form is not begun again
        del self._way[: -2 * KEPT]
        screen = self._screen(_page(place))
        part = getattr(screen, "show_part", None)
        if part is not None:
            part(place)
        self._stack.setCurrentWidget(screen)
        self.rail.setVisible(place.screen != BOARD)
        self.rail.show_place(PEOPLE if place.screen in (COUPLE, CLIENT, CARE, AFTER, GROUPS) else place.screen)
        self.running.moved(place)
        if isinstance(screen, Screen):
            screen.take_keyboard()
        self.thin_out(KEPT)

    def _watched(self, watch: Watch) -> None:
        self.rail.show_watch(watch)
        for screen in self._screens.values():
            tell = getattr(screen, "show_watch", None)
            if tell is not None:
                tell(watch)

    def show_theme(self, theme: str) -> None:
        """The theme in use is another one."""
        self.rail.show_theme(theme)
        for screen in self._screens.values():
            tell = getattr(screen, "show_theme", None)
            if tell is not None:
                tell(theme)

    def _new(self) -> None:
        """Somebody new where we are: a member among the members, everywhere else a client."""
        begin = getattr(self.current, "begin_new", None)
        if begin is not None:
            begin()
        else:
            self.visit(Place(PEOPLE, part="new-client"))

    def _offered(self) -> None:
        """A running session comes first, unless somebody has begun to type already."""
        busy = self.focusWidget()
        if self.palette_.isVisible() or (isinstance(busy, QLineEdit) and busy.text()):
            return
        self.running.strip.buttons()[0].setFocus()

    def _space(self) -> None:
        gap = look().sizes.gap
        self._above.setContentsMargins(gap, gap, gap, 0)

    def _act(self, key: str) -> None:
        act = getattr(self.current, "act", None)
        if act is not None:
            act(key)

    def _screen(self, page: Place) -> QWidget:
        found = self._screens.pop(page, None)
        if found is None:
            found = self._builders[page.screen](self.here, page)
            self._stack.addWidget(found)
            tell = getattr(found, "show_watch", None)
            if tell is not None:
                tell(self.watching.now)
            for name, do in (
                ("go", self.visit), ("lock_asked", self.lock_asked), ("theme_asked", self.theme_asked),
                ("forget_asked", self.forget_asked),
            ):
                signal = getattr(found, name, None)
                if signal is not None:
                    signal.connect(do)
        self._screens[page] = found
        return found

    def thin_out(self, keep: int) -> list[QWidget]:
        """Let go the pages that nobody looked at for a while; no board of a running session, no form that is open."""
        current = self.current
        fleeting = [
            page for page, screen in self._screens.items()
            if page.screen not in LASTING and screen is not current and not _at_work(page, screen)
        ]
        let_go = [self._screens.pop(page) for page in fleeting[: max(0, len(fleeting) - keep)]]
        for gone in let_go:
            self._stack.removeWidget(gone)
            gone.deleteLater()
        return let_go

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The palette keeps its place only while it is closed."""
        super().resizeEvent(event)
        if self.palette_.isVisible():
            self.palette_.dismiss()

    def changeEvent(self, event: QEvent) -> None:
        """A name for screen readers that follows nothing of a client; another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()
        if event.type() == QEvent.Type.ParentChange:
            self.setAccessibleName(tr("Holdfast"))


def _at_work(page: Place, screen: QWidget) -> bool:
    """Whether something is being written there that is not saved yet, or a session is running there."""
    if page.screen == BOARD:
        return not getattr(screen, "over", False)
    panel, half = getattr(screen, "panel", None), getattr(screen, "half_typed", None)
    return (isinstance(panel, SidePanel) and panel.held is not None) or bool(half is not None and half())


def _page(place: Place) -> Place:
    """The page that shows a place: parts of a page share it, papers are one page per session."""
    return Place(place.screen) if place.screen in LASTING else Place(place.screen, place.id)
