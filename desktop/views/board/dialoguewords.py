"""Knows the words of the dialogue coach: each step's name, its prompt, and which step usually comes next.

Steps and their order: the intentional dialogue as it is taught (design page clinical.md, 3.1; S75-S78).
"""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.events import Step

SHOWN = (
    Step.SEND, Step.MIRROR, Step.CHECK, Step.CORRECT, Step.MORE, Step.SUMMARY, Step.VALIDATE, Step.EMPATHISE,
    Step.GIFT, Step.SWITCH, Step.PAUSE, Step.STOP,
)
MARKS = (Step.SENDING, Step.INTERRUPTED)
"""What is only marked: the step stays where it is."""
_NEXT = {
    Step.SEND: Step.MIRROR, Step.MIRROR: Step.CHECK, Step.CHECK: Step.MORE, Step.CORRECT: Step.MIRROR,
    Step.MORE: Step.SUMMARY, Step.SUMMARY: Step.VALIDATE, Step.VALIDATE: Step.EMPATHISE, Step.EMPATHISE: Step.SWITCH,
    Step.GIFT: Step.SWITCH, Step.SWITCH: Step.SEND, Step.PAUSE: Step.SEND,
}


def step_title(step: Step) -> str:
    """A step's name."""
    titles = {
        Step.SEND: tr("Send"), Step.MIRROR: tr("Mirror"), Step.CHECK: tr("Check"), Step.CORRECT: tr("Correct"),
        Step.MORE: tr("More?"), Step.SUMMARY: tr("Summary"), Step.VALIDATE: tr("Validate"),
        Step.EMPATHISE: tr("Empathise"), Step.GIFT: tr("Gift"), Step.SWITCH: tr("Switch"), Step.PAUSE: tr("Breathe"),
        Step.STOP: tr("Stop"), Step.SENDING: tr("Receiver is sending"), Step.INTERRUPTED: tr("Interrupted"),
    }
    return titles[step]


def prompt_of(step: Step) -> str:
    """What is said at a step, in few words."""
    prompts = {
        Step.SEND: tr("One small piece: part of a sentence, then wait."),
        Step.MIRROR: tr("\u201cIf I got it, you said \u2026\u201d"),
        Step.CHECK: tr("\u201cDid I get that?\u201d"),
        Step.CORRECT: tr("Say the part that was missed once more."),
        Step.MORE: tr("\u201cIs there more?\u201d"),
        Step.SUMMARY: tr("\u201cIf I got it all \u2026\u201d \u201cDid I get it all?\u201d"),
        Step.VALIDATE: tr("\u201cYou make sense, and what makes sense is \u2026\u201d"),
        Step.EMPATHISE: tr("\u201cI imagine you might be feeling \u2026\u201d"),
        Step.GIFT: tr("One appreciation, in one sentence."),
        Step.SWITCH: tr("Change places: the other one sends."),
        Step.PAUSE: tr("Flooded: breathe together."),
        Step.STOP: tr("The dialogue ends here."),
        Step.SENDING: tr("The receiver is sending: back to the mirror."), Step.INTERRUPTED: tr("Let it be finished."),
    }
    return prompts[step]


def next_of(step: Step) -> Step:
    """The step that usually follows; a hint, never a lock."""
    return _NEXT.get(step, Step.SEND)
