"""Knows how a carried session is opened on a machine that has nothing of its practice: file, passphrase, and who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.carried import MOST_BUNDLE, Bundle
from desktop.domain.errors import Known, Problem
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.elsewhere import look_into, member_named, settle_elsewhere
from desktop.services.outcome import Outcome, Report
from desktop.services.practice import Door
from desktop.views.carry.parts import choose_file
from desktop.views.carry.presenter import read_file
from desktop.views.ui.basics import Button, wrapped
from desktop.views.ui.fields import Choice
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Bound
from desktop.views.ui.sidepanel import SidePanel

CameIn = Callable[[Desk, Path], object]


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """What the form holds. member: asked for once the file was looked into."""

    file: str = ""
    secret: str = ""
    member: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A bundle that opened: its file as it was read, what is in it, and where it can lie."""

    file: bytes
    bundle: Bundle
    folder: str


def check(draft: OpenDraft) -> tuple[Problem, ...]:
    """What keeps the draft from being tried."""
    problems = []
    if not draft.file:
        problems.append(Problem("file", tr("Choose the file that ends in .carried.")))
    if not draft.secret:
        problems.append(Problem("secret", tr("The passphrase that was shown when it was carried is needed.")))
    return tuple(problems)


class RunCarriedDialog(QDialog):
    """Two steps: look into the file, then say who you are and open it."""

    def __init__(self, parent: QWidget, door: Door, ops: Ops, then: CameIn) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Run a carried session"))
        self._door, self._then = door, then
        self._doing = Bound(ops, self)
        self._seen: Seen | None = None
        self.panel = SidePanel(rings=7)
        lines = QVBoxLayout(self)
        lines.addWidget(self.panel)
        self.page = QWidget()
        self.page.setProperty("kind", "bare")
        inside = QVBoxLayout(self.page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look().sizes.inner)
        self.chooser = Button(tr("Choose…"))
        self.chooser.setAccessibleName(tr("Choose the file of the carried session"))
        self.form = Form(check)
        self.form.text("file", tr("Carried session"), hint=tr("A file that ends in .carried"), beside=self.chooser)
        self.form.secret("secret", tr("Its passphrase"))
        self.form.choice("member", tr("Who are you?"), ())
        self.form.text("folder", tr("Keep it in"), hint=tr("A new or empty folder on this machine's disk"))
        self.found = wrapped("", "muted")
        inside.addWidget(self.form)
        inside.addWidget(self.found)
        self._ask_more(False)
        self.form.show_draft(OpenDraft())
        self.panel.hold(tr("Run a carried session"), self.page, tr("Look into it"))
        self.resize(self.sizeHint().width(), look().sizes.ring * 8)
        self.chooser.clicked.connect(partial(choose_file, self, tr("A carried session"), ".carried", self.take_file))
        self.panel.left.connect(self.reject)
        self.panel.saved.connect(self._go)

    def showEvent(self, event: QShowEvent) -> None:
        """Typing begins with the file."""
        super().showEvent(event)
        self.form.field("file").edit.setFocus()

    def take_file(self, path: Path) -> None:
        """A file was chosen."""
        self.form.field("file").show_value(str(path))
        self.form.field("secret").edit.setFocus()

    def _ask_more(self, more: bool) -> None:
        for name in ("member", "folder"):
            self.form.field(name).setVisible(more)
        self.found.setVisible(more)

    def _go(self) -> None:
        draft: OpenDraft | None = self.form.settled()
        if draft is None:
            return
        self.panel.say_busy(tr("This takes a few seconds, on purpose."))
        if self._seen is None:
            work = partial(_looked, self._door, draft)
            self._doing.aside(work, self._saw, self._failed, _quiet)
        else:
            self._doing.aside(partial(_settled, self._door, self._seen, draft), self._done, self._failed, _quiet)

    def _saw(self, seen: Seen) -> None:
        self._seen = seen
        bundle = seen.bundle
        edit = self.form.field("member").edit
        if isinstance(edit, Choice):
            for each in bundle.members:
                edit.addItem(each.name, each.id)
            edit.setCurrentIndex(0)
        self.form.field("folder").show_value(seen.folder)
        self.found.setText(tr(
            "{practice}: session of {day}. It may be begun here until {until:%Y-%m-%d %H:%M}. Everybody listed opens "
            "it with this passphrase.", practice=bundle.practice, day=bundle.session.planned_for.isoformat(),
            until=bundle.expires.local))  # fmt: skip
        self._ask_more(True)
        self.panel.say_busy("")
        self.panel.save.say(tr("Open it here"))
        edit.setFocus()

    def _done(self, opened: tuple[Desk, Path]) -> None:
        self.accept()
        self._then(*opened)

    def _failed(self, error: Known) -> None:
        self.panel.show_error(error)


def _quiet(done: int, total: int, words: str) -> None:
    """The words that stand there already say enough."""


def _looked(door: Door, draft: OpenDraft, report: Report) -> Outcome[Seen]:
    carry = door.carry()
    assert carry is not None
    file = read_file(Path(draft.file), MOST_BUNDLE)
    bundle = look_into(carry, file, draft.secret)
    place = carry.place_for(bundle.id)
    return Outcome(Seen(file, bundle, "" if place is None else str(place)))


def _settled(door: Door, seen: Seen, draft: OpenDraft, report: Report) -> Outcome[tuple[Desk, Path]]:
    carry = door.carry()
    assert carry is not None
    member, folder = member_named(seen.bundle, draft.member), Path(draft.folder)
    settle_elsewhere(carry, seen.bundle, seen.file, folder, member, draft.secret)
    return Outcome((door.unlock(folder, member.id, draft.secret), folder))
