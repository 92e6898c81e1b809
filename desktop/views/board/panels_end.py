"""Knows the panels at the end: a person's discharge with every ending, and the close of the session."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from desktop.domain.errors import Refused
from desktop.domain.words import tr, trn
from desktop.live.asks import AskClose, AskDischarge
from desktop.live.endings import LEFT_ITEMS, check_escort, criteria_missing, must_end
from desktop.live.events import Ending, PersonRole
from desktop.live.labels import missing_words
from desktop.live.state import PersonState
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.leavingfields import leaving_fields, score_items, score_words
from desktop.views.board.panels_body import person_facts, who_of
from desktop.views.board.paperlinks import HOME
from desktop.views.board.privately import own_page
from desktop.views.board.unspoken import spoken
from desktop.views.board.wording import ending_words, letter_of
from desktop.views.ui.theme import Tone

OWN = "own"
"""The answer that opens the person's own page."""
MEASURED = ("minimum_stay", "bp", "spo2", "moaas")
"""What time and readings say by themselves."""


def endings_of(person: PersonState) -> tuple[Ending, ...]:
    """The endings that can be chosen for a person."""
    if person.doses:
        return (Ending.MET, Ending.PRESCRIBER, Ending.LEFT, Ending.TRANSFERRED)
    if person.role is PersonRole.DOSED:
        return (Ending.NOT_DOSED, Ending.LEFT, Ending.TRANSFERRED)
    return (Ending.MET, Ending.NOT_DOSED, Ending.LEFT, Ending.TRANSFERRED)


def _open_discharge(scene: Scene) -> PanelFacts:
    """First how it ends; what is asked then follows from it."""
    return _discharge_panel(scene, False)


def _discharge_panel(scene: Scene, opened: bool) -> PanelFacts:
    """opened: the person's own page was asked for, so the list may stand here; before that only a count."""
    person = who_of(scene)
    options = tuple((ending.value, ending_words(ending)) for ending in endings_of(person))
    codes = _open_criteria(scene, person)
    fields = [AskField("ending", tr("How does the session end"), FieldKind.BUTTONS, "-", options)]
    if codes and not opened:
        look = ((OWN, own_page(person.key)),)
        used = len(options)
        fields.append(AskField("own", tr("What is still open"), FieldKind.BUTTONS, "-", look, keys_from=used))
    note, tone = _leaving_note(scene, person, codes, opened)
    title = tr("Discharge {letter}", letter=letter_of(person.key))
    return PanelFacts("discharge", title, tuple(fields), "", person_facts(scene), note, tone, at_once=True)


def _open_criteria(scene: Scene, person: PersonState) -> tuple[str, ...]:
    """What is not entered or not met yet, by code; nothing for somebody who took nothing."""
    return tuple(criteria_missing(scene.state, person, scene.now.at_ms, set())) if person.doses else ()


def _leaving_note(scene: Scene, person: PersonState, codes: tuple[str, ...], opened: bool) -> tuple[str, Tone]:
    if not person.doses:
        return tr("Nothing was taken."), Tone.PLAIN
    if opened and not codes:
        return tr("Every criterion is entered and met."), Tone.GREEN
    if opened:
        words = "; ".join(missing_words(scene.state.protocol, codes))
        return tr("Not entered or not met yet: {items}.", items=words), Tone.AMBER
    shown = spoken(scene.state, person.key, codes, scene.now.at_ms)
    return _count_words(person, len(shown)), Tone.AMBER if shown else Tone.PLAIN


def _count_words(person: PersonState, count: int) -> str:
    """How much is open, without what, and without what was answered alone: both partners may look."""
    page = own_page(person.key)
    if not count:
        return tr("See {page}.", page=page)
    what = trn("Not yet: {count} item is open.", "Not yet: {count} items are open.", count)
    return tr("{what} See {page}.", what=what, page=page)


def _settle_discharge(scene: Scene, values: Values) -> Settled:
    if values.get("own") == OWN:
        return Settled(again=_discharge_panel(scene, True))
    return Settled(again=ending_panel(scene, Ending(values["ending"])))


def ending_panel(
    scene: Scene, ending: Ending, values: Values = MappingProxyType({}), opened: bool = False
) -> PanelFacts:
    """values: what was answered before the person's own page was opened, which shows what was asked."""
    person = who_of(scene)
    fields: list[AskField] = []
    if ending is Ending.PRESCRIBER:
        options = (("", "\u2013"), *scene.prescribers)
        said = values.get("statement_by", "")
        fields.append(AskField("statement_by", tr("Whose statement"), FieldKind.CHOICE, said, options))
    if ending is Ending.TRANSFERRED:
        fields.append(AskField("to", tr("To whom")))
        fields.append(AskField("item sheet_given", tr("Hand-over sheet given"), FieldKind.YES_NO))
    if ending is Ending.LEFT and person.doses:
        fields += _left_fields(scene)
    criteria = ending in (Ending.MET, Ending.PRESCRIBER) and bool(person.doses)
    note_of = None
    if criteria:
        note_of = partial(_score_note, scene, person, opened)
        if not opened:
            fields.append(AskField("own", "", FieldKind.BUTTONS, "-", ((OWN, own_page(person.key)),), at_once=True))
        fields += leaving_fields(scene, person, opened, values)
    escort = values.get("escort", "") or _expected_escort(person)
    fields.append(AskField("escort", tr("Escort, by name"), value=escort, hint=tr("a dosed partner is none")))
    fields.append(AskField("paper", tr("On paper"), FieldKind.BUTTONS, "", sheets_for(person.key), at_once=True))
    note, tone = note_of(values) if note_of is not None else ("", Tone.PLAIN)
    title = tr("Discharge {letter}: {ending}", letter=letter_of(person.key), ending=ending_words(ending))
    save = tr("Discharge {letter}", letter=letter_of(person.key))
    return PanelFacts(
        f"discharge {ending.value}", title, tuple(fields), save, person_facts(scene), note, tone, note_of=note_of,
        steps=True,
    )


def _left_fields(scene: Scene) -> list[AskField]:
    """What is told and arranged when somebody leaves early."""
    words = missing_words(scene.state.protocol, LEFT_ITEMS)
    return [
        AskField(f"item {item}", f"{text[:1].upper()}{text[1:]}", FieldKind.YES_NO)
        for item, text in zip(LEFT_ITEMS, words, strict=True)
    ]


def sheets_for(who: str) -> tuple[tuple[str, str], ...]:
    """What a person takes home on paper."""
    return ((f"{HOME}:{who}", tr("Going-home instructions, {letter}", letter=letter_of(who))),)


def _expected_escort(person: PersonState) -> str:
    """Whom the person named on arrival."""
    line = person.check("escort")
    return line.value if line is not None and line.value not in ("yes", "no") else ""


def _score_note(scene: Scene, person: PersonState, opened: bool, values: Values) -> tuple[str, Tone]:
    """What is measured, and below it the score as far as it is answered."""
    note, tone = _measured_note(scene, person, opened)
    said = score_words(scene, values)
    return f"{said} {note}".strip(), tone


def _measured_note(scene: Scene, person: PersonState, opened: bool) -> tuple[str, Tone]:
    """Whether time and readings are as they should be, which both may see; of the rest a count, or on the page all."""
    missing = _open_criteria(scene, person)
    codes = tuple(code for code in missing if code in MEASURED)
    if opened:
        return "", Tone.AMBER if missing else Tone.GREEN
    asked = tuple(code for code in missing if code not in MEASURED)
    shown = spoken(scene.state, person.key, asked, scene.now.at_ms)
    return _count_words(person, len(shown)), Tone.AMBER if codes or shown else Tone.PLAIN


def settle_ending(scene: Scene, ending: str, values: Values) -> Settled:
    """A discharge as it was answered; what was expected and not entered is kept as missing."""
    end = Ending(ending)
    if values.get("paper"):
        return Settled(paper=values["paper"])
    if values.get("own") == OWN:
        return Settled(again=ending_panel(scene, end, values, True))
    if end is Ending.PRESCRIBER and not values.get("statement_by"):
        return wrong(statement_by=tr("Whose statement is it?"))
    if end is Ending.TRANSFERRED and not values.get("to"):
        return wrong(to=tr("To whom?"))
    items = tuple(
        (name.removeprefix("item "), value) for name, value in values.items()
        if name.startswith("item ") and value not in ("", "-")
    )
    items += score_items(scene, values)
    ask = AskDischarge(
        who_of(scene).key, end, items, values.get("escort", ""), values.get("statement_by", ""), values.get("to", "")
    )
    try:
        check_escort(scene.state, ask)
    except Refused as error:
        return wrong(escort=" ".join((error.what, error.next_step)).strip())
    return Settled((ask,))


def waiting(scene: Scene) -> tuple[str, ...]:
    """The letters of those who have to be discharged before the session can be closed."""
    return tuple(letter_of(person.key) for person in _to_end(scene))


def _to_end(scene: Scene) -> tuple[PersonState, ...]:
    return tuple(person for person in scene.state.people.values() if must_end(person))


def _whose(person: PersonState) -> str:
    return tr("Discharge {letter}, {name}", letter=letter_of(person.key), name=person.name)


def _open_close(scene: Scene) -> PanelFacts:
    letters = waiting(scene)
    fields = (AskField("summary", tr("Summary"), FieldKind.TEXT, hint=tr("may stay empty")),)
    if letters:
        note = tr("Not discharged yet: {who}. Every ending is possible.", who=", ".join(letters))
        first = tuple((f"discharge:{person.key}", _whose(person)) for person in _to_end(scene))
        ways = (AskField("action", tr("First"), FieldKind.BUTTONS, "-", first),)
        return PanelFacts("close", tr("Close the session"), ways, "", note=note, note_tone=Tone.AMBER, at_once=True)
    note = tr("The record is locked; later only addenda are possible. This cannot be undone.")
    return PanelFacts("close", tr("Close the session"), fields, tr("Close the session"), note=note)


def _settle_close(scene: Scene, values: Values) -> Settled:
    return Settled((AskClose(values.get("summary", "")),))


PANELS = (
    PanelKind("discharge", "person", _open_discharge, _settle_discharge),
    PanelKind("close", "", _open_close, _settle_close),
)
