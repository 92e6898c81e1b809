"""Knows the plain parts of a page: cards, labels, buttons, the empty state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.ui.icons import icon
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def label(text: str, kind: str = "", tone: Tone = Tone.PLAIN) -> QLabel:
    """A line of words. kind: title, figure, lead, strong, muted, caption, overline, problem."""
    made = QLabel(text)
    made.setProperty("kind", kind)
    if tone is not Tone.PLAIN:
        made.setProperty("tone", tone.value)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def wrapped(text: str, kind: str = "") -> QLabel:
    """Words that may take several lines."""
    made = label(text, kind)
    made.setWordWrap(True)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style template asks for, and have it looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


class Card(QFrame):
    """A quiet box with a border; `lines` is where its content goes."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.lines = QVBoxLayout(self)
        self._space()
        if title:
            self.lines.addWidget(label(title, "lead"))
            self.setAccessibleName(title)

    def _space(self) -> None:
        sizes = look().sizes
        self.lines.setContentsMargins(sizes.pad, sizes.pad, sizes.pad, sizes.pad)
        self.lines.setSpacing(sizes.inner)

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()


class Button(QPushButton):
    """A button with words, perhaps an icon and a key. kind: '', primary, quiet, rail, danger."""

    def __init__(
        self, text: str, sign: str = "", *, kind: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._sign, self._kind = sign, kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        if key:
            self.setShortcut(QKeySequence(key))
            self.setToolTip(f"{text} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
        self._dress()

    def say(self, text: str) -> None:
        """Change the words."""
        self.setText(text)
        self.setAccessibleName(text)

    def weigh(self, main: bool) -> None:
        """Make it the page's main button, or a plain one while something else is."""
        self._kind = "primary" if main else ""
        restyle(self, "kind", self._kind)
        self._dress()

    @property
    def sign(self) -> str:
        """The icon's name, '' for none."""
        return self._sign

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the space bar does."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTERS and plain:
            # A key that is held down presses once, and is nobody else's either.
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        if not self._sign:
            return
        now = look()
        ink: Tone | str = Tone.RED if self._kind == "danger" else now.theme.ink.text
        if self._kind == "primary":
            ink = now.theme.accent.on if self.isEnabled() else now.theme.ink.muted
        elif not self.isEnabled():
            ink = now.theme.ink.muted
        after = now.sizes.hair if self.text() else 0
        self.setIcon(icon(self._sign, ink, after=after))
        self.setIconSize(QSize(now.sizes.icon + after, now.sizes.icon))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon for another theme or state."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._dress()


class PrimaryButton(Button):
    """The one primary action of a screen."""

    def __init__(self, text: str, sign: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, sign, kind="primary", key=key, parent=parent)


class Sign(QLabel):
    """An icon that stands alone beside words; it says nothing of its own to a screen reader."""

    def __init__(self, name: str, tone: Tone | str = Tone.PLAIN, *, large: bool = False) -> None:
        super().__init__()
        self._name, self._tone, self._large = name, tone, large
        self._dress()

    def show_sign(self, name: str, tone: Tone | str) -> None:
        """Another icon or meaning."""
        self._name, self._tone = name, tone
        self._dress()

    def _dress(self) -> None:
        now = look()
        side = now.sizes.badge if self._large else now.sizes.icon
        tone = now.theme.ink.muted if self._large and self._tone is Tone.PLAIN else self._tone
        drawn = icon(self._name, tone, side)
        self.setPixmap(drawn.pixmap(QSize(side, side), self.devicePixelRatioF()))
        self.setFixedSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Tint it for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()


class EmptyState(QWidget):
    """A place without data teaches: what belongs here, and one button to begin."""

    def __init__(
        self,
        sign: str,
        title: str,
        text: str,
        action: str = "",
        begin: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        sizes = look().sizes
        lines = QVBoxLayout(self)
        lines.setSpacing(sizes.inner)
        lines.addStretch(1)
        words = wrapped(text, "muted")
        words.setFixedWidth(sizes.ring * 5)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (Sign(sign, large=True), label(title, "lead"), words):
            lines.addLayout(_middle(widget))
        self.button: Button | None = None
        if action:
            self.button = PrimaryButton(action)
            if begin is not None:
                self.button.clicked.connect(begin)
            lines.addLayout(_middle(self.button))
        lines.addStretch(1)


def _middle(widget: QWidget) -> QHBoxLayout:
    # Stretches, not an alignment: aligned labels are not asked how high they become when they wrap.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
