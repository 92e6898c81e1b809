"""Knows what stands beside the lines of the trail: the checkpoints, or the form for a report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr, trn
from desktop.services.audit_report import Report, signature_name
from desktop.services.desk import Desk
from desktop.services.ports_paper import PageImage
from desktop.views.audit.out import WaysOut
from desktop.views.audit.points import PRINT_DPI, PointRow, PointsList, PointsPresenter
from desktop.views.audit.reporting import ReportDraft, ReportFields, ReportPresenter, file_name
from desktop.views.ui.dialogs import ask
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Bound
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.theme import Tone


class AuditSide(SidePanel):
    """One of the two at a time. told(facts) says that a report was saved."""

    told = Signal(object)

    def __init__(self, desk: Desk, ops: Ops, out: WaysOut, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ops, self._out = desk, ops, out
        doing = Bound(ops, self)
        self.points = PointsPresenter(desk, doing, self)
        self.reports = ReportPresenter(desk, doing, out, self._report_saved, self.show_error)
        self.left.connect(self.empty)
        self.saved.connect(self._act)

    def ask_again(self) -> None:
        """The checkpoints may be others now."""
        if isinstance(self.held, PointsList):
            self.points.begin()

    def open_points(self) -> None:
        """The checkpoints."""
        held = PointsList()
        held.countersign_asked.connect(self.points.countersign)
        held.print_asked.connect(self._print_points)
        self.hold(tr("Checkpoints"), held, tr("Sign the last line"))
        self.points.begin()
        self.cancel.say(tr("Close"))
        held.table.setFocus()

    def show_points(self, rows: tuple[PointRow, ...]) -> None:
        """Every checkpoint, newest first."""
        if isinstance(self.held, PointsList):
            self.held.show_points(rows)

    def show_points_busy(self, words: str) -> None:
        """What takes a while."""
        self.say_busy(words)

    def show_points_error(self, error: Known) -> None:
        """Why nothing was signed."""
        self.show_error(error)

    def open_report(self) -> None:
        """Ask which days."""
        held = ReportFields(self._desk.clock.now().local.date().isoformat())
        self.hold(tr("Report of some days"), held, tr("Save as…"))
        self.cancel.say(tr("Cancel"))
        held.form.field("first").edit.setFocus()

    def save_report(self) -> QFileDialog | None:
        """Ask where; None while the days are not whole."""
        held = self.held
        draft = held.form.settled() if isinstance(held, ReportFields) else None
        if not isinstance(draft, ReportDraft):
            return None
        dialog = QFileDialog(self, tr("Save the report"), str(Path.home() / file_name(draft)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(draft.form)
        dialog.selectFile(file_name(draft))
        dialog.fileSelected.connect(partial(self._save_report, draft))
        ask(dialog)
        return dialog

    def _save_report(self, draft: ReportDraft, path: str) -> None:
        self.say_busy(tr("Checking everything and signing…"))
        self.reports.save(draft, Path(path))

    def _report_saved(self, report: Report, path: Path) -> None:
        self.empty()
        made = report.signature
        what = trn("A report of {count} line was saved.", "A report of {count} lines was saved.", made.lines)
        kept = tr("{file} and {beside}; digest of the file {digest}", file=path.name, digest=made.sha256,
                  beside=signature_name(path.name))  # fmt: skip
        after = "" if made.whole else tr("The trail or the records were not whole; the signature says so.")
        self.told.emit(BannerFacts(Tone.GREEN if made.whole else Tone.AMBER, what, kept, after, closable=True))

    def _print_points(self) -> None:
        self.points.pages(self._print)

    def _print(self, pages: tuple[PageImage, ...]) -> None:
        try:
            self._out.ask_printer(self, "A4", PRINT_DPI, partial(self._put_on, pages))
        except Known as error:
            self.show_error(error)

    def _put_on(self, pages: tuple[PageImage, ...], printer: QPrinter) -> None:
        self._ops.read(partial(self._out.put_on, printer, pages, tr("Checkpoints")), self, oops=self.show_error)

    def _act(self) -> None:
        if isinstance(self.held, PointsList):
            self.points.sign()
        else:
            self.save_report()
