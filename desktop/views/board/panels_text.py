"""Knows the panels about text and entries: words kept, a note, striking an entry, moving it."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.asks import Ask, AskMove, AskNote, AskStrike, AskWords, AskWordsText
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import ago_field, ago_of, person_facts, who_of
from desktop.views.board.wording import letter_of, say, seat_of
from desktop.views.ui.facts import minute_text
from desktop.views.ui.theme import Tone

REASONS = (
    ("wrong person", "wrong person"), ("wrong figure", "wrong figure"), ("did not happen", "did not happen"),
    ("entered twice", "entered twice"),
)


def _open_words(scene: Scene) -> PanelFacts:
    """With an entry: the words were stamped, their text follows. Without: both at once, also late."""
    person = who_of(scene)
    note = tr("Kept for {letter} alone.", letter=letter_of(person.key))
    if scene.entry is not None:
        at = minute_text(scene.state.entries[scene.entry - 1].at_ms / 1000)
        note = tr("Stamped at {time}. {note} The text may also follow later.", time=at, note=note)
    fields = [AskField("text", tr("In their own words"))]
    if scene.entry is None:
        fields.append(ago_field())
    return PanelFacts("words", tr("Words kept"), tuple(fields), tr("Save"), person_facts(scene), note)


def _settle_words(scene: Scene, values: Values) -> Settled:
    text, ago = values.get("text", ""), ago_of(values)
    if not text:
        return wrong(text=tr("Write what was said, or go back: the minute is kept."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    ask: Ask = AskWords(who_of(scene).key, text) if scene.entry is None else AskWordsText(scene.entry, text)
    return Settled((ask,), ago_min=ago)


def _open_note(scene: Scene) -> PanelFacts:
    people = tuple((key, f"{letter_of(key)}  {one.name}") for key, one in scene.state.people.items())
    whose = scene.who.key if scene.who is not None else ""
    fields = (
        AskField("text", tr("Note"), FieldKind.TEXT),
        AskField("who", tr("About"), FieldKind.BUTTONS, whose or "-", (*people, ("room", tr("the room")))),
        ago_field(),
    )
    return PanelFacts("note", tr("Note"), fields, tr("Save"))


def _settle_note(scene: Scene, values: Values) -> Settled:
    ago = ago_of(values)
    if not values.get("text"):
        return wrong(text=tr("Write the note."))
    if not values.get("who"):
        return wrong(who=tr("Whose is it?"))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    who = None if values["who"] == "room" else values["who"]
    return Settled((AskNote(values["text"], who),), ago_min=ago)


def _entry_words(scene: Scene) -> str:
    assert scene.entry is not None
    entry = scene.state.entries[scene.entry - 1]
    owner = scene.state.owners.get(entry.seq, entry.owner)
    text = say(entry.event, scene.state, entry.seq)[1]
    whose = letter_of(owner) or tr("Room")
    return f"{minute_text(entry.at_ms / 1000)}  {whose}  {text}"


def _open_strike(scene: Scene) -> PanelFacts:
    fields = (
        AskField("entry", _entry_words(scene), FieldKind.HEADING),
        AskField("why", tr("Why"), FieldKind.BUTTONS, "-", tuple((key, tr(words)) for key, words in REASONS)),
        AskField("reason", tr("Or in other words")),
    )
    note = tr("The entry stays in sight, struck, with the reason.")
    return PanelFacts("strike", tr("Strike an entry"), fields, tr("Strike it"), note=note)


def _settle_strike(scene: Scene, values: Values) -> Settled:
    reason = values.get("reason") or values.get("why", "")
    if not reason:
        return wrong(reason=tr("A reason is needed."))
    assert scene.entry is not None
    return Settled((AskStrike(scene.entry, reason),))


def _open_move(scene: Scene) -> PanelFacts:
    assert scene.entry is not None
    entry = scene.state.entries[scene.entry - 1]
    owner = scene.state.owners.get(entry.seq, entry.owner)
    others = tuple(
        (key, f"{letter_of(key)}  {one.name}") for key, one in scene.state.people.items() if key != owner
    )
    fields = (
        AskField("entry", _entry_words(scene), FieldKind.HEADING, tone=seat_of(owner)),
        AskField("to", tr("Whose is it"), FieldKind.BUTTONS, "-", others),
    )
    note = tr("It is struck where it was, and entered where it belongs; both stay in sight.")
    return PanelFacts("move", tr("Move an entry"), fields, "", note=note, note_tone=Tone.PLAIN, at_once=True)


def _settle_move(scene: Scene, values: Values) -> Settled:
    return Settled((AskMove(values["to"], scene.entry),))


PANELS = (
    PanelKind("words", "person", _open_words, _settle_words),
    PanelKind("note", "", _open_note, _settle_note),
    PanelKind("strike", "entry", _open_strike, _settle_strike),
    PanelKind("move_entry", "entry", _open_move, _settle_move),
)
