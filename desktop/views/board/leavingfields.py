"""Knows what is asked at leaving: the score with its sum, the check file's list, the protocol's rest."""

from __future__ import annotations

from desktop.domain.checks import Asked, CheckItem, ScorePart, ValueKind
from desktop.domain.protocol import GateOn, Sign
from desktop.domain.words import tr
from desktop.live.endings import criteria_missing, unsettled
from desktop.live.labels import item_words
from desktop.live.lines import reading_text
from desktop.live.readings import baseline_of
from desktop.live.rules import is_no
from desktop.live.state import PersonState
from desktop.views.board.asking import AskField, FieldKind, Scene, Values
from desktop.views.ui.facts import minute_text
from desktop.views.ui.theme import Tone

SCORE = "score "


def leaving_fields(scene: Scene, person: PersonState, opened: bool, values: Values) -> list[AskField]:
    """The score; and on the person's own page the list, with what is asked alone.

    Before that page is opened, neither an item nor an answer stands here: both partners may look.
    """
    assert scene.checks is not None
    sheet = scene.checks.leaving
    fields = measured_fields(scene, person)
    fields += _list(scene, person) if opened else []
    if sheet.score is not None:
        for part in sheet.score.parts:
            steps = tuple(reversed(tuple(enumerate(part.words))))
            said = values.get(f"{SCORE}{part.key}", "") or "-"
            words = ", ".join(f"{at} {tr(each)}" for at, each in steps)
            options = tuple((str(at), str(at)) for at, _ in steps)
            label = _part_label(person, part)
            fields.append(
                AskField(f"{SCORE}{part.key}", label, FieldKind.BUTTONS, said, options, hint=words, points=True)
            )
    return fields


def _part_label(person: PersonState, part: ScorePart) -> str:
    """A part of the score, with the readings that it is about."""
    label, last = tr(part.label), person.last_vitals
    if last is None or not person.doses:
        return label
    if part.key == "circulation" and last.systolic is not None:
        own = baseline_of(person).get(Sign.BP)
        before = "/".join(map(str, own)) if own else "\u2013"
        return tr("{part}: {now}, before {own}", part=label, now=reading_text(last, Sign.BP), own=before)
    if part.key == "oxygen" and last.spo2 is not None:
        return f"{label}: {reading_text(last, Sign.SPO2)}"
    return label


def measured_fields(scene: Scene, person: PersonState) -> list[AskField]:
    """What time and readings say, each with where it stands; both partners may see these."""
    state, at_ms = scene.state, scene.now.at_ms
    open_ones = set(criteria_missing(state, person, at_ms, set()))
    since = person.doses[-1].at_ms
    stay = state.protocol.timing.stay
    lines = [("minimum_stay", tr("{min} of {stay} minutes since the last dose", min=(at_ms - since) // 60_000,
                                 stay=stay.ms // 60_000))]  # fmt: skip
    for code, sign, words in (("bp", Sign.BP, tr("Pressure")), ("spo2", Sign.SPO2, tr("Oxygen"))):
        read = [line for line in person.vitals if since <= line.at_ms <= at_ms and sign in line.signs]
        lines.append((code, _read(words, reading_text(read[-1], sign) if read else "", read[-1].at_ms if read else 0)))
    rated = [line for line in person.scales if line.of == Sign.MOAAS and since <= line.at_ms <= at_ms]
    lines.append(("moaas", _read(tr("MOAA/S"), str(rated[-1].value) if rated else "", rated[-1].at_ms if rated else 0)))
    return [
        AskField(f"measured {code}", words, FieldKind.NOTE, tone=Tone.AMBER if code in open_ones else Tone.GREEN)
        for code, words in lines
    ]


def _read(words: str, value: str, at_ms: int) -> str:
    if not value:
        return tr("{sign}: not read since the last dose", sign=words)
    return tr("{sign} {value}, at {time}", sign=words, value=value, time=minute_text(at_ms / 1000))


def _list(scene: Scene, person: PersonState) -> list[AskField]:
    assert scene.checks is not None
    items = scene.checks.leaving.items
    fields = [field for item in items for field in _item(item, person)]
    known = {item.key for item in items}
    for gate in scene.state.protocol.gates_on(GateOn.DISCHARGE):
        if gate.key not in known:
            fields.append(AskField(f"item {gate.key}", tr(gate.label), FieldKind.YES_NO, _shown(person, gate.key)))
    for line in unsettled(scene.state, person, scene.now.at_ms):
        label = item_words(scene.state.protocol, line.item)
        words = tr("{item}: settled by now? The reason was: {reason}", item=label, reason=line.reason)
        fields.append(AskField(f"item {line.item}", words, FieldKind.YES_NO))
    return fields


def _item(item: CheckItem, person: PersonState) -> list[AskField]:
    words = tr(item.label)
    if item.asked is Asked.ALONE:
        words = tr("{item} (alone)", item=words)
    if item.value is ValueKind.YES_NO:
        return [AskField(f"item {item.key}", words, FieldKind.YES_NO, _shown(person, item.key))]
    if item.value is ValueKind.CHOICE:
        options = (("", "\u2013"), *((choice.key, tr(choice.label)) for choice in item.choices))
        return [AskField(f"item {item.key}", words, FieldKind.CHOICE, "", options)]
    kind = FieldKind.NUMBER if item.value is ValueKind.NUMBER else FieldKind.LINE
    return [AskField(f"item {item.key}", words, kind)]


def _shown(person: PersonState, key: str) -> str:
    line = person.check(key)
    return "" if line is None else "no" if is_no(line.value) else "yes"


def _points(scene: Scene, values: Values) -> tuple[int, int, int, int]:
    """The sum, how many parts are answered, how many there are, and from which sum it is enough."""
    assert scene.checks is not None
    score = scene.checks.leaving.score
    if score is None:
        return 0, 0, 0, 0
    said = [values.get(f"{SCORE}{part.key}", "") for part in score.parts]
    rated = [int(value) for value in said if value.isdigit()]
    return sum(rated), len(rated), len(said), int(score.enough.value)


def score_words(scene: Scene, values: Values) -> str:
    """The score while it is being answered."""
    assert scene.checks is not None
    score = scene.checks.leaving.score
    if score is None:
        return ""
    total, rated, parts, enough = _points(scene, values)
    title = tr(score.title)
    if rated < parts:
        said = tr("{title}: {total} so far, {rated} of {parts} parts.")
        return said.format(title=title, total=total, rated=rated, parts=parts)
    if total >= enough:
        return tr("{title}: {total} of {most}.", title=title, total=total, most=score.most)
    return tr("{title}: {total} of {most}, below {enough}.", title=title, total=total, most=score.most, enough=enough)


def score_items(scene: Scene, values: Values) -> tuple[tuple[str, str], ...]:
    """The score as items of a discharge: each part, and the sum once every part is answered."""
    assert scene.checks is not None
    score = scene.checks.leaving.score
    total, rated, parts, _ = _points(scene, values)
    if score is None or not rated:
        return ()
    found = tuple(
        (f"{score.key}_{part.key}", values[f"{SCORE}{part.key}"])
        for part in score.parts if values.get(f"{SCORE}{part.key}", "").isdigit()
    )
    return (*found, (score.key, str(total))) if rated == parts else found
