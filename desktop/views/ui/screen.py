"""Knows what all screens share: a heading, a banner, and asking again when what they show was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import Known
from desktop.services.outcome import Outcome, Report, touches
from desktop.views.ui.banner import CLOSE, Banner, banner_of
from desktop.views.ui.basics import label
from desktop.views.ui.firstfacts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.ops import Job, Ops
from desktop.views.ui.place import Place
from desktop.views.ui.theme import Tone

T = TypeVar("T")

__all__ = ["Bound", "Place", "Screen", "on_key", "scrolled"]


@dataclass(frozen=True, slots=True)
class Bound:
    """Ops for one receiver, as a presenter sees them."""

    ops: Ops
    receiver: QObject

    def change(
        self, work: Callable[[], Outcome[T]], then: Callable[[T], object], oops: Callable[[Known], object]
    ) -> Job:
        """Make a change on the writer thread."""
        return self.ops.run(work, self.receiver, then=then, oops=oops)

    def ask(self, work: Callable[[], T], then: Callable[[T], object], oops: Callable[[Known], object]) -> Job:
        """Ask on a reader thread."""
        return self.ops.read(work, self.receiver, then=then, oops=oops)

    def aside(
        self, work: Callable[[Report], Outcome[T]], then: Callable[[T], object], oops: Callable[[Known], object],
        progress: Callable[[int, int, str], object],
    ) -> Job:
        """Do long work on a thread of its own."""
        return self.ops.aside(work, self.receiver, then=then, oops=oops, progress=progress)


def on_key(widget: QWidget, key: str, do: Callable[[], object]) -> QShortcut:
    """Do something on a key while the keyboard is in `widget` or in what it holds."""
    made = QShortcut(QKeySequence(key), widget)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(do)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """Something that may be higher than its room; never wider."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setProperty("kind", "bare")
    area.setWidget(inside)
    return area


class Screen(QWidget):
    """A page in the window. `head` is the row beside its title, `lines` where its content goes.

    kinds: the records that it shows; when one changes it asks again, at once or when it is shown next.
    """

    go = Signal(object)

    def __init__(self, ops: Ops, title: str, kinds: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAccessibleName(title)
        self.ops, self.kinds = ops, kinds
        self.doing = Bound(ops, self)
        self._stale = True
        self.title = label(title, "title")
        self.banner = Banner()
        self.banner.chosen.connect(self._answered)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.lines = QVBoxLayout(self)
        self.lines.addLayout(self.head)
        self.lines.addWidget(self.banner)
        self._space()
        ops.changed.connect(self._changed)

    def ask_again(self) -> None:
        """Fetch what is shown; a screen with records fills this in."""

    def answered(self, key: str) -> None:
        """A button of the banner was pressed, other than the closing one."""

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""

    def say_title(self, title: str) -> None:
        """Another heading."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def show_banner(self, facts: BannerFacts | None) -> None:
        """Say something in the page, or nothing any more."""
        self.banner.show_banner(facts)

    def show_error(self, error: Known) -> None:
        """Say an error's three sentences in the page."""
        self.banner.show_banner(banner_of(error, Tone.AMBER))

    def _answered(self, key: str) -> None:
        if key == CLOSE:
            self.banner.show_banner(None)
        else:
            self.answered(key)

    def _changed(self, changed: frozenset[object]) -> None:
        if not any(touches(changed, kind) for kind in self.kinds):  # type: ignore[arg-type]
            return
        if self.isVisible():
            self.ask_again()
        else:
            self._stale = True

    def _space(self) -> None:
        sizes = look().sizes
        self.lines.setContentsMargins(sizes.gap, sizes.gap, sizes.gap, sizes.gap)
        self.lines.setSpacing(sizes.gap)
        self.head.setSpacing(sizes.tight)

    def showEvent(self, event: QShowEvent) -> None:
        """What was changed while nobody looked is asked for now."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.ask_again()

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()
