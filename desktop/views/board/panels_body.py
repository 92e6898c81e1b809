"""Knows the panels about a body: vitals, a reading that is missing, a chip, its intensity, a scale."""

from __future__ import annotations

from desktop.domain.protocol import Sign
from desktop.domain.words import tr
from desktop.live.asks import AskObserve, AskReading, AskScale, AskVitals
from desktop.live.due import due_of
from desktop.live.events import Missed
from desktop.live.state import PersonState
from desktop.views.board.asking import SPLIT, AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.headerfacts import header_of, hold_of
from desktop.views.board.phasechips import SHOWN_CHIPS, all_chips, phase_key
from desktop.views.board.vitalsfacts import sign_words
from desktop.views.ui.facts import PersonFacts

STRENGTHS = (("1", "light"), ("2", "medium"), ("3", "strong"))


def who_of(scene: Scene) -> PersonState:
    """The person a panel is about."""
    assert scene.who is not None
    return scene.who


def person_facts(scene: Scene) -> PersonFacts:
    """The person a panel is about, by two identifiers."""
    due = due_of(scene.state, who_of(scene), scene.now.elapsed_ms)
    return header_of(who_of(scene), scene.now.elapsed_ms, scene.state.closed_ms, hold_of(due))


def ago_field(pair: bool = False) -> AskField:
    """Minutes ago, for a late entry."""
    return AskField("ago", tr("Minutes ago"), FieldKind.NUMBER, pair=pair)


def ago_of(values: Values) -> int | None:
    """Minutes ago as entered; 0 when empty, None when it is no number."""
    text = values.get("ago", "").strip()
    return 0 if not text else int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _open_vitals(scene: Scene) -> PanelFacts:
    fields = (
        AskField("systolic", tr("Systolic"), FieldKind.NUMBER, hint="3"),
        AskField("diastolic", tr("Diastolic"), FieldKind.NUMBER, hint="3", pair=True),
        AskField("hr", tr("Heart rate"), FieldKind.NUMBER, hint="3"),
        AskField("spo2", tr("SpO\u2082 %"), FieldKind.NUMBER, hint="2-3", pair=True),
        AskField("rr", tr("Respiration"), FieldKind.NUMBER, hint="2"),
        ago_field(pair=True),
    )
    return PanelFacts("vitals", tr("Vitals"), fields, tr("Save"), person_facts(scene), pad=True)


def _settle_vitals(scene: Scene, values: Values) -> Settled:
    numbers: dict[str, int] = {}
    for name in ("systolic", "diastolic", "hr", "spo2", "rr"):
        text = values.get(name, "")
        if not text:
            continue
        if not (text.isascii() and text.isdigit()):
            return wrong(**{name: tr("A whole number is needed.")})
        numbers[name] = int(text)
    ago = ago_of(values)
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    if not numbers:
        return wrong(systolic=tr("At least one reading is needed."))
    ask = AskVitals(
        who_of(scene).key, numbers.get("systolic"), numbers.get("diastolic"), numbers.get("hr"), numbers.get("spo2"),
        numbers.get("rr"),
    )
    return Settled((ask,), ago_min=ago)


def _open_missed(scene: Scene) -> PanelFacts:
    signs = (Sign.BP, Sign.HR, Sign.SPO2, Sign.RR)
    which = (("", tr("The whole set")), *((sign.value, sign_words(sign)) for sign in signs))
    fields = (
        AskField("of", tr("Which"), FieldKind.BUTTONS, "", which),
        AskField(
            "outcome", tr("What happened"), FieldKind.BUTTONS, Missed.REFUSED.value,
            ((Missed.REFUSED.value, tr("Refused")), (Missed.FAILED.value, tr("Could not be read"))),
        ),
        AskField("why", tr("Why"), hint=tr("may stay empty")),
    )
    return PanelFacts("missed", tr("Reading refused or failed"), fields, tr("Save"), person_facts(scene))


def _settle_missed(scene: Scene, values: Values) -> Settled:
    of = (Sign(values["of"]),) if values.get("of") else ()
    return Settled((AskReading(who_of(scene).key, Missed(values["outcome"]), of, values.get("why", "")),))


def _open_observe(scene: Scene) -> PanelFacts:
    phase = phase_key(scene.state, who_of(scene), scene.now.elapsed_ms)
    chips = tuple((one.key, f"{one.label}{SPLIT}{one.short}") for one in all_chips(scene.state.checklist, phase))
    fields = (AskField("chip", tr("What was seen"), FieldKind.FIND, "", chips, hint=str(SHOWN_CHIPS)),)
    return PanelFacts("observe", tr("Observation"), fields, "", person_facts(scene), at_once=True)


def _settle_observe(scene: Scene, values: Values) -> Settled:
    chip = scene.state.checklist.chip(values["chip"])
    if chip is not None and chip.intensity:
        options = tuple((key, tr(words)) for key, words in (*STRENGTHS, ("", tr("not said"))))
        fields = (AskField("intensity", tr("How strong"), FieldKind.BUTTONS, "-", options),)
        title = tr("{chip}: how strong?", chip=chip.label)
        facts = PanelFacts(f"strength {chip.key}", title, fields, "", person_facts(scene), at_once=True)
        return Settled(again=facts)
    return Settled((AskObserve(who_of(scene).key, values["chip"]),))


def settle_strength(scene: Scene, chip: str, values: Values) -> Settled:
    """A chip with its intensity."""
    return Settled((AskObserve(who_of(scene).key, chip, values["intensity"]),))


def _open_scale(scene: Scene) -> PanelFacts:
    fields = []
    for rating in scene.state.checklist.ratings:
        steps = len(rating.words) == rating.high - rating.low + 1
        words = ""
        if rating.words and not steps:
            words = tr("{low} to {high}", low=rating.words[0], high=rating.words[-1])
        steps_down = list(enumerate(range(rating.low, rating.high + 1)))
        if steps:
            # The best step first: it is the usual one, and a slip of the key must not enter the worst.
            steps_down.reverse()
        options = [("", "\u2013")]
        for at, value in steps_down:
            options.append((str(value), f"{value}  {rating.words[at]}" if steps else str(value)))
        words = words or next((tr(also) for also in rating.also), "")
        title = f"{rating.label}, {words}" if words else rating.label
        title = title[:1].upper() + title[1:]
        fields.append(AskField(rating.key, title, FieldKind.CHOICE, "", tuple(options)))
    return PanelFacts("scale", tr("Scales"), tuple(fields), tr("Save"), person_facts(scene))


def _settle_scale(scene: Scene, values: Values) -> Settled:
    rated = [(rating.key, values.get(rating.key, "")) for rating in scene.state.checklist.ratings]
    asks = tuple(AskScale(who_of(scene).key, key, int(value)) for key, value in rated if value)
    if not asks:
        return wrong(**{rated[0][0]: tr("At least one rating is needed.")})
    return Settled(asks)


PANELS = (
    PanelKind("vitals", "person", _open_vitals, _settle_vitals),
    PanelKind("missed", "person", _open_missed, _settle_missed),
    PanelKind("observe", "person", _open_observe, _settle_observe),
    PanelKind("scale", "person", _open_scale, _settle_scale),
)
