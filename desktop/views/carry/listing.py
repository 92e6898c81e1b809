"""Knows the list of carried sessions: which are away, and what came of the others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from desktop.domain.carried import CarriedRow, CarryState
from desktop.domain.words import tr
from desktop.services.carrying import carried_rows
from desktop.services.desk import Desk
from desktop.views.ui.basics import Button, EmptyState
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, CARRY, Place
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone


def _who(row: CarriedRow) -> str:
    return " & ".join(row.names)


def _day(row: CarriedRow) -> str:
    return row.planned_for.isoformat()


def _standing(row: CarriedRow) -> str:
    one = row.carried
    if one.state is CarryState.OUT:
        return tr("away; may be begun until {when:%Y-%m-%d %H:%M}", when=one.expires.local)
    if one.state is CarryState.RETURNED:
        return tr("came back, {n} entries", n=one.entries)
    return tr("taken back")


def _sign(row: CarriedRow) -> str:
    return {CarryState.OUT: "arrow-right", CarryState.RETURNED: "check", CarryState.TAKEN_BACK: "undo-2"}[
        row.carried.state
    ]


def _tone(row: CarriedRow) -> Tone:
    return Tone.AMBER if row.carried.state is CarryState.OUT else Tone.PLAIN


def _by(row: CarriedRow) -> str:
    return row.by


class CarriedListScreen(Screen):
    """Every carried session, newest first."""

    def __init__(self, desk: Desk, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Carried sessions"), ("carried",), parent)
        self._desk = desk
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self._model = RowsModel(
            (
                Column(tr("Who"), _who), Column(tr("Day"), _day),
                Column(tr("State"), _standing, sign=_sign, tone=_tone), Column(tr("Carried by"), _by),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Carried sessions"))
        self.empty = EmptyState(
            "arrow-right", tr("No session was ever carried"),
            tr("A planned session is carried from its people's page: run on another machine, it comes back once."),
        )
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.empty, 1)
        self.empty.hide()
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.table.doubleClicked.connect(self._open)
        for key in ("Return", "Enter"):
            on_key(self.table, key, self._open)

    def ask_again(self) -> None:
        """Fetch the list."""
        self.doing.ask(partial(carried_rows, self._desk), self.show_rows, self.show_error)

    def show_rows(self, rows: tuple[CarriedRow, ...]) -> None:
        """The list."""
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.table.chosen() is None:
            self.table.selectRow(0)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """The list, when there is one."""
        (self.table if self.table.isVisible() else self.back).setFocus()

    def _open(self, _: QModelIndex | None = None) -> None:
        row = self.table.chosen()
        if isinstance(row, CarriedRow):
            self.go.emit(Place(CARRY, row.carried.session_id))
