"""Knows what stands on every page: the strip, two identifiers, the title, and the foot with who will see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.paper import Compartment, PersonLine
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.flow import Atom, Placed, paginate
from desktop.worksheets.fonts import Weight
from desktop.worksheets.pen import PAGE_SIZES, Pen
from desktop.worksheets.setting import Line, Setter
from desktop.worksheets.shaping import Ink

LEFT = 64.0
RIGHT = 46.0
TOP = 34.0
BOTTOM = 30.0
STRIP = 26.0
PERSON_SIZES = (11.5, 9.0, 7.0)
HEAD_SHARE = 0.3
NAME_LINE, BORN_LINE = 28, 12


@dataclass(frozen=True, slots=True)
class FrameText:
    """What the frame says. meta: a line under the title on the first page; code: what the page was made from.

    people, compartment: None on a page of the practice's own, which is about nobody.
    """

    title: str
    subtitle: str
    meta: str
    practice: str
    people: tuple[PersonLine, ...] | None
    compartment: Compartment | None
    who_will_see: str
    printed_on: str
    code: str


class Frame:
    """Lays the frame's own text once, then draws it around each page's body."""

    def __init__(self, setter: Setter, page_size: str, text: FrameText) -> None:
        self._setter = setter
        self._text = text
        self.page_size = page_size
        self.width, self.height = PAGE_SIZES[page_size]
        self.body_width = self.width - LEFT - RIGHT
        self._people = self._fitting_people()
        self._running = setter.lines([(isolate(text.title), look.TINY_STRONG)], self.body_width * 0.36)[:2]
        seen = tr("Who will see this: {who}", who=text.who_will_see)
        self._seen = setter.lines([(seen, look.SMALL_STRONG)], self.body_width)
        self._foot = setter.lines([(self._foot_text(), look.TINY)], self.body_width - 90)
        self._title = setter.lines([(isolate(text.title), look.TITLE)], self.body_width)
        self._subtitle = setter.lines([(isolate(text.subtitle), look.SUBTITLE)], self.body_width)
        self._meta = setter.lines([(text.meta, look.HINT)], self.body_width)

    def _fitting_people(self) -> list[tuple[str, tuple[Line, ...]]]:
        """The largest size at which the identifiers leave most of the page to the body."""
        people: list[tuple[str, tuple[Line, ...]]] = []
        for size in PERSON_SIZES:
            people = self._people_lines(Ink(Weight.SEMIBOLD, size, look.INK))
            if sum(height_of(lines) for _, lines in people) <= self.height * HEAD_SHARE:
                break
        return people

    def _people_lines(self, ink: Ink) -> list[tuple[str, tuple[Line, ...]]]:
        """Each person's letter with name and date of birth; a blank sheet has lines to write them on."""
        out: list[tuple[str, tuple[Line, ...]]] = []
        if self._text.people is None:
            return out
        for person in self._text.people or (PersonLine("", "", None),):
            born = isolate(person.born) if person.born else "_" * BORN_LINE
            name, wide = isolate(person.name), self.body_width * 0.60 - 22
            if not person.name:
                # Nobody's name decides the size: both lines fit side by side, and are long enough to write on.
                name, ink = tr("Name") + " " + "_" * NAME_LINE, Ink(Weight.SEMIBOLD, PERSON_SIZES[1], look.INK)
            spans = [(name, ink), (tr("   born {born}", born=born), look.SMALL_QUIET)]
            out.append((person.seat or "", self._setter.lines(spans, wide)))
        return out

    def _foot_text(self) -> str:
        parts = (isolate(self._text.practice), tr("printed {day}", day=self._text.printed_on), self._text.code)
        return " · ".join(part for part in parts if part)

    @property
    def head_height(self) -> float:
        """From the page's top to where the body begins, on every page."""
        people = sum(max(16.0, height_of(lines)) + 2 for _, lines in self._people)
        return TOP + max(people, height_of(self._running) + 12) + 12

    @property
    def foot_height(self) -> float:
        """From where the body ends to the page's foot."""
        return BOTTOM + max(height_of(self._foot), 12) + height_of(self._seen) + 16

    @property
    def body_height(self) -> float:
        """The room between head and foot."""
        return self.height - self.head_height - self.foot_height

    def opening(self) -> list[Atom]:
        """The title as the first parts of the body."""
        atoms = [line_atom(line, gap=4.0 if n == 0 else 0.0, keep=True) for n, line in enumerate(self._title)]
        atoms += [line_atom(line, keep=True) for line in self._subtitle]
        atoms += [line_atom(line, gap=4.0 if n == 0 else 0.0, keep=True) for n, line in enumerate(self._meta)]
        return [*atoms, Atom(6.0, lambda pen, x, top: None)]

    def print(self, atoms: Sequence[Atom], creator: str) -> bytes:
        """The whole document as PDF."""
        pages = paginate([*self.opening(), *atoms], self.body_height)
        pen = Pen(self.page_size, self._text.title, creator)
        for number, page in enumerate(pages, 1):
            self._page(pen, page, number, len(pages))
            pen.next_page()
        return pen.finish()

    def _page(self, pen: Pen, placed: Sequence[Placed], number: int, count: int) -> None:
        self._strip(pen)
        self._head(pen, first=number == 1)
        for item in placed:
            item.atom.draw(pen, LEFT, self.head_height + item.top)
        self._draw_foot(pen, number, count)

    def _strip(self, pen: Pen) -> None:
        """A whole bar for A, a broken one for B, both side by side for both: told apart on a grey printer too."""
        who = self._text.compartment
        tint = look.SLATE if who is None else look.TINT[who]
        words = self._setter.one(look.strip_words(who), look.coloured(look.STRIP, tint))
        top, bottom = TOP, self.height - BOTTOM
        if who in (Compartment.A, Compartment.ALONE, None):
            pen.box(STRIP, top, 6, bottom - top, fill=tint, radius=3)
        elif who is Compartment.B:
            _broken(pen, STRIP, top, bottom, 6)
        else:
            pen.box(STRIP, top, 3, bottom - top, fill=look.BLUE)
            _broken(pen, STRIP + 5, top, bottom, 3)
        pen.upward(words, STRIP + 11, self.height / 2 + words.width / 2)

    def _head(self, pen: Pen, first: bool) -> None:
        top = TOP
        for seat, lines in self._people:
            left = LEFT
            if seat:
                badge(pen, self._setter, seat, LEFT + 8, top + 8)
                left = LEFT + 22
            draw_lines(pen, lines, left, top, self.body_width)
            top += max(16.0, height_of(lines)) + 2
        right = self.width - RIGHT
        practice = self._setter.lines([(isolate(self._text.practice), look.TINY)], self.body_width * 0.36)[:2]
        stack = practice if first else self._running
        at = TOP
        for line in stack:
            pen.text(line, right - line.width, at)
            at += line.height
        rule_y = self.head_height - 8
        pen.rule(LEFT, rule_y, right, rule_y, look.HAIR)

    def _draw_foot(self, pen: Pen, number: int, count: int) -> None:
        right = self.width - RIGHT
        top = self.height - self.foot_height + 8
        pen.rule(LEFT, top, right, top, look.HAIR)
        top += 4
        draw_lines(pen, self._seen, LEFT, top, self.body_width)
        top += height_of(self._seen)
        draw_lines(pen, self._foot, LEFT, top, self.body_width)
        page = self._setter.one(tr("Page {n} of {count}", n=number, count=count), look.TINY_STRONG)
        pen.text(page, right - page.width, top)


def _broken(pen: Pen, x: float, top: float, bottom: float, width: float) -> None:
    step, gap = 16.0, 4.0
    while top < bottom:
        pen.box(x, top, width, min(step, bottom - top), fill=look.VIOLET)
        top += step + gap


def badge(pen: Pen, setter: Setter, seat: str, x: float, y: float, radius: float = 8.0) -> None:
    """A partner's letter, in a group with the couple's number: white on a disc for A, on a square for B."""
    first = Compartment.of_seat(seat) is Compartment.A
    colour = look.TINT[Compartment.of_seat(seat)]
    if first:
        pen.dot(x, y, radius, fill=colour)
    else:
        pen.box(x - radius, y - radius, radius * 2, radius * 2, fill=colour, radius=3)
    size = radius * (1.3 if len(seat) == 1 else 1.05)
    letter = setter.one(seat.upper(), Ink(Weight.BOLD, size, look.WHITE))
    pen.text(letter, x - letter.width / 2, y - letter.height / 2)


def height_of(lines: Sequence[Line]) -> float:
    """The height of lines under each other."""
    return sum(line.height for line in lines)


def draw_lines(pen: Pen, lines: Sequence[Line], left: float, top: float, width: float) -> None:
    """Draw lines under each other; those that read from the right stand at the right."""
    for line in lines:
        pen.text(line, left + (width - line.width if line.rtl else 0.0), top)
        top += line.height


def line_atom(
    line: Line, *, gap: float = 0.0, keep: bool = False, indent: float = 0.0, width: float | None = None
) -> Atom:
    """One line as a part of the page. width: of its place, needed for lines that read from the right."""

    def draw(pen: Pen, left: float, top: float) -> None:
        place = left + indent
        if line.rtl and width is not None:
            place += width - line.width
        pen.text(line, place, top)

    return Atom(line.height, draw, gap, keep)
