"""Knows what can be done on the board for safety, in the dialogue, and about words that wait: words, icons, keys.

The keys with Alt are those of safety; they are the same under the veil.
"""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.state import LiveState
from desktop.views.board.doingkind import Doing
from desktop.views.board.shown import ActionFacts
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import Entry

EMERGENCY = Doing("emergency", "Emergency", "siren", "Alt+E", "person", True)
SAFETY = (
    Doing("handover", "Print the hand-over sheet", "printer", "Alt+H", "person"),
    Doing("facts", "Hand-over sheet on the screen", "file-text", "Alt+S", "person"),
    Doing("touch", "Touch plan", "hand", "Alt+T", "person"),
    Doing("adverse", "Adverse event", "triangle-alert", "Alt+V", "person"),
    Doing("unwritten", "Words still to be written", "quote", "Ctrl+Shift+W"),
    Doing("sending", "Receiver is sending", "message-square", "Ctrl+Shift+S"),
    Doing("interrupted", "Interrupted", "message-square", "Ctrl+Shift+I"),
    Doing("breathe", "Breathe together", "wind", "Ctrl+Shift+B"),
    Doing("affect", "Affect, 0 to 10", "gauge", "Ctrl+Shift+A"),
    Doing("turns", "Turns of the dialogue", "list", "Ctrl+Shift+L"),
)
SAFE_KEYS = ("Alt+A", "Alt+B")
WORDS_KEYS = ("Shift+F5", "Shift+F6")
STEP_KEYS = tuple(f"Alt+{n}" for n in range(1, 10))


def safe_actions(state: LiveState) -> tuple[ActionFacts, ...]:
    """The safe signal and the words of each person, one key each, and while an emergency goes on its steps."""
    people = tuple(state.people.values())
    safe = tuple(
        ActionFacts(f"safe:{one.key}", safe_words(one.key), "hand", SAFE_KEYS[at] if at < len(SAFE_KEYS) else "")
        for at, one in enumerate(people)
    )
    words = tuple(
        ActionFacts(f"words:{one.key}", words_words(one.key), "quote", key)
        for key, one in zip(WORDS_KEYS, people, strict=False) if len(people) > 1
    )
    alarm = next((one.emergency for one in people if one.emergency is not None and one.emergency.open), None)
    steps = () if alarm is None else tuple(
        ActionFacts(f"step:{at}", tr("Step {n}", n=at), "check", key) for at, key in enumerate(STEP_KEYS, 1)
    )
    return (*safe, *words, *steps)


def safe_words(key: str) -> str:
    """The safe signal's words for a person."""
    return tr("Safe signal of {letter}", letter=letter_of(key))


def words_words(key: str) -> str:
    """The words of a person, stamped by one key."""
    return tr("Words of {letter}", letter=letter_of(key))


def safe_entries(state: LiveState, group: str) -> tuple[Entry, ...]:
    """The safe signals, for the palette."""
    return tuple(
        Entry(facts.id, facts.title, one.name, facts.icon, group, facts.key)
        for facts, one in zip(safe_actions(state), state.people.values(), strict=False)
    )
