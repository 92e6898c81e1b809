"""Knows the pages of go and no-go: nothing private where both may look, and on a person's own page what can be done."""

from __future__ import annotations

from desktop.domain.checks import Asked, CheckClass, Look
from desktop.domain.protocol import GateKind
from desktop.domain.words import tr
from desktop.live.asks import AskOverride, AskRole, AskTalkOnly
from desktop.live.events import Ending, OverrideHow, PersonRole
from desktop.live.gates import GateStanding, Standing, go_no_go
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_arrival import words_of
from desktop.views.board.panels_body import person_facts, who_of
from desktop.views.board.panels_end import ending_panel
from desktop.views.board.privately import own_page
from desktop.views.board.wording import letter_of
from desktop.views.ui.theme import Tone

GATES, OWN = "gates", "own"
SITS, TALK, NOT_DOSED = "sits", "talk", "not_dosed"


def _open_gates(scene: Scene) -> PanelFacts:
    """Where both may look: the same words whatever was answered in private."""
    person = who_of(scene)
    ways = AskField(OWN, tr("Where each item stands"), FieldKind.BUTTONS, "-", ((OWN, own_page(person.key)),))
    shared = {item.key for item in words_of(scene).arrival.asked(Asked.SHARED)}
    items = go_no_go(scene.state, person.key, scene.now)
    waits = any(not one.passed for one in items if one.item in shared or one.item in ("baseline", "pressure"))
    note = tr("Not yet: see each person.") if waits else tr("See each person.")
    title = tr("Go / no-go: {letter}", letter=letter_of(person.key))
    return PanelFacts(
        GATES, title, (ways,), "", person_facts(scene), note, Tone.AMBER if waits else Tone.PLAIN, at_once=True
    )


def _settle_gates(scene: Scene, values: Values) -> Settled:
    return Settled(again=_own(scene)) if values.get(OWN) == OWN else Settled()


def _standing(one: GateStanding) -> tuple[str, Tone]:
    words = {
        Standing.MET: (tr("met"), Tone.GREEN), Standing.NO: (tr("no"), Tone.RED),
        Standing.OPEN: (tr("open"), Tone.AMBER),
        Standing.OVERRIDDEN: (tr("answered for by {by}", by=one.by), Tone.PLAIN),
    }  # fmt: skip
    return words[one.standing]


def _own(scene: Scene) -> PanelFacts:
    """The person's own page: every item, what is open first, and below it what can be done about that."""
    person = who_of(scene)
    items = sorted(go_no_go(scene.state, person.key, scene.now), key=lambda one: one.passed)
    fields = []
    for one in items:
        words, tone = _standing(one)
        if one.kind is GateKind.DECLINE and one.standing is Standing.NO:
            words = tr("{words} \u2013 nobody can override this", words=words)
        text = tr("{item}: {standing}", item=one.label, standing=words)
        fields.append(AskField(f"line {one.item}", text, FieldKind.HEADING, tone=tone))
    looked = _looked_at(scene)
    fields += [AskField(f"look {at}", words, FieldKind.HEADING, tone=tone) for at, (words, tone) in enumerate(looked)]
    waiting = [one for one in items if not one.passed]
    answer = tuple((one.item, _answer_words(one)) for one in waiting if one.kind is not GateKind.DECLINE)
    if answer:
        fields.append(AskField("item", tr("Answer for an item"), FieldKind.BUTTONS, "-", answer, at_once=True))
    ways = _possible(scene) if (waiting or looked) and not person.doses else ()
    if ways:
        fields.append(AskField(
            "way", tr("What is possible today"), FieldKind.BUTTONS, "-", ways, at_once=True, keys_from=len(answer)
        ))
    note, tone = tr("Everything is met or answered for."), Tone.GREEN
    if waiting or looked:
        note, tone = tr("Not yet. Only {letter} sees this page.", letter=letter_of(person.key)), Tone.AMBER
    title = tr("Go / no-go: {page}", page=own_page(person.key))
    return PanelFacts(f"{GATES} {OWN}", title, tuple(fields), "", person_facts(scene), note, tone, at_once=True)


def _looked_at(scene: Scene) -> list[tuple[str, Tone]]:
    """Answers that are no gate of the protocol and want somebody's look, with who decides."""
    person, found = who_of(scene), []
    gates = {one.item for one in go_no_go(scene.state, person.key, scene.now)}
    for item in words_of(scene).arrival.items:
        line = person.check(item.key)
        look = item.looked(line.value) if line is not None and item.key not in gates else Look.FINE
        if line is None or look is Look.FINE:
            continue
        said = next((tr(choice.label) for choice in item.choices if choice.key == line.value), line.value)
        text = tr("{item}: {said}", item=tr(item.label).rstrip("?"), said=f"{said} {item.unit}".strip())
        if look is Look.STOP:
            found.append((tr("{text} \u2013 stops today", text=text), Tone.RED))
        elif item.kind is CheckClass.MEDICAL:
            found.append((tr("{text} \u2013 for the prescriber", text=text), Tone.AMBER))
        else:
            found.append((tr("{text} \u2013 worth a look", text=text), Tone.AMBER))
    return found


def _answer_words(one: GateStanding) -> str:
    who = tr("prescriber") if one.kind is GateKind.MEDICAL else tr("reason")
    return tr("{item} ({who})", item=one.label, who=who)


def _possible(scene: Scene) -> tuple[tuple[str, str], ...]:
    person = who_of(scene)
    found = []
    if person.role is PersonRole.DOSED and len(scene.state.people) > 1:
        found.append((SITS, tr("{letter} sits with the partner", letter=letter_of(person.key))))
    if scene.state.room.talk_only_ms is None and not any(one.doses for one in scene.state.people.values()):
        found.append((TALK, tr("Talk only, no medicine today")))
    found.append((NOT_DOSED, tr("End for {letter}: not dosed", letter=letter_of(person.key))))
    return tuple(found)


def _answer_panel(scene: Scene, item: str) -> PanelFacts:
    person = who_of(scene)
    one = next(one for one in go_no_go(scene.state, person.key, scene.now) if one.item == item)
    fields = [AskField("reason", tr("Reason"))]
    note = tr("Your reason is kept beside the item, and it is closed before leaving.")
    if one.kind is GateKind.MEDICAL:
        note = tr("Only the prescriber answers for this. By phone it is read back, and they sign it later.")
        hows = (
            (OverrideHow.PHONE.value, tr("by phone, read back")), (OverrideHow.PRESENT.value, tr("here in the room")),
        )
        fields = [
            AskField("by", tr("Prescriber"), FieldKind.CHOICE, scene.prescribers[0][0] if len(scene.prescribers) == 1
                     else "", (("", "\u2013"), *scene.prescribers)),
            AskField("reason", tr("In their words, and the reason")),
            AskField("how", tr("How"), FieldKind.BUTTONS, OverrideHow.PHONE.value, hows),
            AskField("read_back_by", tr("Read back by"), FieldKind.CHOICE, scene.author, scene.members),
        ]  # fmt: skip
    title = tr("Answer for: {item}", item=one.label)
    return PanelFacts(f"{GATES} {item}", title, tuple(fields), tr("Save"), person_facts(scene), note, Tone.AMBER)


def settle_gate(scene: Scene, detail: str, values: Values) -> Settled:
    """What was chosen on a person's own page, or an item that somebody answers for."""
    person = who_of(scene)
    if detail != OWN:
        return _settle_answer(scene, detail, values)
    way = values.get("way", "")
    if way == SITS:
        return Settled((AskRole(person.key, PersonRole.SITTING),))
    if way == TALK:
        return Settled((AskTalkOnly(),))
    if way == NOT_DOSED:
        return Settled(again=ending_panel(scene, Ending.NOT_DOSED))
    item = values.get("item", "")
    return Settled(again=_answer_panel(scene, item)) if item not in ("", "-") else Settled()


def _settle_answer(scene: Scene, item: str, values: Values) -> Settled:
    reason = values.get("reason", "").strip()
    if not reason:
        return wrong(reason=tr("A reason is needed."))
    who = who_of(scene).key
    if "how" not in values:
        return Settled((AskOverride(who, item, scene.author, OverrideHow.REASON, reason),))
    by, how = values.get("by", ""), OverrideHow(values["how"])
    if not by:
        return wrong(by=tr("Which prescriber?"))
    reader = values.get("read_back_by", "") if how is OverrideHow.PHONE else ""
    if how is OverrideHow.PHONE and (not reader or reader == by):
        return wrong(read_back_by=tr("Somebody else reads it back to the prescriber."))
    return Settled((AskOverride(who, item, by, how, reason, reader),))


PANELS = (PanelKind(GATES, "person", _open_gates, _settle_gates),)
