"""Knows how a note is begun from a session's entries, and how words are given to both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.audience import Owner
from desktop.domain.drafts import NoteDraft, check_note
from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.releases import ASKED
from desktop.views.after.reading import WordsRow
from desktop.views.ui.banner import notice
from desktop.views.ui.basics import Button, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class TextFields:
    """A note as it stands."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class WishFields:
    """Whose wish it was, and that they are sober."""

    asked: str = ""
    sober: bool = False


def _column(inside: QWidget) -> QVBoxLayout:
    inside.setProperty("kind", "bare")
    lines = QVBoxLayout(inside)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(look().sizes.inner)
    return lines


class DraftForm(QWidget):
    """A progress note that was begun from what was entered. seat: whose; sign() keeps and locks it."""

    sign = Signal()

    def __init__(self, seat: str, whose: str, owner: Owner, text: str) -> None:
        super().__init__()
        self.seat, self.owner = seat, owner
        self.form = Form(self._check)
        self.text = self.form.lines("text", tr("Note"), high=18)
        self.form.show_draft(TextFields(text))
        self.sign_button = Button(tr("Sign and lock"), "lock")
        row = QHBoxLayout()
        row.addWidget(self.sign_button)
        row.addStretch(1)
        lines = _column(self)
        lines.addWidget(wrapped(whose, "strong"))
        begun = tr("Begun from what was entered. Change it until it says what you mean; it judges nothing by itself.")
        lines.addWidget(wrapped(begun, "caption"))
        lines.addWidget(self.form)
        lines.addLayout(row)
        self.sign_button.clicked.connect(partial(self.sign.emit))

    def settled(self) -> str | None:
        """The text when nothing is wrong with it."""
        fields: TextFields | None = self.form.settled()
        return fields.text if fields is not None else None

    def _check(self, fields: TextFields) -> tuple[Problem, ...]:
        return check_note(NoteDraft(self.owner, fields.text))


class ReleaseForm(QWidget):
    """Words that are to be given to both."""

    def __init__(self, row: WordsRow) -> None:
        super().__init__()
        self.row = row
        self.form = Form(_check_wish)
        self.asked = self.form.choice("asked", tr("Whose wish is it"), (("", tr("Choose…")), *ASKED))
        self.form.tick("sober", tr("They say so now, sober"))
        self.form.show_draft(WishFields())
        lines = _column(self)
        lines.addWidget(wrapped(f"“{row.text}”", "lead"))
        lines.addWidget(wrapped(tr("{who}, at {wall}", who=row.who, wall=row.wall), "caption"))
        words = tr("From then on both may read it, and the copy for both prints it. It can be taken back; what was "
                   "printed cannot.")  # fmt: skip
        lines.addWidget(notice(Tone.PLAIN, words))
        lines.addWidget(self.form)

    def settled(self) -> str | None:
        """Whose wish it was, when nothing is wrong."""
        fields: WishFields | None = self.form.settled()
        return fields.asked if fields is not None else None


def _check_wish(fields: WishFields) -> tuple[Problem, ...]:
    problems = []
    if not fields.asked:
        problems.append(Problem("asked", tr("Choose whose wish it was.")))
    if not fields.sober:
        problems.append(Problem("sober", tr("Words are given sober, or not at all.")))
    return tuple(problems)
