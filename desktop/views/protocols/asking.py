"""Knows what is asked before a protocol changes, and what is kept when somebody has answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.cards import EmergencyCard
from desktop.domain.errors import Invalid, Known
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_numbers import Numbered
from desktop.domain.words import tr
from desktop.services.card_editing import change_card
from desktop.services.checks import emergency_card
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome
from desktop.services.protocols import (
    ProtocolPage,
    change_number,
    check_file,
    confirm_number,
    import_protocol,
    protocol_page,
    protocol_rows,
    switch_protocol,
    take_back,
)
from desktop.views.protocols.facts import legal
from desktop.views.protocols.forms import (
    Asked,
    CardForm,
    FileForm,
    HistoryList,
    NumberForm,
    ReasonForm,
    text_of,
)
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.halftyped import Forms, taken_from
from desktop.views.ui.screen import Bound
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.theme import Tone

NUMBER, FILE = "number", "file"


class Asking(QObject):
    """Asks in a panel. told(banner); kept(id): a protocol changed, by its id; failed(error)."""

    told = Signal(object)
    kept = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, doing: Bound, panel: SidePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._doing, self.panel = desk, doing, panel
        self._page: ProtocolPage | None = None
        panel.left.connect(panel.empty)
        panel.saved.connect(self._save)

    def change(self, page: ProtocolPage, number: Numbered) -> None:
        """Ask for another number."""
        self._hold(page, number.name, NumberForm(number), tr("Set it"))

    def confirm(self, page: ProtocolPage, number: Numbered) -> None:
        """Ask why a number is kept."""
        words = tr("You looked at this number and keep it for your practice. Your name and the day are kept with it.")
        do = partial(confirm_number, self._desk, page.row.protocol.id, number.path)
        self._hold(page, number.name, ReasonForm(words, partial(_with_seen, do, page.seen)), tr("Confirm it"))

    def switch(self, page: ProtocolPage) -> None:
        """Ask why a protocol is switched on or off."""
        protocol = page.row.protocol
        do = partial(_with_seen, partial(switch_protocol, self._desk, protocol.id, not protocol.enabled), page.seen)
        if protocol.enabled:
            words = tr("No session can be planned or begun with it any more; running ones go on.")
            title, save = tr("Switch off {title}", title=protocol.title), tr("Switch it off")
            self._hold(page, title, ReasonForm(words, do), save)
        else:
            words = tr("Sessions can be planned with it from then on. Whether you may use it is yours to know.")
            title, save = tr("Switch on {title}", title=protocol.title), tr("Switch it on")
            self._hold(page, title, ReasonForm(words, do, legal(protocol)), save)

    def back(self, page: ProtocolPage) -> None:
        """Ask why the shipped protocol is taken back."""
        words = tr("It is as it was shipped again. What your practice had changed stays in the list of changes.")
        do = partial(take_back, self._desk, page.row.protocol.id)
        form = ReasonForm(words, partial(_with_seen, do, page.seen))
        self._hold(page, tr("Take back {title}", title=page.row.protocol.title), form, tr("Take it back"))

    def take_in(self, *_: object) -> None:
        """Ask for a file."""
        self._hold(None, tr("Take in a protocol"), FileForm(), tr("Take it in"))

    def card(self, *_: object) -> None:
        """Ask for number and address of the emergency card."""
        if not self.panel.keeps():
            self._doing.ask(partial(emergency_card, self._desk), self._ask_card, self.failed.emit)

    def _ask_card(self, card: EmergencyCard) -> None:
        self._hold(None, tr("Emergency card"), CardForm(card), tr("Write it"))

    def history(self, page: ProtocolPage) -> None:
        """Show what was changed."""
        if self.panel.keeps():
            return
        self.panel.hold(tr("What was changed: {title}", title=page.row.protocol.title), HistoryList(page.history))
        self.panel.save.hide()
        self.panel.cancel.say(tr("Close"))
        self.panel.cancel.setFocus()

    def half_typed(self) -> Forms:
        """What is asked for and not kept."""
        held, page = self.panel.held, self._page
        values = taken_from(held) if isinstance(held, NumberForm | FileForm) else ()
        if not values:
            return ()
        if isinstance(held, NumberForm) and page is not None:
            return ((f"{NUMBER}:{page.row.protocol.id}:{held.path}", values),)
        return ((FILE, values),)

    def _hold(self, page: ProtocolPage | None, title: str, form: Asked, save: str) -> None:
        if self.panel.keeps():
            return
        self._page = page
        self.panel.hold(title, form, save)
        self.panel.save.show()
        self.panel.cancel.say(tr("Cancel"))
        form.take_keyboard()

    def _save(self) -> None:
        held = self.panel.held
        draft = held.form.settled() if isinstance(held, Asked) else None
        work = None if draft is None else self._work(held, draft)
        if work is not None:
            self._doing.change(work, self._done, self._not_kept)

    def _work(self, held: object, draft: Any) -> Callable[[], Outcome[Any]] | None:
        page = self._page
        if isinstance(held, NumberForm) and page is not None:
            named = partial(change_number, self._desk, page.row.protocol.id, held.path)
            return partial(named, draft.value, draft.reason, page.seen)
        if isinstance(held, FileForm):
            return partial(taken_in, self._desk, draft.file, draft.reason, draft.replace)
        if isinstance(held, CardForm):
            return partial(change_card, self._desk, draft.number, draft.address, draft.reason)
        if isinstance(held, ReasonForm):
            return partial(held.do, draft.reason)
        return None

    def _done(self, value: object) -> None:
        title = self.panel.title.text()
        self.panel.empty()
        if not isinstance(value, Protocol):
            self.told.emit(BannerFacts(Tone.GREEN, tr("The emergency card is written."), closable=True))
            return
        after = "" if value.enabled else tr("It is switched off: no session can be planned with it.")
        what = tr("{title}: kept, with your name and the reason.", title=title)
        self.told.emit(BannerFacts(Tone.GREEN, what, after, closable=True))
        self.kept.emit(value.id)

    def _not_kept(self, error: Known) -> None:
        held = self.panel.held
        if isinstance(error, Invalid) and isinstance(held, Asked):
            held.form.show_problems(error.problems)
        else:
            self.panel.show_error(error)


def _with_seen(do: Callable[..., Outcome[Protocol]], seen: int, reason: str) -> Outcome[Protocol]:
    return do(reason, seen)


def taken_in(desk: Desk, file: str, reason: str, replace: bool) -> Outcome[Protocol]:
    """Take a file in; where it takes another's place, that one's newest edition is looked up. Known errors."""
    text, name = text_of(file), Path(file).name
    seen = None
    if replace:
        found = check_file(text, name)
        there = any(row.protocol.id == found.id for row in protocol_rows(desk))
        seen = protocol_page(desk, found.id).seen if there else 0
    return import_protocol(desk, text, name, reason, seen)
