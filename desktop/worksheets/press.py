"""Knows how content becomes a PDF, and a PDF pictures: the press that the services ask for paper."""

from __future__ import annotations

from desktop.domain.errors import Known
from desktop.domain.paper import Flowsheet, KitSheet, WorksheetSheet
from desktop.domain.paper_audit import AuditPaper
from desktop.domain.paper_live import ClinicFlowsheet, HandoverFacts, LivePage
from desktop.domain.words import tr
from desktop.services.ports import Resources
from desktop.services.ports_paper import PageImage, PaperPress
from desktop.worksheets.auditlist import audit_atoms, audit_frame
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import Blocks
from desktop.worksheets.flowsheet import flowsheet_atoms, flowsheet_frame
from desktop.worksheets.fonts import Shelf
from desktop.worksheets.frame import Frame, FrameText
from desktop.worksheets.pen import PAGE_SIZES
from desktop.worksheets.setting import Setter
from desktop.worksheets.shaping import Shaper

PREVIEW_LIMIT = 600


class ReportlabPress(PaperPress):
    """Draws with reportlab, shapes with HarfBuzz, shows with PDFium; all three are loaded when first needed.

    The same content gives the same bytes on one machine, whatever the time zone, language or hash seed.
    """

    def __init__(self, resources: Resources) -> None:
        self._setter = Setter(Shaper(Shelf(resources.path)))

    def worksheet(self, sheet: WorksheetSheet, page_size: str = "A4") -> bytes:
        """A worksheet as PDF; page_size is `A4` or `Letter`."""
        frame = Frame(self._setter, _known_size(page_size), _sheet_frame(sheet))
        blocks = Blocks(self._setter, frame.body_width, sheet.compartment)
        return frame.print(blocks.atoms(sheet.blocks), _creator(sheet.program_version))

    def flowsheet(self, sheet: Flowsheet, page_size: str = "A4") -> bytes:
        """A person's flowsheet as PDF."""
        frame = Frame(self._setter, _known_size(page_size), flowsheet_frame(sheet))
        room = frame.body_height - sum(atom.height + atom.gap for atom in frame.opening())
        atoms = flowsheet_atoms(self._setter, frame.body_width, room, sheet)
        return frame.print(atoms, _creator(sheet.program_version))

    def page(self, page: LivePage, page_size: str = "A4") -> bytes:
        """A page around a live session as PDF."""
        from desktop.worksheets.clinicsheet import print_clinic
        from desktop.worksheets.handover import print_handover
        from desktop.worksheets.pageparts import print_page

        size = _known_size(page_size)
        if isinstance(page, HandoverFacts):
            return print_handover(self._setter, size, page, _creator(page.program_version))
        if isinstance(page, ClinicFlowsheet):
            return print_clinic(self._setter, size, page, _creator(page.head.program_version))
        return print_page(self._setter, size, page, _creator(page.head.program_version))

    def audit(self, sheet: AuditPaper, page_size: str = "A4") -> bytes:
        """Lines of the audit trail, or its checkpoints, as PDF."""
        frame = Frame(self._setter, _known_size(page_size), audit_frame(sheet))
        return frame.print(audit_atoms(self._setter, frame.body_width, sheet), _creator(sheet.program_version))

    def recovery_kit(self, sheet: KitSheet, page_size: str = "A4") -> bytes:
        """The page of a recovery kit as PDF: it holds the secret itself."""
        from desktop.worksheets.kitpage import print_kit

        return print_kit(self._setter, _known_size(page_size), sheet, _creator(sheet.program_version))

    def preview(self, pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
        """The real pages of a PDF as pictures. dpi: from 10 to 600."""
        import pypdfium2

        scale = max(10, min(PREVIEW_LIMIT, dpi)) / 72
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_picture(page, scale) for page in document)
        finally:
            document.close()


def _picture(page: object, scale: float) -> PageImage:
    """One page on white, rows packed: PDFium pads each row to four bytes."""
    import pypdfium2.raw

    how = {"scale": scale, "rev_byteorder": True, "force_bitmap_format": pypdfium2.raw.FPDFBitmap_BGR}
    bitmap = page.render(**how)  # type: ignore[attr-defined]
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    bitmap.close()
    return PageImage(width, height, b"".join(raw[n * stride : n * stride + width * 3] for n in range(height)))


def _known_size(page_size: str) -> str:
    if page_size not in PAGE_SIZES:
        raise Known(
            tr("There is no paper size {size} here.", size=page_size), tr("Nothing was printed."),
            tr("Choose A4 or Letter."),
        )
    return page_size


def _creator(version: str) -> str:
    return f"Holdfast {version}".strip()


def _sheet_frame(sheet: WorksheetSheet) -> FrameText:
    parts = []
    if sheet.session_on:
        parts.append(tr("Session of {day}", day=isolate(sheet.session_on)))
    if sheet.facilitator:
        parts.append(tr("with {name}", name=isolate(sheet.facilitator)))
    return FrameText(
        title=sheet.title, subtitle=sheet.subtitle, meta=" · ".join(parts), practice=sheet.practice,
        people=sheet.people, compartment=sheet.compartment, who_will_see=sheet.who_will_see,
        printed_on=sheet.printed_on, code=f"{sheet.code} · {_creator(sheet.program_version)}",
    )
