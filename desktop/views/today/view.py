"""Knows how a day stands: one list of what waits, the most pressing first, and the way to each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.today import Day, open_day
from desktop.views.today.reading import DayFacts, DayRow, facts_of
from desktop.views.ui.basics import Button, Card, EmptyState, Sign, wrapped
from desktop.views.ui.doing import Latest
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone

KINDS = (
    "client", "couple", "session", "note", "entry", "followup", "adverse_event", "order_signature", "archive",
)  # fmt: skip


def _what(row: DayRow) -> str:
    return row.what


def _whose(row: DayRow) -> str:
    return row.whose


def _when(row: DayRow) -> str:
    return row.when


def _state(row: DayRow) -> str:
    return row.state


def _sign(row: DayRow) -> str:
    return row.sign


def _tone(row: DayRow) -> Tone:
    return row.tone


class TodayScreen(Screen):
    """What the day asks of whoever is unlocked. archive(): a sentence about the last verified archive."""

    opened = Signal(object)

    def __init__(
        self, desk: Desk, ops: Ops, archive: Callable[[], str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(ops, tr("Today"), KINDS, parent)
        self._desk, self._archive = desk, archive
        self._latest = Latest(self.doing)
        self.facts: DayFacts | None = None
        self._summary = wrapped("", "muted")
        self.open_button = Button(tr("Go there"), "arrow-right", kind="primary")
        self._model = RowsModel(
            (
                Column(tr("What waits"), _what, sign=_sign),
                Column(tr("Whose"), _whose),
                Column(tr("When"), _when),
                Column(tr("State"), _state, tone=_tone),
            ),
            self,
        )
        self.table = RowsTable(self._model, tr("What waits"), sortable=False)
        self.empty = EmptyState(
            "sun", tr("Nothing waits today"),
            tr("Sessions of the day, calls after them, orders to sign and drafts of yours come here by themselves."),
        )
        for part in (self.table, self.empty, self.open_button):  # nothing is claimed before it was looked up
            part.hide()
        card = Card()
        card.lines.addWidget(self._summary)
        card.lines.addWidget(self.table, 1)
        card.lines.addWidget(self.empty, 1)
        below = QHBoxLayout()
        below.addWidget(self.open_button)
        below.addStretch(1)
        card.lines.addLayout(below)
        self.lines.addWidget(card, 1)
        kept = QHBoxLayout()
        kept.setSpacing(look().sizes.tight)
        self._archive_sign = Sign("archive")
        self._archive_sign.hide()
        kept.addWidget(self._archive_sign)
        self.archive = wrapped("", "muted")
        kept.addWidget(self.archive, 1)
        self.lines.addLayout(kept)
        self.open_button.clicked.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        for key in ("Return", "Enter"):
            on_key(self.table, key, self._open)

    def ask_again(self) -> None:
        """Fetch the day."""
        self._latest.ask(partial(_asked, self._desk, self._archive), self._show, self.show_error)

    def take_keyboard(self) -> None:
        """The list."""
        if self.table.isVisible():
            self.table.setFocus()

    def _show(self, found: tuple[Day, str]) -> None:
        facts = facts_of(found[0], self._desk.clock.now(), found[1])
        self.facts = facts
        self.say_title(facts.title)
        self._summary.setText(facts.summary)
        self._model.set_rows(facts.rows)
        for part in (self.table, self.open_button, self._summary):
            part.setVisible(bool(facts.rows))
        self.empty.setVisible(not facts.rows)
        self.archive.setText(facts.archive)
        self._archive_sign.setVisible(bool(facts.archive))
        if facts.rows and self.table.chosen() is None:
            self.table.selectRow(0)
        self.take_keyboard()

    def _open(self, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, DayRow):
            self.go.emit(row.place)


def _asked(desk: Desk, archive: Callable[[], str] | None) -> tuple[Day, str]:
    """The day, and how old the last archive is; a practice without a place for archives says nothing of it."""
    return open_day(desk), archive() if archive is not None else ""
