"""Knows how the session's log is drawn: when, about whom, what; late and struck entries stay visible."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.words import tr
from desktop.views.ui import fonts, paint
from desktop.views.ui.facts import LogRow
from desktop.views.ui.look import colour, look
from desktop.views.ui.models import ROW, Column, Index, RowsModel
from desktop.views.ui.theme import Sizes, Tone

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_TALL = 10_000.0


def _spoken(row: LogRow) -> str:
    return row.spoken


def _remark(row: LogRow) -> str:
    """What stands under an entry: that it was struck and why, written later, by whom."""
    struck = ""
    if row.struck:
        struck = tr("struck: {why}", why=row.struck_why) if row.struck_why else tr("struck")
    return " · ".join(part for part in (struck, row.late, row.by) if part)


class _Columns:
    """Where the parts of a row stand, at a size of text."""

    def __init__(self, wide: float, letter: str) -> None:
        sizes = look().sizes
        self.time = paint.width_of("00:00", sizes.caption) + sizes.tight
        self.sign = self.time + sizes.icon
        self.letter = self.sign + sizes.tight
        self.text = self.letter + paint.width_of(letter, sizes.body, strong=True) + sizes.tight
        self.room = max(1.0, wide - self.text - sizes.tight)

    def text_high(self, row: LogRow) -> float:
        """How high the wrapped words are."""
        return wrapped_high(row.text, self.room, look().sizes.body)


# Qt asks for the height of every row a dozen times when the theme changes; only words and room decide it.
@lru_cache(maxsize=4096)
def wrapped_high(text: str, room: float, pixels: int) -> float:
    """How high words become in a room of this width."""
    metrics = QFontMetricsF(fonts.sized(pixels))
    return metrics.boundingRect(QRectF(0, 0, room, _TALL), _WRAP, text).height()


@lru_cache(maxsize=64)
def _columns(wide: float, sizes: Sizes, letter: str) -> _Columns:
    """The columns at a width; sizes are those in use, letter the widest of the log, as `A` or `3A`."""
    return _Columns(wide, letter)


class LogPainter(QStyledItemDelegate):
    """Draws one row of the log."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wide = 0
        self.letter = "A"

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need."""
        row: LogRow = index.data(ROW)
        sizes = look().sizes
        high = _columns(self.wide, sizes, self.letter).text_high(row) + sizes.tight
        if _remark(row):
            high += paint.height_of(sizes.caption)
        return QSize(self.wide, max(sizes.row, int(high + 1)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Time, sign on the line of time, letter, words, remark."""
        row: LogRow = index.data(ROW)
        where = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        sizes, theme = look().sizes, look().theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint.shape(painter, where, fill=theme.ink.selected, radius=sizes.radius_small)
        self._draw_row(painter, where, row)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, where, sizes.radius_small)
        painter.restore()

    def _draw_row(self, painter: QPainter, where: QRectF, row: LogRow) -> None:
        sizes, theme = look().sizes, look().theme
        ink = theme.ink
        at = _columns(where.width(), sizes, self.letter)
        high, small, line = at.text_high(row), paint.height_of(sizes.caption), paint.height_of(sizes.body)
        remark = _remark(row)
        top = where.top() + (where.height() - high - (small if remark else 0)) / 2
        first = QRectF(where.left() + sizes.hair, top, at.time, line)
        paint.words(painter, first, row.time, sizes.caption, ink.muted)
        middle = where.left() + (at.time + at.sign) / 2
        thin = theme.ground.border
        paint.line(painter, QPointF(middle, where.top()), QPointF(middle, where.bottom() + 1), thin, sizes.line)
        side = float(sizes.icon_small)
        seat = ink.muted if row.seat is Tone.PLAIN else theme.shade(row.seat).text
        value = theme.shade(row.tone).text if row.tone in {Tone.AMBER, Tone.RED} else seat
        sign = QRectF(middle - side / 2, top + (line - side) / 2, side, side)
        around = sign.adjusted(-sizes.stroke, -sizes.stroke, sizes.stroke, sizes.stroke)
        paint.shape(painter, around, fill=theme.ground.card, radius=side)
        paint.icon(painter, row.icon, sign, value)
        letter = QRectF(where.left() + at.letter, top, sizes.icon, line)
        paint.words(painter, letter, row.letter, sizes.body, seat, strong=True)
        text = QRectF(where.left() + at.text, top, at.room, high + sizes.hair)
        font = fonts.sized(sizes.body)
        if row.struck:
            font = QFont(font)
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(colour(ink.muted if row.struck else ink.text))
        painter.drawText(text, _WRAP, row.text)
        if remark:
            under = QRectF(text.left(), top + high, at.room, small)
            paint.words(painter, under, remark, sizes.caption, ink.muted)


class EventLog(QListView):
    """The session's log, newest first; each row is one sentence for a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        self.model_rows = RowsModel((Column(tr("Entry"), _text, spoken=_spoken),), self)
        self._painter = LogPainter(self)
        self.setModel(self.model_rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(tr("Log of the session"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)

    def show_rows(self, rows: tuple[LogRow, ...]) -> None:
        """Show the log, newest first."""
        self.model_rows.set_rows(rows)
        self._painter.letter = "3A" if any(len(row.letter) > 1 for row in rows) else "A"
        self.scheduleDelayedItemsLayout()

    def chosen(self) -> LogRow | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        row: LogRow | None = index.data(ROW) if index.isValid() else None
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        self._painter.wide = self.viewport().width()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Another density changes the rows' heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


def _text(row: LogRow) -> str:
    return row.text
