"""Knows the pages before a dose: the room, what is asked on arrival, and what is asked of a person alone."""

from __future__ import annotations

from functools import partial

from desktop.domain.care_files import TouchWords
from desktop.domain.checks import Asked, CheckItem, CheckSheet, Look
from desktop.domain.errors import Problem
from desktop.domain.protocol import GateOn, Sign
from desktop.domain.words import tr, trn
from desktop.live.asks import AskCheck
from desktop.live.dosing import gates_missing
from desktop.live.due import due_of
from desktop.live.events import TouchRule
from desktop.live.labels import missing_words
from desktop.live.lines import reading_text
from desktop.live.rules import declines
from desktop.live.state import DueKind, DueState
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.checkfields import answers_of, fields_of
from desktop.views.board.checkwords import CheckWords
from desktop.views.board.panels_body import person_facts, who_of
from desktop.views.board.panels_course import booster_checks, settle_booster
from desktop.views.board.panels_medicine import is_booster
from desktop.views.board.privately import own_page
from desktop.views.board.touchfacts import may_words
from desktop.views.board.wording import letter_of
from desktop.views.ui.facts import minute_text
from desktop.views.ui.theme import Tone

READ = "baseline"
"""An item that is read and entered, and therefore not asked."""
OWN, ALONE = "own", "alone"
DOWNTIME = "downtime"


def words_of(scene: Scene) -> CheckWords:
    """The check files that the board was opened with."""
    assert scene.checks is not None
    return scene.checks


def _nothing() -> str:
    return tr("Nothing new was answered.")


def open_count(keys: tuple[str, ...], other: tuple[str, ...], values: Values) -> tuple[str, Tone]:
    """How many of these are without an answer, or were answered no."""
    to_ask = sum(values.get(key, "") in ("", "-") for key in keys)
    said_no = sum(values.get(key) == "no" for key in keys)
    parts = []
    if to_ask:
        parts.append(trn("{count} item is still to be asked.", "{count} items are still to be asked.", to_ask))
    if said_no:
        parts.append(trn("{count} is answered no.", "{count} are answered no.", said_no))
    if not parts:
        parts.append(tr("Everything on this page is answered."))
    if other:
        parts.append(tr("Still missing: {what}.", what=", ".join(other)))
    text = " ".join(parts)
    return text, Tone.AMBER if to_ask or said_no or other else Tone.GREEN


def _noted(facts: tuple[AskField, ...], sheet: CheckSheet) -> tuple[str, ...]:
    return tuple(one.name for one in facts if sheet.item(one.name) is not None)


def _open_room(scene: Scene) -> PanelFacts:
    sheet = words_of(scene).room
    fields = fields_of(sheet.items, scene.state.room.check)
    keys = _noted(fields, sheet)
    note_of = partial(_room_note, scene.state.protocol.staffing, keys)
    note, tone = note_of({one.name: one.value for one in fields})
    sheets = tuple(
        (f"{DOWNTIME}:{key}", tr("Print downtime sheets: {letter}", letter=letter_of(key)))
        for key in scene.state.people
    )
    ways = AskField("paper", tr("On paper"), FieldKind.BUTTONS, "", sheets, at_once=True)
    return PanelFacts(
        "room", tr(sheet.title), (*fields, ways), tr("Save"), note=note, note_tone=tone, note_of=note_of, steps=True
    )


def _room_note(staffing: str, keys: tuple[str, ...], values: Values) -> tuple[str, Tone]:
    note, tone = open_count(keys, (), values)
    return f"{staffing} {note}".strip(), tone


def _settle_room(scene: Scene, values: Values) -> Settled:
    items = words_of(scene).room.items
    found = _settled(answers_of(items, values, scene.state.room.check, None), items)
    if values.get("paper") and not any(one.text != _nothing() for one in found.problems):
        return Settled(found.asks, paper=values["paper"])
    return found



def _settled(found: tuple[AskCheck, ...] | tuple[Problem, ...], items: tuple[CheckItem, ...]) -> Settled:
    problems = tuple(one for one in found if isinstance(one, Problem))
    if problems:
        return Settled(problems=problems)
    if not found:
        return wrong(**{items[0].key: _nothing()})
    return Settled(tuple(one for one in found if isinstance(one, AskCheck)))


def shared_items(scene: Scene) -> tuple[CheckItem, ...]:
    """What may be asked where the partner hears it."""
    return tuple(item for item in words_of(scene).arrival.asked(Asked.SHARED) if item.key != READ)


def alone_items(scene: Scene) -> tuple[CheckItem, ...]:
    """What is asked of a person alone."""
    return words_of(scene).arrival.asked(Asked.ALONE)


def _open_arrival(scene: Scene) -> PanelFacts:
    person = who_of(scene)
    if is_booster(person):
        return booster_checks(scene)
    items = shared_items(scene)
    fields = (*fields_of(items, person.check), readings_line(scene))
    measured = tuple(
        code for code in gates_missing(scene.state, person, False, scene.now.at_ms) if code in ("baseline", "pressure")
    )
    other = missing_words(scene.state.protocol, measured)
    note_of = partial(open_count, tuple(item.key for item in items), other)
    note, tone = note_of({one.name: one.value for one in fields})
    ways = AskField(
        OWN, tr("Asked alone"), FieldKind.BUTTONS, "", ((OWN, own_page(person.key)),), at_once=True
    )
    return PanelFacts(
        "checks", tr("Before the dose"), (*fields, ways), tr("Save"), person_facts(scene), note, tone,
        note_of=note_of, steps=True,
    )


def readings_line(scene: Scene) -> AskField:
    """The latest readings before the dose, and when the pressure is wanted again."""
    person = who_of(scene)
    last = person.last_vitals
    again = next((one for one in due_of(scene.state, person, scene.now.at_ms) if one.kind is DueKind.REPEAT), None)
    if last is None:
        return AskField("read", tr("No readings yet: F2, or in the quick line"), FieldKind.NOTE, tone=Tone.AMBER)
    parts = [text for sign in (Sign.BP, Sign.HR, Sign.SPO2) if (text := reading_text(last, sign))]
    said = tr("Read at {time}: {values}", time=minute_text(last.at_ms / 1000), values=", ".join(parts))
    if again is None or again.state in (DueState.DONE, DueState.REFUSED, DueState.FAILED):
        return AskField("read", said, FieldKind.NOTE)
    said = tr("{said}. Again after rest, at {time}", said=said, time=minute_text(again.due_ms / 1000))
    return AskField("read", said, FieldKind.NOTE, tone=Tone.AMBER)


def _settle_arrival(scene: Scene, values: Values) -> Settled:
    person = who_of(scene)
    if is_booster(person):
        return settle_booster(scene, values)
    items = shared_items(scene)
    found = _settled(answers_of(items, values, person.check, person.key), items)
    if values.get(OWN) != OWN or any(one.text != _nothing() for one in found.problems):
        return found
    return Settled(found.asks, again=_open_alone(scene))


def _open_alone(scene: Scene) -> PanelFacts:
    """What is answered already does not come back to the screen; it is asked again to be corrected."""
    person = who_of(scene)
    items = alone_items(scene)
    known = {item.key for item in words_of(scene).arrival.items}
    others = tuple(gate for gate in scene.state.protocol.gates_on(GateOn.DOSE) if gate.key not in known)
    fields = [*fields_of(items, person.check, shown=False)]
    fields += [AskField(gate.key, tr(gate.label), FieldKind.YES_NO) for gate in others]
    at = next((n for n, one in enumerate(fields) if one.name == "touch_plan"), len(fields))
    fields[at:at] = _plan(scene)
    note = tr("Only {letter} hears and sees this page. What was answered before is not shown again.",
              letter=letter_of(person.key))  # fmt: skip
    title = tr("Asked alone: {letter}", letter=letter_of(person.key))
    return PanelFacts(ALONE, title, tuple(fields), tr("Save"), person_facts(scene), note, Tone.PLAIN, steps=True)


def _plan(scene: Scene) -> list[AskField]:
    """The touch plan as it was agreed, to be read again; nothing of it can be changed here."""
    words, rules = scene.words, who_of(scene).brought.touch
    if not rules:
        return [AskField("plan none", tr("No touch plan came with the session."), FieldKind.HEADING, tone=Tone.AMBER)]
    assert words is not None
    return [
        AskField(f"plan {who}", plan_line(words.touch, who, rules), FieldKind.NOTE)
        for who in dict.fromkeys(rule.who for rule in rules)
    ]


def plan_line(words: TouchWords, who: str, rules: tuple[TouchRule, ...]) -> str:
    """What was agreed for one toucher, such as `partner - hand: yes; being held: awake yes, at the peak no`."""
    places: dict[str, list[str]] = {}
    for rule in rules:
        if rule.who == who:
            state = "" if rule.state == "any" else f"{words.label(rule.state)} "
            places.setdefault(rule.place, []).append(f"{state}{may_words(rule.may)}")
    said = "; ".join(f"{words.label(place)}: {', '.join(each)}" for place, each in places.items())
    return tr("{who} \u2013 {said}", who=words.label(who), said=said)


def _settle_alone(scene: Scene, values: Values) -> Settled:
    person = who_of(scene)
    items = alone_items(scene)
    unlike = _unlike(scene, values)
    if unlike is not None:
        return Settled(problems=(unlike,))
    found = answers_of(items, values, person.check, person.key, shown=False)
    known = {item.key for item in words_of(scene).arrival.items}
    more: tuple[AskCheck, ...] = tuple(
        AskCheck(gate.key, values[gate.key], person.key)
        for gate in scene.state.protocol.gates_on(GateOn.DOSE) if gate.key not in known and values.get(gate.key)
    )
    asks = tuple(one for one in found if isinstance(one, AskCheck))
    return _settled((*asks, *more) if len(asks) == len(found) else found, items)


def _unlike(scene: Scene, values: Values) -> Problem | None:
    """A detail that stops today beside a yes to what it belongs to: one of the two was a slip."""
    sheet, person = words_of(scene).arrival, who_of(scene)
    for item in sheet.items:
        whole = sheet.item(item.part_of) if item.part_of else None
        if whole is None or item.looked(values.get(item.key, "")) is not Look.STOP:
            continue
        line = person.check(whole.key)
        if not declines(values.get(whole.key, "") or (line.value if line is not None else "")):
            return Problem(item.key, tr("This stops today. Answer “{whole}” with no as well.", whole=tr(whole.label)))
    return None


PANELS = (
    PanelKind("room", "", _open_room, _settle_room),
    PanelKind("checks", "person", _open_arrival, _settle_arrival),
    PanelKind(ALONE, "person", _open_alone, _settle_alone),
)
