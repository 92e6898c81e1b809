"""Knows what the keys of safety do: the emergency and its card, the safe signal, the hand-over sheet; also veiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.live.asks import AskDialogue, AskEmergency, AskEmergencyStep, AskSafe
from desktop.live.events import Step
from desktop.services.handover import At, handover_facts
from desktop.views.board.core import Core
from desktop.views.board.emergencyfacts import emergency_of, open_cards
from desktop.views.board.handoverlines import lines_of
from desktop.views.board.shown_safety import EmergencyFacts, FactLine
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

Opens = Callable[[str, str | None, int | None], object]
Tells = Callable[[BannerFacts], object]
"""tells(facts): what came of it, where somebody can read it."""
HandsOver = Callable[[str, Tells], object]
"""hands_over(who, tells): print the hand-over sheet of a person at once."""


class SafetyActing:
    """Everything that the keys with Alt do, on the board and under the veil."""

    def __init__(self, core: Core, opens: Opens, on_handover: HandsOver | None = None) -> None:
        self.core, self._open, self._on_handover = core, opens, on_handover
        self.whose, self.reading = "", False
        core.emergency = self.card
        core.handover = self.lines
        self.at_once: dict[str, Callable[[], object]] = {
            "sending": partial(self.mark, Step.SENDING), "interrupted": partial(self.mark, Step.INTERRUPTED),
            "breathe": partial(self.mark, Step.PAUSE),
        }
        self.for_person: dict[str, Callable[[str], object]] = {
            "emergency": self.call, "safe": self.safe, "handover": self.print_sheet, "facts": self.show_sheet,
            "step": self.tick_number, "write": self.write,
        }

    def card(self, now_ms: int) -> EmergencyFacts | None:
        """The card as it stands now; None while none is open."""
        state, words = self.core.state, self.core.words
        facts = self.core.handover(self.whose) if self.reading and self.whose in open_cards(state) else ()
        return emergency_of(state, words.card, self.whose, now_ms, facts=facts)

    def call(self, who: str, oops: Callable[[Known], object] | None = None) -> None:
        """Open the card, or come back to it when it is open already."""
        already = who in open_cards(self.core.state)
        self.whose, self.reading = who, False
        if already:
            self._back_to_card()
            return
        steps = tuple(step.key for step in self.core.words.card.steps)
        self.core.keep((AskEmergency(who, steps),), then=self._back_to_card, oops=oops)

    def _back_to_card(self) -> None:
        self.core.view.show_emergency(self.card(self.core.now_ms()), True)

    def tick_step(self, step: str) -> None:
        """A step of the card that is shown was done; one that is ticked stays as it is."""
        facts = self.card(self.core.now_ms())
        known = next((one for one in facts.steps if one.key == step), None) if facts is not None else None
        if facts is not None and known is not None and not known.at:
            self.core.keep((AskEmergencyStep(facts.who, step),))

    def tick_number(self, digit: str) -> None:
        """The same, by the digit of the step."""
        facts = self.card(self.core.now_ms())
        step = next((one.key for one in facts.steps if one.digit == digit), "") if facts is not None else ""
        if step:
            self.tick_step(step)

    def asked(self, what: str) -> None:
        """A button of the card."""
        facts = self.card(self.core.now_ms())
        if facts is None:
            return
        name, _, who = what.partition(":")
        if name == "card":
            self.call(who)
        elif name == "over":
            self._open("emergency_end", facts.who, None)
        else:
            self.for_person[name](facts.who)

    def whose_sheet(self) -> str:
        """Whose sheet is meant without asking: whose card is shown."""
        cards = open_cards(self.core.state)
        return self.whose if self.whose in cards else next(iter(cards), "")

    def lines(self, who: str) -> tuple[FactLine, ...]:
        """What a crew must be told of a person now."""
        core = self.core
        at = At(core.now_ms(), core.state.entries[-1].wall, core.here[core.me])
        return lines_of(handover_facts(core.state, who, core.here, at, ""))

    def print_sheet(self, who: str, tell: Tells | None = None) -> None:
        """Print it at once."""
        if self._on_handover is not None:
            self._on_handover(who, tell or self.core.tell)
        else:
            (tell or self.core.tell)(BannerFacts(Tone.AMBER, tr("Nothing is printed from here."), closable=True))

    def show_sheet(self, who: str) -> None:
        """The same facts in big type: on the card while it is open, else on a page."""
        if who not in open_cards(self.core.state):
            self._open("handover", who, None)
            return
        self.reading = not (self.reading and self.whose == who)
        self.whose = who
        self.core.view.show_emergency(self.card(self.core.now_ms()))

    def safe(self, who: str, then: Tells | None = None, oops: Callable[[Known], object] | None = None) -> None:
        """The safe signal: no touch from here on, and a dialogue stops."""
        talking = self.core.state.room.dialogue_of(self.core.state.people[who].couple).step is not None
        self.core.keep((AskSafe(who),), then=partial(self._heard, who, talking, then), oops=oops)

    def _heard(self, who: str, talking: bool, then: Tells | None) -> None:
        letter = letter_of(who)
        text = tr("{letter}: safe signal. No touch from here on.", letter=letter)
        if talking:
            text = tr("{text} The dialogue has stopped.", text=text)
        (then or self.core.tell)(BannerFacts(Tone.PLAIN, text, closable=True))

    def write(self, seq: str) -> None:
        """Write the text of words that were stamped."""
        for key, one in self.core.state.people.items():
            if any(str(line.seq) == seq and not line.text for line in one.words):
                self._open("words", key, int(seq))

    def mark(self, step: Step) -> None:
        """A mark in the running dialogue, or a pause to breathe; the step stays where it is."""
        talk = self.core.near.room.dialogue
        if talk.step is None:
            self.core.tell(BannerFacts(Tone.PLAIN, tr("There is no dialogue now."), closable=True))
        else:
            self.core.keep((AskDialogue(step, talk.sender),))
