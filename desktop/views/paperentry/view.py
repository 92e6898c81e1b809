"""Knows how the page stands on which a paper flowsheet is typed in: whose sheet, the grid, and what to write where."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr, trn
from desktop.live.paperrow import COLUMNS
from desktop.services.desk import Desk
from desktop.services.paperentry import PaperPerson
from desktop.views.paperentry.grid import GridModel, GridTable, hints
from desktop.views.paperentry.presenter import Lives, PaperEntryPresenter, StartFields
from desktop.views.paperentry.sheets import GridRow
from desktop.views.paperentry.start import StartCard
from desktop.views.ui.basics import Button, PrimaryButton, label, wrapped
from desktop.views.ui.facts import Entry
from desktop.views.ui.halftyped import Fields, Forms
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, BOARD, Place
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.seats import CompartmentStrip
from desktop.views.ui.theme import Tone

SAVE = "Ctrl+S"
_ALL = 100
"""The grid takes all the room there is."""
_SEATS = {"a": Tone.A, "b": Tone.B}


def seat_of(key: str) -> Tone:
    """The tone of a seat, also in a group: `3a` sits as A does."""
    return _SEATS.get(key[-1:], Tone.PLAIN)


class PaperEntryScreen(Screen):
    """The grid of one session's paper."""

    def __init__(self, desk: Desk, ops: Ops, session_id: str, lives: Lives, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Type in from paper"), (), parent)
        self.presenter = PaperEntryPresenter(desk, self.doing, self, session_id, lives)
        self._session = session_id
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.board = Button(tr("Open the board"), "layout-dashboard", kind="quiet")
        self.save = PrimaryButton(tr("Save the rows"), "save")
        self.save.setToolTip(tr("Save the rows (Ctrl+S)"))
        self.head.insertWidget(0, self.back)
        self.head.addWidget(self.board)
        self.head.addWidget(self.save)
        self.begin_card, self.sheet = StartCard(), QWidget()
        self.people: dict[str, Button] = {}
        self.model = GridModel(self)
        self.table = GridTable(self.model)
        self.strip = CompartmentStrip()
        self.where, self.hint, self.left = label("", "lead"), wrapped("", "muted"), label("", "muted")
        self._build_sheet()
        self.lines.addWidget(self.begin_card)
        self.lines.addWidget(self.sheet, _ALL)
        self.lines.addStretch(1)  # what is left when neither is shown
        for each in (self.begin_card, self.sheet, self.save, self.board):
            each.hide()
        self._connect()

    def _build_sheet(self) -> None:
        sizes = look().sizes
        self.sheet.setProperty("kind", "bare")
        lines = QVBoxLayout(self.sheet)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.inner)
        row = QHBoxLayout()
        row.setSpacing(sizes.tight)
        self._tabs = QHBoxLayout()
        self._tabs.setSpacing(sizes.tight)
        row.addLayout(self._tabs)
        row.addStretch(1)
        row.addWidget(self.left)
        lines.addLayout(row)
        lines.addWidget(self.where)
        grid = QHBoxLayout()
        grid.setSpacing(sizes.tight)
        grid.addWidget(self.strip)
        grid.addWidget(self.table, 1)
        lines.addLayout(grid, 1)
        lines.addWidget(self.hint)

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.board.clicked.connect(partial(self.go.emit, Place(BOARD, self._session)))
        self.save.clicked.connect(self._save)
        self.begin_card.begun.connect(self.presenter.start)
        self.model.typed.connect(self.presenter.edit)
        self.table.moved.connect(self._moved)
        on_key(self, SAVE, self._save)
        for at in range(9):
            on_key(self, f"Alt+{at + 1}", partial(self._nth, at))

    def ask_again(self) -> None:
        """Look where the session stands."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The day when it is asked for, else the grid."""
        if self.begin_card.isVisible():
            self.begin_card.take_keyboard()
        elif self.sheet.isVisible():
            self.table.setFocus()

    def commands(self) -> tuple[Entry, ...]:
        """What the palette offers here."""
        if not self.sheet.isVisible():
            return ()
        group = tr("This page")
        found = [Entry("save", tr("Save the rows"), "", "save", group, SAVE)]
        found += [
            Entry(f"sheet:{key}", tr("The sheet of {letter}", letter=key.upper()), button.text(), "user", group, "")
            for key, button in self.people.items()
        ]
        return tuple(found)

    def act(self, key: str) -> None:
        """Do one of them."""
        if key == "save":
            self._save()
        elif key.startswith("sheet:"):
            self.presenter.choose(key.removeprefix("sheet:"))

    def half_typed(self) -> Forms:
        """What is typed and not in the session."""
        return self.presenter.sheets.half_typed()

    def reopen(self, key: str, values: Fields) -> bool:
        """Put it back; False while the page is not there yet."""
        return self.presenter.reopen(key, values)

    def show_start(self, fields: StartFields) -> None:
        """Ask when it began."""
        self.begin_card.show()
        self.begin_card.form.show_draft(fields)
        self.take_keyboard()

    def show_start_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with that."""
        self.begin_card.form.show_problems(problems)

    def show_grid(self, people: tuple[PaperPerson, ...], who: str) -> None:
        """The sheets, and whose is open."""
        self.begin_card.hide()
        for each in (self.sheet, self.save, self.board):
            each.show()
        if not self.people:
            for at, person in enumerate(people):
                self._tabs.addWidget(self._tab(at, person))
        for key, button in self.people.items():
            button.setChecked(key == who)
        found = next(person for person in people if person.key == who)
        self.where.setText(tr("{letter}  {name}, born {born}", letter=who.upper(), name=found.name, born=found.born))
        self.strip.show_seats((seat_of(who),), tr("Only {letter} will see this", letter=who.upper()))

    def _tab(self, at: int, person: PaperPerson) -> Button:
        button = Button(f"{person.key.upper()}  {person.name}", "user")
        button.setCheckable(True)
        button.setToolTip(tr("{name}, born {born} (Alt+{n})", name=person.name, born=person.born, n=at + 1))
        button.clicked.connect(partial(self.presenter.choose, person.key))
        self.people[person.key] = button
        return button

    def show_rows(self, rows: tuple[GridRow, ...]) -> None:
        """The rows of the open sheet."""
        self.model.set_rows(rows)
        at = self.table.currentIndex()
        self._moved(at.row(), at.column())

    def show_waiting(self, many: int) -> None:
        """How many rows are not in the session yet."""
        words = trn("{count} row is not saved yet", "{count} rows are not saved yet", many) if many else ""
        self.left.setText(words)
        self.save.setEnabled(bool(many))

    def go_to_row(self, at: int, column: str) -> None:
        """Put the keyboard there."""
        self.table.go_to(at, COLUMNS.index(column))

    def changeEvent(self, event: QEvent) -> None:
        """Another density has other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.table.fit()

    def _moved(self, row: int, column: int) -> None:
        """Below the grid: what is wrong in this row, else how this column is written."""
        said = self.model.row(row).said if 0 <= row < self.model.rowCount() else ""
        words = hints()[COLUMNS[column]] if 0 <= column < len(COLUMNS) else ""
        self.hint.setText(said or words)

    def _nth(self, at: int) -> None:
        keys = list(self.people)
        if at < len(keys):
            self.presenter.choose(keys[at])

    def _save(self) -> None:
        self.table.setFocus()  # what is being typed in a cell is taken with that
        self.presenter.save()
