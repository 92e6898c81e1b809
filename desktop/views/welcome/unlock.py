"""Knows how somebody unlocks: their name, their passphrase, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.words import tr
from desktop.views.ui import fonts
from desktop.views.ui.basics import Button, Card, PrimaryButton, Sign, label, wrapped
from desktop.views.ui.fields import Field, Secret
from desktop.views.ui.firstfacts import clock_text
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.rows import Roomy
from desktop.views.ui.theme import Tone
from desktop.views.welcome.presenter import UnlockFacts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from desktop.services.practice import LastArchive

_SHOWN = 5


def _name(row: tuple[str, str]) -> str:
    return row[1]


def _sign(row: tuple[str, str]) -> str:
    return "user"


class Names(QListView):
    """The members; as high as they are many, up to a few."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel((Column(tr("Member"), _name, sign=_sign),), self)
        self.setModel(self.rows)
        self.setItemDelegate(Roomy(self))
        self.setAccessibleName(tr("Who are you"))
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_names(self, members: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Show the members, one of them chosen."""
        fonts.ready_for("".join(name for _, name in members))
        self.rows.set_rows(members)
        for at, (member_id, _) in enumerate(members):
            if member_id == chosen:
                self.setCurrentIndex(self.rows.index(at, 0))
        self.updateGeometry()

    @property
    def chosen(self) -> str:
        """The id of the member who is chosen; '' for none."""
        at = self.currentIndex().row()
        return str(self.rows.row(at)[0]) if 0 <= at < self.rows.rowCount() else ""

    def sizeHint(self) -> QSize:
        """A row each."""
        many = max(1, min(_SHOWN, self.rows.rowCount()))
        return QSize(look().sizes.ring * 4, look().sizes.row * many + 2 * look().sizes.stroke)


class RunningLine(QWidget):
    """A live session that goes on behind the lock: its clock, and no name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        sizes = look().sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.inner)
        self.clock = label("", "figure")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(tr("A session is running"), "strong"))
        self._due = label("", "caption")
        words.addWidget(self._due)
        row.addWidget(Sign("timer", Tone.ACCENT))
        row.addLayout(words, 1)
        row.addWidget(self.clock)
        self.hide()

    def show_seconds(self, seconds: int | None, due_s: int | None = None) -> None:
        """The running clock, and in how many seconds something is due; None when no session runs or nothing is due."""
        self.setVisible(seconds is not None)
        if seconds is None:
            return
        self.clock.setText(clock_text(seconds))
        words = tr("Its clock goes on. Unlock to carry it on.")
        if due_s is not None:
            when = clock_text(abs(due_s))
            due, late = tr("Next due in {when}", when=when), tr("Something has been due for {when}", when=when)
            words = due if due_s > 0 else late
        self._due.setText(words)
        self.setAccessibleName(tr("A session is running, {count} minutes", count=seconds // 60))
        self.setAccessibleDescription(words.rpartition(":")[0] or words)


class ArchivedLine(QWidget):
    """How old the last archive is; when it is too old, with a sign and in a colour, as anything that is to be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().sizes.inner)
        self.sign, self.words = Sign("archive"), wrapped("", "muted")
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def show_archived(self, last: LastArchive | None) -> None:
        """What is known; nothing at all where nothing is."""
        self.setVisible(last is not None)
        if last is not None:
            self.words.setText(last.words)
            old = last.old
            self.sign.show_sign("triangle-alert" if old else "archive", Tone.AMBER if old else Tone.PLAIN)


class UnlockPage(Card):
    """Name and passphrase, and for some a key file. tried(member id, passphrase), factor_chosen(path)."""

    tried = Signal(str, str)
    factor_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = RunningLine()
        self.names = Names()
        self.secret = Secret()
        self.field = Field("passphrase", tr("Passphrase"), self.secret)
        self.unlock = PrimaryButton(tr("Unlock"), "unlock")
        self.factor = Button(tr("Choose the key file…"), "key-round")
        self._factors: frozenset[str] = frozenset()
        title = label(tr("Who are you?"), "lead")
        title.setBuddy(self.names)
        self.lines.addWidget(self.running)
        self.lines.addWidget(title)
        self.lines.addWidget(self.names)
        self.lines.addWidget(self.factor)
        self.lines.addWidget(self.field)
        self.lines.addWidget(self.unlock)
        self.archived = ArchivedLine()
        self.lines.addWidget(self.archived)
        self.factor.hide()
        self.factor.clicked.connect(self.ask_factor)
        self.names.selectionModel().currentChanged.connect(self._other_name)
        self.unlock.clicked.connect(self._try)
        self.secret.returnPressed.connect(self._try)
        self.names.activated.connect(self.take_keyboard)
        self.names.selectionModel().currentChanged.connect(self.forget)
        self._waiting = False

    def show_unlock(self, facts: UnlockFacts) -> None:
        """The members of the practice."""
        self._factors = facts.factors
        self.names.show_names(facts.members, facts.chosen)
        self.secret.clear()
        self._other_name()

    def show_archived(self, last: LastArchive | None) -> None:
        """How old the last archive is."""
        self.archived.show_archived(last)

    def ask_factor(self) -> QFileDialog:
        """Ask for the key file of whoever is chosen."""
        from PySide6.QtWidgets import QFileDialog

        from desktop.views.ui.dialogs import ask

        dialog = QFileDialog(self, tr("Choose the key file"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_factor)
        ask(dialog)
        return dialog

    def take_factor(self, path: str) -> None:
        """A key file was chosen."""
        self.factor.say(Path(path).name)
        self.factor_chosen.emit(path)
        self.take_keyboard()

    def _other_name(self, *_: object) -> None:
        self.factor.setVisible(self.names.chosen in self._factors)

    def take_keyboard(self, *_: object) -> None:
        """The passphrase."""
        self.secret.setFocus()

    def forget(self, *_: object) -> None:
        """Empty the passphrase: it was typed for somebody else, or on a page that was left."""
        self.secret.clear()

    def clear_secret(self) -> None:
        """Empty the passphrase and go there."""
        self.secret.clear()
        self.secret.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While a passphrase is tried nothing can be changed."""
        self.names.setEnabled(not busy)
        self.secret.setReadOnly(busy)
        self.unlock.setEnabled(not busy and not self._waiting)

    def set_waiting(self, waiting: bool) -> None:
        """Before the next try is taken, it can be typed but not given."""
        self._waiting = waiting
        self.unlock.setEnabled(not waiting)

    def _try(self) -> None:
        if self.unlock.isEnabled():
            self.tried.emit(self.names.chosen, self.secret.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the button presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.unlock.hasFocus():
            self._try()
            return
        super().keyPressEvent(event)
