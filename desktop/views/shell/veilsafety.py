"""Knows the keys of safety under the veil: left and right, no name; the emergency card with its steps, no value.

An emergency outranks the veil: the card is shown and its steps are ticked, and the hand-over sheet goes to the printer.
What a crew must be told stands on that paper; on the screen it is shown once the veil is lifted.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.live.asks import AskEmergency, AskEmergencyStep, AskSafe
from desktop.views.board.actions import ActionButton
from desktop.views.board.doing_safety import EMERGENCY, SAFE_KEYS, STEP_KEYS
from desktop.views.board.emergencycard import EmergencyCardView
from desktop.views.board.emergencyfacts import emergency_of, open_cards
from desktop.views.board.presenter import BoardPresenter
from desktop.views.board.quickbar import QuickEdit, Strip
from desktop.views.board.shown import ActionFacts, Choice, StripFacts
from desktop.views.board.wording import seat_of
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look

HANDOVER_KEY = "Alt+H"


class VeilSafety(QWidget):
    """The row of keys. told(text): what came of one; the card stands beside the veil's column."""

    told = Signal(str)

    def __init__(self, board: BoardPresenter, line: QuickEdit) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._board, self._core, self._line = board, board.core, line
        self._asked, self._whose = "", ""
        self.card = EmergencyCardView()
        self.buttons: dict[str, ActionButton] = {}
        self.strip = Strip()
        self._row = QGridLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look().sizes.tight)
        sides = (tr("Left: safe signal"), tr("Right: safe signal"))
        people = tuple(self._core.state.people)[: len(SAFE_KEYS)]
        for key, who, words in zip(SAFE_KEYS, people, sides, strict=False):
            said = words if len(people) > 1 else tr("Safe signal")
            self._add(ActionFacts(f"safe:{who}", said, "hand", key))
        self._add(ActionFacts(EMERGENCY.id, tr(EMERGENCY.title), EMERGENCY.icon, EMERGENCY.key))
        self._add(ActionFacts("handover", tr("Hand-over sheet"), "printer", HANDOVER_KEY))
        for at, key in enumerate(STEP_KEYS, 1):
            self._bind(key, partial(self._tick_digit, str(at)))
        self._row.addWidget(self.strip, 2, 0, 1, 2)
        self.strip.left.connect(self.forget)
        for part in (line, self.strip):
            part.answered.connect(self._answered)
        self.card.ticked.connect(self._tick)
        self.card.asked.connect(self._card_asked)

    def _add(self, facts: ActionFacts) -> None:
        button = ActionButton(facts, self)
        button.clicked.connect(partial(self.act, facts.id))
        self._bind(facts.key, partial(self.act, facts.id))
        at = len(self.buttons)
        self._row.addWidget(button, at // 2, at % 2)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.buttons[facts.id] = button

    def _bind(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(slot)

    def act(self, action: str) -> None:
        """Do one of them."""
        self.forget()
        name, _, who = action.partition(":")
        if self._core.state.closed:
            return
        if name == "safe":
            self._core.keep((AskSafe(who),), then=partial(self._kept, tr("Safe signal kept.")), oops=self._refused)
        else:
            cards = open_cards(self._core.state)
            if name == "handover" and cards:
                self._do(name, self._whose if self._whose in cards else cards[0])
            else:
                self._ask(name)

    def _ask(self, name: str) -> None:
        """Whose it is: by a letter that is no name."""
        people = tuple(self._core.state.people)
        if len(people) == 1:
            self._do(name, people[0])
            return
        sides = {0: tr("left"), 1: tr("right")} if len(people) == 2 else {}
        choices = tuple(Choice(key, sides.get(at, ""), key, seat_of(key)) for at, key in enumerate(people))
        self._asked = name
        self._line.ask(choices)
        self.strip.show_strip(StripFacts(tr("{what}: whose?", what=self.buttons[name].facts.title), choices))
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit("")

    def forget(self) -> None:
        """Take a question back."""
        self._asked = ""
        self._line.ask(())
        self.strip.show_strip(None)

    def _answered(self, who: str) -> None:
        name = self._asked
        self.forget()
        self.told.emit("")
        if name:
            self._do(name, who)

    def _do(self, name: str, who: str) -> None:
        if name == "handover":
            self._board.safety.print_sheet(who, self._tell)
            return
        self._whose = who
        if who in open_cards(self._core.state):
            self._called()
            return
        steps = tuple(step.key for step in self._core.words.card.steps)
        self._core.keep((AskEmergency(who, steps),), then=self._called, oops=self._refused)

    def _called(self) -> None:
        self.refresh()
        self.card.take_keyboard()

    def _tick_digit(self, digit: str) -> None:
        facts = self.card.facts
        step = next((one.key for one in facts.steps if one.digit == digit), "") if facts is not None else ""
        if step:
            self._tick(step)

    def _tick(self, step: str) -> None:
        facts = self.card.facts
        known = next((one for one in facts.steps if one.key == step), None) if facts is not None else None
        if facts is not None and known is not None and not known.at:
            self._core.keep((AskEmergencyStep(facts.who, step),), then=self.refresh, oops=self._refused)

    def _card_asked(self, what: str) -> None:
        name, _, who = what.partition(":")
        facts = self.card.facts
        if name == "card":
            self._do(EMERGENCY.id, who)
        elif name == "handover" and facts is not None:
            self._do(name, facts.who)

    def _tell(self, facts: BannerFacts) -> None:
        self.told.emit(" ".join(part for part in (facts.what, facts.safe) if part))

    def _kept(self, text: str) -> None:
        self.told.emit(text)
        self.refresh()

    def _refused(self, error: Known) -> None:
        """Why may be private: it waits behind the veil."""
        self.told.emit(tr("That is not kept. Lift the veil to see why."))

    def refresh(self) -> None:
        """The card as it stands now, without a name and without a value."""
        core = self._core
        facts = emergency_of(core.state, core.words.card, self._whose, core.now_ms(), veiled=True)
        self.card.show_card(facts)

    def changeEvent(self, event: QEvent) -> None:
        """Another density has other gaps."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._row.setSpacing(look().sizes.tight)
