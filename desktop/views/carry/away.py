"""Knows how the page of a travelling practice stands: the session, the way home, and how it is forgotten here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.ports_carry import CarryDoor
from desktop.views.carry.awaypresenter import AwayFacts, AwayPresenter
from desktop.views.carry.parts import choose_target
from desktop.views.carry.presenter import Keep
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BOARD, PAPER, PAPER_ENTRY, Place
from desktop.views.ui.screen import Screen, on_key, scrolled


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the home practice showed."""

    receipt: str = ""


def _no_problems(_: Receipt) -> tuple[Problem, ...]:
    return ()


class AwayScreen(Screen):
    """The carried session on this machine. forget_asked() once somebody said that it may be forgotten."""

    forget_asked = Signal()

    def __init__(self, desk: Desk, door: CarryDoor, ops: Ops, keep: Keep, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Carried session"), ("session", "entry"), parent)
        self.presenter = AwayPresenter(desk, door, self.doing, self, keep)
        self._session = ""
        self.people, self.standing = wrapped("", "lead"), wrapped("")
        self.board = PrimaryButton(tr("Start the session"), "layout-dashboard")
        self.paper, self.entry = Button(tr("Paper"), "printer"), Button(tr("Type in from paper"), "table-2")
        self.home = Button(tr("Save the file for home…"), "save")
        self.forget = Button(tr("Forget it here…"), "ban", kind="danger")
        self.form = Form(_no_problems)
        self.form.text("receipt", tr("Receipt from home"), hint=tr("Not needed for a session that was never begun."))
        self.form.show_draft(Receipt())
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.gap)
        for card in (self._session_card(), self._home_card(), self._forget_card()):
            lines.addWidget(card)
        lines.addStretch(1)
        self.lines.addWidget(scrolled(inside), 1)
        self._connect()

    def _session_card(self) -> Card:
        card = Card()
        card.lines.addWidget(self.people)
        card.lines.addWidget(self.standing)
        card.lines.addLayout(_row(self.board, self.entry, self.paper))
        return card

    def _home_card(self) -> Card:
        card = Card()
        card.lines.addWidget(label(tr("The way home"), "lead"))
        card.lines.addWidget(wrapped(tr(
            "When the session is closed, or at any time: one file with every entry. Only the home practice opens it, "
            "and takes it once."), "muted"))  # fmt: skip
        self.home.setToolTip(tr("Save the file for home (Ctrl+S)"))
        card.lines.addLayout(_row(self.home))
        return card

    def _forget_card(self) -> Card:
        card = Card()
        card.lines.addWidget(label(tr("Forget it on this machine"), "lead"))
        card.lines.addWidget(wrapped(tr(
            "The keys are destroyed and the files removed. That a disk overwrites every block is not promised; without "
            "the keys nobody reads what may be left."), "muted"))  # fmt: skip
        card.lines.addWidget(self.form)
        card.lines.addLayout(_row(self.forget))
        return card

    def _connect(self) -> None:
        for button, screen in ((self.board, BOARD), (self.paper, PAPER), (self.entry, PAPER_ENTRY)):
            button.clicked.connect(partial(self._leave, screen))
        self.home.clicked.connect(self._home)
        self.forget.clicked.connect(self._forget)
        on_key(self, "Ctrl+S", self._home)

    def ask_again(self) -> None:
        """Look at the session."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The session first."""
        (self.board if self.board.isVisible() else self.home).setFocus()

    def show_away(self, facts: AwayFacts) -> None:
        """The page."""
        self._session = facts.session_id
        self.say_title(facts.title)
        self.people.setText("\n".join(facts.people))
        self.standing.setText(facts.standing)
        self.board.setVisible(bool(facts.board))
        self.board.say(facts.board)
        self.paper.setVisible(bool(facts.entries))
        self.entry.setVisible(facts.open)
        self.take_keyboard()

    def ask_forget(self) -> None:
        """Ask first: it cannot be undone."""
        words = tr("This folder is removed. Nothing of the session is left on this machine but paper and saved files.")
        question = Question(self, tr("Forget this session here?"), words, tr("Forget it"), danger=True)
        ask(question, self.forget_asked.emit)

    def show_receipt_problem(self, text: str) -> None:
        """What is wrong with the receipt."""
        self.form.show_problems((Problem("receipt", text),))

    def _leave(self, screen: str) -> None:
        if self._session:
            self.go.emit(Place(screen, self._session))

    def _home(self) -> None:
        choose_target(self, tr("Save the file for home"), self.presenter.file_name, self.presenter.go_home)

    def _forget(self) -> None:
        self.presenter.forget(str(self.form.field("receipt").value()))


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look().sizes.tight)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
