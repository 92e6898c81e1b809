"""Knows how the archives' screen stands: the state in one line, where they lie, what was done, a form to restore."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.ports_archives import ArchiveDoor, Restored
from desktop.views.archives.presenter import ArchiveRow, ArchivesPresenter, RunRow, StateFacts
from desktop.views.archives.printing import LogPrinting, Ways
from desktop.views.archives.restore import RestoreForm
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, Sign, label, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import CARRY, Place
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone

SIGNS = {Tone.GREEN: "circle-check", Tone.AMBER: "triangle-alert", Tone.RED: "octagon-alert"}


def _place(row: ArchiveRow) -> str:
    return str(row.place)


def _number(row: ArchiveRow) -> str:
    return row.number


def _by_number(row: ArchiveRow) -> int:
    return int(row.number) if row.number.isdecimal() else -1


def _made(row: ArchiveRow) -> str:
    return row.made


def _size(row: ArchiveRow) -> str:
    return row.size


def _note(row: ArchiveRow) -> str:
    return row.note


def _tone(row: ArchiveRow | RunRow) -> Tone:
    return row.tone


def _sign(row: ArchiveRow) -> str:
    return "archive" if row.path is not None else "folder"


def _when(row: RunRow) -> str:
    return row.when


def _what(row: RunRow) -> str:
    return row.what


def _where(row: RunRow) -> str:
    return row.where


def _result(row: RunRow) -> str:
    return row.result


class ArchivesScreen(Screen):
    """How old the last archive is, and everything that can be done with archives."""

    def __init__(
        self, desk: Desk, door: ArchiveDoor | None, ops: Ops, ways: Ways | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(ops, tr("Archives"), ("archive",), parent)
        assert door is not None  # every window is made with one; only pictures of other screens go without
        self._door = door
        self.presenter = ArchivesPresenter(desk, door.of(desk), self.doing, self)
        self.make = PrimaryButton(tr("Make an archive"), "archive", key="Ctrl+Shift+M")
        self.restore = Button(tr("Restore…"), "rotate-ccw")
        self.carried = Button(tr("Carried sessions"), "arrow-right", kind="quiet")
        self.carried.clicked.connect(partial(self.go.emit, Place(CARRY)))
        self.head.addWidget(self.carried)
        self.log = Button(tr("Print the log…"), "printer")
        self.head.addWidget(self.log)
        self.head.addWidget(self.restore)
        self.head.addWidget(self.make)
        self.panel = SidePanel()
        self._facts = StateFacts(Tone.PLAIN, "", "", "", "", False)
        column = QWidget()
        column.setProperty("kind", "bare")
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.gap)
        lines.addWidget(self._state_card())
        lines.addWidget(self._archives_card(), 3)
        self._done = self._runs_card()
        lines.addWidget(self._done, 2)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.gap)
        row.addWidget(column, 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)
        self._connect()
        self.printing = None if ways is None else LogPrinting(self, desk, door.of(desk), door.digest, ways)
        if self.printing is not None:
            self.log.clicked.connect(self.printing.begin)
        self.show_progress(0, 0, "")

    def _state_card(self) -> Card:
        card = Card()
        self.sign, self.state = Sign("archive"), wrapped("", "lead")
        row = QHBoxLayout()
        row.addWidget(self.sign)
        row.addWidget(self.state, 1)
        card.lines.addLayout(row)
        self.more = wrapped("", "muted")
        card.lines.addWidget(self.more)
        self.progress, self.progress_words, self.stop = QProgressBar(), label("", "caption"), Button(tr("Stop"), "x")
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How far it is"))
        under_way = QHBoxLayout()
        under_way.addWidget(self.progress_words)
        under_way.addWidget(self.progress, 1)
        under_way.addWidget(self.stop)
        card.lines.addLayout(under_way)
        return card

    def _archives_card(self) -> Card:
        card = Card(title=tr("Places and archives"))
        self._model = RowsModel(
            (
                Column(tr("Place"), _place, sign=_sign), Column(tr("Number"), _number, sort=_by_number),
                Column(tr("Made"), _made), Column(tr("Size"), _size), Column(tr("State"), _note, tone=_tone),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Places and archives"))
        self.empty = EmptyState(
            "archive", tr("No place for archives yet"),
            tr("An archive is one encrypted file that holds the whole practice. Choose a stick or another disk for it; "
               "an owner of the practice does that once."), tr("Add a place…"), self._browse,
        )  # fmt: skip
        self.empty.hide()
        for whole in (self.table, self.empty):
            card.lines.addWidget(whole, 1)
        self.add, self.forget = Button(tr("Add a place…"), "plus"), Button(tr("Forget"), "x")
        self.forget.setAccessibleName(tr("Forget this place"))
        self.forget.setToolTip(tr("Forget this place; what lies there stays"))
        self.verify, self.drill = Button(tr("Verify"), "clipboard-check"), Button(tr("Try it out"), "refresh-cw")
        self._foot = QWidget()
        self._foot.setProperty("kind", "bare")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.add, self.forget):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.verify, self.drill):
            row.addWidget(part)
        card.lines.addWidget(self._foot)
        return card

    def _runs_card(self) -> Card:
        card = Card(title=tr("What was done"))
        self._runs = RowsModel(
            (
                Column(tr("Result"), _result, tone=_tone), Column(tr("When"), _when), Column(tr("What"), _what),
                Column(tr("Where"), _where),
            ),
            self,
        )  # fmt: skip
        self.runs = RowsTable(self._runs, tr("What was done"))
        head = self.runs.horizontalHeader()
        head.moveSection(0, 3)
        card.lines.addWidget(self.runs, 1)
        return card

    def _connect(self) -> None:
        self.make.clicked.connect(self.presenter.make)
        self.verify.clicked.connect(partial(_of_chosen, self.table, self.presenter.verify))
        self.drill.clicked.connect(partial(_of_chosen, self.table, self.presenter.drill))
        self.stop.clicked.connect(self.presenter.stop)
        self.add.clicked.connect(self._browse)
        self.forget.clicked.connect(self._forget)
        self.restore.clicked.connect(self.open_restore)
        self.panel.left.connect(self.panel.empty)
        self.panel.saved.connect(self._restore)

    def ask_again(self) -> None:
        """Fetch the state."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The table; where there is none, what comes first."""
        first = self.empty.button if not self._facts.places else None
        (first or self.table).setFocus()

    def show_state(self, facts: StateFacts) -> None:
        """How the practice stands."""
        self.state.setText(facts.words)
        self.sign.show_sign(SIGNS.get(facts.tone, "archive"), facts.tone)
        more = (facts.place, facts.drill, facts.confirmed, facts.behind)
        self.more.setText(" · ".join(part for part in more if part))
        self.more.setVisible(bool(self.more.text()))
        for button in (self.add, self.forget):
            button.setVisible(facts.may_change)
        self._facts = facts
        self._offer()

    def _offer(self) -> None:
        """Only what can be done; where there is no place yet, that is what comes first."""
        facts, free = self._facts, not self.presenter.busy
        if self.empty.button is not None:
            self.empty.button.setVisible(facts.may_change)
        self.empty.setVisible(not facts.places)
        for part in (self.table, self._foot):
            part.setVisible(facts.places)
        self.make.setEnabled(free and facts.places)
        self.restore.setEnabled(free)
        self.log.setEnabled(free and self.printing is not None)
        for button in (self.verify, self.drill):
            button.setEnabled(free and facts.archives)
        if self.panel.held is None:
            self.make.weigh(facts.places or not facts.may_change)

    def show_archives(self, rows: tuple[ArchiveRow, ...]) -> None:
        """Places and what lies there."""
        self._model.set_rows(rows)
        if not self.table.chosen() and rows:
            self.table.selectRow(0)

    def show_runs(self, rows: tuple[RunRow, ...]) -> None:
        """What was done, newest first."""
        self._runs.set_rows(rows)
        self._done.setVisible(bool(rows))

    def show_progress(self, done: int, total: int, words: str) -> None:
        """How far long work is; '' when it is over."""
        self.progress_words.setText(words)
        self.progress.setRange(0, 1000 if total else 0)
        self.progress.setValue(1000 * done // total if total else 0)
        for part in (self.progress, self.progress_words, self.stop):
            part.setVisible(bool(words))
        self._offer()

    def open_restore(self) -> None:
        """Ask what is to be restored, and where to."""
        form = RestoreForm(self._door, _chosen(self.table))
        self.panel.hold(tr("Restore from an archive"), form, tr("Restore"))
        form.take_keyboard()

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), tr("A folder for archives"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        ask(dialog, partial(self._took_place, dialog))

    def _took_place(self, dialog: QFileDialog) -> None:
        self.presenter.add_place(Path(dialog.selectedFiles()[0]))

    def _forget(self) -> None:
        row = self.table.chosen()
        if isinstance(row, ArchiveRow):
            self.presenter.forget_place(row.place)

    def _restore(self) -> None:
        held = self.panel.held
        if isinstance(held, RestoreForm):
            held.go(self.doing, self.panel, self._restored)

    def _restored(self, done: Restored) -> None:
        self.panel.empty()
        words = tr("The practice was restored into {folder}.", folder=done.folder)
        safe = tr("{n} records were compared; this practice is untouched.", n=done.rows)
        next_step = tr("Lock, then open that folder to look at it.")
        self.show_banner(BannerFacts(Tone.GREEN, words, safe, next_step, closable=True))


def _chosen(table: RowsTable) -> Path | None:
    row = table.chosen()
    return row.path if isinstance(row, ArchiveRow) else None


def _of_chosen(table: RowsTable, do: Callable[[Path | None], object], *_: object) -> None:
    """Do it with the archive that is chosen."""
    do(_chosen(table))
