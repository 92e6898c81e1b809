"""Knows how the page stands on which a session is carried: who travels, for how long, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.carrying import CarryDraft, check_carry
from desktop.services.desk import Desk
from desktop.services.ports_carry import CarryDoor
from desktop.views.carry.parts import SecretCard, choose_file, choose_target
from desktop.views.carry.presenter import CarryFacts, CarryFields, CarryPresenter, Keep
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, Place
from desktop.views.ui.screen import Screen, on_key, scrolled

HOURS = (6, 24, 72, 168, 336)


def _problems(fields: CarryFields) -> tuple[Problem, ...]:
    return check_carry(CarryDraft("", fields.passphrase, fields.again, int(fields.hours)))


def _hours_words(hours: int) -> str:
    return tr("{n} hours", n=hours) if hours < 72 else tr("{n} days", n=hours // 24)


class OutCard(Card):
    """For how long, and with which passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines.addWidget(label(tr("Make a file for the other machine"), "lead"))
        self.lines.addWidget(wrapped(tr(
            "The file holds this session with what its board needs: names and dates of birth, orders, touch plans, "
            "whom to call, the protocol and the checklist, and who works here. No notes, no history, nobody else. It "
            "is encrypted. From then on the session cannot be begun here until it is brought back or taken back."),
            "muted"))  # fmt: skip
        self.form = Form(_problems, columns=3)
        self.form.choice("hours", tr("May be begun there for"), tuple((str(n), _hours_words(n)) for n in HOURS))
        hint = tr("Leave it empty: one is drawn and shown once.")
        self.form.secret("passphrase", tr("A passphrase of your own"), hint=hint)
        self.form.secret("again", tr("The passphrase again"))
        self.lines.addWidget(self.form)
        row = QHBoxLayout()
        self.make = PrimaryButton(tr("Save the file…"), "save")
        self.make.setToolTip(tr("Save the file (Ctrl+Enter)"))
        row.addWidget(self.make)
        row.addStretch(1)
        self.lines.addLayout(row)
        self.form.show_draft(CarryFields())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a session is taken back."""

    reason: str = ""


def _no_problems(_: Reason) -> tuple[Problem, ...]:
    return ()


class AwayCard(Card):
    """It is away: bring it back, or take it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines.addWidget(label(tr("Away on another machine"), "lead"))
        self.words = wrapped("")
        self.lines.addWidget(self.words)
        row = QHBoxLayout()
        self.bring = PrimaryButton(tr("Bring it back…"), "download")
        self.bring.setToolTip(tr("Choose the file from the other machine (Ctrl+B)"))
        row.addWidget(self.bring)
        row.addStretch(1)
        self.lines.addLayout(row)
        self.lines.addWidget(wrapped(tr(
            "Lost machine, changed plans? Take it back: it may be begun here again, and nothing is accepted from the "
            "other machine any more."), "muted"))  # fmt: skip
        self.form = Form(_no_problems)
        self.form.text("reason", tr("Why it is taken back"))
        self.lines.addWidget(self.form)
        under = QHBoxLayout()
        self.take = Button(tr("Take it back"), "undo-2", kind="danger")
        under.addWidget(self.take)
        under.addStretch(1)
        self.lines.addLayout(under)
        self.form.show_draft(Reason())


class CarryScreen(Screen):
    """One session: out, away, or back."""

    def __init__(
        self, desk: Desk, door: CarryDoor, ops: Ops, session_id: str, keep: Keep, parent: QWidget | None = None
    ) -> None:
        super().__init__(ops, tr("Carry to another machine"), ("carried",), parent)
        self.presenter = CarryPresenter(desk, door, self.doing, self, session_id, keep)
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self.day, self.people = label("", "lead"), wrapped("")
        self.secret, self.out, self.away = SecretCard(), OutCard(), AwayCard()
        self.past, self.busy = wrapped("", "muted"), label("", "muted")
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.gap)
        cards: tuple[QWidget, ...] = (self.secret, self.out, self.away)
        for each in (self.day, self.people, self.busy, *cards, self.past):
            lines.addWidget(each)
        lines.addStretch(1)
        for each in (self.busy, self.out, self.away):
            each.hide()
        self.lines.addWidget(scrolled(inside), 1)
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.secret.done.clicked.connect(self.take_keyboard)
        self.out.make.clicked.connect(self._make)
        self.away.bring.clicked.connect(self._bring)
        self.away.take.clicked.connect(self._ask_take)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(self, key, self._make)
        on_key(self, "Ctrl+B", self._bring)

    def ask_again(self) -> None:
        """Look where the session is."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """Where work begins."""
        if self.secret.isVisible():
            self.secret.done.setFocus()
        elif self.out.isVisible():
            self.out.form.field("hours").edit.setFocus()
        elif self.away.isVisible():
            self.away.bring.setFocus()
        else:
            self.back.setFocus()

    def show_carry(self, facts: CarryFacts) -> None:
        """The page."""
        self.day.setText(facts.title)
        self.people.setText("\n".join(facts.people))
        self.out.setVisible(facts.may)
        self.away.setVisible(bool(facts.away))
        self.away.words.setText(facts.away)
        self._say(self.past, "\n".join(facts.history))
        self.take_keyboard()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong in the form."""
        self.out.form.show_problems(problems)

    def show_reason_problem(self, text: str) -> None:
        """What is wrong with the reason."""
        self.away.form.show_problems((Problem("reason", text),))

    def show_secret(self, title: str, secret: str, words: str) -> None:
        """Something to be written down."""
        self.out.form.show_draft(CarryFields())
        self.secret.show_secret(title, secret, words)

    def show_busy(self, words: str) -> None:
        """What takes a moment."""
        self._say(self.busy, words)
        for each in (self.out.make, self.away.bring, self.away.take):
            each.setEnabled(not words)

    def _say(self, where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))

    def _make(self) -> None:
        fields: CarryFields | None = self.out.form.settled() if self.out.isVisible() else None
        if fields is not None:
            choose_target(self, tr("Save the carried session"), self.presenter.file_name, partial(self._save, fields))

    def _save(self, fields: CarryFields, path: Path) -> None:
        self.presenter.give_out(fields, path)

    def _bring(self) -> None:
        if self.away.isVisible():
            choose_file(self, tr("The file from the other machine"), ".returned", self.presenter.bring_back)

    def _ask_take(self) -> None:
        reason = str(self.away.form.field("reason").value())
        if not reason.strip():
            self.show_reason_problem(tr("Say why."))
            return
        words = tr("What is entered on the other machine can then no longer be brought here.")
        question = Question(self, tr("Take this session back?"), words, tr("Take it back"), danger=True)
        ask(question, partial(self.presenter.take_back, reason))
