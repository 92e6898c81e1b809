"""Knows what each action does: at once, after one key that says whose, or by opening a panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.words import tr
from desktop.live.asks import AskBack, AskCheck, AskDialogue, AskMove, AskObserve, AskRound, AskTaken, AskUndo, AskWords
from desktop.live.events import (
    ClockNoted,
    Closed,
    Event,
    Movable,
    Moved,
    Opened,
    PersonRole,
    Step,
    Struck,
    Undone,
    WordsKept,
)
from desktop.live.state import LiveState, PersonState
from desktop.views.board.acting_join import joining
from desktop.views.board.acting_safety import Opens, SafetyActing
from desktop.views.board.asking import AskField, FieldKind, PanelFacts
from desktop.views.board.coachfacts import other_than
from desktop.views.board.core import Core
from desktop.views.board.dialoguewords import next_of
from desktop.views.board.doing import ALL, BY_ID
from desktop.views.board.panels_body import STRENGTHS
from desktop.views.board.shown import Choice
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

ANYBODY = ("emergency", "safe", "handover", "facts", "adverse")
"""What may be about somebody whose session is over, too."""


class Acting:
    """Everything that a key, a button or the palette can do."""

    def __init__(self, core: Core, opens: Opens, safety: SafetyActing) -> None:
        self.core, self._open, self.safety = core, opens, safety
        self._at_once: dict[str, Callable[[], object]] = {
            "round": partial(core.keep, (AskRound(),)), "undo": partial(core.keep, (AskUndo(),)),
            "move": self.move_last, "dialogue": self.dialogue, "dialogue_stop": self.stop_dialogue,
            "strike": self.strike_last, "log": partial(core.view.choose_entry, ""),
            "join": joining(core, opens), "more": partial(core.view.show_panel, more_panel()), **safety.at_once,
        }
        self._for_person: dict[str, Callable[[str], object]] = {
            "taken": self.taken, "words": self.stamp_words, "away": self.away_or_back, "spit": self.spit,
            "late_words": partial(self._panel, "words"), **safety.for_person,
        }

    def act(self, action: str, who: str) -> None:
        """Do it. action: an id, or `id:who`. who: whom the quick line already named, or empty."""
        name, _, named = action.partition(":")
        who = named or who or (self.safety.whose_sheet() if name in ("handover", "facts") else "")
        if self.core.state.closed:
            return
        if name in self._at_once:
            self._at_once[name]()
        elif name in self._for_person:
            self._with(name, who, self._for_person[name])
        elif BY_ID[name].needs == "person":
            self._with(name, who, partial(self._panel, name))
        else:
            self._open(name, who or None, None)

    def _with(self, name: str, who: str, then: Callable[[str], object]) -> None:
        if who:
            then(who)
            return
        candidates = self._candidates(name)
        if not candidates:
            self.note(tr("There is nobody whom this can be about now."))
            return
        title = tr(BY_ID[name].title) if name in BY_ID else tr("Taken now")
        self.core.people(tr("{what}: whose?", what=title), candidates, then)

    def _candidates(self, name: str) -> tuple[PersonState, ...]:
        if name in ANYBODY:
            return tuple(self.core.near.people.values())
        people = tuple(one for one in self.core.near.people.values() if not one.ended)
        tests: dict[str, Callable[[PersonState], bool]] = {
            "dose": _may_dose, "checks": _may_dose, "alone": _may_dose, "gates": _may_dose, "spit": _dosed,
            "lost": _dosed, "response": _given,
        }
        test = tests.get(name)
        return tuple(one for one in people if test is None or test(one))

    def _panel(self, name: str, who: str) -> None:
        self._open(name, who, None)

    def note(self, text: str) -> None:
        """Say a plain line in the page."""
        self.core.tell(BannerFacts(Tone.PLAIN, text, closable=True))

    def taken(self, who: str) -> None:
        """Taken now; once it was, its details; once they are there, a booster."""
        person = self.core.state.people[who]
        if person.doses:
            self._open("dose", who, None)
        else:
            self.core.keep((AskTaken(who),))

    def stamp_words(self, who: str) -> None:
        """Stamp person and minute at once; the text follows."""
        self.core.keep((AskWords(who),), then=partial(self.write_words, who))

    def write_words(self, who: str) -> None:
        """Ask for the text of the latest words of a person that have none."""
        lines = [line for line in self.core.state.people[who].words if not line.text]
        if lines:
            self._open("words", who, max(line.seq for line in lines))

    def away_or_back(self, who: str) -> None:
        """Back when away, else away with whom."""
        if self.core.state.people[who].away is not None:
            self.core.keep((AskBack(who),))
        else:
            self._open("away", who, None)

    def spit(self, who: str) -> None:
        """The lozenge was spat out: the hold is over."""
        self.core.keep((AskCheck("spit", "yes", who),))

    def chip(self, who: str, key: str) -> None:
        """A chip was pressed; one with an intensity asks for it, by one key."""
        chip = self.core.state.checklist.chip(key)
        if chip is None:
            self._open("observe", who, None)
            return
        if not chip.intensity:
            self.core.keep((AskObserve(who, chip.key),))
            return
        choices = tuple(Choice(name, tr(words), str(at)) for at, (name, words) in enumerate(STRENGTHS, 1))
        question = tr("{letter}, {chip}: how strong?", letter=letter_of(who), chip=chip.label)
        self.core.ask(question, (*choices, Choice("", tr("not said"), "enter")), partial(self._strength, who, chip.key))

    def _strength(self, who: str, chip: str, intensity: str) -> None:
        self.core.keep((AskObserve(who, chip, intensity),))

    def move_last(self) -> None:
        """The last entry about a person goes to the other one."""
        state = self.core.state
        seq = last_movable(state)
        if seq is None:
            self.note(tr("There is nothing to move."))
            return
        owner = state.owners.get(seq, state.entries[seq - 1].owner)
        others = tuple(one for key, one in self.core.near.people.items() if key != owner)
        self.core.people(tr("Move the last entry: to whom?"), others, partial(self._move, seq))

    def _move(self, seq: int, to: str) -> None:
        self.core.keep((AskMove(to, seq),))

    def strike_last(self) -> None:
        """Strike the newest entry that still counts, by name and with a reason."""
        state = self.core.state
        counting = [entry.seq for entry in state.entries if entry.seq not in state.marks and _strikable(entry.event)]
        if counting:
            self._open("strike", None, counting[-1])
        else:
            self.note(tr("There is nothing to strike."))

    def dialogue(self) -> None:
        """Begin, by saying who sends; then go on to the next step."""
        talk = self.core.near.room.dialogue
        if talk.step is None:
            people = tuple(self.core.near.people.values())
            self.core.people(tr("Dialogue: who sends first?"), people, partial(self._step, Step.SEND))
        else:
            self.step(next_of(talk.step).value)

    def step(self, step: str) -> None:
        """A step of the dialogue; a switch changes who sends."""
        if step == "affect":
            self._open(step, None, None)
            return
        talk = self.core.near.room.dialogue
        chosen = Step(step)
        sender = other_than(self.core.near, talk.sender) if chosen is Step.SWITCH else talk.sender
        self._step(chosen, sender or talk.sender)

    def _step(self, step: Step, sender: str) -> None:
        self.core.keep((AskDialogue(step, sender),))

    def stop_dialogue(self) -> None:
        """End the dialogue, when there is one."""
        talk = self.core.near.room.dialogue
        if talk.step is not None:
            self.core.keep((AskDialogue(Step.STOP, talk.sender),), then=partial(_show_turns, self))


def _show_turns(acting: Acting) -> None:
    """The turns are shown when it is over; the keyboard stays where entries are made."""
    acting.act("turns", "")
    acting.core.view.focus_line()


def more_panel() -> PanelFacts:
    """Everything that stands in no row, as large buttons."""
    options = tuple((one.id, f"{tr(one.title)}  {one.key}") for one in ALL if not one.bar)
    fields = (AskField("action", "", FieldKind.BUTTONS, "-", options),)
    return PanelFacts("more", tr("More"), fields, "", at_once=True)


def _may_dose(person: PersonState) -> bool:
    return person.role is PersonRole.DOSED


def _dosed(person: PersonState) -> bool:
    return bool(person.doses)


def _given(person: PersonState) -> bool:
    return bool(person.others)


def _strikable(event: Event) -> bool:
    """Whether somebody entered it; corrections, the opening, the close and what the clocks did are not struck."""
    return not isinstance(event, Opened | Closed | ClockNoted | Struck | Undone | Moved)


def last_movable(state: LiveState) -> int | None:
    """The number of the last entry that counts and is about one person."""
    for entry in reversed(state.entries):
        event = entry.event.event if isinstance(entry.event, Moved) else entry.event
        seq = entry.event.entry if isinstance(entry.event, Moved) else entry.seq
        mark = state.marks.get(entry.seq)
        if mark is None and isinstance(event, Movable) and state.owners.get(seq, entry.owner) is not None:
            return seq
    return None


def unwritten(state: LiveState, seq: int) -> str:
    """Whose stamped words an entry is, when their text is still to be written; else empty."""
    event = state.entries[seq - 1].event
    if not isinstance(event, WordsKept):
        return ""
    for key, person in state.people.items():
        if any(line.seq == seq and not line.text for line in person.words):
            return key
    return ""
