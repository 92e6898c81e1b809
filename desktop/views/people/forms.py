"""Knows how a client and a couple are asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drafts import CoupleDraft, check_couple
from desktop.domain.errors import Problem
from desktop.domain.people import ClientDraft
from desktop.domain.words import tr
from desktop.views.people.facts import Choice, Difference
from desktop.views.ui.basics import Button, Card, label, wrapped
from desktop.views.ui.facts import Table
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.seats import SeatBadge
from desktop.views.ui.tables import table_view
from desktop.views.ui.theme import Tone

NOBODY = ("", tr("Choose…"))


class ClientForm(Form):
    """Who somebody is: two identifiers, and what helps to meet them well."""

    def __init__(self, check: Callable[[ClientDraft], tuple[Problem, ...]]) -> None:
        super().__init__(check)
        self.text("name", tr("Name"))
        born = self.text("born", tr("Date of birth"), hint=tr("Year-month-day, such as 1984-05-01."))
        born.setPlaceholderText("1984-05-01")
        self.text("pronouns", tr("Pronouns"))
        self.text("contact", tr("Contact"), hint=tr("How this person likes to be reached."))
        self.text("language", tr("Language"), hint=tr("For what they are handed on paper."))
        self.show_draft(ClientDraft())


class CoupleForm(QWidget):
    """Who sits in which seat. Seats are letters and sides, never a rank; they stay as they are chosen here."""

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.form = Form(check_couple)
        options = (NOBODY, *((choice.id, choice.words) for choice in choices))
        self.form.choice("a", tr("Partner A"), options)
        self.form.choice("b", tr("Partner B"), options)
        self.form.text("label", tr("What you call them"), hint=tr("May stay empty; their names are shown then."))
        self.form.show_draft(CoupleDraft())
        for name, tone in (("a", Tone.A), ("b", Tone.B)):
            self._badge(name, tone)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(
            wrapped(tr("A couple is a record of its own, beside each partner's. Each keeps what is theirs."), "muted")
        )
        lines.addWidget(self.form)

    def _badge(self, name: str, tone: Tone) -> None:
        """The seat's letter beside its choice."""
        field = self.form.field(name)
        inside = field.layout()
        assert isinstance(inside, QVBoxLayout)
        at = inside.indexOf(field.edit)
        inside.removeWidget(field.edit)
        badge = SeatBadge()
        badge.show_seat(tone, name.upper())
        row = QHBoxLayout()
        row.setSpacing(look().sizes.tight)
        row.addWidget(badge)
        row.addWidget(field.edit, 1)
        inside.insertLayout(at, row)


class ConflictCard(Card):
    """Two versions of one record side by side. keep() saves what stands here, take() forgets it."""

    keep = Signal()
    take = Signal()

    def __init__(self, found: tuple[Difference, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.lines.addWidget(label(tr("Both versions"), "lead"))
        rows = tuple((each.words, each.mine or "–", each.theirs or "–") for each in found)
        self.table = table_view(Table(tr("Both versions"), (tr("Field"), tr("Yours"), tr("Saved meanwhile")), rows))
        self.table.setMinimumHeight(look().sizes.row * (len(rows) + 2))
        self.lines.addWidget(self.table)
        row = QHBoxLayout()
        self.mine, self.theirs = Button(tr("Keep mine")), Button(tr("Take the saved one"))
        row.addWidget(self.mine)
        row.addWidget(self.theirs)
        row.addStretch(1)
        self.lines.addLayout(row)
        self.mine.clicked.connect(self.keep)
        self.theirs.clicked.connect(self.take)

