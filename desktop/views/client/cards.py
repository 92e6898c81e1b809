"""Knows how somebody's care stands on the page: what is permitted, what an emergency needs, what is due, what was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr, trn
from desktop.views.client.facts import CardFacts, EventRow, FollowRow, TouchFacts
from desktop.views.client.touchgrid import draw_answer, may_words
from desktop.views.ui import paint
from desktop.views.ui.basics import Button, Card, EmptyState, Sign, label, restyle, rule, wrapped
from desktop.views.ui.facts import Table
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.painted import Painted
from desktop.views.ui.screen import on_key
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone


class TouchTable(Painted):
    """The plan in force: who, where, and an answer for each state. Enter opens the same as a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, reachable=True)
        self._facts: TouchFacts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_touch(self, facts: TouchFacts) -> None:
        """Show a plan."""
        self._facts = facts
        said = "; ".join(
            f"{row.who}, {row.place}: " + ", ".join(
                f"{state} {may_words(may)}" for state, may in zip(facts.states, row.may, strict=True)
            )
            for row in facts.rows
        )
        self.say(tr("Touch plan"), said)
        self.updateGeometry()
        self.update()

    def table(self) -> Table | None:
        """The same data as a table."""
        if self._facts is None:
            return None
        rows = tuple((f"{r.who}, {r.place}", *(may_words(may) for may in r.may)) for r in self._facts.rows)
        return Table(tr("Touch plan"), (tr("Who and where"), *self._facts.states), rows)

    def sizeHint(self) -> QSize:
        """A heading and a line for each row."""
        rows = len(self._facts.rows) if self._facts is not None else 0
        return QSize(look().sizes.ring * 3, look().sizes.control * (rows + 1))

    def minimumSizeHint(self) -> QSize:
        """All rows."""
        return QSize(look().sizes.ring * 2, self.sizeHint().height())

    def draw(self, painter: QPainter) -> None:
        """Words at the left, answers in columns."""
        facts = self._facts
        if facts is None:
            return
        sizes, ink = look().sizes, look().theme.ink
        high, first = float(sizes.control), self.width() * 0.4
        wide = (self.width() - first) / max(1, len(facts.states))
        for at, state in enumerate(facts.states):
            head = QRectF(first + at * wide, 0, wide, high)
            paint.words(painter, head, state, sizes.caption, ink.muted, align=paint.CENTRE)
        for down, row in enumerate(facts.rows, 1):
            top = down * high
            words = f"{row.who}: {row.place}"
            size = paint.fitting(words, sizes.body, first - sizes.tight, least=sizes.caption)
            paint.words(painter, QRectF(0, top, first - sizes.tight, high), words, size, ink.text)
            for at, may in enumerate(row.may):
                draw_answer(painter, QRectF(first + at * wide + 2, top + 2, wide - 4, high - 4), may)


def _emptied(lines: QLayout) -> None:
    while lines.count():
        taken = lines.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _pair(what: str, words: str) -> QWidget:
    made = QWidget()
    made.setProperty("kind", "bare")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look().sizes.inner)
    name = wrapped(what, "muted")
    name.setFixedWidth(int(look().sizes.ring * 1.6))
    row.addWidget(name)
    row.addWidget(wrapped(words), 1)
    made.setAccessibleName(f"{what}: {words}")
    return made


class TouchCard(Card):
    """The touch plan. change() and confirm() are all it says."""

    change = Signal()
    confirm = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = look().sizes
        head = QHBoxLayout()
        head.setSpacing(sizes.tight)
        head.addWidget(label(tr("Touch plan"), "lead"), 1)
        self.confirm_button = Button(tr("Confirm for today"), "circle-check", kind="quiet")
        self.change_button = Button(tr("Change"), "pencil", kind="quiet")
        self.change_button.setToolTip(tr("Touch plan (Ctrl+T)"))
        head.addWidget(self.confirm_button)
        head.addWidget(self.change_button)
        self._sign = Sign("circle-dashed")
        self.sober = wrapped("")
        state = QHBoxLayout()
        state.setSpacing(sizes.tight)
        state.addWidget(self._sign)
        state.addWidget(self.sober, 1)
        self.plan = TouchTable()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes.hair)
        self._foot = wrapped("", "caption")
        self.lines.addLayout(head)
        self.lines.addLayout(state)
        self.lines.addWidget(self.plan)
        self.lines.addLayout(self._lines)
        self.lines.addWidget(rule())
        self.lines.addWidget(self._foot)
        self.lines.addStretch(1)
        self.change_button.clicked.connect(self.change)
        self.confirm_button.clicked.connect(self.confirm)

    def show_touch(self, facts: TouchFacts, may_lead: bool) -> None:
        """Show the plan in force."""
        self._sign.show_sign(facts.sign, facts.tone)
        self.sober.setText(facts.sober)
        restyle(self.sober, "tone", "" if facts.tone is Tone.PLAIN else facts.tone.value)
        self.change_button.say(tr("Change") if facts.number else tr("Write a touch plan"))
        self.change_button.setVisible(may_lead)
        self.confirm_button.setVisible(may_lead and bool(facts.number) and facts.tone is not Tone.GREEN)
        self.plan.setVisible(bool(facts.rows))
        self.plan.show_touch(facts)
        _emptied(self._lines)
        if facts.number and not facts.rows:
            self._lines.addWidget(wrapped(tr("Nothing is permitted: no touch, but for safety."), "strong"))
        for what, words in facts.lines:
            self._lines.addWidget(_pair(what, words))
        versions = trn("{count} version kept", "{count} versions kept", facts.versions) if facts.versions else ""
        self._foot.setText("\n".join(part for part in (facts.never, facts.basis, versions) if part))


class SafetyCardView(Card):
    """What must be at hand in an emergency. change() is all it says."""

    change = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.addWidget(label(tr("For an emergency"), "lead"), 1)
        self.change_button = Button(tr("Change"), "pencil", kind="quiet")
        self.change_button.setToolTip(tr("Safety card (Ctrl+S)"))
        head.addWidget(self.change_button)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look().sizes.hair)
        self._when = wrapped("", "caption")
        self.lines.addLayout(head)
        self.lines.addLayout(self._lines)
        self.lines.addWidget(self._when)
        self.change_button.clicked.connect(self.change)

    def show_card(self, facts: CardFacts) -> None:
        """Show the card in force."""
        self.change_button.say(tr("Change") if facts.number else tr("Write it down"))
        _emptied(self._lines)
        for what, words in facts.lines:
            self._lines.addWidget(_pair(what, words))
        if not facts.number:
            empty = tr("Allergies, medicines and whom to call: they are frozen into each session when it begins, and "
                       "stand on the hand-over sheet.")  # fmt: skip
            self._lines.addWidget(wrapped(empty, "muted"))
        self._when.setText(facts.when)
        self._when.setVisible(bool(facts.when))


def _f_words(row: FollowRow) -> str:
    return row.words


def _f_due(row: FollowRow) -> str:
    return row.due


def _f_state(row: FollowRow) -> str:
    return row.state


def _f_sign(row: FollowRow) -> str:
    return row.sign


def _f_tone(row: FollowRow) -> Tone:
    return row.tone


def _e_what(row: EventRow) -> str:
    return row.what


def _e_began(row: EventRow) -> str:
    return row.began


def _e_severity(row: EventRow) -> str:
    return row.severity


def _e_outcome(row: EventRow) -> str:
    return row.outcome


def _e_follow(row: EventRow) -> str:
    return row.follow_up


class ListCard(Card):
    """Rows of one kind, opened with Enter. opened(id) and wanted() are all it says."""

    opened = Signal(str)
    wanted = Signal()

    def __init__(
        self, title: str, columns: tuple[Column, ...], empty: tuple[str, str, str], new: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        head = QHBoxLayout()
        head.addWidget(label(title, "lead"), 1)
        self.new_button = Button(new, "plus", kind="quiet")
        self.new_button.setVisible(bool(new))
        head.addWidget(self.new_button)
        self._model = RowsModel(columns, self)
        self.table = RowsTable(self._model, title)
        self.table.setMinimumHeight(look().sizes.row * 4)
        self.empty = EmptyState(*empty)
        self.table.hide()
        self.empty.hide()
        self.lines.addLayout(head)
        self.lines.addWidget(self.table, 1)
        self.lines.addWidget(self.empty, 1)
        self.new_button.clicked.connect(self.wanted)
        self.table.doubleClicked.connect(partial(self._open))
        for key in ("Return", "Enter"):
            on_key(self.table, key, self._open)

    def show_rows(self, rows: tuple[FollowRow, ...] | tuple[EventRow, ...]) -> None:
        """Show these."""
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.table.chosen() is None:
            self.table.selectRow(0)

    def _open(self, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, FollowRow | EventRow):
            self.opened.emit(row.id)


def follow_card() -> ListCard:
    """What is due after sessions."""
    columns = (
        Column(tr("Follow-up"), _f_words), Column(tr("Due"), _f_due),
        Column(tr("State"), _f_state, sign=_f_sign, tone=_f_tone),
    )  # fmt: skip
    empty = ("calendar", tr("Nothing is due"), tr("At the close of a session, calls and meetings are made for whoever "
                                                  "took the medicine."))  # fmt: skip
    return ListCard(tr("Follow-ups"), columns, empty)


def event_card() -> ListCard:
    """What went wrong."""
    columns = (
        Column(tr("What"), _e_what), Column(tr("Began"), _e_began), Column(tr("Severity"), _e_severity),
        Column(tr("Outcome"), _e_outcome), Column(tr("Follow up"), _e_follow),
    )  # fmt: skip
    empty = ("shield", tr("No adverse event"), tr("Open one from the board, or write it down here."))
    return ListCard(tr("Adverse events"), columns, empty, tr("Write one down"))
