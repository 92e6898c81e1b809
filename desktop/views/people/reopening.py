"""Knows how the list's forms are named, so that they can be opened again with what stood in them after a lock."""

from __future__ import annotations

from desktop.views.people.forms import CoupleForm
from desktop.views.people.presenter import PeoplePresenter
from desktop.views.ui.halftyped import Fields, Forms, put_into, taken_from
from desktop.views.ui.place import PEOPLE, Place
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel


class Reopens(Screen):
    """The part of the list that a lock asks for what is being written, and that opens it again.

    waiting: what is put into the form that comes next; it may have to be fetched first.
    """

    presenter: PeoplePresenter
    panel: SidePanel
    waiting: Fields

    def show_part(self, place: Place) -> None:
        """Open a form; the screen fills this in."""

    def half_typed(self) -> Forms:
        """What is being written here and is not saved."""
        held = self.panel.held
        values = taken_from(held) if held is not None else ()
        key = "new-couple" if isinstance(held, CoupleForm) else self.presenter.part
        return ((key, values),) if values else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Open that form again with what was in it."""
        self.show_part(Place(PEOPLE, part=key))
        self.waiting = values
        if self.panel.held is not None:
            self.fill()
        return True

    def fill(self) -> None:
        """Put what is waiting into the form that is open."""
        values, self.waiting = self.waiting, ()
        if self.panel.held is not None and values:
            put_into(self.panel.held, values)
