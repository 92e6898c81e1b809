"""Knows how the audit trail is read: fields to filter by, one table, and beside it what vouches for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from desktop.domain.errors import Known as KnownError
from desktop.domain.people import Role
from desktop.domain.trailfilter import By
from desktop.domain.words import tr, trn
from desktop.services.audit_report import Report, signature_name
from desktop.services.desk import Desk
from desktop.services.ports import PageImage
from desktop.views.audit.asking import Known
from desktop.views.audit.filters import FilterBar
from desktop.views.audit.out import WaysOut
from desktop.views.audit.points import PRINT_DPI, PointRow, PointsList, PointsPresenter
from desktop.views.audit.presenter import AuditPresenter, TrailRow, verdict
from desktop.views.audit.reporting import ReportDraft, ReportFields, ReportPresenter, file_name
from desktop.views.audit.watching import Stage, Watch
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, label
from desktop.views.ui.dialogs import ask
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone


def _number(row: TrailRow) -> str:
    return str(row.number)


def _when(row: TrailRow) -> str:
    return row.when


def _who(row: TrailRow) -> str:
    return row.who


def _act(row: TrailRow) -> str:
    return row.act


def _subject(row: TrailRow) -> str:
    return row.subject


def _owner(row: TrailRow) -> str:
    return row.owner


def _detail(row: TrailRow) -> str:
    return row.detail


SORTED_BY = (By.DETAIL, By.NUMBER, By.TIME, By.MEMBER, By.ACT, By.KIND, By.OWNER)
"""What a click on each column sorts by, in the order of the columns."""


class AuditScreen(Screen):
    """The trail: who did what, when, on which kind of record; never what it says."""

    def __init__(self, desk: Desk, ops: Ops, out: WaysOut, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Audit"), ("checkpoint",), parent)
        self._desk, self._out = desk, out
        self.presenter = AuditPresenter(desk, self.doing, self)
        self.points_presenter = PointsPresenter(desk, self.doing, self)
        self.reports = ReportPresenter(desk, self.doing, out, self._report_saved, self._report_failed)
        self.points = Button(tr("Checkpoints"), "shield", key="Ctrl+Shift+P")
        self.report = Button(tr("Report…"), "download", key="Ctrl+Shift+R")
        self.verify = PrimaryButton(tr("Check the trail"), "clipboard-check", key="Ctrl+Shift+V")
        for button in (self.points, self.report, self.verify):
            self.head.addWidget(button)
        self.bar = FilterBar()
        self.filter = self.bar.search
        self.table = self._table()
        self._rows: tuple[TrailRow, ...] = ()
        self._total = self._all = 0
        self._count = label("", "caption")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self._busy_words = label("", "caption")
        self.card = Card()
        self.panel = SidePanel()
        self._closed: EmptyState | None = None
        self._build()
        self._connect()
        self.show_busy("")

    def _table(self) -> RowsTable:
        self._model = RowsModel(
            (
                Column(tr("Detail"), _detail), Column(tr("Line"), _number), Column(tr("When"), _when),
                Column(tr("Who"), _who), Column(tr("What they did"), _act), Column(tr("To what"), _subject),
                Column(tr("Belongs to"), _owner),
            ),
            self,
        )  # fmt: skip
        made = RowsTable(self._model, tr("Audit trail"), sortable=False)
        head = made.horizontalHeader()
        head.moveSection(0, 6)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(SORTED_BY.index(By.NUMBER), Qt.SortOrder.DescendingOrder)
        return made

    def _build(self) -> None:
        for part in (self.bar, self._busy_words, self.busy):
            self.card.lines.addWidget(part)
        self.card.lines.addWidget(self.table, 1)
        self.card.lines.addWidget(self._count)
        self._row = QHBoxLayout()
        self._row.setSpacing(look().sizes.gap)
        self._row.addWidget(self.card, 1)
        self._row.addWidget(self.panel)
        self.lines.addLayout(self._row, 1)
        if not self._desk.member.may(Role.OWNER):
            for hidden in (self.card, self.verify, self.report):
                hidden.hide()

    def _connect(self) -> None:
        self.bar.asked.connect(self._ask)
        self.verify.clicked.connect(self.presenter.verify)
        self.points.clicked.connect(self.open_points)
        self.report.clicked.connect(self.open_report)
        self.panel.left.connect(self.panel.empty)
        self.panel.saved.connect(self._panel_saved)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)

    def ask_again(self) -> None:
        """Fetch the first lines, and the checkpoints where they are shown."""
        self.presenter.begin()
        if isinstance(self.panel.held, PointsList):
            self.points_presenter.begin()

    def show_part(self, place: object) -> None:
        """Each visit shows the newest lines."""
        if self.isVisible():
            self.ask_again()
        else:
            self._stale = True

    def take_keyboard(self) -> None:
        """The filter; where there is nothing to read, the page itself."""
        (self.filter if self.card.isVisible() else self).setFocus()

    def show_watch(self, watch: Watch) -> None:
        """What the check behind the work of the day found; nothing is said while all is well."""
        if watch.stage is Stage.WRONG and watch.state is not None:
            self.show_banner(verdict(watch.state))

    def show_known(self, known: Known) -> None:
        """What there is to choose from."""
        self.bar.show_known(known)

    def show_lines(self, rows: tuple[TrailRow, ...], total: int, all_lines: int) -> None:
        """The first lines that fit, in their order; how many fit, and how many there are."""
        self._rows, self._total, self._all = rows, total, all_lines
        self._model.set_rows(())
        self._model.set_rows(rows)
        self.table.scrollToTop()
        self._say_count()

    def show_more(self, rows: tuple[TrailRow, ...]) -> None:
        """The lines that follow those that are listed."""
        self._rows = (*self._rows, *rows)
        self._model.set_rows(self._rows)
        self._say_count()

    def show_closed(self, owners: tuple[str, ...]) -> None:
        """Whoever looks may not read the trail: say who may, and offer nothing that would be refused."""
        if self._closed is not None:
            self._row.removeWidget(self._closed)
            self._closed.deleteLater()
        words = trn(
            "Every change and each look at a record is kept in it. Only an owner of the practice reads it: {names}.",
            "Every change and each look at a record is kept in it. Only owners of the practice read it: {names}.",
            len(owners), names=", ".join(owners),
        )
        self._closed = EmptyState("lock", tr("The audit trail is for owners"), words)
        self._closed.setAccessibleName(words)
        self._row.insertWidget(0, self._closed, 1)

    def show_busy(self, words: str) -> None:
        """What takes a while."""
        self._busy_words.setText(words)
        for part in (self._busy_words, self.busy):
            part.setVisible(bool(words))
        self.verify.setEnabled(not words)

    def open_points(self) -> None:
        """The checkpoints, beside the lines."""
        held = PointsList()
        held.countersign_asked.connect(self.points_presenter.countersign)
        held.print_asked.connect(self._print_points)
        self.panel.hold(tr("Checkpoints"), held, tr("Sign the last line"))
        self.points_presenter.begin()
        held.table.setFocus()

    def show_points(self, rows: tuple[PointRow, ...]) -> None:
        """Every checkpoint, newest first."""
        if isinstance(self.panel.held, PointsList):
            self.panel.held.show_points(rows)

    def show_points_busy(self, words: str) -> None:
        """What takes a while."""
        self.panel.say_busy(words)

    def show_points_error(self, error: KnownError) -> None:
        """Why nothing was signed."""
        self.panel.show_error(error)

    def open_report(self) -> None:
        """Ask which days."""
        held = ReportFields(self._desk.clock.now().local.date().isoformat())
        self.panel.hold(tr("Report of some days"), held, tr("Save as…"))
        held.form.field("first").edit.setFocus()

    def save_report(self) -> QFileDialog | None:
        """Ask where; None while the days are not whole."""
        held = self.panel.held
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
        self.panel.say_busy(tr("Checking everything and signing…"))
        self.reports.save(draft, Path(path))

    def _report_saved(self, report: Report, path: Path) -> None:
        self.panel.empty()
        made = report.signature
        what = trn("A report of {count} line was saved.", "A report of {count} lines was saved.", made.lines)
        kept = tr("{file} and {beside}; digest of the file {digest}", file=path.name, digest=made.sha256,
                  beside=signature_name(path.name))  # fmt: skip
        after = "" if made.whole else tr("The trail or the records were not whole; the signature says so.")
        self.show_banner(BannerFacts(Tone.GREEN if made.whole else Tone.AMBER, what, kept, after, closable=True))
        self.ask_again()

    def _report_failed(self, error: KnownError) -> None:
        self.panel.show_error(error)

    def _print_points(self) -> None:
        self.points_presenter.pages(self._print)

    def _print(self, pages: tuple[PageImage, ...]) -> None:
        try:
            self._out.ask_printer(self, "A4", PRINT_DPI, partial(self._put_on, pages))
        except KnownError as error:
            self.panel.show_error(error)

    def _put_on(self, pages: tuple[PageImage, ...], printer: QPrinter) -> None:
        self.ops.read(partial(self._out.put_on, printer, pages, tr("Checkpoints")), self, oops=self.panel.show_error)

    def _panel_saved(self) -> None:
        if isinstance(self.panel.held, PointsList):
            self.points_presenter.sign()
        else:
            self.save_report()

    def _ask(self) -> None:
        draft = self.bar.draft()
        order = By(draft.order)
        newest_first = order in (By.NUMBER, By.TIME)
        down = Qt.SortOrder.DescendingOrder if newest_first is not draft.reverse else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(SORTED_BY.index(order), down)
        self.presenter.ask(draft)

    def _sort(self, column: int) -> None:
        self.bar.sort_by(SORTED_BY[column])

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.presenter.more()

    def _say_count(self) -> None:
        shown = len(self._rows)
        words = trn("{count} line fits", "{count} lines fit", self._total)
        if self._total == self._all:
            words = trn("{count} line in the trail", "{count} lines in the trail", self._all)
        elif self._all:
            words = tr("{words}, of {all} in the trail", words=words, all=self._all)
        more = tr(" The first {n} are listed; scroll on for more.", n=shown) if shown < self._total else ""
        self._count.setText(words + "." + more)
