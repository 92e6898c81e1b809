"""Knows the fields above the trail: one for each thing that a line says, all at hand from the keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.domain.audience import OwnerKind
from desktop.domain.errors import Problem
from desktop.domain.records import Act
from desktop.domain.trailfilter import By
from desktop.domain.words import tr
from desktop.views.audit.asking import FilterDraft, Known, check_filter
from desktop.views.audit.words import act_words, owner_words, subject_words
from desktop.views.ui.fields import Choice, Field, SearchBox, Tick
from desktop.views.ui.look import look
from desktop.views.ui.timers import rest

PAUSE_MS = 150
WIDE, NARROW = 5, 3
"""How many fields stand side by side."""
_LEAST, _FITTING = 6, 10
"""From so many rings of width on, the fields fit into two rows."""

Pairs = Iterable[tuple[str, str]]


def order_words(order: By) -> str:
    """What lines are sorted by, as the columns are called."""
    return {
        By.NUMBER: tr("Line"), By.TIME: tr("When"), By.MEMBER: tr("Who"), By.ACT: tr("What they did"),
        By.KIND: tr("To what"), By.OWNER: tr("Belongs to"), By.DETAIL: tr("Detail"),
    }[order]  # fmt: skip


class FilterBar(QWidget):
    """Asks for lines. asked() once what was typed has settled, and only when nothing is wrong with it."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.search = SearchBox(tr("Show only lines that hold…"))
        self._fields: dict[str, Field] = {}
        self._columns = WIDE
        self._widen()
        self._pause = rest(PAUSE_MS, self, self._settled)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look().sizes.tight)
        self._grid.addWidget(self.search, 0, 0, 1, WIDE)
        self._add(Field("member", tr("Who"), Choice()))
        self._add(Field("act", tr("What they did"), Choice()))
        self._add(Field("kind", tr("To what"), Choice()))
        self._add(Field("owner", tr("Belongs to"), Choice()))
        self._add(Field("order", tr("Sorted by"), Choice()))
        for name, words, shown in (
            ("since", tr("From day"), "2026-05-01"), ("until", tr("To day"), "2026-05-31"),
            ("first", tr("From line"), "1"), ("last", tr("To line"), "500"),
        ):  # fmt: skip
            edit = QLineEdit()
            edit.setPlaceholderText(shown)
            self._add(Field(name, words, edit))
        self._add(Field("reverse", tr("The other way round"), Tick(tr("The other way round"))))
        self._fill("act", tr("everything"), ((act.value, act_words(act)) for act in Act))
        self._fill("owner", tr("everybody"), ((owner.value, owner_words(owner)) for owner in OwnerKind))
        self._fill("order", "", ((order.value, order_words(order)) for order in By))
        self.show_known(Known())
        self.search.textChanged.connect(self._pause.start)

    def field(self, name: str) -> Field:
        """One field, for the keyboard and for tests."""
        return self._fields[name]

    def show_known(self, known: Known) -> None:
        """What there is to choose from; what is chosen stays so."""
        self._fill("member", tr("everybody"), sorted(known.members.items(), key=lambda each: each[1]))
        self._fill("kind", tr("everything"), ((kind, subject_words(kind)) for kind in known.kinds))

    def draft(self) -> FilterDraft:
        """What stands in the fields."""
        said = {name: field.value() for name, field in self._fields.items()}
        return FilterDraft(text=self.search.text(), **said)  # type: ignore[arg-type]

    def sort_by(self, order: By) -> None:
        """Sort by this; once more by the same: the other way round."""
        same = self._fields["order"].value() == order.value
        self._fields["reverse"].show_value(same and not self._fields["reverse"].value())
        self._fields["order"].show_value(order.value)
        self._settled()

    def clear(self) -> None:
        """Ask for everything again."""
        for name, field in self._fields.items():
            field.show_value(By.NUMBER.value if name == "order" else "" if name != "reverse" else False)
        self.search.clear()
        self._settled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside a panel on a small screen fewer fields stand side by side; Tab goes through them in the same order."""
        super().resizeEvent(event)
        self._stand(WIDE if self.width() >= look().sizes.ring * _FITTING else NARROW)

    def changeEvent(self, event: QEvent) -> None:
        """Another density has another least width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()

    def _widen(self) -> None:
        # Said outright: fields that stand too wide would make the whole window wider before they stand otherwise.
        self.setMinimumWidth(look().sizes.ring * _LEAST)

    def _stand(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for part in (self.search, *self._fields.values()):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.search, 0, 0, 1, columns)
        for at, field in enumerate(self._fields.values()):
            self._grid.addWidget(field, 1 + at // columns, at % columns)

    def _add(self, field: Field) -> None:
        at = len(self._fields)
        self._fields[field.name] = field
        self._grid.addWidget(field, 1 + at // WIDE, at % WIDE)
        edit = field.edit
        if isinstance(edit, Choice):
            edit.activated.connect(self._settled)
        elif isinstance(edit, Tick):
            edit.clicked.connect(self._settled)
        elif isinstance(edit, QLineEdit):
            edit.textEdited.connect(self._pause.start)

    def _fill(self, name: str, nothing: str, pairs: Pairs) -> None:
        edit = self._fields[name].edit
        if not isinstance(edit, Choice):
            return
        before = edit.currentData()
        blocked = edit.blockSignals(True)
        edit.clear()
        for key, words in (*((("", nothing),) if nothing else ()), *pairs):
            edit.addItem(words, key)
        edit.setCurrentIndex(max(0, edit.findData(before)))
        edit.blockSignals(blocked)

    def _settled(self, *_: object) -> None:
        self._pause.stop()
        problems = check_filter(self.draft())
        self.show_problems(problems)
        if not problems:
            self.asked.emit()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what is wrong."""
        said = {problem.field: problem.text for problem in problems}
        for name in ("since", "until", "first", "last"):
            self._fields[name].show_problem(said.get(name, ""))
