"""Knows how the list of couples and clients stands, and the forms beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.drafts import CoupleDraft
from desktop.domain.errors import Known, Problem
from desktop.domain.people import ClientDraft
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.views.people.facts import Choice, Difference, PersonRow
from desktop.views.people.forms import ClientForm, ConflictCard, CoupleForm
from desktop.views.people.presenter import PeoplePresenter
from desktop.views.people.reopening import Reopens
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, label
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.fields import SearchBox
from desktop.views.ui.halftyped import Fields
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import GROUPS, Place
from desktop.views.ui.screen import on_key
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone
from desktop.views.ui.timers import rest

PAUSE_MS, SETTLED_MS = 120, 1500
CHOOSE = {"plan": tr("Plan a session: with whom?"), "order": tr("Write an order: for whom?")}
"""What is asked when something is begun by choosing somebody."""


def _title(row: PersonRow) -> str:
    return row.title


def _born(row: PersonRow) -> str:
    return row.born


def _kind(row: PersonRow) -> str:
    return tr("Couple") if row.kind == "couple" else tr("Client")


def _sign(row: PersonRow) -> str:
    return "users" if row.kind == "couple" else "user"


def _detail(row: PersonRow) -> str:
    return row.detail


def _spoken(row: PersonRow) -> str:
    return ", ".join(part for part in (_kind(row), row.title, tr("born {date}", date=row.born), row.detail) if part)


class Finder(SearchBox):
    """The search line; arrows go into the list below, Enter opens what is chosen there."""

    def __init__(self, words: str, table: RowsTable) -> None:
        super().__init__(words)
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list."""
        if event.key() == Qt.Key.Key_Down and self._table.model().rowCount():
            self._table.setFocus()
            if self._table.chosen() is None:
                self._table.selectRow(0)
            return
        super().keyPressEvent(event)


class PeopleScreen(Reopens):
    """Everybody in care, found as one types."""

    def __init__(self, desk: Desk, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Couples and clients"), ("client", "couple"), parent)
        self.presenter = PeoplePresenter(desk, self.doing, self)
        self.new_couple = Button(tr("New couple"), "users")
        self.new_couple.setToolTip(tr("New couple (Ctrl+Shift+N)"))
        self.new_client = PrimaryButton(tr("New client"), "user-plus")
        self.new_client.setToolTip(tr("New client (Ctrl+N)"))
        self.groups = Button(tr("Groups"), "users", kind="quiet")
        self.groups.setToolTip(tr("Groups of couples"))
        self.head.addWidget(self.groups)
        self.head.addWidget(self.new_couple)
        self.head.addWidget(self.new_client)
        self._model = RowsModel(
            (
                Column(tr("Name"), _title, sign=_sign, spoken=_spoken), Column(tr("Born"), _born),
                Column(tr("Kind"), _kind), Column(tr("What you call them"), _detail),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Couples and clients"))
        self.search = Finder(tr("Search by name"), self.table)
        self.empty = EmptyState(
            "users", tr("Nobody here yet"),
            tr("Begin with two people. Each is a client with a record of their own; a couple joins them."),
            tr("Make the first client"), self.presenter.new_client,
        )
        self.none = EmptyState(
            "search", tr("Nobody is called that"), tr("Accents and case do not matter. Parts of a name are found too."),
        )
        self._count = label("", "caption")
        self._next = ""
        self.panel = SidePanel()
        self.waiting: Fields = ()
        self._pause = rest(PAUSE_MS, self, self._search)
        self._settle = rest(SETTLED_MS, self, self.presenter.searching.settled)
        self._build()

    def _build(self) -> None:
        card = Card()
        card.lines.addWidget(self.search)
        for part in (self.table, self.empty, self.none):
            card.lines.addWidget(part, 1)
        card.lines.addWidget(self._count)
        self.empty.hide()
        self.none.hide()
        row = QHBoxLayout()
        row.setSpacing(look().sizes.gap)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        on_key(self.table, "Return", self._open)
        on_key(self.table, "Enter", self._open)
        self.new_client.clicked.connect(partial(self._begin, self.presenter.new_client))
        self.new_couple.clicked.connect(partial(self._begin, self.presenter.new_couple))
        self.groups.clicked.connect(partial(self.go.emit, Place(GROUPS)))
        self.panel.left.connect(self.presenter.leave_form)
        self.panel.saved.connect(self._save)

    def show_part(self, place: Place) -> None:
        """`new-client`, `new-couple`, `edit` somebody, or `choose` for whom something is begun."""
        part, _, record = place.part.partition("/")
        if self._next:
            self._next = ""
            self.show_banner(None)
        if part == "new-client":
            self._begin(self.presenter.new_client)
        elif part == "new-couple":
            self._begin(self.presenter.new_couple)
        elif part == "edit":
            self._begin(partial(self.presenter.edit_client, record))
        elif part == "choose":
            self._choose(record)

    def ask_again(self) -> None:
        """Fetch the list."""
        self.presenter.searching.again()

    def take_keyboard(self) -> None:
        """The search line, unless a form is open."""
        if self.panel.held is None:
            self.search.setFocus()

    def show_rows(self, rows: tuple[PersonRow, ...], text: str, capped: bool) -> None:
        """What was found."""
        before = self.table.chosen()
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows and not text.strip())
        self.none.setVisible(not rows and bool(text.strip()))
        if self.panel.held is None:  # where nobody is yet, the way to begin stands in the middle of the page
            self.new_client.weigh(bool(rows or text.strip()))
        self._count.setText(trn("{count} found", "{count} found", len(rows)) if rows else "")
        if capped:
            self._count.setText(tr("The first {n} are listed; type more of the name.", n=len(rows)))
        if rows:
            at = rows.index(before) if before in rows else 0
            self.table.selectRow(self.table.proxy.mapFromSource(self._model.index(at, 0)).row())

    def show_client_form(self, title: str, draft: ClientDraft) -> None:
        """Ask for a client."""
        form = ClientForm(self.presenter.check)
        form.show_draft(draft)
        self.panel.hold(title, form)
        form.field("name").edit.setFocus()
        self.fill()

    def show_couple_form(self, choices: tuple[Choice, ...]) -> None:
        """Ask for a couple."""
        form = CoupleForm(choices)
        self.panel.hold(tr("New couple"), form)
        form.form.field("a").edit.setFocus()
        self.fill()

    def show_conflict(self, found: tuple[Difference, ...]) -> None:
        """Both versions."""
        card = ConflictCard(found)
        card.keep.connect(self.presenter.keep_mine)
        card.take.connect(self.presenter.take_theirs)
        held = self.panel.held
        layout = held.layout() if held is not None else None
        if layout is not None:
            for old in held.findChildren(ConflictCard) if isinstance(held, QObject) else ():
                old.hide()
                old.deleteLater()
            layout.addWidget(card)
        card.mine.setFocus()

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why it was not saved."""
        self.panel.show_error(error)
        held = self.panel.held
        if isinstance(held, ClientForm):
            held.show_problems(problems)
        elif isinstance(held, CoupleForm):
            held.form.show_problems(problems)

    def close_form(self) -> None:
        """The form is done with."""
        self.waiting = ()
        self.panel.empty()

    def leave(self, place: Place) -> None:
        """Go elsewhere."""
        self.go.emit(place)

    def _typed(self, text: str) -> None:
        self._pause.start()
        self._settle.start()

    def _search(self) -> None:
        self.presenter.searching.search(self.search.text())

    def _begin(self, begin: Callable[[], None], *_: object) -> None:
        """Ask for somebody, unless a form is half filled in: that stays."""
        if not self.panel.keeps():
            begin()

    def _choose(self, what: str) -> None:
        self._next = what
        words = tr("Type a name; Enter opens their page and goes on.")
        self.show_banner(BannerFacts(Tone.PLAIN, CHOOSE[what], "", words, closable=True))

    def _open(self, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, PersonRow):
            what, self._next = self._next, ""
            if what:
                self.show_banner(None)
            self.presenter.open(row, what)

    def _save(self) -> None:
        held = self.panel.held
        if isinstance(held, ClientForm):
            draft: ClientDraft | None = held.settled()
            if draft is not None:
                self.presenter.save_client(draft)
        elif isinstance(held, CoupleForm):
            pair: CoupleDraft | None = held.form.settled()
            if pair is not None:
                self.presenter.save_couple(pair)
