"""Knows how the page's forms are named, so that they can be opened again with what stood in them after a lock."""

from __future__ import annotations

import contextlib

from PySide6.QtWidgets import QWidget

from desktop.views.couple.forms import LabelForm, NoteForm, OrderForm, PartsForm, PlanForm
from desktop.views.couple.presenter import ChartPresenter, NotesPresenter
from desktop.views.ui.halftyped import Fields, Forms, put_into, taken_from
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel

ORDER, PARTS, NOTE, OLD_NOTE, PLAN, LABEL = "order", "parts", "note", "old-note", "plan", "label"


class Reopens(Screen):
    """The part of the page that a lock asks for what is being written, and that opens it again."""

    presenter: ChartPresenter
    noting: NotesPresenter
    panel: SidePanel

    def half_typed(self) -> Forms:
        """What is being written here and is not saved."""
        held = self.panel.held
        values = taken_from(held) if held is not None else ()
        key = _key_of(held)
        return ((key, values),) if key and values else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Open that form again with what was in it; False while the page is not there yet."""
        if self.presenter.chart is None:
            return False
        kind, _, record = key.partition("/")
        ways = {
            ORDER: self.presenter.order_for, PARTS: self.presenter.change_plan, NOTE: self.noting.note,
            OLD_NOTE: self.noting.open_note,
        }
        with contextlib.suppress(StopIteration):  # whom or what it was about is not here any more
            if kind in ways:
                ways[kind](record)
            elif kind in (PLAN, LABEL):
                (self.presenter.plan if kind == PLAN else self.presenter.rename)()
        if self.panel.held is not None and _key_of(self.panel.held) == key:
            put_into(self.panel.held, values)
        return True


def _key_of(held: QWidget | None) -> str:
    """What a form is called between two unlockings."""
    if isinstance(held, OrderForm):
        return f"{ORDER}/{held.client_id}"
    if isinstance(held, PartsForm):
        return f"{PARTS}/{held.session.id}"
    if isinstance(held, NoteForm):
        return f"{OLD_NOTE}/{held.note.id}" if held.note is not None else f"{NOTE}/{held.session_id}"
    return {PlanForm: PLAN, LabelForm: LABEL}.get(type(held), "") if held is not None else ""
