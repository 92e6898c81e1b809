"""Knows how the practice's groups stand: a list, a form to plan one, and the way to its board."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Invalid, Known
from desktop.domain.people import Role
from desktop.domain.protocol import Protocol
from desktop.domain.records import Session, SessionState
from desktop.domain.words import tr
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.live import protocols
from desktop.services.planning import GroupRow, GroupSession, group_couples, group_sessions
from desktop.services.sessions import plan_session
from desktop.views.groups.forms import GroupForm
from desktop.views.ui.basics import Button, Card, EmptyState
from desktop.views.ui.doing import Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.halftyped import Fields, Forms, put_into, taken_from
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import AFTER, BACK, BOARD, Place
from desktop.views.ui.screen import Screen, on_key
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone

PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Row:
    """One group."""

    id: str
    title: str
    day: str
    names: str
    state: str
    sign: str
    tone: Tone
    begun: bool


def _title(row: Row) -> str:
    return row.title


def _day(row: Row) -> str:
    return row.day


def _names(row: Row) -> str:
    return row.names


def _state(row: Row) -> str:
    return row.state


def _sign(row: Row) -> str:
    return row.sign


def _tone(row: Row) -> Tone:
    return row.tone


def row_of(one: GroupSession) -> Row:
    """A group in the list."""
    session = one.session
    words, sign, tone = {
        SessionState.PLANNED: (tr("planned"), "calendar", Tone.PLAIN),
        SessionState.RUNNING: (tr("running"), "timer", Tone.AMBER),
        SessionState.CLOSED: (tr("closed"), "lock", Tone.PLAIN),
    }[session.state]
    day = session.started.local.date() if session.started is not None else session.planned_for
    title = session.label or tr("A group of {n}", n=len(session.people))
    return Row(
        session.id, title, day.isoformat(), ", ".join(one.names), words, sign, tone,
        session.state is not SessionState.PLANNED,
    )


class GroupsScreen(Screen):
    """The practice's groups."""

    def __init__(self, desk: Desk, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Groups of couples"), ("session", "couple"), parent)
        self._desk, self._latest = desk, Latest(self.doing)
        self._may = desk.member.may(Role.THERAPIST, Role.PRESCRIBER)
        self._waiting: Fields = ()
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.head.insertWidget(0, self.back)
        self.plan_button = Button(tr("Plan a group"), "plus")
        self.plan_button.setToolTip(tr("Plan a group (Ctrl+P)"))
        self.plan_button.setEnabled(self._may)
        self.head.addWidget(self.plan_button)
        self._model = RowsModel(
            (
                Column(tr("Group"), _title), Column(tr("Day"), _day), Column(tr("Who"), _names),
                Column(tr("State"), _state, sign=_sign, tone=_tone),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Groups of couples"))
        self.empty = EmptyState(
            "users", tr("No group yet"),
            tr("Several couples in one room, each with a record of their own: nobody's page shows another couple."),
        )
        for part in (self.table, self.empty):
            part.hide()
        self.board = Button(tr("Open the board"), "layout-dashboard", kind="primary")
        self.after = Button(tr("Afterwards"), "clipboard-check", kind="quiet")
        self.panel = SidePanel(rings=6)
        self._build()

    def _build(self) -> None:
        card = Card()
        card.lines.addWidget(self.table, 1)
        card.lines.addWidget(self.empty, 1)
        below = QHBoxLayout()
        below.addWidget(self.board)
        below.addWidget(self.after)
        below.addStretch(1)
        card.lines.addLayout(below)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.gap)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.plan_button.clicked.connect(self.plan)
        self.board.clicked.connect(partial(self._go, BOARD))
        self.after.clicked.connect(partial(self._go, AFTER))
        self.table.doubleClicked.connect(partial(self._go, BOARD))
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.panel.left.connect(self.panel.empty)
        self.panel.saved.connect(self._save)
        on_key(self, "Ctrl+P", self.plan)
        for key in ("Return", "Enter"):
            on_key(self.table, key, partial(self._go, BOARD))

    def ask_again(self) -> None:
        """Fetch the list."""
        self._latest.ask(partial(group_sessions, self._desk), self._show, self.show_error)

    def take_keyboard(self) -> None:
        """The list."""
        if self.panel.held is None:
            (self.table if self.table.isVisible() else self.plan_button).setFocus()

    def show_part(self, place: Place) -> None:
        """`plan`: a group is planned at once."""
        if place.part == PLAN:
            self.plan()

    def plan(self, *_: object) -> None:
        """Somebody wants to plan a group."""
        if self._may and not self.panel.keeps():
            self.doing.ask(partial(_choices, self._desk), self._ask, self.show_error)

    def half_typed(self) -> Forms:
        """A plan that is not kept."""
        held = self.panel.held
        values = taken_from(held) if isinstance(held, GroupForm) else ()
        return ((PLAN, values),) if values else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Open the plan again with what stood in it."""
        self._waiting = values
        self.plan()
        return True

    def _show(self, found: tuple[GroupSession, ...]) -> None:
        self._model.set_rows(tuple(row_of(one) for one in found))
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found and self.table.chosen() is None:
            self.table.selectRow(0)
        self._moved()
        self.take_keyboard()

    def _ask(self, found: tuple[tuple[Protocol, ...], tuple[GroupRow, ...]]) -> None:
        form = GroupForm(*found, today(self._desk))
        self.panel.hold(tr("Plan a group"), form, tr("Plan it"))
        form.protocol.setFocus()
        waiting, self._waiting = self._waiting, ()
        if waiting:
            put_into(form, waiting)

    def _save(self) -> None:
        held = self.panel.held
        draft = held.settled() if isinstance(held, GroupForm) else None
        if draft is not None:
            self.doing.change(partial(plan_session, self._desk, draft), self._planned, self._not_saved)

    def _planned(self, _session: Session) -> None:
        self.panel.empty()
        words = tr("The group is planned. It stands here, and on the page of each of its couples.")
        self.show_banner(BannerFacts(Tone.GREEN, words, closable=True))

    def _not_saved(self, error: Known) -> None:
        self.panel.show_error(error)
        held = self.panel.held
        if isinstance(held, GroupForm) and isinstance(error, Invalid):
            held.show_problems(error.problems)

    def _moved(self, *_: object) -> None:
        row = self.table.chosen()
        found = row if isinstance(row, Row) else None
        self.board.setVisible(found is not None)
        self.after.setVisible(found is not None and found.begun)

    def _go(self, screen: str, *_: object) -> None:
        row = self.table.chosen()
        if isinstance(row, Row):
            self.go.emit(Place(screen, row.id))


def _choices(desk: Desk) -> tuple[tuple[Protocol, ...], tuple[GroupRow, ...]]:
    return tuple(each for each in protocols(desk) if each.enabled), group_couples(desk)
