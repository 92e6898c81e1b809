"""Knows the panels about the course of a session: checks of a booster, phase, away, response, who is in the room."""

from __future__ import annotations

from functools import partial

from desktop.domain.protocol import GateOn
from desktop.domain.words import tr, trn
from desktop.live.asks import Ask, AskAway, AskCheck, AskPhase, AskStaff
from desktop.live.dosing import gates_missing
from desktop.live.labels import missing_words
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import ago_field, ago_of, person_facts, who_of
from desktop.views.ui.theme import Tone


def booster_checks(scene: Scene) -> PanelFacts:
    """What is asked again before a booster. What was answered is not shown again: both may look."""
    person = who_of(scene)
    gates = scene.state.protocol.gates_on(GateOn.BOOSTER)
    asked = {gate.key for gate in gates if person.check(gate.key) is not None}
    fields = [
        AskField(gate.key, _asked_words(tr(gate.label), gate.key in asked), FieldKind.YES_NO) for gate in gates
    ]
    fields.append(AskField("note", tr("Note"), hint=tr("kept with what is new; may stay empty")))
    names = tuple(gate.key for gate in gates)
    other = tuple(code for code in gates_missing(scene.state, person, True, scene.now.at_ms) if code not in names)
    to_ask = tuple(name for name in names if name not in asked)
    note_of = partial(_checks_note, to_ask, missing_words(scene.state.protocol, other))
    note, tone = note_of({})
    title = tr("Before the booster")
    return PanelFacts(
        "checks", title, tuple(fields), tr("Save"), person_facts(scene), note, tone, note_of=note_of
    )


def _asked_words(label: str, asked: bool) -> str:
    return tr("{item} (answered)", item=label) if asked else label


def _checks_note(names: tuple[str, ...], other: tuple[str, ...], values: Values) -> tuple[str, Tone]:
    """What is still to be asked with the answers given so far; other: what is missing and is not asked here."""
    to_ask = sum(not values.get(name) for name in names)
    parts = []
    if to_ask:
        parts.append(trn("{count} item is still to be asked.", "{count} items are still to be asked.", to_ask))
    if not parts:
        parts.append(tr("Every item was asked."))
    if other:
        parts.append(tr("Still missing: {what}.", what=", ".join(other)))
    return " ".join(parts), Tone.AMBER if to_ask or other else Tone.PLAIN


def settle_booster(scene: Scene, values: Values) -> Settled:
    """Each new answer as an entry of its own."""
    person = who_of(scene)
    asks: list[Ask] = []
    for name, value in values.items():
        if name != "note" and value:
            asks.append(AskCheck(name, value, person.key, values.get("note", "")))
    if not asks:
        return wrong(note=tr("Nothing new was answered."))
    return Settled(tuple(asks))


def _open_phase(scene: Scene) -> PanelFacts:
    person = who_of(scene)
    marked = person.phases_marked[-1].phase if person.phases_marked else "-"
    options = tuple((phase.key, tr(phase.name)) for phase in scene.state.protocol.phases)
    fields = (AskField("phase", tr("The person is now in"), FieldKind.BUTTONS, marked, options),)
    return PanelFacts("phase", tr("Mark the phase"), fields, "", person_facts(scene), at_once=True)


def _settle_phase(scene: Scene, values: Values) -> Settled:
    return Settled((AskPhase(who_of(scene).key, values["phase"]),))


def _open_away(scene: Scene) -> PanelFacts:
    fields = (AskField("with", tr("With whom"), hint=tr("may stay empty")), ago_field())
    note = tr("What falls due meanwhile waits, and stays in sight.")
    return PanelFacts("away", tr("Leaves the room"), fields, tr("Save"), person_facts(scene), note)


def _settle_away(scene: Scene, values: Values) -> Settled:
    ago = ago_of(values)
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    return Settled((AskAway(who_of(scene).key, values.get("with", "")),), ago_min=ago)


def _open_response(scene: Scene) -> PanelFacts:
    person = who_of(scene)
    last = person.others[-1] if person.others else None
    note = tr("To {medicine}.", medicine=last.medicine) if last is not None else ""
    fields = (AskField("value", tr("Response")), ago_field())
    return PanelFacts("response", tr("Response to a medicine given"), fields, tr("Save"), person_facts(scene), note)


def _settle_response(scene: Scene, values: Values) -> Settled:
    ago = ago_of(values)
    if not values.get("value"):
        return wrong(value=tr("How did the person respond?"))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    return Settled((AskCheck("response", values["value"], who_of(scene).key),), ago_min=ago)


def _open_staff(scene: Scene) -> PanelFacts:
    here = scene.state.room.staff
    fields = tuple(
        AskField(key, words, FieldKind.YES_NO, "yes" if key in here else "no") for key, words in scene.members
    )
    note = tr("Yes: in the room now.")
    return PanelFacts("staff", tr("Who is in the room"), fields, tr("Save"), note=note)


def _settle_staff(scene: Scene, values: Values) -> Settled:
    here = scene.state.room.staff
    asks = tuple(
        AskStaff(key, values[key] == "yes") for key, _ in scene.members
        if values.get(key) and (values[key] == "yes") != (key in here)
    )
    if not asks:
        return wrong(**{key: tr("Nobody came or went.") for key, _ in scene.members[:1]})
    return Settled(asks)


PANELS = (
    PanelKind("phase", "person", _open_phase, _settle_phase),
    PanelKind("away", "person", _open_away, _settle_away),
    PanelKind("response", "person", _open_response, _settle_response),
    PanelKind("staff", "", _open_staff, _settle_staff),
)
