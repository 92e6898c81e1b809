"""Knows the panels of safety: how an emergency ended, an adverse event, less touch, and the hand-over facts."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.asks import AskAdverse, AskEmergencyEnd, AskTouch
from desktop.live.describe_safety import touch_words
from desktop.live.events import Moved, TouchLevel
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import ago_field, ago_of, person_facts, who_of
from desktop.views.board.touchfacts import row_words, touch_of
from desktop.views.board.wording import letter_of, say
from desktop.views.ui.facts import minute_text
from desktop.views.ui.theme import Tone

ENDINGS = (
    ("came round, stays here", "Came round, stays here"), ("handed over to the crew", "Handed over to the crew"),
    ("taken to hospital", "Taken to hospital"), ("no emergency after all", "No emergency after all"),
)
EVERYWHERE = ""


def _open_end(scene: Scene) -> PanelFacts:
    fields = (
        AskField("way", tr("How it ended"), FieldKind.BUTTONS, "-", tuple((key, tr(words)) for key, words in ENDINGS)),
        AskField("how", tr("Or in other words")),
        ago_field(),
    )
    return PanelFacts("emergency_end", tr("The emergency is over"), fields, tr("Save"), person_facts(scene))


def _settle_end(scene: Scene, values: Values) -> Settled:
    how, ago = values.get("how") or values.get("way", ""), ago_of(values)
    if not how or how == "-":
        return wrong(how=tr("Say how it ended."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    return Settled((AskEmergencyEnd(who_of(scene).key, how),), ago_min=ago)


def _open_adverse(scene: Scene) -> PanelFacts:
    assert scene.words is not None
    words = scene.words.adverse
    what = tuple((one.key, tr(one.label)) for one in words.what)
    levels = tuple((str(at), tr(text).removeprefix(f"{at}, ")) for at, text in enumerate(words.severity, 1))
    fields = [
        AskField("severity", tr("How severe"), FieldKind.BUTTONS, "-", levels),
        AskField("what", tr("What happened"), FieldKind.FIND, "", what),
        AskField("note", tr("Note"), hint=tr("may stay empty")),
    ]
    note = tr("It becomes a record of {letter}'s safety; the shared log says only that one was written down.",
              letter=letter_of(who_of(scene).key))
    if scene.entry is not None:
        fields.insert(0, AskField("entry", _entry_words(scene), FieldKind.HEADING))
    else:
        fields.append(ago_field())
    # What happened comes first under the keyboard.
    fields.sort(key=lambda one: {"entry": 0, "what": 2, "severity": 1}.get(one.name, 3))
    return PanelFacts("adverse", tr("Adverse event"), tuple(fields), tr("Save"), person_facts(scene), note)


def _entry_words(scene: Scene) -> str:
    assert scene.entry is not None
    entry = scene.state.entries[scene.entry - 1]
    event = entry.event.event if isinstance(entry.event, Moved) else entry.event
    text = say(event, scene.state, entry.seq)[1]
    return tr("From {time}  {text}", time=minute_text(entry.at_ms / 1000), text=text)


def _settle_adverse(scene: Scene, values: Values) -> Settled:
    ago = ago_of(values)
    if not values.get("what"):
        return wrong(what=tr("Say what happened."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    severity = int(values["severity"]) if values.get("severity", "").isdigit() else 0
    ask = AskAdverse(who_of(scene).key, values["what"], scene.entry, severity, values.get("note", ""))
    return Settled((ask,), ago_min=ago)


def _open_touch(scene: Scene) -> PanelFacts:
    assert scene.words is not None
    person, words = who_of(scene), scene.words.touch
    facts = touch_of(scene.state, person, scene.now.elapsed_ms, words)
    rows = tuple(AskField(f"row{at}", row_words(row), FieldKind.HEADING) for at, row in enumerate(facts.rows))
    places = dict.fromkeys(rule.place for rule in person.brought.touch) or {one.key: None for one in words.places}
    choices = ((EVERYWHERE, tr("Everywhere")), *((place, words.label(place)) for place in places))
    levels = (TouchLevel.ASK, TouchLevel.HANDS, TouchLevel.NONE)
    less = tuple((level.value, touch_words(level)[:1].upper() + touch_words(level)[1:]) for level in levels)
    fields = (
        *rows,
        AskField("to", tr("Less, from here on"), FieldKind.BUTTONS, "-", less, at_once=True),
        AskField("place", tr("Only for"), FieldKind.BUTTONS, EVERYWHERE, choices, keys_from=len(less)),
    )
    note = tr("Now: {said}. Read for: {state}. {safety}", said=facts.said, state=facts.state, safety=facts.safety)
    return PanelFacts("touch", tr("Touch"), fields, "", person_facts(scene), note, facts.tone)


def _settle_touch(scene: Scene, values: Values) -> Settled:
    if values.get("to", "-") in ("", "-"):
        return wrong(to=tr("Choose how much less."))
    return Settled((AskTouch(who_of(scene).key, values["to"], values.get("place", EVERYWHERE)),))


def _open_handover(scene: Scene) -> PanelFacts:
    fields = tuple(
        AskField(f"line{at}", f"{line.name}: {line.words}", FieldKind.HEADING) for at, line in enumerate(scene.handover)
    )
    return PanelFacts("handover", tr("Hand-over sheet"), fields, "", person_facts(scene), note_tone=Tone.PLAIN)


def _settle_handover(scene: Scene, values: Values) -> Settled:
    return Settled()


PANELS = (
    PanelKind("emergency_end", "person", _open_end, _settle_end),
    PanelKind("adverse", "person", _open_adverse, _settle_adverse),
    PanelKind("touch", "person", _open_touch, _settle_touch),
    PanelKind("handover", "person", _open_handover, _settle_handover),
)
