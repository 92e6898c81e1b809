"""Knows how pages are shown as they will come out of the printer: one below the other, at any size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.ports_paper import PageImage
from desktop.views.ui import paint
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted

LEAST, MOST, STEP = 0.4, 2.5, 1.2


def image_of(page: PageImage) -> QImage:
    """A page as Qt's picture; it keeps the bytes alive."""
    made = QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
    return made.copy()


class PageView(Painted):
    """One page."""

    def __init__(self, image: QImage, number: int, of: int, title: str) -> None:
        super().__init__()
        self._image, self._scaled = image, QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(tr("{title}, page {n} of {all}", title=title, n=number, all=of))

    def set_width(self, wide: int) -> None:
        """Show it this wide."""
        high = round(self._image.height() * wide / self._image.width())
        if self.size() != QSize(wide, high):
            self.setFixedSize(wide, high)
            self._scaled = QPixmap()

    def draw(self, painter: QPainter) -> None:
        """The page on white, with a hairline round it."""
        ratio = self.devicePixelRatioF()
        if self._scaled.isNull() or self._scaled.devicePixelRatio() != ratio:
            made = self._image.scaled(
                round(self.width() * ratio), round(self.height() * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            made.setDevicePixelRatio(ratio)
            self._scaled = QPixmap.fromImage(made)
        painter.drawPixmap(0, 0, self._scaled)
        paint.shape(painter, QRectF(self.rect()), border=look().theme.ground.control_border, radius=0)


class PagesView(QScrollArea):
    """All pages. Page keys turn, Ctrl and plus or minus zoom, Ctrl and 0 fits the width again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = QWidget()
        self._inside.setProperty("kind", "bare")
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look().sizes.gap)
        self.setWidget(self._inside)
        self.pages: list[PageView] = []
        self.zoom = 1.0

    def show_pages(self, title: str, pages: tuple[PageImage, ...]) -> None:
        """Show these instead."""
        while self._lines.count():
            taken = self._lines.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.pages = []
        for number, page in enumerate(pages, 1):
            view = PageView(image_of(page), number, len(pages), title)
            self._lines.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(view)
        self._lines.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float) -> None:
        """1 fits the width."""
        self.zoom = min(MOST, max(LEAST, zoom))
        self._fit()

    def turn(self, by: int) -> None:
        """Go pages on or back."""
        if self.pages:
            at = self.page_shown() + by
            self.verticalScrollBar().setValue(self.pages[max(0, min(len(self.pages) - 1, at))].y())

    def page_shown(self) -> int:
        """Which page stands at the top, from 0."""
        top = self.verticalScrollBar().value() + look().sizes.gap
        passed = [at for at, page in enumerate(self.pages) if page.y() <= top]
        return passed[-1] if passed else 0

    def _fit(self) -> None:
        sizes = look().sizes
        wide = min(self.viewport().width() - 2 * sizes.tight, sizes.ring * 11)
        for page in self.pages:
            page.set_width(max(sizes.ring, int(wide * self.zoom)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turning and zooming."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space) and not control:
            self.turn(1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_Backspace) and not control:
            self.turn(-1)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.turn(len(self.pages))
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self.zoom * STEP)
        elif control and key == Qt.Key.Key_Minus:
            self.set_zoom(self.zoom / STEP)
        elif control and key == Qt.Key.Key_0:
            self.set_zoom(1.0)
        else:
            super().keyPressEvent(event)
