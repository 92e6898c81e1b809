"""Knows how somebody comes back in who lost their passphrase: the recovery kit, and a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.keys import RecoverDraft, check_recover
from desktop.services.practice import MIN_PASSPHRASE
from desktop.views.ui.basics import Button, Card, PrimaryButton, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.screen import on_key
from desktop.views.welcome.presenter import UnlockFacts


class RecoverPage(Card):
    """Whose passphrase, the kit as it is printed, the new passphrase twice. wanted(draft), back()."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=tr("Recovery kit"))
        self.form = Form(check_recover, columns=2)
        self._who = self.form.choice("member_id", tr("Whose passphrase is set anew"), (), wide=True)
        self.form.lines(
            "kit", tr("The kit, from AGE-SECRET-KEY-1 to its end"), high=3,
            hint=tr("Blanks and small letters do not matter; a mistyped character is found."),
        )  # fmt: skip
        hint = tr("At least {n} characters; four or five plain words.", n=MIN_PASSPHRASE)
        first = self.form.secret("passphrase", tr("New passphrase"), hint=hint)
        again = self.form.secret("again", tr("The passphrase again"), hint=tr("Typed once more, to be sure of it."))
        first.returnPressed.connect(again.setFocus)
        again.returnPressed.connect(self._wanted)
        self.form.show_draft(RecoverDraft())
        self.recover = PrimaryButton(tr("Set the passphrase and unlock"), "unlock")
        self.cancel = Button(tr("Back"), "arrow-left", kind="quiet")
        self.lines.addWidget(wrapped(
            tr("The kit's page opens the practice without any passphrase. Every member is told that it was used. What "
               "this member kept to themselves alone stays closed to them; in custody two others can open it."),
            "muted",
        ))  # fmt: skip
        self.lines.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.recover)
        self.lines.addLayout(row)
        self.recover.clicked.connect(self._wanted)
        self.cancel.clicked.connect(self.back)
        on_key(self, "Escape", self._back)

    def show_members(self, facts: UnlockFacts) -> None:
        """Who there is, and whoever was chosen before."""
        self._who.clear()
        for member_id, name in facts.members:
            self._who.addItem(name, member_id)
        self.form.show_draft(RecoverDraft(facts.chosen))

    def take_keyboard(self) -> None:
        """Whose it is."""
        self._who.setFocus()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look."""
        self.form.show_problems(problems)

    def set_busy(self, busy: bool) -> None:
        """While the key is made nothing can be changed."""
        for part in (self.form, self.recover, self.cancel):
            part.setEnabled(not busy)

    def forget(self) -> None:
        """Empty what is secret."""
        self.form.show_draft(RecoverDraft())

    def _back(self) -> None:
        if self.cancel.isEnabled():
            self.back.emit()

    def _wanted(self) -> None:
        draft = self.form.settled()
        if draft is not None:
            self.wanted.emit(draft)
