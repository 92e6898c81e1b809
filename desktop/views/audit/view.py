"""Knows how the audit trail is read: fields to filter by, one table, and beside it what vouches for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.domain.people import Role
from desktop.domain.trailfilter import By
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.views.audit.asking import Known
from desktop.views.audit.filters import FilterBar
from desktop.views.audit.out import WaysOut
from desktop.views.audit.presenter import AuditPresenter, TrailRow, verdict
from desktop.views.audit.side import AuditSide
from desktop.views.audit.watching import Stage, Watch
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, label
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.screen import Screen
from desktop.views.ui.tables import RowsTable


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
_ROOMY = 12.3
"""From so many rings of width on, every column is shown."""


class AuditScreen(Screen):
    """The trail: who did what, when, on which kind of record; never what it says."""

    def __init__(self, desk: Desk, ops: Ops, out: WaysOut, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Audit"), ("checkpoint",), parent)
        self._desk = desk
        self.presenter = AuditPresenter(desk, self.doing, self)
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
        self.panel = AuditSide(desk, ops, out)
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
        self.none = EmptyState(
            "search", tr("No line fits"),
            tr("Accents and case do not matter. Take away a word, or ask for everything."),
            tr("Show everything"), self.bar.clear,
        )
        self.none.hide()
        if self.none.button is not None:
            self.none.button.weigh(False)
        for whole in (self.table, self.none):
            self.card.lines.addWidget(whole, 1)
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
        self.card.installEventFilter(self)
        self.verify.clicked.connect(self.presenter.verify)
        self.points.clicked.connect(self.panel.open_points)
        self.report.clicked.connect(self.panel.open_report)
        self.panel.told.connect(self._told)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)

    def ask_again(self) -> None:
        """Fetch the first lines, and the checkpoints where they are shown."""
        self.presenter.begin()
        self.panel.ask_again()

    def show_part(self, place: object) -> None:
        """Each visit is a line of the trail, and shows the newest ones."""
        self._stale = False
        self.presenter.opened()
        self.panel.ask_again()

    def take_keyboard(self) -> None:
        """The filter; where there is nothing to read, the page itself."""
        (self if self.card.isHidden() else self.filter).setFocus()

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

    def _told(self, facts: BannerFacts) -> None:
        self.show_banner(facts)
        self.ask_again()

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Beside a panel on a small screen the detail says more than whose record it was, which can be asked for."""
        if watched is self.card and event.type() == QEvent.Type.Resize:
            narrow = self.card.width() < look().sizes.ring * _ROOMY
            self.table.setColumnHidden(SORTED_BY.index(By.OWNER), narrow)
        return super().eventFilter(watched, event)

    def _say_count(self) -> None:
        shown = len(self._rows)
        self.none.setVisible(not self._total and bool(self._all))
        self.table.setVisible(self.none.isHidden())
        words = trn("{count} line fits", "{count} lines fit", self._total)
        if self._total == self._all:
            words = trn("{count} line in the trail", "{count} lines in the trail", self._all)
        elif self._all:
            words = tr("{words}, of {all} in the trail", words=words, all=self._all)
        more = tr(" The first {n} are listed; scroll on for more.", n=shown) if shown < self._total else ""
        self._count.setText(words + "." + more)
