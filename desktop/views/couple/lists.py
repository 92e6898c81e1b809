"""Knows how a page lists its sessions and its notes, and what can be done with the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.views.couple.facts import AWAY, NoteFacts, SessionFacts
from desktop.views.ui.basics import Button, Card, EmptyState, label
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.screen import on_key
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone


def _s_title(row: SessionFacts) -> str:
    return row.title


def _s_day(row: SessionFacts) -> str:
    return row.day


def _s_people(row: SessionFacts) -> str:
    return row.people


def _s_words(row: SessionFacts) -> str:
    return row.words


def _s_sign(row: SessionFacts) -> str:
    return row.sign


def _s_tone(row: SessionFacts) -> Tone:
    return row.tone


class SessionsCard(Card):
    """The sessions. plan(), and opened, paper, after, parts, note, typed_in and carry with an id, are all it says."""

    plan = Signal()
    opened = Signal(str)
    paper = Signal(str)
    note = Signal(str)
    parts = Signal(str)
    typed_in = Signal(str)
    carry = Signal(str)
    after = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        self._narrow, self._next = False, ""
        head = QHBoxLayout()
        head.setSpacing(sizes.tight)
        head.addWidget(label(tr("Sessions"), "lead"))
        head.addStretch(1)
        self.plan_button = Button(tr("Plan a session"), "plus")
        head.addWidget(self.plan_button)
        self.lines.addLayout(head)
        self._model = RowsModel(
            (
                Column(tr("Protocol"), _s_title),
                Column(tr("Day"), _s_day),
                Column(tr("Who"), _s_people),
                Column(tr("State"), _s_words, sign=_s_sign, tone=_s_tone),
            ),
            self,
        )
        self.table = RowsTable(self._model, tr("Sessions"))
        self.table.setMinimumHeight(sizes.row * 4)
        self.empty = EmptyState(
            "timer", tr("No session yet"),
            tr("Plan one: who is dosed, who sits with their partner, and what each hopes for."),
        )
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.empty, 1)
        row = QHBoxLayout()
        row.setSpacing(sizes.tight)
        self.board_button = Button(tr("Open"), "layout-dashboard", kind="primary")
        self.paper_button = Button(tr("Paper"), "printer", kind="quiet")
        self.note_button = Button(tr("Note on it"), "notebook-pen", kind="quiet")
        self.parts_button = Button(tr("Change the plan"), "pencil", kind="quiet")
        self.after_button = Button(tr("Afterwards"), "clipboard-check", kind="quiet")
        for button, what in (
            (self.board_button, "board"), (self.parts_button, "parts"), (self.after_button, "after"),
            (self.paper_button, "paper"), (self.note_button, "note"),
        ):  # fmt: skip
            row.addWidget(button)
            button.clicked.connect(partial(self._say, what))
        row.addStretch(1)
        self.lines.addLayout(row)
        self.lines.addLayout(self._more())
        self.plan_button.clicked.connect(self.plan)
        self.table.doubleClicked.connect(self._activated)
        on_key(self.table, "Return", partial(self._say, "board"))
        on_key(self.table, "Enter", partial(self._say, "board"))
        self.table.selectionModel().selectionChanged.connect(self._moved)

    def _more(self) -> QHBoxLayout:
        """What is wanted less often, in a row of its own: seven in one would be cut off."""
        row = QHBoxLayout()
        row.setSpacing(look().sizes.tight)
        self.typed_button = Button(tr("Type in from paper"), "table-2", kind="quiet")
        self.carry_button = Button(tr("Carry to another machine"), "arrow-right", kind="quiet")
        for button, what in ((self.typed_button, "typed"), (self.carry_button, "carry")):
            row.addWidget(button)
            button.clicked.connect(partial(self._say, what))
        row.addStretch(1)
        return row

    def show_sessions(self, sessions: tuple[SessionFacts, ...], may_lead: bool) -> None:
        """Show these; the chosen one stays chosen."""
        before = self.chosen()
        wanted = before.id if before is not None else ""
        if any(row.id == self._next for row in sessions):
            wanted, self._next = self._next, ""
        self._model.set_rows(sessions)
        self.table.setVisible(bool(sessions))
        self.empty.setVisible(not sessions)
        self.plan_button.setEnabled(may_lead)
        at = next((at for at, row in enumerate(sessions) if row.id == wanted), 0)
        if sessions:
            self.table.selectRow(self.table.proxy.mapFromSource(self._model.index(at, 0)).row())
        self._moved()

    def choose(self, session_id: str) -> None:
        """Choose this one as soon as it is listed."""
        self._next = session_id

    def set_narrow(self, narrow: bool) -> None:
        """Beside an open form only what tells sessions apart is listed; the form has the only main button."""
        self._narrow = narrow
        self.table.setColumnHidden(2, narrow)
        self._moved()

    def chosen(self) -> SessionFacts | None:
        """The chosen session."""
        row = self.table.chosen()
        return row if isinstance(row, SessionFacts) else None

    def _moved(self, *_: object) -> None:
        row = self.chosen()
        for button in (self.board_button, self.paper_button, self.note_button):
            button.setVisible(row is not None and not self._narrow)
        self.parts_button.setVisible(row is not None and row.state == "planned" and not self._narrow)
        self.typed_button.setVisible(row is not None and row.state in ("planned", "running") and not self._narrow)
        self.carry_button.setVisible(row is not None and row.state == "planned" and not self._narrow)
        self.after_button.setVisible(row is not None and row.state not in ("planned", AWAY) and not self._narrow)
        if row is not None:
            self.board_button.say(row.action)
            self.board_button.setAccessibleName(f"{row.action}: {row.title}, {row.day}")

    def _activated(self, index: QModelIndex) -> None:
        self._say("board")

    def _say(self, what: str) -> None:
        row = self.chosen()
        if row is not None:
            what = "carry" if what == "board" and row.state == AWAY else what  # it is begun there, not here
            says = {
                "board": self.opened, "paper": self.paper, "note": self.note, "parts": self.parts, "after": self.after,
                "typed": self.typed_in, "carry": self.carry,
            }
            says[what].emit(row.id)


def _n_line(row: NoteFacts) -> str:
    return row.first_line


def _n_whose(row: NoteFacts) -> str:
    return row.whose


def _n_tone(row: NoteFacts) -> Tone:
    return row.seats[0] if len(row.seats) == 1 else Tone.PLAIN


def _n_by(row: NoteFacts) -> str:
    return row.by


def _n_when(row: NoteFacts) -> str:
    return row.when


def _n_signed(row: NoteFacts) -> str:
    return row.signed


def _n_sign(row: NoteFacts) -> str:
    return "pencil" if row.open or not row.signed else "lock"


class NotesCard(Card):
    """The notes. opened(id) and written() are all it says."""

    opened = Signal(str)
    write = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        head = QHBoxLayout()
        head.addWidget(label(tr("Notes"), "lead"))
        head.addStretch(1)
        self.write_button = Button(tr("Write a note"), "notebook-pen")
        head.addWidget(self.write_button)
        self.lines.addLayout(head)
        self._model = RowsModel(
            (
                Column(tr("Note"), _n_line, sign=_n_sign),
                Column(tr("Whose"), _n_whose, tone=_n_tone),
                Column(tr("By"), _n_by),
                Column(tr("Written"), _n_when),
            ),
            self,
        )
        self.table = RowsTable(self._model, tr("Notes"))
        self.table.setMinimumHeight(sizes.row * 4)
        self.empty = EmptyState(
            "notebook-pen", tr("No note yet"), tr("A note belongs to one person or to both. Once signed it is locked."),
        )
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.empty, 1)
        self.write_button.clicked.connect(self.write)
        self.table.doubleClicked.connect(self._open)
        on_key(self.table, "Return", self._open)
        on_key(self.table, "Enter", self._open)

    def show_notes(self, notes: tuple[NoteFacts, ...]) -> None:
        """Show these."""
        self._model.set_rows(notes)
        self.table.setVisible(bool(notes))
        self.empty.setVisible(not notes)
        if notes and self.table.chosen() is None:
            self.table.selectRow(0)

    def set_narrow(self, narrow: bool) -> None:
        """Beside an open form only what tells notes apart is listed."""
        self.table.setColumnHidden(2, narrow)
        self.table.setColumnHidden(3, narrow)

    def _open(self, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, NoteFacts):
            self.opened.emit(row.id)
