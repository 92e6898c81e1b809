"""Knows what is asked on screen after a red value: whether there are symptoms, before any strong word."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.protocol import Level
from desktop.domain.words import tr
from desktop.live.events import Moved, Scaled, VitalsTaken
from desktop.live.state import LiveState
from desktop.views.board.wording import letter_of, say
from desktop.views.ui.facts import BannerFacts, minute_text
from desktop.views.ui.theme import Tone

NONE, SOME = "no symptoms", "symptoms"


@dataclass(frozen=True, slots=True)
class RedQuestion:
    """Whose value it was, what it was, and how it is asked."""

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
        found.append(RedQuestion(event.who, text, banner))
    return found
