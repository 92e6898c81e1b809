"""Knows how the practice's protocols stand: a list, the numbers of one, and what is asked beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.protocols import (
    CHANGING,
    ProtocolPage,
    ProtocolRow,
    protocol_page,
    protocol_rows,
)
from desktop.views.protocols.asking import FILE, Asking
from desktop.views.protocols.exporting import Exporting, Save
from desktop.views.protocols.facts import ListRow, list_row
from desktop.views.protocols.pane import NumbersPane
from desktop.views.ui.basics import Button, Card
from desktop.views.ui.doing import Latest
from desktop.views.ui.facts import Entry
from desktop.views.ui.halftyped import Fields, Forms, put_into
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import Place
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Density, Tone

CARD = "card"
LISTED = {Density.COMPACT: 4, Density.COMFORTABLE: 6}
"""How many protocols are seen at once; the list scrolls."""


def _title(row: ListRow) -> str:
    return row.title


def _state(row: ListRow) -> str:
    return row.state


def _sign(row: ListRow) -> str:
    return row.sign


def _tone(row: ListRow) -> Tone:
    return row.tone


class ProtocolsScreen(Screen):
    """Everybody looks; an owner or a prescriber changes. save: puts a file where a member wants it."""

    def __init__(self, desk: Desk, ops: Ops, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Protocols"), ("protocol",), parent)
        self._desk = desk
        self._listing, self._paging = Latest(self.doing), Latest(self.doing)
        self.may = desk.member.may(*CHANGING)
        self._wanted = ""
        self._waiting: tuple[str, Fields] | None = None
        self.panel = SidePanel(rings=5)
        self.asking = Asking(desk, self.doing, self.panel, self)
        self.out = Exporting(desk, self.doing, save, self)
        self.buttons: dict[str, Button] = {}
        columns = Column(tr("Protocol"), _title), Column(tr("State"), _state, sign=_sign, tone=_tone)
        self.list = RowsTable(RowsModel(columns, self), tr("Protocols"), sortable=False)
        for key, words, sign, shortcut, do in self._deeds():
            button = Button(words, sign, kind="primary" if key == "change" else "quiet")
            button.setToolTip(f"{words} ({shortcut})")
            button.clicked.connect(do)
            self.buttons[key] = button
            on_key(self, shortcut, partial(self.act, key))
        below = ("change", "confirm", "switch", "back")
        self.pane = NumbersPane(tuple(self.buttons[key] for key in below))
        self._build()

    def _build(self) -> None:
        for key in ("history", "out", FILE, CARD):
            self.head.addWidget(self.buttons[key])
        row, column, first = QHBoxLayout(), QVBoxLayout(), Card()
        for layout in (row, column):
            layout.setSpacing(look().sizes.gap)
        first.lines.addWidget(self.list, 1)
        rows = LISTED[look().density]
        first.setFixedHeight(look().sizes.row * (rows + 1) + 3 * look().sizes.pad)
        column.addWidget(first)
        column.addWidget(self.pane, 1)
        row.addLayout(column, 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)
        self.list.selectionModel().selectionChanged.connect(self._chose)
        self.pane.moved.connect(self._moved)
        self.pane.wanted.connect(partial(self.act, "change"))
        for told in (self.asking, self.out):
            told.told.connect(self.show_banner)
            told.failed.connect(self.show_error)
        self.asking.kept.connect(self._kept)
        on_key(self, "Ctrl+F", self.pane.search.setFocus)
        self._moved()

    def _deeds(self) -> tuple[tuple[str, str, str, str, Callable[[], object]], ...]:
        return (
            ("change", tr("Change…"), "pencil", "Ctrl+E", partial(self._about_number, "change")),
            ("confirm", tr("Confirm…"), "check", "Ctrl+M", partial(self._about_number, "confirm")),
            ("switch", tr("Switch on…"), "refresh-cw", "Ctrl+O", partial(self._about_page, "switch")),
            ("back", tr("Take back…"), "rotate-ccw", "Ctrl+B", partial(self._about_page, "back")),
            ("out", tr("Save as a file…"), "download", "Ctrl+S", partial(self._about_page, "out")),
            ("history", tr("What was changed"), "list", "Ctrl+H", partial(self._about_page, "history")),
            (FILE, tr("Take in a file…"), "folder-open", "Ctrl+I", self.asking.take_in),
            (CARD, tr("Emergency card…"), "siren", "Ctrl+Shift+E", self.asking.card),
        )

    def commands(self) -> tuple[Entry, ...]:
        """What can be done here."""
        group = tr("Here")
        return tuple(
            Entry(key, self.buttons[key].text(), "", sign, group, shortcut)
            for key, _, sign, shortcut, _ in self._deeds() if self.buttons[key].isEnabled()
        )  # fmt: skip

    def act(self, key: str) -> None:
        """Do one of them, where it can be done."""
        if self.buttons[key].isEnabled():
            self.buttons[key].click()

    def ask_again(self) -> None:
        """Fetch the list, and with it the one that is open."""
        self._listing.ask(partial(protocol_rows, self._desk), self._show_list, self.show_error)

    def take_keyboard(self) -> None:
        """The list."""
        if self.panel.held is None:
            self.list.setFocus()

    def show_part(self, place: Place) -> None:
        """A protocol by its id; or `card`, to write on the emergency card at once."""
        if place.part == CARD:
            self.act(CARD)
        elif place.part:
            self._kept(place.part)

    def half_typed(self) -> Forms:
        """What is asked for and not kept."""
        return self.asking.half_typed()

    def reopen(self, key: str, values: Fields) -> bool:
        """Ask again, with what stood in it."""
        if key == FILE:
            self.asking.take_in()
            put_into(self.panel.held or self, values)
            return True
        _, wanted, path = key.split(":", 2)
        self._waiting = (path, values)
        self._kept(wanted)
        return True

    def _show_list(self, rows: tuple[ProtocolRow, ...]) -> None:
        self.list.rows.set_rows(tuple(list_row(row) for row in rows))
        self._choose()

    def _kept(self, protocol_id: str) -> None:
        self._wanted = protocol_id
        self._choose()

    def _choose(self) -> None:
        """Open the protocol that is wanted, else the one that is open, else the first."""
        ids = [row.id for row in self.list.rows.rows()]
        if not ids:
            return
        now = self.pane.page.row.protocol.id if self.pane.page is not None else ids[0]
        wanted = self._wanted or now
        at = ids.index(wanted) if wanted in ids else 0
        chosen = self.list.chosen()
        if isinstance(chosen, ListRow) and chosen.id == ids[at]:
            self._open(ids[at])
        else:
            self.list.selectRow(at)
        if wanted in ids:
            self._wanted = ""

    def _chose(self, *_: object) -> None:
        row = self.list.chosen()
        if isinstance(row, ListRow):
            self._open(row.id)

    def _open(self, protocol_id: str) -> None:
        self._paging.ask(partial(protocol_page, self._desk, protocol_id), self._show, self.show_error)

    def _show(self, page: ProtocolPage) -> None:
        self.pane.show_page(page)
        self.buttons["switch"].say(tr("Switch off…") if page.row.protocol.enabled else tr("Switch on…"))
        waiting, self._waiting = self._waiting, None
        number = self.pane.number(waiting[0]) if waiting is not None else None
        if waiting is not None and number is not None and self.may:
            self.asking.change(page, number)
            put_into(self.panel.held or self, waiting[1])

    def _moved(self) -> None:
        page = self.pane.page
        for key in ("change", "confirm"):
            self.buttons[key].setEnabled(self.may and bool(self.pane.chosen))
        for key in ("switch", FILE, CARD):
            self.buttons[key].setEnabled(self.may)
        self.buttons["back"].setEnabled(self.may and page is not None and page.row.own and page.row.comes_with)

    def _about_number(self, what: str, *_: object) -> None:
        number = self.pane.number(self.pane.chosen)
        if self.pane.page is not None and number is not None:
            (self.asking.change if what == "change" else self.asking.confirm)(self.pane.page, number)

    def _about_page(self, what: str, *_: object) -> None:
        if self.pane.page is not None:
            do: dict[str, Callable[[ProtocolPage], object]] = {
                "switch": self.asking.switch, "back": self.asking.back, "history": self.asking.history,
                "out": self.out.ask,
            }  # fmt: skip
            do[what](self.pane.page)

