"""Knows what the palette finds: commands and worksheets at once, people and sessions as one types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.errors import Known
from desktop.domain.people import Member, Role
from desktop.domain.records import Session, SessionState
from desktop.domain.words import tr
from desktop.services.clients import search_people
from desktop.services.desk import Desk
from desktop.services.idling import OFFERED_MINUTES
from desktop.services.sessions import sessions_of
from desktop.services.worksheets import SheetTitle, worksheet_titles
from desktop.views.people.asking import rows_of
from desktop.views.people.facts import PersonRow
from desktop.views.shell.here import Here
from desktop.views.shell.rail import places, theme_words
from desktop.views.ui.doing import Latest
from desktop.views.ui.facts import Entry
from desktop.views.ui.finder import Palette
from desktop.views.ui.place import BOARD, CARRY, CLIENT, COUPLE, GROUPS, MEMBERS, PAPER, PEOPLE, Place
from desktop.views.ui.screen import Bound
from desktop.views.ui.theme import THEMES
from desktop.views.ui.timers import rest

PAUSE_MS = 150
IDLE = "idle:"
MOST_PEOPLE, WITH_SESSIONS = 20, 5


def beginnings(member: Member) -> tuple[tuple[Entry, Place | None], ...]:
    """What this member may begin from anywhere; for whom is asked in the list."""
    do = tr("Command")
    found: list[tuple[Entry, Place | None]] = []
    if member.may(Role.THERAPIST, Role.PRESCRIBER):
        found.append((Entry("plan", tr("Plan a session"), "", "plus", do), Place(PEOPLE, part="choose/plan")))
        found.append((Entry("group", tr("Plan a group"), "", "users", do), Place(GROUPS, part="plan")))
    if member.may(Role.PRESCRIBER):
        found.append((Entry("order", tr("Write an order"), "", "pill", do), Place(PEOPLE, part="choose/order")))
    if member.may(Role.OWNER):
        found.append((Entry("add-member", tr("Add a member"), "", "key-round", do), Place(MEMBERS, part="new")))
    return tuple(found)


def commands(travelling: bool = False) -> tuple[tuple[Entry, Place | None], ...]:
    """What can always be done. None: not a place. travelling: in a practice that holds a carried session alone."""
    group = tr("Go to")
    ways = tuple(
        (Entry(f"go:{place.screen}", words, "", sign, group, key), place)
        for place, words, sign, key in places(travelling)
    )
    do = tr("Command")
    records: tuple[tuple[Entry, Place | None], ...] = () if travelling else (
        (Entry("new-client", tr("New client"), "", "user-plus", do, "Ctrl+N"), Place(PEOPLE, part="new-client")),
        (Entry("new-couple", tr("New couple"), "", "users", do, "Ctrl+Shift+N"), Place(PEOPLE, part="new-couple")),
        (Entry("go:groups", tr("Groups of couples"), "", "users", group), Place(GROUPS)),
        (Entry("go:carried", tr("Carried sessions"), "", "arrow-right", group), Place(CARRY)),
    )  # fmt: skip
    return (
        *ways,
        *records,
        (Entry("lock", tr("Lock"), "", "lock", do, "Ctrl+L"), None),
        *(
            (Entry(f"theme:{name}", tr("{theme} theme", theme=theme_words(name)), "", "sun-moon", do), None)
            for name in THEMES
        ),
        *(
            (Entry(f"{IDLE}{minutes}", tr("Lock after {n} minutes without a touch", n=minutes), "", "timer", do), None)
            for minutes in OFFERED_MINUTES
        ),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a search in the palette found: people, and the sessions of the first few of them."""

    people: tuple[PersonRow, ...]
    sessions: tuple[tuple[PersonRow, Session], ...]


def look_for(desk: Desk, text: str) -> Found:
    """Search people, and list the sessions of those found first."""
    people = rows_of(search_people(desk, text))[:MOST_PEOPLE]
    sessions = []
    for row in people[:WITH_SESSIONS]:
        owner = Owner.couple(row.id) if row.kind == "couple" else Owner.client(row.id)
        sessions += [(row, session) for session in sessions_of(desk, owner)[:WITH_SESSIONS]]
    return Found(people, tuple(sessions))


def day_of(session: Session) -> str:
    """The day on which a session is or was."""
    day = session.started.local.date() if session.started is not None else session.planned_for
    return day.isoformat()


def session_place(session: Session) -> Place:
    """Where a session is opened. One that is only planned is not begun from here, but from its people's page."""
    if session.state is SessionState.PLANNED and session.owner.kind is not OwnerKind.PRACTICE:
        return Place(COUPLE if session.owner.kind is OwnerKind.COUPLE else CLIENT, session.owner.id)
    return Place(BOARD, session.id)


class Finding(QObject):
    """Fills the palette and follows what was chosen in it."""

    go = Signal(object)
    lock_asked = Signal()
    theme_asked = Signal(str)
    idle_asked = Signal(str)
    act = Signal(str)

    def __init__(self, here: Here, palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._palette = here, palette
        self._looking = Latest(Bound(here.ops, self))
        self._places: dict[str, Place | None] = {}
        self._always: tuple[Entry, ...] = ()
        self._sheets: tuple[Entry, ...] = ()
        self._found: tuple[Entry, ...] = ()
        self._here_now: tuple[Entry, ...] = ()
        self._pause = rest(PAUSE_MS, self, self._search)
        palette.asked.connect(self._asked)
        palette.chosen.connect(self._chosen)

    def open(
        self, here_now: tuple[Entry, ...] = (), running: tuple[tuple[Entry, Place], ...] = (), *, at_board: bool = False
    ) -> None:
        """Open the palette, or close it. here_now: what can be done on the screen that is shown; running: sessions.

        at_board: a session has the room; nothing is begun that leads away from it.
        """
        if self._palette.isVisible():
            self._palette.dismiss()
            return
        self._here_now = here_now
        named = {entry.key.partition(":")[0] for entry in here_now}
        begun = tuple(
            pair for pair in beginnings(self._here.desk.member) if not at_board and pair[0].key not in named
        )
        travelling = self._here.desk.travelling
        pairs = (*running, *(() if travelling else begun), *commands(travelling))
        self._places.update({entry.key: place for entry, place in pairs})
        self._always = tuple(entry for entry, _ in pairs)
        self._found = ()
        self._show()
        self._palette.open()
        if not self._sheets:
            Bound(self._here.ops, self).ask(partial(worksheet_titles, self._here.desk), self._titles, self._no_titles)

    def _titles(self, titles: tuple[SheetTitle, ...]) -> None:
        group = tr("Worksheet")
        self._sheets = tuple(Entry(f"sheet:{t.id}", t.title, t.about, "file-text", group) for t in titles)
        self._places.update({f"sheet:{t.id}": Place(PAPER, part=t.id) for t in titles})
        self._show()

    def _no_titles(self, error: Known) -> None:
        """Somebody whose role holds no worksheets finds none."""

    def _asked(self, text: str) -> None:
        self._looking.drop()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._found = ()
            self._show()

    def _search(self) -> None:
        """What is typed has settled for a moment."""
        text = self._palette.line.text()
        self._looking.ask(partial(look_for, self._here.desk, text), self._people, self._no_people)

    def _people(self, answer: Found) -> None:
        group = {"couple": tr("Couple"), "client": tr("Client")}
        signs = {"couple": "users", "client": "user"}
        shown = answer.people
        self._found = tuple(
            Entry(f"{row.kind}:{row.id}", row.title, tr("born {date}", date=row.born), signs[row.kind], group[row.kind])
            for row in shown
        )
        self._places.update({f"{row.kind}:{row.id}": Place(row.kind, row.id) for row in shown})
        words = {"planned": tr("planned"), "running": tr("running"), "closed": tr("closed")}
        meeting = tr("Session")
        self._found += tuple(
            Entry(f"session:{each.id}", row.title, f"{day_of(each)}, {words[each.state.value]}", "timer", meeting)
            for row, each in answer.sessions
        )
        self._places.update({f"session:{each.id}": session_place(each) for _, each in answer.sessions})
        self._show()

    def _no_people(self, error: Known) -> None:
        """Somebody whose role holds no records finds none."""

    def _show(self) -> None:
        self._palette.show_entries((*self._here_now, *self._found, *self._always, *self._sheets))

    def _chosen(self, key: str) -> None:
        place = self._places.get(key)
        if any(entry.key == key for entry in self._here_now):
            self.act.emit(key)
        elif place is not None:
            self.go.emit(place)
        elif key == "lock":
            self.lock_asked.emit()
        elif key.startswith(IDLE):
            self.idle_asked.emit(key.removeprefix(IDLE))
        elif key.startswith("theme:"):
            self.theme_asked.emit(key.removeprefix("theme:"))
