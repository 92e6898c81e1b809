"""Knows how the board's parts stand together, and passes on what a person does; it decides nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.views.board.actions import ActionBar
from desktop.views.board.asking import PanelFacts
from desktop.views.board.coach import Coach
from desktop.views.board.emergencycard import EmergencyCardView
from desktop.views.board.glance import Glance
from desktop.views.board.linekeys import LineKeys
from desktop.views.board.logside import LogSide
from desktop.views.board.quickbar import QuickBar
from desktop.views.board.shown import (
    ActionFacts,
    BoardFacts,
    CoachFacts,
    PreviewFacts,
    SideFacts,
    StripFacts,
    TopFacts,
)
from desktop.views.board.shown_safety import EmergencyFacts
from desktop.views.board.side import Side
from desktop.views.board.topbar import TopBar
from desktop.views.ui.banner import Banner
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.screen import scrolled


class BoardView(QWidget):
    """The live session's screen."""

    typed = Signal(str)
    entered = Signal(str)
    completed = Signal()
    answered = Signal(str)
    left = Signal()
    acted = Signal(str)
    chip = Signal(str, str)
    stepped = Signal(str)
    panel_saved = Signal(object)
    entry_asked = Signal(str, str)
    banner_chosen = Signal(str)
    paper = Signal(object)
    theme_asked = Signal(str)
    lock_asked = Signal()
    ticked = Signal(str)
    card_asked = Signal(str)

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "window")
        self.setAccessibleName(tr("Live session"))
        self.top, self.banner, self.coach = TopBar(theme), Banner(), Coach()
        self.right, self.quick, self.bar, self.card = LogSide(), QuickBar(), ActionBar(), EmergencyCardView()
        self.sides: dict[str, Side] = {}
        self._spans: dict[str, int] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._lines = QVBoxLayout(self)
        self._middle = QHBoxLayout()
        self._people = QWidget()
        self._places = QGridLayout(self._people)
        # Coach and sides are scrolled together: both sides stay level, and nothing on them makes the window higher.
        self.people = _room_for(self._people)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.quick)
        self.foot = Actions(self.bar, self.quick.strip)
        self._foot.addWidget(self.foot)
        # The gap below the coach goes with it.
        self.coach_place = QWidget()
        self._over = QVBoxLayout(self.coach_place)
        self._over.addWidget(self.coach)
        self.coach_place.hide()
        self._places.addWidget(self.coach_place, 0, 0, 1, 2)
        self._places.setRowStretch(1, 1)
        self._middle.addWidget(self.people, 10)
        self._middle.addWidget(self.card, 6)
        self._middle.addWidget(self.right, 4)
        self.glance = Glance()
        self.glance.chosen.connect(partial(_opens, self))
        for part in (self.top, self.glance, self.banner):
            self._lines.addWidget(part)
        self._lines.addLayout(self._middle, 1)
        self._lines.addLayout(self._foot)
        _space(self)
        _connect(self)
        LineKeys(self, self.quick.edit, self.left.emit)

    def show_board(self, facts: BoardFacts) -> None:
        """Show everything; parts that say the same as before are left alone."""
        self.show_top(facts.top)
        opened = {side.key for side in facts.sides}
        for key, shown in self.sides.items():
            shown.setVisible(key in opened)
        for at, side in enumerate(facts.sides):
            self.show_side(side, at, len(facts.sides))
        most = max((len(side.lines) for side in facts.sides), default=0)
        for shown in self.sides.values():
            shown.reserve(most)
        self.right.show_log(facts.log)
        self.right.show_papers(facts.papers)
        self.show_coach(facts.coach, len(facts.sides))
        self.bar.show_actions(facts.actions)
        self.bind_keys((*facts.actions, *facts.keys))
        typing = self.quick.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else True
        self.quick.setVisible(not facts.closed)
        self.bar.setVisible(not facts.closed and self.quick.strip.facts is None)
        self.foot.setVisible(not facts.closed)
        if facts.closed and typing:
            self.focus_line()

    def show_top(self, facts: TopFacts) -> None:
        """The clock and what is due. Where the part that had the keyboard is gone, the quick line takes it."""
        self.top.show_top(facts)
        self.glance.show_couples(facts.glance)
        if self.isVisible() and self.isActiveWindow() and QApplication.focusWidget() is None:
            self.focus_line()

    def show_side(self, facts: SideFacts, at: int = 0, of: int = 1) -> None:
        """One person's side; a person alone has both places."""
        side = self.sides.get(facts.key)
        if side is None:
            side = Side()
            side.chip.connect(partial(self.chip.emit, facts.key))
            side.safe.connect(partial(self.acted.emit, f"safe:{facts.key}"))
            self.sides[facts.key] = side
            self._places.addWidget(side, 1, at, 1, 2 if of == 1 else 1)
            _order(self)
        elif self._spans.get(facts.key) != of:
            # Somebody came: who had both places makes room.
            self._places.removeWidget(side)
            self._places.addWidget(side, 1, at, 1, 2 if of == 1 else 1)
            _order(self)
        self._spans[facts.key] = of
        side.show_side(facts, at)
        self.right.panel.show_person(facts.person)

    def show_coach(self, facts: CoachFacts | None, sides: int = 2) -> None:
        """The dialogue coach stands above the sides; in little room it takes that of their strips."""
        self.coach.show_coach(facts)
        self.coach_place.setVisible(facts is not None)
        for side in self.sides.values():
            side.give_way(facts is not None)

    def show_emergency(self, facts: EmergencyFacts | None, take: bool = False) -> None:
        """The card beside the board; meanwhile the log makes room, and a page that is opened stands beside the card.

        take: the keyboard goes to the card: digits tick its steps, and characters go on to the quick line.
        """
        focused = QApplication.focusWidget()
        lost = facts is None and focused in (self.card, *self.card.findChildren(QWidget))
        self.card.show_card(facts)
        self.right.setVisible(facts is None or self.right.panel_open)
        if lost:
            self.focus_line()
        elif take and facts is not None:
            self.card.take_keyboard()

    def bind_keys(self, actions: tuple[ActionFacts, ...]) -> None:
        """Keys of actions; those that are not named any more are asleep."""
        wanted = {facts.id: facts for facts in actions if facts.key}
        for action, facts in wanted.items():
            if action not in self._shortcuts:
                made = QShortcut(QKeySequence(facts.key), self)
                made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                made.activated.connect(partial(self.acted.emit, action))
                self._shortcuts[action] = made
        for action, shortcut in self._shortcuts.items():
            shortcut.setEnabled(action in wanted and wanted[action].enabled)

    def show_preview(self, facts: PreviewFacts) -> None:
        """What Enter would save."""
        self.quick.preview.show_preview(facts)

    def show_strip(self, facts: StripFacts | None) -> None:
        """A question with one key, in the page."""
        self.quick.show_strip(facts)
        self.bar.setVisible(facts is None)
        if facts is not None:
            self.focus_line()

    def show_panel(self, facts: PanelFacts | None) -> None:
        """A panel in the log's place; without one the keyboard goes back to the quick line."""
        self.right.panel.show_panel(facts)
        self.right.open_panel(facts is not None)
        self.right.setVisible(facts is not None or self.card.isHidden())
        if facts is None:
            self.focus_line()
        else:
            self.right.panel.take_keyboard()

    def panel_begun(self) -> dict[str, str] | None:
        """What the open panel holds when something was answered that is not kept yet; else None."""
        return self.right.panel.values() if self.right.panel.touched else None

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong in the panel."""
        self.right.panel.show_problems(problems)

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page; Tab from the quick line goes to its answers first."""
        self.banner.show_banner(facts)
        before: QWidget = self.quick.edit
        for button in self.banner.buttons():
            QWidget.setTabOrder(before, button)
            before = button

    def line_saved(self, text: str) -> None:
        """What was typed is on disk."""
        self.quick.saved(text)

    def set_line(self, text: str) -> None:
        """Put text into the quick line, the keyboard at its end."""
        self.quick.edit.setText(text)
        self.focus_line()

    def choose_entry(self, key: str) -> None:
        """Put the keyboard on an entry of the log; empty: on the newest."""
        self.right.open_panel(False)
        self.right.show()
        rows = self.right.log.model_rows.rows()
        if rows and self.right.choose(key or rows[0].key):
            self.right.log.setFocus(Qt.FocusReason.OtherFocusReason)

    def receiver(self) -> QWidget:
        """What work is done for."""
        return self

    def focus_line(self) -> None:
        """The keyboard goes back to the quick line; once the session is closed, to what comes next."""
        papers = self.right.closed.buttons()
        (papers[0] if papers else self.quick.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is in the quick line from the start."""
        super().showEvent(event)
        self.focus_line()

    def changeEvent(self, event: QEvent) -> None:
        """Another density moves the margins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            _space(self)


class Actions(QWidget):
    """The place of the actions; a question stands in it at the same height, so that nothing else moves."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            lines.addWidget(part)

    def sizeHint(self) -> QSize:
        """One thumb high and the question's border, whatever stands here."""
        sizes = look().sizes
        return QSize(sizes.target * 6, sizes.target + 2 * sizes.line)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()


def _room_for(people: QWidget) -> QScrollArea:
    area = scrolled(people)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    area.setMinimumHeight(look().sizes.target * 4)
    return area


def _connect(board: BoardView) -> None:
    """Pass on what the parts say."""
    quick, right, top = board.quick, board.right, board.top
    for here, there in (
        (quick.typed, board.typed), (quick.entered, board.entered), (quick.completed, board.completed),
        (quick.answered, board.answered), (quick.left, board.left), (board.bar.acted, board.acted),
        (board.coach.stepped, board.stepped), (right.panel.saved, board.panel_saved), (right.panel.left, board.left),
        (right.left, board.left),
        (right.entry_asked, board.entry_asked), (right.paper, board.paper), (board.banner.chosen, board.banner_chosen),
        (board.card.ticked, board.ticked), (board.card.asked, board.card_asked),
        (top.theme_asked, board.theme_asked), (top.lock_asked, board.lock_asked),
    ):
        here.connect(there)
    quick.edit.page_kept.connect(right.panel.keep)
    top.close_asked.connect(partial(board.acted.emit, "close"))


def _order(board: BoardView) -> None:
    """Tab goes from the left to the right, and the quick line comes first."""
    before: QWidget = board.quick.edit
    parts: tuple[QWidget, ...] = (*board.sides.values(), board.card, board.right, board.bar, board.top)
    for after in parts:
        QWidget.setTabOrder(before, after)
        before = after


def _opens(board: BoardView, couple: int) -> None:
    board.acted.emit(f"focus:{couple}")


def _space(board: BoardView) -> None:
    """Margins and gaps of the present density."""
    sizes = look().sizes
    board._lines.setContentsMargins(sizes.gap, sizes.gap, sizes.gap, sizes.gap)
    board._lines.setSpacing(sizes.gap)
    board._middle.setSpacing(sizes.gap)
    board._places.setContentsMargins(0, 0, 0, 0)
    board._places.setHorizontalSpacing(sizes.gap)
    board._places.setVerticalSpacing(0)
    board._over.setContentsMargins(0, 0, 0, sizes.gap)
    board._foot.setSpacing(sizes.tight)
    for column in (0, 1):
        board._places.setColumnStretch(column, 1)
