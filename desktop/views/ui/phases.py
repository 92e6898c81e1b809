"""Knows how one participant's course is drawn: expected phases, the marked one, the dialogue's window."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.words import tr
from desktop.views.ui import paint
from desktop.views.ui.facts import Phase, PhaseFacts, Table, minute_text
from desktop.views.ui.look import look
from desktop.views.ui.painted import Painted
from desktop.views.ui.theme import Tone


def parts_text(parts: list[str]) -> str:
    """Parts of a line, a dot between them."""
    return " \u00b7 ".join(parts)


class PhaseBar(Painted):
    """Contiguous phases since the person's own first dose; their own, never shared with the partner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, reachable=True)
        self._facts = PhaseFacts(Tone.PLAIN, ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_phases(self, facts: PhaseFacts) -> None:
        """Show the course; call again as time passes."""
        self._facts = facts
        self.say(f"{self._headline()}. {parts_text(self._details())}", self._marked_words())
        self.update()

    def table(self) -> Table:
        """Every phase with its minutes and what is said of it."""
        facts, now = self._facts, self._facts.expected
        rows = []
        for phase in facts.phases:
            remarks = [tr("expected now")] if phase == now else []
            remarks += [tr("marked")] if phase.key == facts.marked else []
            span = f"{phase.start_min:g}–{phase.end_min:g}"
            rows.append((phase.label, span, ", ".join(remarks)))
        if facts.dialogue is not None:
            rows.append((tr("Dialogue possible"), f"{facts.dialogue[0]:g}–{facts.dialogue[1]:g}", ""))
        rows += [(tr("Booster"), f"{minute:g}", "") for minute in facts.boosters]
        if facts.leave_min is not None:
            rows.append((tr("Minimum stay ends"), f"{facts.leave_min:g}", ""))
        return Table(tr("Phases"), (tr("Phase"), tr("Minutes since first dose"), tr("Remark")), tuple(rows))

    def sizeHint(self) -> QSize:
        """A headline, the labels, the bar, the minutes."""
        sizes = look().sizes
        high = paint.height_of(sizes.body) + 2 * paint.height_of(sizes.caption) + sizes.bar + 2 * sizes.hair
        return QSize(sizes.ring * 4, int(high) + sizes.hair)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow, never lower."""
        return QSize(look().sizes.ring * 2, self.sizeHint().height())

    def _headline(self) -> str:
        phase = self._facts.expected
        return phase.label if phase is not None else tr("Before the first dose")

    def _details(self) -> list[str]:
        """How long it lasts and how long still, in parts; the first one says the most."""
        facts, phase = self._facts, self._facts.expected
        if phase is None or facts.minute is None:
            return [tr("the clock starts with the dose")]
        inside, left = int(facts.minute - phase.start_min), int(phase.end_min - facts.minute)
        parts = [tr("{count} min in", count=inside)]
        return parts if left < 0 or facts.over else [*parts, tr("about {left} min left", left=left)]

    def _marked_words(self) -> str:
        facts = self._facts
        marked = next((phase for phase in facts.phases if phase.key == facts.marked), None)
        if marked is None or marked == facts.expected:
            return ""
        return tr("marked: {phase}", phase=marked.label)

    def draw(self, painter: QPainter) -> None:
        """Headline, labels, bar, minutes."""
        sizes, ink = look().sizes, look().theme.ink
        first, small = paint.height_of(sizes.body), paint.height_of(sizes.caption)
        wide = float(self.width())
        head = QRectF(0, 0, wide, first)
        used = paint.words(painter, head, self._headline(), sizes.body, ink.text, strong=True) + sizes.tight
        aside = self._marked_words() or self._dialogue_words()
        room = paint.width_of(aside, sizes.caption) if aside else 0.0
        # What does not fit whole is left out, part by part; only the mark that somebody set always stays.
        parts = self._details()
        free = wide - used - room - 2 * sizes.tight if aside else wide - used
        if not self._marked_words() and paint.width_of(parts[0], sizes.caption) > free:
            aside, free = "", wide - used
        while parts and paint.width_of(parts_text(parts), sizes.caption) > free:
            parts.pop()
        paint.words(painter, QRectF(used, 0, max(0.0, free), first), parts_text(parts), sizes.caption, ink.muted)
        if aside and used + room < wide:
            value = look().theme.shade(self._facts.seat).text if self._marked_words() else ink.muted
            paint.words(painter, QRectF(wide - room - 1, 0, room + 1, first), aside, sizes.caption, value)
        top = first + small + sizes.hair
        for phase in self._facts.phases:
            self._draw_phase(painter, phase, first, top)
        self._draw_marks(painter, top)

    def _dialogue_words(self) -> str:
        span = self._facts.dialogue
        if span is None:
            return ""
        return tr("dialogue {start}–{end} min", start=f"{span[0]:g}", end=f"{span[1]:g}")

    def _x(self, minute: float) -> float:
        last = max((phase.end_min for phase in self._facts.phases), default=1.0)
        return self.width() * max(0.0, min(1.0, minute / last)) if last > 0 else 0.0

    def _draw_phase(self, painter: QPainter, phase: Phase, label_top: float, bar_top: float) -> None:
        now, facts = look(), self._facts
        sizes, chart, ink = now.sizes, now.theme.chart, now.theme.ink
        left, right = self._x(phase.start_min), self._x(phase.end_min) - sizes.stroke
        small, current = paint.height_of(sizes.caption), phase == facts.expected
        value = ink.text if current else ink.muted
        label = QRectF(left, label_top, max(0.0, right - left), small)
        if label.width() > sizes.icon:
            used = paint.words(painter, label, phase.label, sizes.caption, value, strong=current)
            if phase.key == facts.marked:
                side = float(sizes.icon_small)
                flag = QRectF(left + used + sizes.hair, label_top + (small - side) / 2, side, side)
                paint.icon(painter, "flag", flag, now.theme.shade(facts.seat).text)
        bar = QRectF(left, bar_top, right - left, sizes.bar)
        if now.theme.outlined:
            paint.shape(painter, bar, border=chart.ahead, radius=sizes.bar / 2)
        else:
            paint.shape(painter, bar, fill=chart.ahead, radius=sizes.bar / 2)
        past = self._x(facts.minute) - left if facts.minute is not None else 0.0
        if past > 0:
            done = QRectF(left, bar_top, min(past, bar.width()), sizes.bar)
            value = now.theme.shade(facts.seat).border if current else chart.done
            round_by = min(sizes.bar, done.width()) / 2
            if now.theme.outlined and not current:
                paint.shape(painter, done, border=value, radius=round_by)
            else:
                paint.shape(painter, done, fill=value, radius=round_by)
        minutes = minute_text(phase.start_min * 60)
        under = QRectF(left, bar_top + sizes.bar + sizes.hair, max(0.0, right - left), small)
        if under.width() > paint.width_of(minutes, sizes.caption):
            paint.words(painter, under, minutes, sizes.caption, ink.muted)

    def _draw_marks(self, painter: QPainter, top: float) -> None:
        """Boosters, the marked phase, the dialogue's window, the end of the minimum stay."""
        now, facts = look(), self._facts
        sizes, theme = now.sizes, now.theme
        shade = theme.shade(facts.seat)
        for minute in facts.boosters:
            at = self._x(minute)
            start, end = QPointF(at, top - sizes.hair), QPointF(at, top + sizes.bar + sizes.hair)
            paint.line(painter, start, end, theme.ink.text, sizes.stroke)
        if facts.dialogue is not None:
            under = top + sizes.bar + sizes.stroke
            start, end = QPointF(self._x(facts.dialogue[0]), under), QPointF(self._x(facts.dialogue[1]), under)
            paint.line(painter, start, end, shade.border, sizes.stroke)
        side = float(sizes.icon_small)
        if facts.leave_min is not None:
            at = min(self._x(facts.leave_min), self.width() - side)
            where = QRectF(at, top + sizes.bar + sizes.hair, side, side)
            paint.icon(painter, "door-open", where, theme.ink.muted)
            until = minute_text(facts.leave_min * 60)
            small = paint.height_of(sizes.caption)
            words = QRectF(at + side + sizes.hair, where.top(), self.width() - at - side - sizes.hair, small)
            if words.width() >= paint.width_of(until, sizes.caption):
                paint.words(painter, words, until, sizes.caption, theme.ink.muted)
