"""Knows what is asked beside the table: another number, a reason, a file, whom to call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.domain.cards import EmergencyCard
from desktop.domain.errors import Problem, Refused
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_numbers import Numbered
from desktop.domain.words import tr
from desktop.services.outcome import Outcome
from desktop.services.protocols import FILE_LIMIT, Made, check_reason
from desktop.views.protocols.facts import amount, made_words, whence
from desktop.views.ui.basics import Button, label, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.forms import Check, Form
from desktop.views.ui.look import look


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """Another number and why."""

    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReasonDraft:
    """Why."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file to take in, and why. replace: it may take the place of the one of the same id."""

    file: str = ""
    reason: str = ""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class CardDraft:
    """Whom to call, where this is, and why it is changed."""

    number: str = ""
    address: str = ""
    reason: str = ""


class Asked(QWidget):
    """Words, and a form under them."""

    def __init__(self, check: Check, *words: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(look().sizes.inner)
        for text, kind in words:
            self.lines.addWidget(wrapped(text, kind))
        self.form = Form(check)
        self.lines.addWidget(self.form)

    def take_keyboard(self) -> None:
        """The first field."""
        edits = self.form.edits()
        if edits:
            edits[0].setFocus()


def _reason(draft: NumberDraft | ReasonDraft | FileDraft | CardDraft) -> tuple[Problem, ...]:
    return check_reason(draft.reason)


def _number(draft: NumberDraft) -> tuple[Problem, ...]:
    missing = () if draft.value.strip() else (Problem("value", tr("A number is needed, such as 12 or 1.5.")),)
    return (*missing, *_reason(draft))


def _file(draft: FileDraft) -> tuple[Problem, ...]:
    missing = () if draft.file.strip() else (Problem("file", tr("Choose a file.")),)
    return (*missing, *_reason(draft))


class NumberForm(Asked):
    """Another number in the place of one."""

    def __init__(self, number: Numbered) -> None:
        super().__init__(
            _number, (number.group, "caption"), (amount(number.figure, number.unit), "figure"),
            (whence(number.figure), "muted"),
        )  # fmt: skip
        self.path = number.path
        words = tr("New number, in {unit}", unit=number.unit) if number.unit else tr("New number")
        self.form.text("value", words)
        self.form.lines("reason", tr("Why"), hint=tr("Kept with the number, with your name and the day."), high=3)
        self.form.show_draft(NumberDraft())


class ReasonForm(Asked):
    """Something that only asks why. do: what follows; it is given the reason."""

    def __init__(self, words: str, do: Callable[[str], Outcome[Protocol]], legal: str = "", reason: str = "") -> None:
        super().__init__(_reason, *((text, kind) for text, kind in ((words, "muted"), (legal, "strong")) if text))
        self.do = do
        self.form.lines("reason", tr("Why"), high=3)
        self.form.show_draft(ReasonDraft(reason))


class FileForm(Asked):
    """A protocol from a file."""

    def __init__(self) -> None:
        super().__init__(
            _file, (tr("A protocol is a TOML file; save one of these as a file to see how it is written. Every number "
                       "says where it comes from. A file that cannot be used is refused with its line and the reason."),
                    "muted"),
        )  # fmt: skip
        self.chooser = Button(tr("Choose…"), "folder-open")
        self.chooser.clicked.connect(self._browse)
        self._line = self.form.text("file", tr("File"), beside=self.chooser)
        self.form.lines("reason", tr("Why"), high=3)
        self.form.tick("replace", tr("It takes the place of the protocol with the same id"))
        self.form.show_draft(FileDraft())
        more = tr("A new protocol is switched off until somebody switches it on.")
        self.lines.addWidget(wrapped(more, "caption"))

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), tr("A protocol"), str(Path.home()), "*.toml")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        ask(dialog, partial(self._took, dialog))

    def _took(self, dialog: QFileDialog) -> None:
        self._line.setText(dialog.selectedFiles()[0])


class CardForm(Asked):
    """The emergency card: its steps, and what the practice writes on it."""

    def __init__(self, card: EmergencyCard) -> None:
        steps = "\n".join(f"{number}.  {tr(step.words)}" for number, step in enumerate(card.steps, 1))
        super().__init__(_reason, (steps, "muted"))
        self.form.text("number", tr("Emergency number"))
        self.form.lines("address", tr("Where this is"), hint=tr("Street, door, floor; read out on the phone."), high=3)
        self.form.lines("reason", tr("Why it is changed"), high=2)
        self.form.show_draft(CardDraft(card.number, card.address))


class HistoryList(QWidget):
    """Every edition that the practice made, the newest first."""

    def __init__(self, history: tuple[Made, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.tight)
        if not history:
            lines.addWidget(wrapped(tr("Nothing was changed in this practice. It is as it was shipped."), "muted"))
        for made in history:
            when, what, why = made_words(made)
            lines.addWidget(label(when, "caption"))
            lines.addWidget(wrapped(what, "strong"))
            lines.addWidget(wrapped(why, "muted"))
            lines.addSpacing(look().sizes.tight)


def text_of(file: str) -> str:
    """The text of a file that somebody chose; Refused when it cannot be read as one."""
    nothing = tr("Nothing was changed.")
    try:
        with Path(file).expanduser().open("rb") as opened:
            content = opened.read(4 * FILE_LIMIT)
    except (OSError, ValueError):
        raise Refused(
            "not_read", tr("This file cannot be read."), nothing, tr("Check its name and your right to read it.")
        ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_text", tr("This file is not UTF-8 text."), nothing, tr("Save it as UTF-8.")) from None
