"""Knows how the paper screen stands: what and for whom at the left, the real pages at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.ports_paper import PageImage
from desktop.views.paper.choices import SIZES, Copy, Sheet
from desktop.views.paper.pages import STEP, PagesView
from desktop.views.paper.presenter import PRINT_DPI, PaperFacts, PaperPresenter
from desktop.views.paper.printing import Printed, ask_printer, put_on
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, label, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.fields import Choice, Field
from desktop.views.ui.look import look
from desktop.views.ui.models import ROW, Column, Index, RowsModel
from desktop.views.ui.ops import Ops, explained
from desktop.views.ui.place import BACK, Place
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.seats import CompartmentStrip, draw_badge

# Rows that a list shows at once: where there is room, and where there is little.
SHEETS, COPIES, LEAST = 9, 6, 3


class Two(QStyledItemDelegate):
    """A row of two lines, with a seat's letter where there is one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines high."""
        sizes = look().sizes
        high = paint.height_of(sizes.body) + paint.height_of(sizes.caption) + sizes.tight
        return QSize(sizes.ring, max(int(high), sizes.target))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Badge or nothing, title, and what it is about."""
        row: Sheet | Copy = index.data(ROW)
        sizes, theme = look().sizes, look().theme
        state: QStyle.StateFlag = option.state
        where = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            paint.shape(painter, where, fill=theme.ink.selected, radius=sizes.radius_small)
            edge = QRectF(where.left(), where.top(), sizes.hair, where.height())
            paint.shape(painter, edge, fill=theme.accent.border, radius=sizes.hair / 2)
        text = theme.ink.selected_text if chosen else theme.ink.text
        quiet = theme.ink.selected_text if chosen else theme.ink.muted
        left = where.left() + sizes.inner
        letter = row.letter if isinstance(row, Copy) else ""
        if isinstance(row, Copy):
            side = float(sizes.icon + sizes.tight)
            badge = QRectF(left, where.center().y() - side / 2, side, side)
            if letter in ("A", "B"):
                draw_badge(painter, badge, letter, row.seats[0])
            else:
                paint.icon(painter, "users" if letter else "file-text", badge.adjusted(4, 4, -4, -4), quiet)
            left += side + sizes.tight
        detail = row.detail if isinstance(row, Copy) else row.about
        first, second = paint.height_of(sizes.body), paint.height_of(sizes.caption)
        top = where.top() + (where.height() - first - second) / 2
        room = where.right() - left - sizes.tight
        paint.words(painter, QRectF(left, top, room, first), row.title, sizes.body, text, strong=chosen)
        paint.words(painter, QRectF(left, top + first, room, second), detail, sizes.caption, quiet)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, where, sizes.radius_small)
        painter.restore()


def _title(row: Sheet | Copy) -> str:
    return row.title


def _spoken(row: Sheet | Copy) -> str:
    if isinstance(row, Copy):
        return ", ".join(part for part in (row.letter, row.title, row.detail) if part)
    return f"{row.title}, {row.about}"


class Few(QListView):
    """A short list; picked(key) when another row is chosen."""

    picked = Signal(str)

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.rows = RowsModel((Column(name, _title, spoken=_spoken),), self)
        self.setModel(self.rows)
        self.setItemDelegate(Two(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.selectionModel().currentChanged.connect(self._moved)
        self._quiet = False

    def show_rows(self, rows: tuple[Sheet | Copy, ...], chosen: str) -> None:
        """Show these, one of them chosen; nobody is told."""
        self._quiet = True
        self.rows.set_rows(rows)
        for at, row in enumerate(rows):
            if row.key == chosen:
                index = self.rows.index(at, 0)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to the most that it is given."""
        return self._high(self._most)

    def minimumSizeHint(self) -> QSize:
        """Where there is little room: three rows."""
        return self._high(LEAST)

    def _high(self, most: int) -> QSize:
        many = max(1, min(most, self.rows.rowCount()))
        row = self.sizeHintForRow(0) if self.rows.rowCount() else look().sizes.target
        edges = self.contentsMargins()
        return QSize(look().sizes.ring * 3, row * many + edges.top() + edges.bottom() + 2 * look().sizes.tight)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        row: Sheet | Copy | None = now.data(ROW)
        if not self._quiet and row is not None:
            self.picked.emit(row.key)


class PaperScreen(Screen):
    """Choose, see the real pages, print or save."""

    def __init__(self, desk: Desk, ops: Ops, session_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Paper"), (), parent)
        self.presenter = PaperPresenter(desk, self.doing, self, session_id)
        self.ask_printer: Callable[[QWidget, str, int, Printed], object] = ask_printer
        self._who = label("", "muted")
        self._strip = CompartmentStrip()
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self.sheets, self.copies = Few(tr("Which sheet"), SHEETS), Few(tr("For whom"), COPIES)
        self.size_ = Choice()
        for size in SIZES:
            self.size_.addItem(size, size)
        self.pages = PagesView()
        self.print_button = PrimaryButton(tr("Print…"), "printer")
        self.print_button.setToolTip(tr("Print (Ctrl+P)"))
        self.save_button = Button(tr("Save as PDF…"), "download")
        self.save_button.setToolTip(tr("Save as PDF (Ctrl+S)"))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self._busy_words = label("", "caption")
        self._nothing = EmptyState(
            "file-text", tr("There is nothing to print"), tr("This program was installed without its worksheets."),
        )
        self._build()
        self._connect()
        self._first: tuple[str, str] = ("", "")

    def _build(self) -> None:
        sizes = look().sizes
        side = Card()
        side.setFixedWidth(sizes.ring * 4)
        side.lines.addWidget(label(tr("Which sheet"), "strong"))
        side.lines.addWidget(self.sheets)
        side.lines.addWidget(label(tr("For whom"), "strong"))
        side.lines.addWidget(self.copies)
        side.lines.addWidget(Field("size", tr("Size of paper"), self.size_))
        side.lines.addStretch(1)
        side.lines.addWidget(wrapped(tr("A saved PDF is not encrypted."), "caption"))
        side.lines.addWidget(self.save_button)
        side.lines.addWidget(self.print_button)
        self._side = side
        sheet = Card()
        top = QHBoxLayout()
        top.setSpacing(sizes.tight)
        self._strip.setFixedHeight(sizes.icon)
        top.addWidget(self._strip)
        top.addWidget(self._who, 1)
        self.smaller, self.larger = Button("–", kind="quiet"), Button("+", kind="quiet")
        self.smaller.setAccessibleName(tr("Smaller"))
        self.larger.setAccessibleName(tr("Larger"))
        self.smaller.setToolTip(tr("Smaller (Ctrl+-)"))
        self.larger.setToolTip(tr("Larger (Ctrl++)"))
        top.addWidget(self.smaller)
        top.addWidget(self.larger)
        sheet.lines.addLayout(top)
        sheet.lines.addWidget(self._busy_words)
        sheet.lines.addWidget(self.busy)
        sheet.lines.addWidget(self.pages, 1)
        row = QHBoxLayout()
        row.setSpacing(sizes.gap)
        row.addWidget(side)
        row.addWidget(sheet, 1)
        row.addWidget(self._nothing, 1)
        self._nothing.hide()
        self.lines.addLayout(row, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.sheets.picked.connect(self.presenter.choose_sheet)
        self.copies.picked.connect(self.presenter.choose_copy)
        self.size_.activated.connect(self._sized)
        self.print_button.clicked.connect(self.print_pages)
        self.save_button.clicked.connect(self.save)
        self.smaller.clicked.connect(partial(self._zoomed, 1 / STEP))
        self.larger.clicked.connect(partial(self._zoomed, STEP))
        on_key(self, "Ctrl+P", self.print_pages)
        on_key(self, "Ctrl+S", self.save)

    def show_part(self, place: Place) -> None:
        """Begin with a sheet, or a sheet for somebody: `sheet`, `sheet/copy`."""
        sheet, _, copy = place.part.partition("/")
        self._first = (sheet, copy)
        if self.isVisible():
            self.ask_again()

    def ask_again(self) -> None:
        """Fetch what can be printed."""
        first, self._first = self._first, ("", "")
        self.presenter.begin(*first)

    def take_keyboard(self) -> None:
        """The pages' list."""
        self.sheets.setFocus()

    def show_paper(self, facts: PaperFacts) -> None:
        """What can be chosen, and what is."""
        self.say_title(facts.title)
        wanted = facts.wanted
        self._nothing.setVisible(wanted is None)
        for part in (self.print_button, self.save_button):
            part.setEnabled(wanted is not None)
        if wanted is None:
            return
        self.sheets.show_rows(facts.sheets, wanted.sheet)
        self.copies.show_rows(facts.copies, wanted.copy)
        who = tr("Who will see this: {who}", who=facts.who)
        self._who.setText(who)
        self._strip.show_seats(facts.seats, who)

    def show_pages(self, title: str, pages: tuple[PageImage, ...]) -> None:
        """The real pages."""
        self.pages.show_pages(title, pages)

    def show_busy(self, words: str) -> None:
        """What takes a moment."""
        self._busy_words.setText(words)
        self._busy_words.setVisible(bool(words))
        self.busy.setVisible(bool(words))

    def print_pages(self) -> None:
        """Ask which printer."""
        if not self.print_button.isEnabled():
            return
        try:
            self.ask_printer(self, self.presenter.size, PRINT_DPI, self._print)
        except Exception as error:  # noqa: BLE001 - the machine's own dialog; whatever it does, the page must say so
            self.show_error(explained(error))

    def save(self) -> QFileDialog | None:
        """Ask where; the suggested name holds no client's."""
        if not self.save_button.isEnabled():
            return None
        dialog = QFileDialog(self, tr("Save as PDF"), str(Path.home() / self.presenter.file_name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.presenter.file_name)
        dialog.fileSelected.connect(self._save)
        ask(dialog)
        return dialog

    def _print(self, printer: QPrinter) -> None:
        self.presenter.print_on(partial(put_on, printer))

    def _save(self, path: str) -> None:
        self.presenter.save_as(Path(path))

    def _sized(self, *_: object) -> None:
        self.presenter.choose_size(str(self.size_.currentData()))

    def _zoomed(self, by: float) -> None:
        self.pages.set_zoom(self.pages.zoom * by)


