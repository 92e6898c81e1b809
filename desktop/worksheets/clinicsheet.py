"""Knows how a flowsheet of several people is set: each person's part, then the room's, then one log for all."""

from __future__ import annotations

from desktop.domain.paper import Compartment, PersonLine
from desktop.domain.paper_live import ClinicFlowsheet
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks
from desktop.worksheets.flow import Atom
from desktop.worksheets.flowsheet import SheetParts
from desktop.worksheets.fonts import Weight
from desktop.worksheets.frame import badge, draw_lines, height_of
from desktop.worksheets.pageparts import PageParts, page_frame
from desktop.worksheets.pen import Pen
from desktop.worksheets.setting import Setter
from desktop.worksheets.shaping import Ink
from desktop.worksheets.sheetrows import fact_row
from desktop.worksheets.table import Column, Table

NAME = Ink(Weight.SEMIBOLD, 15.0, look.INK)


def print_clinic(setter: Setter, page_size: str, sheet: ClinicFlowsheet, creator: str) -> bytes:
    """The flowsheet as PDF."""
    frame = page_frame(setter, page_size, sheet.head, creator)
    width = frame.body_width
    atoms: list[Atom] = []
    for person in sheet.sheets:
        parts = SheetParts(setter, width, person)
        atoms += [
            *_whose(setter, width, person.person), *parts.summary(), *parts.missing(), *parts.doses(),
            *parts.vitals(), *parts.chart(), *parts.safety(), *parts.checks(), *parts.observed(), *parts.scales(),
            *parts.words(), *parts.discharge(),
        ]  # fmt: skip
    atoms += _together(setter, width, sheet)
    return frame.print(atoms, creator)


def _together(setter: Setter, width: float, sheet: ClinicFlowsheet) -> list[Atom]:
    """What is about the room and about all of them."""
    blocks = Blocks(setter, width, Compartment.ALONE)
    out: list[Atom] = []
    if sheet.room:
        table = Table(setter, width, [Column(tr("Check"), 1), Column(tr("Entered"), 2)])
        out += [*blocks.heading(tr("The room")), *table.atoms([fact_row(fact) for fact in sheet.room])]
    if sheet.dialogue.rows:
        out += blocks.heading(tr("Dialogue"))
        out += PageParts(setter, width, Compartment.ALONE).atoms((sheet.dialogue,))
    parts = SheetParts(setter, width, sheet.sheets[0])
    return [*out, *parts.staff(sheet.staff), *parts.log(sheet.log, whose=True), *parts.signatures()]


def _whose(setter: Setter, width: float, person: PersonLine) -> list[Atom]:
    """Two identifiers over a person's part, in a bar, so that no table is read for the other."""
    left_of = 30.0 if person.seat else 10.0
    spans = [(isolate(person.name), NAME), (tr("   born {born}", born=isolate(person.born)), look.SMALL_QUIET)]
    lines = setter.lines(spans, width - left_of - 8)
    height = height_of(lines) + 10

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.box(left, top, width, height, fill=look.FAINT, edge=look.HAIR, radius=4)
        if person.seat:
            badge(pen, setter, person.seat, left + 15, top + height / 2)
        draw_lines(pen, lines, left + left_of, top + 5, width - left_of - 8)

    return [Atom(height, draw, gap=24.0, keep=True)]

