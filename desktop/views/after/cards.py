"""Knows how a session's words, phone orders and notes are listed afterwards."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.progress import SHARED
from desktop.views.after.reading import AfterFacts, PhoneRow, WordsRow
from desktop.views.ui.basics import Button, Card, EmptyState, label, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.screen import on_key
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone


def _w_text(row: WordsRow) -> str:
    return row.text


def _w_who(row: WordsRow) -> str:
    return row.who


def _w_seat(row: WordsRow) -> Tone:
    return row.seat


def _w_wall(row: WordsRow) -> str:
    return row.wall


def _w_state(row: WordsRow) -> str:
    return row.state


def _w_sign(row: WordsRow) -> str:
    return row.sign


def _p_text(row: PhoneRow) -> str:
    return row.text


def _p_who(row: PhoneRow) -> str:
    return row.who


def _p_when(row: PhoneRow) -> str:
    return row.when


def _p_state(row: PhoneRow) -> str:
    return row.state


def _p_sign(row: PhoneRow) -> str:
    return row.sign


def _p_tone(row: PhoneRow) -> Tone:
    return row.tone


class WordsCard(Card):
    """Everybody's words. give(row) and take_back(row) are all it says."""

    give = Signal(object)
    take_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = self._closed = False
        self.lines.addWidget(label(tr("Words kept"), "lead"))
        whose = tr("They are their speaker's own until given to both: sober, the next day or later, by who said them.")
        self.lines.addWidget(wrapped(whose, "muted"))
        self._model = RowsModel(
            (
                Column(tr("Words"), _w_text), Column(tr("Who"), _w_who, tone=_w_seat), Column(tr("At"), _w_wall),
                Column(tr("Whose now"), _w_state, sign=_w_sign),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Words kept"))
        self.table.setMinimumHeight(look().sizes.row * 6)
        how = tr("On the board, one key keeps what somebody says.")
        self.empty = EmptyState("quote", tr("No words were kept"), how)
        self.give_button = Button(tr("Give to both"), "users")
        self.back_button = Button(tr("Take back"), "rotate-ccw", kind="quiet")
        for part in (self.table, self.empty, self.give_button, self.back_button):
            part.hide()
        row = QHBoxLayout()
        row.addWidget(self.give_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.empty, 1)
        self.lines.addLayout(row)
        self.give_button.clicked.connect(self._give)
        self.back_button.clicked.connect(self._back)
        self.table.selectionModel().selectionChanged.connect(self._moved)
        for key in ("Return", "Enter"):
            on_key(self.table, key, self._give)

    def show_words(self, rows: tuple[WordsRow, ...], may_lead: bool, closed: bool) -> None:
        """Show these."""
        self._may, self._closed = may_lead, closed
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.table.chosen() is None:
            self.table.selectRow(0)
        self._moved()

    def chosen(self) -> WordsRow | None:
        """The chosen words."""
        row = self.table.chosen()
        return row if isinstance(row, WordsRow) else None

    def _moved(self, *_: object) -> None:
        row = self.chosen()
        may = row is not None and self._may and self._closed
        self.give_button.setVisible(may and row is not None and row.release is None)
        self.back_button.setVisible(may and row is not None and row.release is not None)

    def _give(self, *_: object) -> None:
        row = self.chosen()
        if row is not None and row.release is None and self._closed:
            self.give.emit(row)

    def _back(self, *_: object) -> None:
        row = self.chosen()
        if row is not None:
            self.take_back.emit(row)


class PhoneCard(Card):
    """What was said by phone. sign(row) is all it says."""

    sign = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = False
        self.lines.addWidget(label(tr("By phone"), "lead"))
        self._model = RowsModel(
            (
                Column(tr("What"), _p_text), Column(tr("For"), _p_who), Column(tr("At"), _p_when),
                Column(tr("Signature"), _p_state, sign=_p_sign, tone=_p_tone),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("By phone"))
        self.table.setMinimumHeight(look().sizes.row * 3)
        self.by = wrapped("", "caption")
        self.sign_button = Button(tr("Sign"), "pencil")
        row = QHBoxLayout()
        row.addWidget(self.by, 1)
        row.addWidget(self.sign_button)
        self.none = wrapped(tr("Nothing was ordered by phone."), "muted")
        for part in (self.table, self.none, self.sign_button):
            part.hide()
        self.lines.addWidget(self.table)
        self.lines.addWidget(self.none)
        self.lines.addLayout(row)
        self.sign_button.clicked.connect(self._sign)
        self.table.selectionModel().selectionChanged.connect(self._moved)
        for key in ("Return", "Enter"):
            on_key(self.table, key, self._sign)

    def show_phone(self, rows: tuple[PhoneRow, ...], may_sign: bool) -> None:
        """Show these."""
        self._may = may_sign
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows and self.table.chosen() is None:
            self.table.selectRow(0)
        self._moved()

    def _moved(self, *_: object) -> None:
        row = self.table.chosen()
        found = row if isinstance(row, PhoneRow) else None
        self.by.setText(found.by if found is not None else "")
        self.by.setVisible(found is not None)
        self.sign_button.setVisible(found is not None and found.waits and self._may)

    def _sign(self, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, PhoneRow):
            self.sign.emit(row)


class LinesCard(Card):
    """A few lines of words, or why there are none."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines.addWidget(label(title, "lead"))
        self._empty = empty
        self.words = wrapped("")
        self.lines.addWidget(self.words)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these."""
        self.words.setText("\n".join(lines) or self._empty)
        self.words.setProperty("kind", "" if lines else "muted")


class NotesCard(Card):
    """The notes on the session, and whose can be begun from what was entered. begin(seat or `both`)."""

    begin = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines.addWidget(label(tr("Progress notes"), "lead"))
        self._row = QVBoxLayout()
        self._row.setSpacing(look().sizes.hair)
        self.lines.addLayout(self._row)
        self.words = wrapped("")
        self.lines.addWidget(self.words)
        self.buttons: list[Button] = []

    def show_notes(self, facts: AfterFacts) -> None:
        """Show the notes there are, and a button for each that can be begun."""
        wanted = [
            (one.seat, tr("Begin {letter}'s note: {name}", letter=one.letter, name=one.name) if one.letter
             else tr("Begin a note: {name}", name=one.name))
            for one in facts.people
        ]  # fmt: skip
        for number in facts.shared:
            words = tr("Begin the note of couple {n}: their dialogue", n=number)
            shared = (str(number), words) if number else (SHARED, tr("Begin the note of both: room and dialogue"))
            wanted.append(shared)
        for seat, words in wanted[len(self.buttons) :]:
            button = Button(words, "notebook-pen", kind="quiet")
            button.clicked.connect(partial(self.begin.emit, seat))
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            self._row.addLayout(row)
            self.buttons.append(button)
        self.words.setText("\n".join(facts.notes))
        self.words.setVisible(bool(facts.notes))
