"""Knows how A and B are told apart: letter, side and colour together, always in the same way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.facts import PersonFacts, clock_text
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone


def draw_badge(painter: QPainter, where: QRectF, letter: str, seat: Tone) -> None:
    """A seat's letter in a circle of its colour."""
    now = look()
    shade, stroke = now.theme.shade(seat), now.sizes.stroke
    paint.shape(painter, where, fill=shade.fill, border=shade.border, radius=where.height() / 2, line=stroke)
    room = where.width() - 4 * stroke
    size = paint.fitting(letter, int(where.height() * 0.45), room, strong=True)
    paint.words(painter, where, letter, size, shade.text, strong=True, align=paint.CENTRE)


class SeatBadge(Painted):
    """The letter of a seat: A, B, or in a group 3a."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat, self._letter = Tone.PLAIN, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_seat(self, seat: Tone, letter: str) -> None:
        """Show a seat's letter in its colour."""
        self._seat, self._letter = seat, letter
        self.say(tr("Partner {letter}", letter=letter))
        self.update()

    def sizeHint(self) -> QSize:
        """A circle of the badge size."""
        side = look().sizes.badge
        return QSize(side, side)

    def draw(self, painter: QPainter) -> None:
        """Paint the circle."""
        draw_badge(painter, QRectF(self.rect()), self._letter, self._seat)


class PersonHeader(Painted):
    """Who this column is about: badge, name and date of birth; own clock, dose so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = PersonFacts(Tone.PLAIN, "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_person(self, facts: PersonFacts) -> None:
        """Show a person; call again each second, only what changed is told to a screen reader."""
        self._facts = facts
        parts = [tr("Partner {letter}", letter=facts.letter), facts.name, tr("born {date}", date=facts.born)]
        parts += [part for part in (facts.line, facts.dose) if part]
        if facts.clock_s is not None:
            parts.append(tr("{count} minutes since first dose", count=facts.clock_s // 60))
        self.say(", ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines beside the badge."""
        sizes = look().sizes
        high = max(sizes.badge, paint.height_of(sizes.title) + paint.height_of(sizes.body))
        return QSize(sizes.badge * 5, int(high) + sizes.hair)

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a name is lost."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Badge at the left, names beside it, the person's own clock at the right."""
        now, facts = look(), self._facts
        sizes, ink = now.sizes, now.theme.ink
        high, middle = float(self.height()), self.height() / 2
        draw_badge(
            painter, QRectF(0, middle - sizes.badge / 2, sizes.badge, sizes.badge), facts.letter, facts.seat
        )
        clock = clock_text(facts.clock_s) if facts.clock_s is not None else "–:––"
        left = sizes.badge + sizes.inner
        born = tr("born {date}", date=facts.born)
        below = facts.dose or tr("not dosed")
        if facts.dose and facts.clock_s is not None:
            below = tr("since dose · {dose}", dose=facts.dose)
        free = self.width() - left - sizes.inner
        need = max(paint.width_of(facts.name, sizes.title, strong=True), paint.width_of(born, sizes.body))
        if facts.dose and need + paint.width_of(below, sizes.body) > free:
            below = facts.dose
        # Name and date of birth come first: the dose is set smaller before either of them is cut.
        side = paint.width_of(clock, sizes.title, strong=True) + 1
        dose = paint.fitting(below, sizes.body, free - paint.width_of(born, sizes.body) - 1, least=sizes.caption)
        second_side = paint.width_of(below, dose) + 1
        room, second_room = max(0.0, free - side), max(0.0, free - second_side)
        first, second = paint.height_of(sizes.title), paint.height_of(sizes.body)
        top = (high - first - second) / 2
        size = paint.fitting(facts.name, sizes.title, room, strong=True, least=sizes.caption)
        paint.words(painter, QRectF(left, top, room, first), facts.name, size, ink.text, strong=True)
        line = f"{born} · {facts.line}" if facts.line else born
        if paint.width_of(line, sizes.body) > second_room:
            line = born
        small = paint.fitting(line, sizes.body, second_room, least=sizes.caption)
        paint.words(painter, QRectF(left, top + first, second_room, second), line, small, ink.muted)
        right = QRectF(self.width() - side, top, side, first)
        paint.words(painter, right, clock, sizes.title, ink.text, strong=True, align=paint.RIGHT)
        under = QRectF(self.width() - second_side, top + first, second_side, second)
        paint.words(painter, under, below, dose, ink.muted, align=paint.RIGHT)


class CompartmentStrip(Painted):
    """The colour of a record's compartment at its edge: A's, B's, or both; nothing for the room's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats: tuple[Tone, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_seats(self, seats: tuple[Tone, ...], who: str) -> None:
        """seats: A, B or both. who: the words of `who will see this`."""
        self._seats = seats
        self.setToolTip(who)
        self.say(who)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the edge, as high as it may be."""
        return QSize(look().sizes.strip_edge, look().sizes.row)

    def draw(self, painter: QPainter) -> None:
        """One bar per seat, from top to bottom."""
        if not self._seats:
            return
        high = self.height() / len(self._seats)
        for at, seat in enumerate(self._seats):
            where = QRectF(0, at * high, self.width(), high)
            paint.shape(painter, where, fill=look().theme.shade(seat).border, radius=self.width() / 2)
