"""Knows how a restore is asked for: which archive, into which folder, opened with a passphrase or with the kit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.errors_archive import OlderArchive
from desktop.domain.words import tr
from desktop.services.outcome import Outcome, Report
from desktop.services.ports_archives import ArchiveDoor, Restored, RestoreWish
from desktop.views.ui.basics import Button, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.fields import Choice
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Bound
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.theme import Density

PASSPHRASE, KIT = "passphrase", "kit"


@dataclass(frozen=True, slots=True)
class RestoreDraft:
    """What the form holds. way: passphrase or kit."""

    archive: str = ""
    folder: str = ""
    way: str = PASSPHRASE
    member: str = ""
    secret: str = ""
    key_file: str = ""
    older: bool = False


def check(draft: RestoreDraft) -> tuple[Problem, ...]:
    """What keeps the draft from being tried."""
    problems = []
    if not draft.archive:
        problems.append(Problem("archive", tr("Choose the archive, a file that ends in .age.")))
    if not draft.folder:
        problems.append(Problem("folder", tr("Choose a new or empty folder.")))
    if not draft.secret:
        problems.append(Problem("secret", tr("The passphrase or the kit's text is needed.")))
    return tuple(problems)


class RestoreForm(QWidget):
    """The fields; `go` tries it and says in the panel how far it is."""

    def __init__(self, door: ArchiveDoor, archive: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._door = door
        self._listed = archive
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        self.form = Form(check)
        self.find_archive = _chooser(tr("Choose the archive…"), self._browse_archive)
        self.find_folder = _chooser(tr("Choose the folder…"), self._browse_folder)
        self.find_key_file = _chooser(tr("Choose the key file…"), self._browse_key_file)
        self._archive = self.form.text("archive", tr("Archive"), beside=self.find_archive)
        hint = tr("A new or empty folder.")
        self._folder = self.form.text("folder", tr("Restore into"), hint=hint, beside=self.find_folder)
        ways = ((PASSPHRASE, tr("A member's passphrase")), (KIT, tr("The recovery kit")))
        self.form.choice("way", tr("Opened with"), ways).currentIndexChanged.connect(self.show_way)
        self.form.choice("member", tr("Member"), self._members(archive),
                         hint=tr("Known once the archive is chosen."))  # fmt: skip
        self.form.secret("secret", tr("Passphrase"), hint=tr("As it was when the archive was made."))
        hint = tr("Only for a member who unlocks with one.")
        self._key_file = self.form.text("key_file", tr("Key file"), hint=hint, beside=self.find_key_file)
        self.form.tick("older", tr("Restore this one although there is a newer one"))
        self.form.field("older").hide()
        lines.addWidget(self.form)
        self._archive.editingFinished.connect(self._typed_archive)
        lines.addWidget(wrapped(
            tr("Every record is compared with the archive's signed list; only then does the folder get its name."),
            "muted",
        ))  # fmt: skip
        self.form.show_draft(RestoreDraft(archive=str(archive or "")))
        self._choose_first()

    def show_way(self, *_: object) -> None:
        """Ask for what the chosen way needs, and for nothing else."""
        kit = self.form.field("way").value() == KIT
        for name in ("member", "key_file"):
            self.form.field(name).setVisible(not kit)
        secret = self.form.field("secret")
        secret.rename(tr("The kit, from AGE-SECRET-KEY-1 to its end") if kit else tr("Passphrase"))

    def take_keyboard(self) -> None:
        """What is missing first."""
        (self._folder if self._archive.text() else self._archive).setFocus()

    def _members(self, archive: Path | None) -> tuple[tuple[str, str], ...]:
        try:
            return tuple((name, name) for name in self._door.members_beside(archive)) if archive is not None else ()
        except Known:
            return ()

    def _choose_first(self) -> None:
        edit = self.form.field("member").edit
        if isinstance(edit, Choice) and edit.count():
            edit.setCurrentIndex(0)

    def take_archive(self, archive: Path) -> None:
        """An archive was chosen: its members can be listed where its key file lies beside it."""
        self._archive.setText(str(archive))
        self._listed = archive
        edit = self.form.field("member").edit
        if isinstance(edit, Choice):
            edit.clear()
            for key, words in self._members(archive):
                edit.addItem(words, key)
        self._choose_first()

    def _typed_archive(self) -> None:
        """A name that was typed, not chosen: the same holds."""
        typed = self._archive.text().strip()
        if typed and Path(typed) != self._listed:
            self.take_archive(Path(typed))

    def go(self, doing: Bound, panel: SidePanel, then: Callable[[Restored], object]) -> None:
        """Try it, when nothing is wrong with the draft."""
        draft: RestoreDraft | None = self.form.settled()
        if draft is None:
            return
        wish = RestoreWish(Path(draft.archive), Path(draft.folder), older=draft.older)
        if draft.way == KIT:
            wish = replace(wish, kit=draft.secret)
        else:
            key_file = Path(draft.key_file) if draft.key_file else None
            wish = replace(wish, member=draft.member, passphrase=draft.secret, key_file=key_file)
        panel.say_busy(tr("Restoring…"))
        work = partial(_restored, self._door, wish)
        doing.aside(work, then, partial(self._failed, panel), lambda done, total, words: panel.say_busy(words))

    def _failed(self, panel: SidePanel, error: Known) -> None:
        panel.show_error(error)
        if isinstance(error, OlderArchive):
            self.form.field("older").show()
            self.form.field("older").edit.setFocus()

    def _browse_archive(self) -> None:
        dialog = QFileDialog(self.window(), tr("An archive"), str(Path.home()), "*.age")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        ask(dialog, partial(self._took_archive, dialog))

    def _browse_folder(self) -> None:
        dialog = QFileDialog(self.window(), tr("A new or empty folder"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        ask(dialog, partial(self._took_folder, dialog))

    def _browse_key_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("The key file"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        ask(dialog, partial(self._took_key_file, dialog))

    def _took_key_file(self, dialog: QFileDialog) -> None:
        self._key_file.setText(dialog.selectedFiles()[0])

    def _took_archive(self, dialog: QFileDialog) -> None:
        self.take_archive(Path(dialog.selectedFiles()[0]))

    def _took_folder(self, dialog: QFileDialog) -> None:
        self._folder.setText(dialog.selectedFiles()[0])


def _restored(door: ArchiveDoor, wish: RestoreWish, report: Report) -> Outcome[Restored]:
    return Outcome(door.restore(wish, report))


def _chooser(words: str, do: Callable[[], object]) -> Button:
    """A short button beside a field; a screen reader hears all of it."""
    made = Button(tr("Choose…"))
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.clicked.connect(do)
    return made


class RestoreDialog(QDialog):
    """The same before anybody is in: for a machine that has nothing but an archive."""

    def __init__(self, parent: QWidget, door: ArchiveDoor, ops: Ops, then: Callable[[Restored], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore from an archive"))
        self._then = then
        self._doing = Bound(ops, self)
        self.panel = SidePanel(rings=7)
        lines = QVBoxLayout(self)
        lines.addWidget(self.panel)
        self.form = RestoreForm(door, None)
        self.panel.hold(tr("Restore from an archive"), self.form, tr("Restore"))
        self.resize(self.sizeHint().width(), look().sizes.ring * (10 if look().density is Density.COMPACT else 9))
        self.panel.left.connect(self.reject)
        self.panel.saved.connect(self._go)
        self.form.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing begins where something is missing."""
        super().showEvent(event)
        self.form.take_keyboard()

    def _go(self) -> None:
        self.form.go(self._doing, self.panel, self._done)

    def _done(self, done: Restored) -> None:
        self.accept()
        self._then(done)
