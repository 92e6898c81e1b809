"""Knows how the page's forms are begun, saved, and opened again with what stood in them after a lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.views.client.forms import AdverseForm, CallForm, SafetyForm, TouchForm
from desktop.views.client.presenter import CarePresenter
from desktop.views.ui.halftyped import Fields, Forms, put_into, taken_from
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel

TOUCH, CARD, EVENT, CALL = "touch", "card", "event", "call"


class Reopens(Screen):
    """The part of the page that a lock asks for what is being written, and that opens it again."""

    presenter: CarePresenter
    panel: SidePanel
    _wanted: str

    def half_typed(self) -> Forms:
        """What is being written here and is not saved."""
        held = self.panel.held
        values = taken_from(held) if held is not None else ()
        key = _key_of(held)
        return ((key, values),) if key and values else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Open that form again with what was in it; False while the page is not there yet."""
        if self.presenter.page is None:
            return False
        self._wanted = ""
        self._part(key)
        held = self.panel.held
        if held is not None and _key_of(held) == key:
            put_into(held, values)
            if isinstance(held, TouchForm | CallForm):
                held.follow()
        return True

    def _arrived(self) -> None:
        """The page is there, or there again."""
        if self._wanted and self.presenter.page is not None:
            wanted, self._wanted = self._wanted, ""
            self._part(wanted)

    def _part(self, part: str) -> None:
        kind, _, record = part.partition("/")
        present = self.presenter
        if kind == CALL:
            self._open(present.call, record)
        elif kind == EVENT:
            self._open(present.event, record)
        elif kind in (TOUCH, CARD):
            self._begin(present.touch if kind == TOUCH else present.card)

    def _begin(self, do: Callable[[], None]) -> None:
        """Open a form, unless another one is half filled in: that stays."""
        if not self.panel.keeps():
            do()

    def _open(self, do: Callable[[str], None], record: str) -> None:
        if not self.panel.keeps():
            do(record)

    def _save(self) -> None:
        held = self.panel.held
        if isinstance(held, TouchForm):
            plan = held.settled()
            if plan is not None:
                self.presenter.save_touch(plan, held.after)
        elif isinstance(held, SafetyForm):
            card = held.settled()
            if card is not None:
                self.presenter.save_card(card, held.after)
        elif isinstance(held, AdverseForm):
            event = held.settled()
            if event is not None:
                self.presenter.save_event(event, held.event_id, held.version)
        elif isinstance(held, CallForm):
            step = held.settled()
            if step is not None:
                self.presenter.save_call(step, held.followup)


def _key_of(held: QWidget | None) -> str:
    """What a form is called between two unlockings."""
    if isinstance(held, AdverseForm):
        return f"{EVENT}/{held.event_id}"
    if isinstance(held, CallForm):
        return f"{CALL}/{held.followup.id}"
    return {TouchForm: TOUCH, SafetyForm: CARD}.get(type(held), "") if held is not None else ""
