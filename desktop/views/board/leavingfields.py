"""Knows what is asked at leaving: the score with its sum, the check file's list, the protocol's rest."""

from __future__ import annotations

from desktop.domain.checks import Asked, CheckItem, ValueKind
from desktop.domain.protocol import GateOn
from desktop.domain.words import tr
from desktop.live.rules import is_no
from desktop.live.state import PersonState
from desktop.views.board.asking import AskField, FieldKind, Scene, Values

SCORE = "score "


def leaving_fields(scene: Scene, person: PersonState, opened: bool, values: Values) -> list[AskField]:
    """The score; and on the person's own page the list, with what is asked alone.

    Before that page is opened, neither an item nor an answer stands here: both partners may look.
    """
    assert scene.checks is not None
    sheet = scene.checks.leaving
    fields = _list(scene, person) if opened else []
    if sheet.score is not None:
        for part in sheet.score.parts:
            steps = tuple((str(at), f"{at}  {tr(words)}") for at, words in reversed(tuple(enumerate(part.words))))
            said = values.get(f"{SCORE}{part.key}", "")
            options = (("", "\u2013"), *steps)
            fields.append(AskField(f"{SCORE}{part.key}", tr(part.label), FieldKind.CHOICE, said, options))
    return fields


def _list(scene: Scene, person: PersonState) -> list[AskField]:
    assert scene.checks is not None
    items = scene.checks.leaving.items
    fields = [field for item in items for field in _item(item, person)]
    known = {item.key for item in items}
    for gate in scene.state.protocol.gates_on(GateOn.DISCHARGE):
        if gate.key not in known:
            fields.append(AskField(f"item {gate.key}", tr(gate.label), FieldKind.YES_NO, _shown(person, gate.key)))
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
