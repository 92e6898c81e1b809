"""Knows everything that can be done on the board: its words, its icon, its key, and whom it needs."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.events import PersonRole
from desktop.live.state import LiveState, PersonState
from desktop.views.board.doing_safety import EMERGENCY, SAFETY, safe_actions, safe_entries
from desktop.views.board.doingkind import Doing
from desktop.views.board.shown import ActionFacts
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import Entry

GROUP = "Session"
ALL = (
    Doing("vitals", "Vitals", "heart-pulse", "F2", "person", True),
    Doing("words", "Words", "quote", "F5", "person", True),
    Doing("observe", "Observe", "eye", "F6", "person", True),
    Doing("note", "Note", "notebook-pen", "F7", "", True),
    Doing("phase", "Phase", "flag", "F8", "person", True),
    Doing("dialogue", "Dialogue", "message-square", "F9", "", True),
    Doing("away", "Away/back", "door-open", "F10", "person", True),
    Doing("round", "All seen", "check", "Ctrl+R", "", True),
    Doing("undo", "Undo", "undo-2", "Ctrl+Z", "", True),
    Doing("move", "To other", "arrow-left-right", "Ctrl+M", "", True),
    EMERGENCY,
    Doing("more", "More", "ellipsis", "F12", "", True),
    Doing("checks", "Checks before a dose", "clipboard-check", "Ctrl+T", "person"),
    Doing("alone", "Asked alone", "user", "Ctrl+Shift+Q", "person"),
    Doing("gates", "Go / no-go", "clipboard-check", "Ctrl+Shift+O", "person"),
    Doing("room", "Room check", "door-closed", "Ctrl+Shift+T"),
    Doing("dose", "Dose with its details", "pill", "Ctrl+D", "person"),
    Doing("spit", "Spat out", "droplets", "Ctrl+P", "person"),
    Doing("lost", "Dose lost", "droplets", "Ctrl+O", "person"),
    Doing("given", "Another medicine given", "syringe", "Ctrl+G", "person"),
    Doing("order", "Order by phone", "stethoscope", "Ctrl+Shift+P", "person"),
    Doing("response", "Response to a medicine", "activity", "Ctrl+Shift+G", "person"),
    Doing("scale", "Scales", "gauge", "Ctrl+S", "person"),
    Doing("missed", "Reading refused or failed", "ban", "Ctrl+B", "person"),
    Doing("late_words", "Words kept, with their text", "quote", "Ctrl+W", "person"),
    Doing("join", "Somebody comes", "user-plus", "Ctrl+Shift+J"),
    Doing("staff", "Who is in the room", "users", "Ctrl+I"),
    Doing("strike", "Strike the last entry", "strikethrough", "Ctrl+Shift+X"),
    Doing("log", "Go to the log", "list", "Ctrl+J"),
    Doing("dialogue_stop", "End the dialogue", "message-square", "Ctrl+Shift+D"),
    Doing("discharge", "Discharge", "log-out", "Ctrl+E", "person"),
    Doing("close", "Close the session", "door-closed", "Ctrl+Shift+E"),
    *SAFETY,
)
BY_ID = {doing.id: doing for doing in ALL}
TAKEN_KEYS = ("F3", "F4")


def taken_facts(person: PersonState, at: int) -> ActionFacts:
    """The dose action of one person: taken now, then its details, then a booster."""
    letter = letter_of(person.key)
    if not person.doses:
        title = tr("{letter} taken", letter=letter)
    elif any(dose.mg is None for dose in person.doses):
        title = tr("{letter} details", letter=letter)
    else:
        title = tr("{letter} booster", letter=letter)
    able = person.role is PersonRole.DOSED and not person.ended
    key = TAKEN_KEYS[at] if at < len(TAKEN_KEYS) else ""
    return ActionFacts(f"taken:{person.key}", title, "pill", key, able)


def actions_of(state: LiveState) -> tuple[ActionFacts, ...]:
    """The row of actions, from left to right."""
    if state.closed:
        return ()
    running = state.room.dialogue.step is not None
    two = len(state.people) > 1
    taken = [taken_facts(person, at) for at, person in enumerate(state.people.values())]
    rest = []
    for doing in ALL:
        if not doing.bar or (not two and doing.id in ("move", "dialogue")):
            continue
        title = tr("Next step") if doing.id == "dialogue" and running else tr(doing.title)
        checked = doing.id == "dialogue" and running
        rest.append(ActionFacts(doing.id, title, doing.icon, doing.key, True, checked))
    return (rest[0], *taken, *rest[1:])


def hidden_actions(state: LiveState) -> tuple[ActionFacts, ...]:
    """What has a key and stands in no row."""
    if state.closed:
        return ()
    hidden = (ActionFacts(one.id, tr(one.title), one.icon, one.key) for one in ALL if not one.bar)
    return (*hidden, *safe_actions(state))


def commands_of(state: LiveState) -> tuple[Entry, ...]:
    """Everything that can be done, for the palette; what needs a person is there once for each."""
    if state.closed:
        return ()
    found = [
        Entry(facts.id, _taken_words(person, facts), person.name, "pill", tr(GROUP), facts.key)
        for at, person in enumerate(state.people.values()) if (facts := taken_facts(person, at)).enabled
    ]
    found += safe_entries(state, tr(GROUP))
    for doing in ALL:
        if doing.needs != "person":
            found.append(Entry(doing.id, tr(doing.title), "", doing.icon, tr(GROUP), doing.key))
            continue
        for person in state.people.values():
            title = tr("{what}: {letter}", what=tr(doing.title), letter=letter_of(person.key))
            found.append(Entry(f"{doing.id}:{person.key}", title, person.name, doing.icon, tr(GROUP), doing.key))
    return tuple(found)


def _taken_words(person: PersonState, facts: ActionFacts) -> str:
    return tr("{letter} has taken it now", letter=letter_of(person.key)) if not person.doses else facts.title
