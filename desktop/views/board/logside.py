"""Knows the board's right column: the shared log with what can be done to an entry, a panel, or what comes after."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.words import tr, trn
from desktop.views.board.linekeys import is_typed
from desktop.views.board.panelview import PanelView
from desktop.views.board.shown import PaperLink
from desktop.views.board.thumbs import for_thumbs
from desktop.views.ui.basics import Button, Card, label, wrapped
from desktop.views.ui.facts import LogRow
from desktop.views.ui.log import EventLog
from desktop.views.ui.look import look

MOVE, STRIKE, TEXT, ADVERSE = "move", "strike", "text", "adverse"
ENTRY_KEYS = {Qt.Key.Key_M: MOVE, Qt.Key.Key_Delete: STRIKE, Qt.Key.Key_W: TEXT, Qt.Key.Key_V: ADVERSE}


class EntryBar(QWidget):
    """What can be done to the entry that the keyboard is on."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().sizes.tight)
        self.move_it = Button(tr("M  Move\u2026"), "arrow-left-right")
        self.move_it.setAccessibleName(tr("Move this entry to another person, key M"))
        self.strike_it = Button(tr("Del  Strike\u2026"), "strikethrough")
        self.strike_it.setAccessibleName(tr("Strike this entry with a reason, key Delete"))
        self.write_it = Button(tr("W  Write\u2026"), "pencil")
        self.write_it.setAccessibleName(tr("Write the text of these words, key W"))
        self.adverse_it = Button(tr("V  Adverse\u2026"), "triangle-alert")
        self.adverse_it.setAccessibleName(tr("Write an adverse event from this entry, key V"))
        buttons = ((self.write_it, TEXT), (self.move_it, MOVE), (self.adverse_it, ADVERSE), (self.strike_it, STRIKE))
        for button, what in buttons:
            for_thumbs(button)
            button.clicked.connect(partial(self.asked.emit, what))
            row.addWidget(button, 1)
        self.hide()


_FEW = 5
"""Up to so many papers stand below each other."""


class ClosedPart(QWidget):
    """A closed session: what it is now, and the paper it offers."""

    paper = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look().sizes.tight)
        self._lines.addWidget(label(tr("The session is closed"), "lead"))
        self._lines.addWidget(wrapped(tr("Nothing can be entered any more. On paper, and what comes next:"), "muted"))
        self._papers = QGridLayout()
        self._papers.setSpacing(look().sizes.tight)
        self._lines.addLayout(self._papers)
        self.back = Button(tr("Esc  Back"), "arrow-left", kind="quiet")
        self.back.setAccessibleName(tr("Back to the sessions, Escape"))
        for_thumbs(self.back)
        self.back.clicked.connect(self.left)
        self._lines.addWidget(self.back)
        self._links: tuple[PaperLink, ...] = ()
        self._buttons: list[Button] = []
        self.hide()

    def show_papers(self, links: tuple[PaperLink, ...]) -> None:
        """Offer these; none: the session still runs."""
        self.setVisible(bool(links))
        if links == self._links:
            return
        self._links = links
        for old in self._buttons:
            self._papers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        columns = 2 if len(links) > _FEW else 1
        for at, link in enumerate(links):
            button = Button(link.words, link.icon)
            for_thumbs(button)
            button.clicked.connect(partial(self.paper.emit, link.seat))
            self._papers.addWidget(button, at // columns, at % columns)
            self._buttons.append(button)

    def buttons(self) -> tuple[Button, ...]:
        """What can be printed, in order."""
        return tuple(self._buttons)


class LogSide(Card):
    """The right column: log, or a panel in its place; the persons' sides stay where they are."""

    entry_asked = Signal(str, str)
    paper = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log, self.panel = EventLog(), PanelView()
        self.entry, self.closed = EntryBar(), ClosedPart()
        self._count = label("", "caption")
        self._stack = QStackedWidget()
        page = QWidget()
        page.setProperty("kind", "bare")
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.tight)
        head = QHBoxLayout()
        head.addWidget(label(tr("Log"), "lead"))
        head.addStretch(1)
        head.addWidget(self._count)
        lines.addWidget(self.closed)
        lines.addLayout(head)
        lines.addWidget(self.log, 1)
        lines.addWidget(self.entry)
        self._stack.addWidget(page)
        self._stack.addWidget(self.panel)
        self.lines.addWidget(self._stack)
        self.setAccessibleName(tr("Log and panels"))
        self.log.installEventFilter(self)
        self.log.selectionModel().selectionChanged.connect(self._selected)
        self.log.customContextMenuRequested.connect(self._selected)
        self.entry.asked.connect(self._asked)
        self.closed.paper.connect(self.paper)
        self.closed.left.connect(self.left)

    @property
    def panel_open(self) -> bool:
        """Whether a panel stands in the log's place."""
        return self._stack.currentIndex() == 1

    def show_log(self, rows: tuple[LogRow, ...]) -> None:
        """Show the log, newest first; the newest stays in sight unless an entry is chosen."""
        before = len(self.log.model_rows.rows())
        self.log.show_rows(rows)
        self._count.setText(trn("{count} entry", "{count} entries", len(rows)))
        if len(rows) > before and not self.log.hasFocus():
            self.log.clearSelection()
            self.log.setCurrentIndex(self.log.model_rows.index(-1, 0))
            self.log.scrollToTop()

    def show_papers(self, links: tuple[PaperLink, ...]) -> None:
        """What a closed session offers."""
        self.closed.show_papers(links)
        self.entry.setVisible(self.entry.isVisible() and not links)

    def open_panel(self, shown: bool) -> None:
        """Put the panel in the log's place, or the log back."""
        self._stack.setCurrentIndex(1 if shown else 0)

    def choose(self, key: str) -> bool:
        """Put the keyboard on an entry; False when it is not there."""
        for at, row in enumerate(self.log.model_rows.rows()):
            if row.key == key:
                self.log.setCurrentIndex(self.log.model_rows.index(at, 0))
                return True
        return False

    def _selected(self, *_: QItemSelection | QPoint) -> None:
        row = self.log.chosen()
        chosen = bool(self.log.selectionModel().selectedIndexes())
        self.entry.setVisible(chosen and row is not None and not row.struck and self.closed.isHidden())
        # Words that were stamped stand without their quotes until they are written.
        self.entry.write_it.setVisible(row is not None and row.icon == "quote" and not row.text.startswith("\u201c"))
        for button in (self.entry.move_it, self.entry.adverse_it):
            button.setVisible(row is not None and bool(row.letter))
        # What the clocks did is no entry of anybody's.
        self.entry.strike_it.setVisible(row is not None and row.icon != "clock")

    def _asked(self, what: str) -> None:
        row = self.log.chosen()
        if row is not None:
            self.entry_asked.emit(what, row.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on an entry: M moves, Delete strikes, W writes words, V an adverse event; other characters go on."""
        if watched is self.log and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            what = ENTRY_KEYS.get(Qt.Key(event.key()))
            if what is not None and not event.modifiers() and self.entry.isVisible():
                self._asked(what)
                return True
            if is_typed(event):
                # The list would search for it; it is for the quick line.
                event.ignore()
                return True
        return False
