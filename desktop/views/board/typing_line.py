"""Knows what happens while somebody types in the quick line, and what Enter does with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.words import tr
from desktop.live.asks import Ask, AskWords
from desktop.live.quickline import Parsed, owned, parse
from desktop.views.board.core import Core, open_couple
from desktop.views.board.shown import Choice, PreviewFacts
from desktop.views.board.wording import letter_of, seat_of
from desktop.views.ui.theme import Tone

ROOM = "room"
_ROOM_KEY = "r"


class Typing:
    """The quick line's text, as it is understood. The text stays in the line until it is on disk."""

    def __init__(self, core: Core, stamped: Callable[[str], object], lost: Callable[[str], object]) -> None:
        """stamped(who): words were stamped, their text follows. lost(who): how much was lost is still to be said."""
        self.core, self._stamped, self._ask_lost = core, stamped, lost
        self.text = ""

    def understood(self, text: str | None = None) -> Parsed:
        """What a text means now."""
        state = self.core.state
        names = {key: one.name for key, one in state.people.items()}
        phases = tuple(phase.key for phase in state.protocol.phases)
        return parse(self.text if text is None else text, names, state.checklist, phases)

    def typed(self, text: str) -> None:
        """The text changed: say what Enter would save."""
        self.text = text
        self.core.view.show_preview(self._preview(self.understood()))

    def person_typed(self) -> str:
        """The letter that stands alone in the line, as when a key follows it; empty for anything else."""
        alone = self.text.strip().casefold()
        return alone if alone in self.core.state.people else ""

    def complete(self) -> None:
        """Take the first completion."""
        found = self.understood()
        if found.completions and found.who:
            self.core.view.set_line(f"{self.text.split()[0]} {found.completions[0]}")

    def entered(self, text: str) -> None:
        """Enter: keep it, or ask what is missing first."""
        self.text = text
        found = self.understood()
        if found.ready:
            self.keep(found.asks, found, text)
        elif found.wants == "owner":
            self._ask_owner(found, text)
        elif found.wants == "lost":
            self._lost(found.who, text)
        elif found.problem:
            self.core.view.show_preview(PreviewFacts(found.problem, tone=Tone.RED))

    def keep(self, asks: tuple[Ask, ...], found: Parsed, text: str) -> None:
        """Keep what was understood; the line is emptied once it is on disk."""
        author = self._author(found.author)
        if found.author and author is None:
            problem = tr("Nobody here has the initials @{who}.", who=found.author)
            self.core.view.show_preview(PreviewFacts(problem, tone=Tone.RED))
            return
        self.core.keep(asks, ago_min=found.ago_min, author=author, then=partial(self._saved, text, asks))

    def _saved(self, text: str, asks: tuple[Ask, ...]) -> None:
        self.core.view.line_saved(text)
        first = asks[0] if asks else None
        person = self.core.state.people.get(getattr(first, "who", None) or "")
        if person is not None:
            open_couple(self.core, person.couple)  # who was just spoken of is opened
        if isinstance(first, AskWords) and not first.text:
            self._stamped(first.who)

    def _lost(self, who: str, text: str) -> None:
        self.core.view.line_saved(text)
        self._ask_lost(who)

    def _ask_owner(self, found: Parsed, text: str) -> None:
        people = self.core.near.people
        choices = [Choice(key, one.name, key, seat_of(key)) for key, one in people.items()]
        choices.append(Choice(ROOM, tr("the room"), _ROOM_KEY))
        self.core.ask(
            tr("Whose is \u201c{text}\u201d?", text=found.text), tuple(choices), partial(self._owner, found, text)
        )

    def _owner(self, found: Parsed, text: str, choice: str) -> None:
        self.keep((owned(found, None if choice == ROOM else choice),), found, text)

    def _author(self, initials: str) -> str | None:
        wanted = initials.casefold()
        return next((key for key, known in self.core.names.items() if known.casefold() == wanted), None)

    def _preview(self, found: Parsed) -> PreviewFacts:
        if not self.text.strip():
            return PreviewFacts()
        letter, seat = letter_of(found.who), seat_of(found.who)
        more = " \u00b7 ".join(found.completions[:6])
        if found.ready:
            # The badge says the letter already.
            return PreviewFacts(found.preview.removeprefix(f"{letter} "), letter, seat, ready=True)
        if found.wants == "owner":
            return PreviewFacts(
                tr("Note: \u201c{text}\u201d", text=found.text), more=tr("Enter, then one key says whose"), ready=True
            )
        tone = Tone.PLAIN if found.completions else Tone.AMBER
        return PreviewFacts(found.problem or found.preview, letter, seat, tone, more)
