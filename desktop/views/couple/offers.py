"""Knows what the palette offers on the page of a couple or a client, and what is begun there on arriving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.words import tr
from desktop.views.couple.facts import AWAY, ChartFacts, SessionFacts
from desktop.views.couple.presenter import ChartPresenter
from desktop.views.ui.facts import BannerFacts, Entry
from desktop.views.ui.place import BOARD, CARRY, PAPER_ENTRY, Place
from desktop.views.ui.theme import Tone

if TYPE_CHECKING:
    from desktop.views.couple.view import ChartScreen

PLAN, ORDER, SESSION = "plan", "order", "session"
_KEYS = ("Ctrl+O", "Ctrl+Shift+O")


def entries_of(facts: ChartFacts, chosen: SessionFacts | None) -> tuple[Entry, ...]:
    """What can be begun on the page by whoever looks; the chosen session first, when it is not over."""
    group = tr("This page")
    found: list[Entry] = []
    if chosen is not None and chosen.state == AWAY:
        about = f"{chosen.title}, {chosen.day}"
        found.append(Entry(f"{CARRY}:{chosen.id}", tr("Bring it back"), about, "download", group))
    elif chosen is not None and chosen.state != "closed":
        words = tr("Carry on the session") if chosen.state == "running" else tr("Start the session")
        if chosen.state == "running" or facts.may_lead:
            found.append(Entry(f"{SESSION}:{chosen.id}", words, f"{chosen.title}, {chosen.day}", "timer", group))
        day = f"{chosen.title}, {chosen.day}"
        found.append(Entry(f"{PAPER_ENTRY}:{chosen.id}", tr("Type in from paper"), day, "table-2", group))
        if chosen.state == "planned":
            found.append(Entry(f"{CARRY}:{chosen.id}", tr("Carry to another machine"), day, "arrow-right", group))
    if facts.may_lead:
        found.append(Entry(PLAN, tr("Plan a session"), "", "plus", group, "Ctrl+P"))
    if facts.may_prescribe:
        found += [
            Entry(f"{ORDER}:{person.client_id}", tr("Write an order"), person.name, "pill", group, key)
            for person, key in zip(facts.people, _KEYS, strict=False)
        ]
    return tuple(found)


class Offers:
    """Begins what was chosen in the palette, or what the page was opened for."""

    def __init__(self, page: ChartScreen, present: ChartPresenter) -> None:
        self._page, self._present = page, present
        self._wanted = ""

    def commands(self) -> tuple[Entry, ...]:
        """What the palette offers here."""
        facts = self._present.facts
        return entries_of(facts, self._page.sessions.chosen()) if facts is not None else ()

    def act(self, key: str) -> None:
        """Do one of them."""
        what, _, record = key.partition(":")
        if what == PLAN:
            self._present.plan()
        elif what == SESSION:
            self._present.go_to(BOARD, record)
        elif what in (PAPER_ENTRY, CARRY):
            self._present.go_to(what, record)
        elif what == ORDER:
            self._order(record)

    def show_part(self, place: Place) -> None:
        """`plan` or `order`: begun as soon as the page is there."""
        self._wanted = place.part
        self.arrived()

    def arrived(self) -> None:
        """The page is there, or there again."""
        if self._wanted and self._present.facts is not None:
            wanted, self._wanted = self._wanted, ""
            self.act(wanted)

    def _order(self, client_id: str) -> None:
        facts = self._present.facts
        if facts is None or not facts.may_prescribe:
            return
        if client_id:
            self._page.show_banner(None)
            self._present.order_for(client_id)
        elif len(facts.people) == 1:
            self._present.order_for(facts.people[0].client_id)
        else:
            self._ask_whose(facts)

    def _ask_whose(self, facts: ChartFacts) -> None:
        """An order is one person's: nobody is chosen for whoever asks."""
        actions = tuple((f"{ORDER}:{person.client_id}", person.name) for person in facts.people)
        self._page.show_banner(BannerFacts(Tone.PLAIN, tr("For whom is the order?"), "", "", actions, closable=True))
        self._page.banner.buttons()[0].setFocus()
