"""Knows how help is read: its pages at the left, the chosen one at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QTextBrowser, QWidget

from desktop.domain.words import tr
from desktop.services.ports import Resources
from desktop.views.ui.basics import Card
from desktop.views.ui.look import colour, look
from desktop.views.ui.models import ROW, Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.rows import Roomy
from desktop.views.ui.screen import Screen
from desktop.views.ui.timers import rest

FOLDER = "help"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of help, as Markdown."""

    title: str
    text: str


def pages(resources: Resources) -> tuple[Page, ...]:
    """Every page, in order; the first line is its title."""
    found = []
    for name in resources.names(FOLDER, ".md"):
        text = resources.text(f"{FOLDER}/{name}")
        found.append(Page(text.splitlines()[0].lstrip("# ").strip(), text))
    return tuple(found)


def _title(page: Page) -> str:
    return page.title


class Reader(QTextBrowser):
    """Reads one page; links lead nowhere outside the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Help"))
        self._text = ""
        self._again = rest(0, self, self._read_again)

    def read(self, text: str) -> None:
        """Show a page."""
        self._text = text
        self.setMarkdown(text)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self) -> None:
        """Room between the lines, and quiet tables."""
        sizes, theme = look().sizes, look().theme
        document = self.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(sizes.tight)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        room = QTextBlockFormat()
        room.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        room.setBottomMargin(sizes.tight)
        cursor.mergeBlockFormat(room)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setBorder(0)
                shape.setBackground(colour(theme.ground.sunken))
                shape.setCellPadding(sizes.hair)
                shape.setCellSpacing(0)
                frame.setFormat(shape)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._again.start()

    def _read_again(self) -> None:
        if self._text:
            self.read(self._text)


class HelpScreen(Screen):
    """Help, as pages."""

    def __init__(self, resources: Resources, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Help"), (), parent)
        self._model = RowsModel((Column(tr("Page"), _title),), self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName(tr("Pages of help"))
        self.list.setItemDelegate(Roomy(self.list))
        self.reader = Reader()
        side, page = Card(), Card()
        side.setFixedWidth(look().sizes.ring * 3)
        side.lines.addWidget(self.list)
        page.lines.addWidget(self.reader)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.gap)
        row.addWidget(side)
        row.addWidget(page, 1)
        self.lines.addLayout(row, 1)
        self._model.set_rows(pages(resources))
        self.list.selectionModel().currentChanged.connect(self._chosen)
        first = self._model.index(0, 0)
        self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def take_keyboard(self) -> None:
        """The list of pages."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        page: Page | None = now.data(ROW)
        if page is not None:
            self.reader.read(page.text)
