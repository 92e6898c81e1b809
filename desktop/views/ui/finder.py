"""Knows the command palette: one line that finds people, sessions, worksheets and commands."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.words import tr, trn
from desktop.views.ui import paint
from desktop.views.ui.basics import label
from desktop.views.ui.facts import Entry
from desktop.views.ui.fields import SearchBox
from desktop.views.ui.look import look
from desktop.views.ui.models import ROW, Column, Index, RowsModel

_MOST = 50
# Letters that no decomposition turns into their plain sisters.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """Text as it is searched: no case, no accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_PLAIN)


def _searched(entry: Entry) -> str:
    return folded(f"{entry.title} {entry.detail} {entry.group}")


def matching(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """The entries that hold every word of `text`, those whose title begins with it first; at most fifty."""
    wanted = folded(text).split()
    found = [entry for entry in entries if all(word in _searched(entry) for word in wanted)]
    if wanted:
        found.sort(key=lambda entry: not folded(entry.title).startswith(wanted[0]))
    return tuple(found[:_MOST])


def _title(entry: Entry) -> str:
    return entry.title


def _spoken(entry: Entry) -> str:
    return ", ".join(part for part in (entry.group, entry.title, entry.detail, entry.shortcut) if part)


class EntryPainter(QStyledItemDelegate):
    """Draws one entry: icon, title and detail, its group and key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row for a thumb."""
        return QSize(look().sizes.ring, look().sizes.target)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the chosen one also carries an edge, so that it is not colour alone."""
        entry: Entry = index.data(ROW)
        where = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        sizes, theme = look().sizes, look().theme
        ink = theme.ink
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        text = ink.selected_text if chosen else ink.text
        quiet = ink.selected_text if chosen else ink.muted
        if chosen:
            paint.shape(
                painter, where, fill=ink.selected, border=ink.focus, radius=sizes.radius_small, line=sizes.stroke
            )
        side = float(sizes.icon)
        left = where.left() + sizes.inner
        paint.icon(painter, entry.icon, QRectF(left, where.center().y() - side / 2, side, side), quiet)
        left += side + sizes.inner
        aside = " · ".join(part for part in (entry.group, entry.shortcut) if part)
        wide = paint.width_of(aside, sizes.caption) + sizes.inner
        right = QRectF(where.right() - wide, where.top(), wide - sizes.inner, where.height())
        paint.words(painter, right, aside, sizes.caption, quiet, align=paint.RIGHT)
        room = max(0.0, right.left() - left - sizes.inner)
        used = paint.words(painter, QRectF(left, where.top(), room, where.height()), entry.title, sizes.body, text)
        rest = room - used - sizes.inner
        if entry.detail and rest > sizes.target:
            detail = QRectF(left + used + sizes.inner, where.top(), rest, where.height())
            paint.words(painter, detail, entry.detail, sizes.caption, quiet)
        painter.restore()


class Palette(QFrame):
    """The palette, laid over its window's upper half; Escape gives the keyboard back to where it was."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setProperty("kind", "palette")
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Find"))
        self._entries: tuple[Entry, ...] = ()
        self._before: QWidget | None = None
        sizes = look().sizes
        lines = QVBoxLayout(self)
        lines.setContentsMargins(sizes.inner, sizes.inner, sizes.inner, sizes.inner)
        lines.setSpacing(sizes.tight)
        self.line = SearchBox(tr("Find a person, a session, a worksheet or a command"))
        self.found = QListView()
        self.found.setProperty("kind", "flat")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(tr("Found"))
        self.rows = RowsModel((Column(tr("Found"), _title, spoken=_spoken),), self)
        self.found.setModel(self.rows)
        self.found.setItemDelegate(EntryPainter(self.found))
        self._state = label("", "caption")
        for widget in (self.line, self.found, self._state):
            lines.addWidget(widget)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._look_again)
        self.line.textEdited.connect(self.asked)
        self.found.clicked.connect(self._take)
        self.hide()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """What can be found; while it is open the list follows."""
        self._entries = entries
        self._look_again(self.line.text())

    def open(self) -> None:
        """Open over the window with an empty line."""
        self._before = QApplication.focusWidget()
        host = self._host
        sizes = look().sizes
        wide = min(host.width() - 2 * sizes.gap, sizes.ring * 8)
        high = min(host.height() - 4 * sizes.gap, sizes.ring * 5)
        self.setGeometry((host.width() - wide) // 2, 2 * sizes.gap, wide, high)
        self.line.clear()
        self._look_again("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def dismiss(self) -> None:
        """Close; the keyboard goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def _look_again(self, text: str) -> None:
        found = matching(self._entries, text)
        self.rows.set_rows(found)
        if found:
            self.found.setCurrentIndex(self.rows.index(0, 0))
        none = tr("Nothing is called that.")
        self._state.setText(trn("{count} found", "{count} found", len(found)) if found else none)

    def _take(self, *_: object) -> None:
        entry: Entry | None = self.found.currentIndex().data(ROW)
        if entry is not None:
            self.dismiss()
            self.chosen.emit(entry.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Escape while typing."""
        if watched is not self.line or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            to = self.found.currentIndex().row() + step
            if 0 <= to < self.rows.rowCount():
                self.found.setCurrentIndex(self.rows.index(to, 0))
        else:
            return False
        return True
