"""Knows how the log of archives stands on paper: every archive, the checkpoints, and room for signatures in ink."""

from __future__ import annotations

from desktop.domain.paper import Paragraph
from desktop.domain.paper_audit import ArchiveList, PrintedArchive, PrintedPoint
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks
from desktop.worksheets.flow import Atom
from desktop.worksheets.setting import Setter
from desktop.worksheets.table import Column, Row, Table

INK_ROWS = 4
ROOM = 30.0  # points: what a signature needs


def archive_atoms(
    blocks: Blocks, setter: Setter, width: float, archives: ArchiveList, points: tuple[PrintedPoint, ...]
) -> list[Atom]:
    """The archives, the checkpoints beside which is room for ink, and empty rows for who compares."""
    out = blocks.heading(tr("Archives"))
    if archives.rows:
        columns = [
            Column(tr("No."), 6, right=True), Column(tr("Made"), 14), Column(tr("Where"), 20), Column(tr("Size"), 10),
            Column(tr("Code of the file"), 22), Column(tr("Verified"), 14), Column(tr("Tried out"), 14),
        ]  # fmt: skip
        out += Table(setter, width, columns).atoms([_archive(each) for each in archives.rows])
        out += blocks.atoms([Paragraph(archives.to_compare, quiet=True)])
    else:
        out += blocks.atoms([Paragraph(tr("There is none."))])
    out += blocks.heading(tr("Signed checkpoints of the audit trail"))
    if points:
        columns = [
            Column(tr("Line"), 8, right=True), Column(tr("Code of the line"), 24), Column(tr("Signed by"), 36),
            Column(tr("In ink, by whoever signed"), 32),
        ]  # fmt: skip
        out += Table(setter, width, columns, ruled=True).atoms([_point(each) for each in points])
    else:
        out += blocks.atoms([Paragraph(tr("Nobody has signed one."))])
    out += blocks.heading(tr("Compared with the archives and the checkpoints, in ink"))
    columns = [
        Column(tr("Date"), 14), Column(tr("Name"), 26), Column(tr("Archive no."), 12), Column(tr("What was found"), 22),
        Column(tr("Signature"), 26),
    ]  # fmt: skip
    empty = Row(tuple([("", look.SMALL)] for _ in columns), low=ROOM)
    return out + Table(setter, width, columns, ruled=True).atoms([empty] * INK_ROWS)


def _archive(each: PrintedArchive) -> Row:
    cells = (each.number, each.made, isolate(each.where), each.size, each.code or "–", each.verified or "–",
             each.drilled or "–")  # fmt: skip
    return Row(tuple([(cell, look.TINY)] for cell in cells))


def _point(point: PrintedPoint) -> Row:
    signed = "\n".join(f"{isolate(fact.label)}: {fact.value}" for fact in point.signatures)
    room = ROOM * max(1, len(point.signatures))
    return Row(([(point.number, look.SMALL_STRONG)], [(point.code, look.TINY)], [(signed, look.TINY)],
                [("", look.TINY)]), low=room)  # fmt: skip
