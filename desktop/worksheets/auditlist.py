"""Knows how the audit trail stands on paper: who made the page, its lines in a table, and the signed checkpoints."""

from __future__ import annotations

from desktop.domain.paper import Compartment, Paragraph
from desktop.domain.paper_audit import AuditPaper, PrintedLine, PrintedPoint
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.archivelist import archive_atoms
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks
from desktop.worksheets.flow import Atom
from desktop.worksheets.frame import FrameText
from desktop.worksheets.setting import Setter
from desktop.worksheets.table import Column, Row, Table


def audit_frame(sheet: AuditPaper) -> FrameText:
    """What stands around each page; no person's name belongs there."""
    return FrameText(
        title=sheet.title, subtitle=sheet.subtitle, meta="", practice=sheet.practice, people=None, compartment=None,
        who_will_see=sheet.who_will_see, printed_on=sheet.printed_on,
        code=f"Holdfast {sheet.program_version}".strip(),
    )  # fmt: skip


def audit_atoms(setter: Setter, width: float, sheet: AuditPaper) -> list[Atom]:
    """All parts of the page, in order."""
    blocks = Blocks(setter, width, Compartment.ALONE)
    out = blocks.atoms([Paragraph(words) for words in sheet.words])
    facts = Table(setter, width, [Column("", 1), Column("", 3)])
    out += facts.atoms([
        Row(([(fact.label, look.SMALL_STRONG)], [(isolate(fact.value), look.SMALL)])) for fact in sheet.facts
    ])  # fmt: skip
    if sheet.lines:
        columns = [
            Column(tr("Line"), 6, right=True), Column(tr("When"), 16), Column(tr("Who"), 15), Column(tr("Did"), 11),
            Column(tr("On"), 16), Column(tr("Whose"), 17), Column(tr("Detail"), 19),
        ]  # fmt: skip
        out += blocks.heading(tr("Lines"))
        out += Table(setter, width, columns).atoms([_line(line) for line in sheet.lines])
    if sheet.archives is not None:
        return out + archive_atoms(blocks, setter, width, sheet.archives, sheet.points)
    if sheet.points:
        out += blocks.heading(tr("Signed checkpoints"))
        columns = [Column(tr("Line"), 8, right=True), Column(tr("Code of the line"), 30), Column(tr("Signed by"), 62)]
        out += Table(setter, width, columns).atoms([_point(point) for point in sheet.points])
    return out


def _line(line: PrintedLine) -> Row:
    cells = (line.number, line.when, isolate(line.who), line.act, line.subject, line.owner, isolate(line.detail))
    return Row(tuple([(cell, look.TINY)] for cell in cells))


def _point(point: PrintedPoint) -> Row:
    signed = "\n".join(f"{isolate(fact.label)}: {fact.value}" for fact in point.signatures)
    return Row(([(point.number, look.SMALL_STRONG)], [(point.code, look.TINY)], [(signed, look.TINY)]))
