"""Knows the panel of signed checkpoints: who vouched for which line, and whose signature is still waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.checkpoints import SignedPoint
from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.audit_report import checkpoint_page
from desktop.services.checkpoints import checkpoints, countersign, sign_checkpoint, waits_for
from desktop.services.desk import Desk
from desktop.services.members import members
from desktop.services.outcome import Outcome
from desktop.services.ports_paper import PageImage
from desktop.views.ui.basics import Button, wrapped
from desktop.views.ui.doing import Doing
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.tables import RowsTable

PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class PointRow:
    """A checkpoint as it is listed. waits: whether whoever looks could countersign it."""

    id: str
    line: int
    when: str
    signed: str
    counter: str
    waits: bool


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_points(self, rows: tuple[PointRow, ...]) -> None:
        """Every checkpoint, newest first."""

    def show_points_busy(self, words: str) -> None:
        """What takes a while."""

    def show_points_error(self, error: Known) -> None:
        """Why nothing was signed."""


class PointsPresenter:
    """Lists checkpoints and has them signed. Any member may."""

    def __init__(self, desk: Desk, doing: Doing, view: View) -> None:
        self._desk, self._doing, self._view = desk, doing, view

    def begin(self) -> None:
        """Fetch them."""
        self._doing.ask(self._points, self._view.show_points, self._failed)

    def sign(self) -> None:
        """Check everything and sign the end of the trail."""
        self._busy()
        self._doing.change(partial(sign_checkpoint, self._desk), self._done, self._failed)

    def countersign(self, checkpoint_id: str) -> None:
        """Check everything and sign this one too."""
        self._busy()
        self._doing.change(partial(countersign, self._desk, checkpoint_id), self._done, self._failed)

    def pages(self, then: Callable[[tuple[PageImage, ...]], object]) -> None:
        """The page with all checkpoints, as it goes to the printer; the trail says so."""
        self._doing.change(self._printed, then, self._failed)

    def _busy(self) -> None:
        self._view.show_points_busy(tr("Checking everything before it is signed…"))

    def _done(self, made: object) -> None:
        self._view.show_points_busy("")
        self.begin()

    def _failed(self, error: Known) -> None:
        self._view.show_points_busy("")
        self._view.show_points_error(error)

    def _printed(self) -> Outcome[tuple[PageImage, ...]]:
        return Outcome(self._desk.press.preview(checkpoint_page(self._desk), PRINT_DPI))

    def _points(self) -> tuple[PointRow, ...]:
        names = {member.id: member.name for member in members(self._desk)}
        me = self._desk.member.id
        return tuple(_row(point, names, waits_for(point, me)) for point in checkpoints(self._desk))


def _row(point: SignedPoint, names: dict[str, str], waits: bool) -> PointRow:
    first = point.checkpoint
    counter = ", ".join(names.get(each.member_id, each.member_id[:8]) for each in point.countersignatures)
    return PointRow(
        first.id, first.number, f"{first.signed.local:%Y-%m-%d %H:%M}",
        names.get(first.member_id, first.member_id[:8]), counter or tr("nobody yet"), waits,
    )


def _line(row: PointRow) -> str:
    return str(row.line)


def _by_line(row: PointRow) -> int:
    return row.line


def _signed(row: PointRow) -> str:
    return row.signed


def point_words(row: PointRow) -> str:
    """A checkpoint in a sentence."""
    return tr(
        "Line {n}, signed by {name} on {time}; countersigned by {others}.", n=row.line, name=row.signed, time=row.when,
        others=row.counter,
    )  # fmt: skip


def _counter(row: PointRow) -> str:
    return row.counter


class PointsList(QWidget):
    """The checkpoints. countersign_asked(id) and print_asked() are all it says."""

    countersign_asked = Signal(str)
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._model = RowsModel(
            (
                Column(tr("Countersigned by"), _counter), Column(tr("Line"), _line, sort=_by_line),
                Column(tr("Signed by"), _signed),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Checkpoints"))
        self.table.horizontalHeader().moveSection(0, 2)
        self.counter = Button(tr("Countersign the one that is chosen"), "check")
        self.print = Button(tr("Print all of them…"), "printer")
        self._hint = wrapped("", "muted")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(wrapped(
            tr("A signature vouches for every line up to the one it stands under. A colleague's signature beside it "
               "keeps one member alone from writing the trail anew; a print of it, kept elsewhere, does so too."),
            "muted",
        ))  # fmt: skip
        for part in (self.table, self._hint, self.counter, self.print):
            lines.addWidget(part)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.counter.clicked.connect(self._countersign)
        self.print.clicked.connect(self.print_asked)
        self.show_points(())

    def show_points(self, rows: tuple[PointRow, ...]) -> None:
        """Every checkpoint, newest first."""
        self._model.set_rows(rows)
        if rows and self.table.chosen() is None:
            self.table.selectRow(0)
        self._chosen()
        self.print.setEnabled(bool(rows))

    def _chosen(self, *_: object) -> None:
        row = self.table.chosen()
        self.counter.setEnabled(isinstance(row, PointRow) and row.waits)
        self._hint.setText(point_words(row) if isinstance(row, PointRow) else tr("Nothing was signed yet."))

    def _countersign(self) -> None:
        row = self.table.chosen()
        if isinstance(row, PointRow):
            self.countersign_asked.emit(row.id)
