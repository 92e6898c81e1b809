"""Knows what is asked after a red value, whether there are symptoms, and what a dose taken meanwhile leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.protocol import Level
from desktop.domain.words import tr
from desktop.live.due import due_of
from desktop.live.events import DoseGiven, Moved, Scaled, Taken, VitalsTaken
from desktop.live.state import DueKind, DueState, LiveState
from desktop.views.board.duefacts import due_what
from desktop.views.board.wording import letter_of, say
from desktop.views.ui.facts import BannerFacts, minute_text
from desktop.views.ui.theme import Tone

NONE, SOME = "no symptoms", "symptoms"


@dataclass(frozen=True, slots=True)
class RedQuestion:
    """Whose value it was, by which entry, what it was, and how it is asked."""

    seq: int
    who: str
    words: str
    banner: BannerFacts


def red_questions(before: LiveState, after: LiveState) -> list[RedQuestion]:
    """The questions that the newest entries call for, in their order."""
    found = []
    for entry in after.entries[len(before.entries) :]:
        event = entry.event.event if isinstance(entry.event, Moved) else entry.event
        if not isinstance(event, VitalsTaken | Scaled):
            continue
        text, level = say(event, after, entry.seq)[1:]
        if level is not Level.RED:
            continue
        repeat = minute_text((entry.at_ms + after.protocol.timing.repeat.ms) / 1000)
        time = minute_text(entry.at_ms / 1000)
        what = tr("{letter}: {text} at {time}.", letter=letter_of(event.who), text=text, time=time)
        banner = BannerFacts(
            Tone.RED, what, tr("Symptoms? Headache, chest pain, breathless, trouble seeing, weakness."),
            tr("Take it again at {time}.", time=repeat),
            ((NONE, tr("No symptoms")), (SOME, tr("Symptoms\u2026"))), closable=True,
        )
        found.append(RedQuestion(entry.seq, event.who, text, banner))
    return found


def still_asked(reds: list[RedQuestion], state: LiveState) -> list[RedQuestion]:
    """Without those whose entry was struck or moved; once the session is closed nothing can be answered any more."""
    return [] if state.closed else [red for red in reds if red.seq not in state.marks]


def open_repeats(before: LiveState, after: LiveState) -> BannerFacts | None:
    """A hint when a dose was just taken while a value out of band still waits for its second look; None else."""
    found = []
    for entry in after.entries[len(before.entries) :]:
        event = entry.event
        if not isinstance(event, Taken | DoseGiven) or (isinstance(event, DoseGiven) and event.fills is not None):
            continue
        person = before.people[event.who]
        found += [
            tr("{who}: {what} was still open when the dose was taken.", who=letter_of(event.who), what=due_what(item))
            for item in due_of(before, person, entry.at_ms)
            if item.kind is DueKind.REPEAT and (item.open or item.state is DueState.UPCOMING)
        ]
    return BannerFacts(Tone.AMBER, found[0], closable=True) if found else None
