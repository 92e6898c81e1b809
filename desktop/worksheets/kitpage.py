"""Knows what the recovery kit's page says: what it is, the secret as text and as a code, and how it is used.

The page must help somebody who has never seen the program, on a machine that does not have it, in twenty years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.paper import Compartment, KitSheet
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks, kept_lines
from desktop.worksheets.flow import Atom, paginate
from desktop.worksheets.fonts import Weight
from desktop.worksheets.frame import BOTTOM, RIGHT, TOP, draw_lines, height_of, line_atom
from desktop.worksheets.pen import PAGE_SIZES, Pen
from desktop.worksheets.setting import Line, Setter
from desktop.worksheets.shaping import Ink

LEFT = 52.0
CODE_SIDE = 120.0
QUIET_MODULES = 4  # the white edge that a reader needs
COLUMNS = 4
GROUP = Ink(Weight.SEMIBOLD, 13.0, look.INK)
NUMBER = look.TINY
COMMAND = Ink(Weight.SEMIBOLD, 10.0, look.INK)
FOOT = 40.0


def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code that a camera reads `text` from (QR, a quarter of it may be unreadable): rows of dark and light."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(side)) for row in range(side))


def print_kit(setter: Setter, page_size: str, sheet: KitSheet, creator: str) -> bytes:
    """The page as PDF."""
    width, height = PAGE_SIZES[page_size]
    body = width - LEFT - RIGHT
    pages = paginate(_Page(setter, body).atoms(sheet), height - TOP - BOTTOM - FOOT)
    pen = Pen(page_size, tr("Recovery kit"), creator)
    for number, placed in enumerate(pages, 1):
        for item in placed:
            item.atom.draw(pen, LEFT, TOP + item.top)
        _foot(setter, pen, sheet, (number, len(pages)), body)
        pen.next_page()
    return pen.finish()


def _foot(setter: Setter, pen: Pen, sheet: KitSheet, place: tuple[int, int], body: float) -> None:
    top = pen.height - BOTTOM - FOOT + 12
    pen.rule(LEFT, top, LEFT + body, top, look.HAIR)
    said = tr("Who will see this: whoever holds it. Keep it where you keep what must not burn and must not be found.")
    draw_lines(pen, setter.lines([(said, look.SMALL_STRONG)], body), LEFT, top + 4, body)
    who = tr("{practice} · made {day} · practice {id}", practice=isolate(sheet.practice), day=sheet.made_on,
             id=sheet.practice_id)  # fmt: skip
    draw_lines(pen, setter.lines([(who, look.TINY)], body - 80), LEFT, top + 18, body)
    page = setter.one(tr("Page {n} of {count}", n=place[0], count=place[1]), look.TINY_STRONG)
    pen.text(page, LEFT + body - page.width, top + 18)


class _Page:
    """Lays the page's parts."""

    def __init__(self, setter: Setter, width: float) -> None:
        self._setter, self._width = setter, width
        self._blocks = Blocks(setter, width, Compartment.ALONE)

    def atoms(self, sheet: KitSheet) -> list[Atom]:
        """Everything, in its order."""
        return [
            *self._title(sheet),
            *self._blocks.callout(
                tr("Whoever has this page can open the practice and all of its archives."),
                (tr("Nobody else can, if every passphrase is lost. Holdfast keeps no copy of it."),),
            ),
            *self._secret(sheet),
            *self._part(tr("Where to keep it"), _keeping()),
            *self._part(tr("With Holdfast"), _with_holdfast()),
            *self._part(tr("Without Holdfast: how to read an archive"), _without()),
            *self._commands(),
            *self._part("", _afterwards()),
        ]

    def _title(self, sheet: KitSheet) -> list[Atom]:
        title = self._setter.lines([(tr("Recovery kit"), look.TITLE)], self._width)
        practice = self._setter.lines([(isolate(sheet.practice), look.SUBTITLE)], self._width)
        facts = tr("Made on {day}. It takes the place of every earlier page.", day=sheet.made_on)
        number = tr("Number of the practice: {id}", id=sheet.practice_id)
        public = tr("Its public half, by which Holdfast names it: {public}", public=sheet.public)
        small = [line for text in (facts, number, public)
                 for line in self._setter.lines([(text, look.SMALL_QUIET)], self._width)]  # fmt: skip
        return [line_atom(line, keep=True) for line in (*title, *practice, *small)]

    def _part(self, heading: str, said: Sequence[str]) -> list[Atom]:
        out = self._blocks.heading(heading) if heading else []
        out = [replace(atom, gap=8.0) if atom.gap else atom for atom in out]
        for text in said:
            lines = self._setter.lines([(text, look.BODY)], self._width, None)
            out += kept_lines(lines, gap=3.0, width=self._width)
        return out

    def _commands(self) -> list[Atom]:
        lines = [self._setter.one(text, COMMAND) for text in commands()]
        height = height_of(lines) + 14

        def draw(pen: Pen, left: float, top: float) -> None:
            pen.box(left, top, self._width, height, fill=look.FAINT, edge=look.HAIR, radius=4)
            draw_lines(pen, lines, left + 12, top + 7, self._width)

        return [Atom(height, draw, gap=5.0, keep=True)]

    def _secret(self, sheet: KitSheet) -> list[Atom]:
        """The code, and beside it the groups with their numbers."""
        modules = squares(sheet.text)
        start = self._setter.one(sheet.groups[0], GROUP)
        cells = [(self._setter.one(str(n), NUMBER), self._setter.one(group, GROUP))
                 for n, group in enumerate(sheet.groups[1:], 1)]  # fmt: skip
        rows = -(-len(cells) // COLUMNS)
        height = max(CODE_SIDE, 26.0 + rows * 21.0) + 16

        def draw(pen: Pen, left: float, top: float) -> None:
            pen.box(left, top, self._width, height, edge=look.HAIR, radius=6)
            draw_code(pen, modules, left + 8, top + (height - CODE_SIDE) / 2, CODE_SIDE)
            _draw_groups(pen, start, cells, (left + CODE_SIDE + 24, top + 12), self._width - CODE_SIDE - 32)

        return [Atom(height, draw, gap=9.0)]


def _draw_groups(
    pen: Pen, start: Line, cells: Sequence[tuple[Line, Line]], place: tuple[float, float], width: float
) -> None:
    left, top = place
    pen.text(start, left + 16, top)
    for n, (number, group) in enumerate(cells):
        x = left + (n % COLUMNS) * width / COLUMNS
        y = top + 26 + (n // COLUMNS) * 21
        pen.text(number, x + 12 - number.width, y + 5)
        pen.text(group, x + 16, y)


def draw_code(pen: Pen, modules: Sequence[Sequence[bool]], left: float, top: float, side: float) -> None:
    """Draw a code with its white edge into a square; dark squares beside each other become one bar."""
    step = side / (len(modules) + 2 * QUIET_MODULES)
    pen.box(left, top, side, side, fill=look.WHITE)
    for row, line in enumerate(modules):
        column = 0
        while column < len(line):
            length = 0
            while column + length < len(line) and line[column + length]:
                length += 1
            if length:
                x, y = left + (column + QUIET_MODULES) * step, top + (row + QUIET_MODULES) * step
                pen.box(x, y, length * step, step, fill=(0.0, 0.0, 0.0))
            column += max(1, length)


def commands() -> tuple[str, ...]:
    """What is typed, as it is typed."""
    return (
        "age -d -i kit.txt ARCHIVE.age | zstd -d | tar -x",
        "grep NAME tables/clients.jsonl",
    )


def _keeping() -> tuple[str, ...]:
    return (
        tr("In a safe or with a notary, never beside the computer, never with the stick that holds the archives. Do "
           "not photograph it and do not send it. Two copies in two places are better than one."),
        tr("If it was lost, stolen or seen by somebody: make another kit in Holdfast. The practice then gets new keys; "
           "this page opens nothing that is written after that. Archives made before, it still opens."),
    )  # fmt: skip


def _with_holdfast() -> tuple[str, ...]:
    return (
        tr("A passphrase is lost: on the unlock screen choose Recovery kit, or start: holdfast key recover FOLDER"),
        tr("Type the code above from AGE-SECRET-KEY-1 to its end; blanks do not matter. A mistyped character is found, "
           "and the number of its group is said. Or read the square with a camera that is not connected to anything."),
    )  # fmt: skip


def _without() -> tuple[str, ...]:
    return (
        tr("Any computer does, with three free tools: age (age-encryption.org), zstd and tar. "
           "On Debian or Ubuntu: apt install age zstd. On macOS: brew install age zstd."),
        tr("1. Make a text file kit.txt with one line: the code above, from AGE-SECRET-KEY-1 to its end, without "
           "blanks."),
        tr("2. Copy the archive (its name ends in .age) beside it, open a terminal in that folder, and type, "
           "with the archive's name in the place of ARCHIVE.age:"),
    )  # fmt: skip


def _afterwards() -> tuple[str, ...]:
    return (
        tr("3. The folder tables then holds one text file for each kind of record: one line for one record, in JSON. "
           "tables/clients.jsonl are the people in care, tables/live_events.jsonl what was entered in sessions, "
           "tables/notes.jsonl the notes; READ-ME.txt says the rest. The second line above finds somebody by name."),
        tr("4. What came out is readable by anybody. Delete it, and kit.txt, when you have what you need."),
        tr("What a member kept to themselves alone, this page does not open: for that it takes the named custodian "
           "too."),
    )  # fmt: skip
