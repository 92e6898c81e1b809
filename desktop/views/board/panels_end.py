"""Knows the panels at the end: a person's discharge with every ending, and the close of the session."""

from __future__ import annotations

from desktop.domain.protocol import GateOn
from desktop.domain.words import tr
from desktop.live.asks import AskClose, AskDischarge
from desktop.live.endings import LEFT_ITEMS, criteria_missing, must_end
from desktop.live.events import Ending, PersonRole
from desktop.live.labels import missing_words
from desktop.live.rules import is_no
from desktop.live.state import PersonState
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import person_facts, who_of
from desktop.views.board.wording import ending_words, letter_of
from desktop.views.ui.theme import Tone


def endings_of(person: PersonState) -> tuple[Ending, ...]:
    """The endings that can be chosen for a person."""
    if person.doses:
        return (Ending.MET, Ending.PRESCRIBER, Ending.LEFT, Ending.TRANSFERRED)
    if person.role is PersonRole.DOSED:
        return (Ending.NOT_DOSED, Ending.LEFT, Ending.TRANSFERRED)
    return (Ending.MET, Ending.NOT_DOSED, Ending.LEFT, Ending.TRANSFERRED)


def _open_discharge(scene: Scene) -> PanelFacts:
    """First how it ends; what is asked then follows from it."""
    person = who_of(scene)
    options = tuple((ending.value, ending_words(ending)) for ending in endings_of(person))
    fields = (AskField("ending", tr("How does the session end"), FieldKind.BUTTONS, "-", options),)
    note, tone = _leaving_note(scene, person)
    title = tr("Discharge {letter}", letter=letter_of(person.key))
    return PanelFacts("discharge", title, fields, "", person_facts(scene), note, tone, at_once=True)


def _leaving_note(scene: Scene, person: PersonState) -> tuple[str, Tone]:
    if not person.doses:
        return tr("Nothing was taken."), Tone.PLAIN
    words = missing_words(
        scene.state.protocol, tuple(criteria_missing(scene.state, person, scene.now.at_ms, set()))
    )
    if not words:
        return tr("Every criterion is entered and met."), Tone.GREEN
    return tr("Not entered or not met yet: {items}.", items="; ".join(words)), Tone.AMBER


def _settle_discharge(scene: Scene, values: Values) -> Settled:
    ending = Ending(values["ending"])
    return Settled(again=_ending_panel(scene, ending))


def _ending_panel(scene: Scene, ending: Ending) -> PanelFacts:
    person = who_of(scene)
    fields: list[AskField] = []
    if ending is Ending.PRESCRIBER:
        options = (("", "\u2013"), *scene.prescribers)
        fields.append(AskField("statement_by", tr("Whose statement"), FieldKind.CHOICE, "", options))
    if ending is Ending.TRANSFERRED:
        fields.append(AskField("to", tr("To whom")))
        fields.append(AskField("item sheet_given", tr("Hand-over sheet given"), FieldKind.YES_NO))
    if ending is Ending.LEFT and person.doses:
        words = missing_words(scene.state.protocol, LEFT_ITEMS)
        fields += [
            AskField(f"item {item}", text, FieldKind.YES_NO) for item, text in zip(LEFT_ITEMS, words, strict=True)
        ]
    if ending in (Ending.MET, Ending.PRESCRIBER) and person.doses:
        fields += _criteria(scene, person)
    fields.append(AskField("escort", tr("Escort, by name"), hint=tr("a dosed partner is none")))
    note, tone = "", Tone.PLAIN
    if ending in (Ending.MET, Ending.PRESCRIBER) and person.doses:
        note, tone = _measured_note(scene, person)
    title = tr("Discharge {letter}: {ending}", letter=letter_of(person.key), ending=ending_words(ending))
    save = tr("Discharge {letter}", letter=letter_of(person.key))
    return PanelFacts(f"discharge {ending.value}", title, tuple(fields), save, person_facts(scene), note, tone)


def _measured_note(scene: Scene, person: PersonState) -> tuple[str, Tone]:
    """What time and readings say; what is asked stands in the fields below."""
    asked = {gate.key for gate in scene.state.protocol.gates_on(GateOn.DISCHARGE)}
    codes = tuple(
        code for code in criteria_missing(scene.state, person, scene.now.at_ms, set()) if code not in asked
    )
    if not codes:
        return tr("Time and readings are within the leaving limits."), Tone.GREEN
    words = "; ".join(missing_words(scene.state.protocol, codes))
    return tr("Not entered or not met yet: {items}.", items=words), Tone.AMBER


def _criteria(scene: Scene, person: PersonState) -> list[AskField]:
    fields = []
    for gate in scene.state.protocol.gates_on(GateOn.DISCHARGE):
        line = person.check(gate.key)
        value = "" if line is None else "no" if is_no(line.value) else "yes"
        fields.append(AskField(f"item {gate.key}", tr(gate.label), FieldKind.YES_NO, value))
    return fields


def settle_ending(scene: Scene, ending: str, values: Values) -> Settled:
    """A discharge as it was answered; what was expected and not entered is kept as missing."""
    end = Ending(ending)
    if end is Ending.PRESCRIBER and not values.get("statement_by"):
        return wrong(statement_by=tr("Whose statement is it?"))
    if end is Ending.TRANSFERRED and not values.get("to"):
        return wrong(to=tr("To whom?"))
    items = tuple(
        (name.removeprefix("item "), value) for name, value in values.items() if name.startswith("item ") and value
    )
    ask = AskDischarge(
        who_of(scene).key, end, items, values.get("escort", ""), values.get("statement_by", ""), values.get("to", "")
    )
    return Settled((ask,))


def waiting(scene: Scene) -> tuple[str, ...]:
    """The letters of those who have to be discharged before the session can be closed."""
    return tuple(letter_of(person.key) for person in scene.state.people.values() if must_end(person))


def _open_close(scene: Scene) -> PanelFacts:
    letters = waiting(scene)
    fields = (AskField("summary", tr("Summary"), FieldKind.TEXT, hint=tr("may stay empty")),)
    if letters:
        note = tr("Not discharged yet: {who}. Every ending is possible.", who=", ".join(letters))
        return PanelFacts("close", tr("Close the session"), (), "", note=note, note_tone=Tone.AMBER)
    note = tr("The record is locked; later only addenda are possible. This cannot be undone.")
    return PanelFacts("close", tr("Close the session"), fields, tr("Close the session"), note=note)


def _settle_close(scene: Scene, values: Values) -> Settled:
    return Settled((AskClose(values.get("summary", "")),))


PANELS = (
    PanelKind("discharge", "person", _open_discharge, _settle_discharge),
    PanelKind("close", "", _open_close, _settle_close),
)
