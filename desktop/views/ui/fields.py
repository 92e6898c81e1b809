"""Knows how one thing is asked for: its label above, the edit, and below what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from desktop.views.ui import paint
from desktop.views.ui.basics import label, restyle
from desktop.views.ui.icons import icon
from desktop.views.ui.look import look

_TALL = 10_000


class Choice(QComboBox):
    """One of a few; draws its own arrow in the theme's colour, and takes no more room than there is."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then the arrow."""
        super().paintEvent(event)
        sizes, ink = look().sizes, look().theme.ink
        side = float(sizes.icon_small)
        where = QRectF(self.width() - side - sizes.inner, (self.height() - side) / 2, side, side)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.icon(painter, "chevron-down", where, ink.muted)


    @property
    def cut(self) -> bool:
        """Whether what is chosen has more words than there is room."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_ComboBox
        room = style.subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        return self.fontMetrics().horizontalAdvance(self.currentText()) > room - look().sizes.hair

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whoever says the whole of it looks again."""
        super().resizeEvent(event)
        self.resized.emit()

    def showPopup(self) -> None:
        """The list is as wide as its longest words."""
        view = self.view()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 2 * look().sizes.inner, self.window().width()))
        super().showPopup()


class Tick(QCheckBox):
    """Yes or no, with a box that is drawn to be seen from afar."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, then our own box."""
        now = look()
        sizes, theme = now.sizes, now.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = float(sizes.icon)
            box = QRectF(sizes.hair, (self.height() - side) / 2, side, side)
            ticked = self.isChecked()
            fill = theme.accent.fill if ticked else theme.ground.card
            border = theme.accent.border if ticked else theme.ground.control_border
            paint.shape(painter, box, fill=fill, border=border, radius=sizes.hair, line=sizes.stroke)
            if ticked:
                inset = sizes.stroke
                paint.icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), theme.accent.on)
            left = box.right() + sizes.tight
            words = QRectF(left, 0, self.width() - left, self.height())
            paint.words(painter, words, self.text(), sizes.body, theme.ink.text)
            if self.hasFocus():
                paint.focus_ring(painter, QRectF(self.rect()), sizes.radius_small)

    def sizeHint(self) -> QSize:
        """Box and words, as high as a control."""
        sizes = look().sizes
        wide = paint.width_of(self.text(), sizes.body) + sizes.icon + sizes.tight + sizes.hair * 4
        return QSize(int(wide), sizes.control)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def hitButton(self, at: object) -> bool:
        """All of it is the target."""
        return True


class TextBox(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field instead of being typed."""

    def __init__(self, parent: QWidget | None = None, lines: int = 4) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        sizes = look().sizes
        return QSize(sizes.ring * 4, int(paint.height_of(sizes.body) * self._lines + 2 * sizes.inner))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(look().sizes.ring, self.sizeHint().height())


class Secret(QLineEdit):
    """A passphrase: dots, no dictionary, no clipboard out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )


class SearchBox(QLineEdit):
    """Finds as one types; Escape empties it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setProperty("kind", "search")
        self._glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._dress()

    def _dress(self) -> None:
        self._glass.setIcon(icon("search", look().theme.ink.muted))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties it; when it is empty, Escape is somebody else's."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)


class _Below(QLabel):
    """Words under an edit, in as many lines as the field found that they need. kind: problem, caption."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def hasHeightForWidth(self) -> bool:
        """Never asked: grids in boxes in cards lose count of what grows higher as it grows narrower."""
        return False


Edit = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox


class Field(QWidget):
    """Label, edit and problem of one thing that is asked for. beside: a button at its right, to choose what goes in."""

    def __init__(
        self, name: str, words: str, edit: Edit, *, hint: str = "", beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.name, self.edit = name, edit
        self._words = words
        sizes = look().sizes
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.hair)
        self._title = label(words, "strong")
        if not isinstance(edit, QCheckBox):
            self._title.setBuddy(edit)
            lines.addWidget(self._title)
        lines.addLayout(_in_a_row(edit, beside))
        self._hint, self._whole, self._problem = _Below("caption"), _Below("caption"), _Below("problem")
        self._hint.setText(hint)
        for below in (self._whole, self._problem):
            below.hide()
        # Only once it has a parent: shown before, it would be a window of its own for a moment.
        lines.addWidget(self._hint)
        self._hint.setVisible(bool(hint))
        lines.addWidget(self._whole)
        lines.addWidget(self._problem)
        lines.addStretch(1)
        if isinstance(edit, Choice):
            for told in (edit.currentTextChanged, edit.resized):
                told.connect(self._say_whole)
        edit.setAccessibleName(words)
        edit.setAccessibleDescription(hint)

    def rename(self, words: str) -> None:
        """Ask for the same in other words."""
        self._title.setText(words)
        self.edit.setAccessibleName(words)

    def show_problem(self, text: str) -> None:
        """Say what is wrong, in words and with the edge; '' for nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._hint.setVisible(bool(self._hint.text()) and not text)
        self._make_room()
        restyle(self.edit, "wrong", "true" if text else "false")
        self.edit.setAccessibleDescription(text or self._hint.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field needs more lines for what is wrong."""
        super().resizeEvent(event)
        self._make_room()

    def _say_whole(self, *_: object) -> None:
        """Below a choice whose words are cut, all of them: an amount or a date of birth is never half shown."""
        edit = self.edit
        text = edit.currentText() if isinstance(edit, Choice) and edit.cut else ""
        if text != self._whole.text():
            self._whole.setText(text)
            self._whole.setVisible(bool(text))
            self._make_room()

    def _make_room(self) -> None:
        area = QRect(0, 0, max(1, self.width()), _TALL)
        wrap = Qt.TextFlag.TextWordWrap
        for below in (self._hint, self._whole, self._problem):
            text = below.text()
            below.setFixedHeight(below.fontMetrics().boundingRect(area, wrap, text).height() if text else 0)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    def value(self) -> str | bool:
        """What was entered: words, a choice's key, or whether it is ticked."""
        edit = self.edit
        if isinstance(edit, QCheckBox):
            return edit.isChecked()
        if isinstance(edit, QComboBox):
            return str(edit.currentData())
        return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()

    def show_value(self, value: str | bool) -> None:
        """Fill in, telling nobody: populating is not editing."""
        edit = self.edit
        before = edit.blockSignals(True)
        try:
            if isinstance(edit, QCheckBox):
                edit.setChecked(bool(value))
            elif isinstance(edit, QComboBox):
                edit.setCurrentIndex(edit.findData(str(value)))
            elif isinstance(edit, QLineEdit):
                edit.setText(str(value))
            else:
                edit.setPlainText(str(value))
        finally:
            edit.blockSignals(before)
        self._say_whole()
        edit.update()


def _in_a_row(edit: QWidget, beside: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look().sizes.tight)
    row.addWidget(edit, 1)
    if beside is not None:
        row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
    return row
