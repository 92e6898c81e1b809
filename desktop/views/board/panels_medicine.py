"""Knows the panels about medicine: a dose with its second check and second entry, a loss, another medicine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from desktop.domain.amounts import mg_of, plain, read_amount
from desktop.domain.errors import Refused
from desktop.domain.protocol import CheckKind
from desktop.domain.words import tr, trn
from desktop.live.asks import AskDose, AskGiven, AskLost, AskOverride
from desktop.live.dosing import DoseLook, look_at_dose
from desktop.live.events import OrderLimits, OverrideHow
from desktop.live.state import PersonState
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import ago_field, ago_of, person_facts, who_of
from desktop.views.board.privately import DECLINED, open_check
from desktop.views.ui.theme import Tone

INJECTED = "intramuscular"
LOST_WHY = (
    ("vomited", "vomited"), ("spat early", "spat early"), ("dropped", "dropped"), ("refused the rest", "refused"),
)


def order_words(order: OrderLimits | None) -> str:
    """What the prescriber allows, in one line."""
    if order is None:
        return tr("No order: no dose can be entered")
    parts = []
    if order.max_single_mg is not None:
        parts.append(tr("up to {mg} mg at once", mg=plain(order.max_single_mg)))
    if order.max_total_mg is not None:
        parts.append(tr("{mg} mg in all", mg=plain(order.max_total_mg)))
    boosters = trn("{count} booster", "{count} boosters", order.boosters) if order.boosters else tr("no booster")
    if order.boosters and order.booster_after_min is not None:
        boosters = tr("{boosters} from {min} min", boosters=boosters, min=order.booster_after_min)
    parts.append(boosters)
    return tr("Order: {text}", text=", ".join(parts))


def dose_title(person: PersonState) -> str:
    """What the next dose entry of a person is."""
    if any(dose.mg is None for dose in person.doses):
        return tr("Details of the dose")
    return tr("Booster") if person.doses else tr("Dose")


def is_booster(person: PersonState) -> bool:
    """Whether the next dose entry is about a later dose."""
    return len([dose for dose in person.doses if dose.mg is not None]) > 0


def _checkers(scene: Scene, person: PersonState) -> tuple[tuple[str, str], ...]:
    """Who may be the second pair of eyes here: nobody yet, a member, the prescriber by phone, the client."""
    protocol = scene.state.protocol
    allowed = protocol.booster_second_check if is_booster(person) else protocol.second_check
    found: list[tuple[str, str]] = [("", tr("not checked yet"))]
    if CheckKind.MEMBER in allowed:
        here = scene.state.room.staff
        found += [
            (key, words if key in here else tr("{name}, not in the room", name=words))
            for key, words in scene.members if key != scene.author
        ]
    if CheckKind.PHONE in allowed:
        found += [(f"phone:{key}", tr("{name}, by phone", name=words)) for key, words in scene.prescribers]
    if CheckKind.CLIENT in allowed:
        found.append(("client", tr("the client, reading their own label")))
    return tuple(found)


def _open_dose(scene: Scene) -> PanelFacts:
    person = who_of(scene)
    return _dose_panel(scene, person, {}, order_words(person.order), Tone.PLAIN)


def _dose_panel(
    scene: Scene, person: PersonState, values: Mapping[str, str], note: str, tone: Tone
) -> PanelFacts:
    """values: what was answered before, when the panel is shown a second time."""
    injected = scene.state.protocol.route == INJECTED
    source = [("lot", tr("Practice lot"))]
    if not injected:
        source.insert(0, ("own", tr("Client's own lozenge")))
    fields = [AskField("mg", tr("Milligrams"), FieldKind.NUMBER, values.get("mg", ""))]
    if injected:
        fields = [
            AskField("ml", tr("Volume, mL"), FieldKind.NUMBER, values.get("ml", "")),
            AskField("strength", tr("Strength, mg/mL"), FieldKind.NUMBER, values.get("strength", ""), pair=True),
            AskField("site", tr("Site"), value=values.get("site", "")),
        ]
    else:
        fields.append(AskField("ago", tr("Minutes ago"), FieldKind.NUMBER, values.get("ago", ""), pair=True))
    fields += [
        AskField("source", tr("From"), FieldKind.BUTTONS, values.get("source", source[0][0]), tuple(source)),
        AskField("lot", tr("Lot"), value=values.get("lot", ""), hint=tr("for a practice lot")),
        AskField("by", tr("Given by"), FieldKind.CHOICE, values.get("by", scene.author), scene.members),
        AskField(
            "checked_by", tr("Second check"), FieldKind.CHOICE, values.get("checked_by", ""), _checkers(scene, person)
        ),
    ]
    return PanelFacts("dose", dose_title(person), tuple(fields), tr("Save"), person_facts(scene), note, tone)


def _amount(values: Values, injected: bool) -> tuple[Decimal, Decimal | None, Decimal | None] | str:
    """mg, mL, mg/mL; or the name of the field that is no amount."""
    if not injected:
        mg = read_amount(values.get("mg", ""))
        return (mg, None, None) if mg is not None and mg > 0 else "mg"
    ml, strength = read_amount(values.get("ml", "")), read_amount(values.get("strength", ""))
    if ml is None or ml <= 0:
        return "ml"
    if strength is None or strength <= 0:
        return "strength"
    return mg_of(ml, strength), ml, strength


def _settle_dose(scene: Scene, values: Values) -> Settled:
    injected = scene.state.protocol.route == INJECTED
    amount = _amount(values, injected)
    if isinstance(amount, str):
        return wrong(**{amount: tr("An amount is needed, such as 100 or 112.5.")})
    ago = ago_of(values)
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    ask = _dose_ask(scene, values, amount)
    if not ask.own and not ask.lot:
        return wrong(lot=tr("The lot is needed for a practice lot."))
    try:
        found = look_at_dose(scene.state, ask, scene.now)
    except Refused as error:
        if error.code == DECLINED:
            person = who_of(scene)
            return Settled(again=_dose_panel(scene, person, values, open_check(person.key), Tone.AMBER))
        return wrong(**{_field_of(error.code): " ".join((error.what, error.next_step)).strip()})
    if found.asks_twice and read_amount(values.get("again", "")) != ask.mg:
        return _second_entry(scene, values, found)
    ask = replace(ask, entered_twice=found.asks_twice)
    if "second_check" not in found.missing:
        return Settled((ask,), ago_min=ago)
    reason = values.get("unchecked", "").strip()
    if not reason:
        return _unchecked(scene, values)
    without = AskOverride(ask.who, "second_check", scene.author, OverrideHow.REASON, reason)
    return Settled((without, ask), ago_min=ago)


def _unchecked(scene: Scene, values: Values) -> Settled:
    """Nobody checked the dose: either somebody does now, or the reason is kept beside it."""
    person = who_of(scene)
    fields = (
        AskField("checked_by", tr("Second check"), FieldKind.CHOICE, "", _checkers(scene, person)),
        AskField("unchecked", tr("Or why nobody could check it")),
    )
    held = tuple((name, text) for name, text in values.items() if name not in ("checked_by", "unchecked"))
    title = tr("{title}: not checked by a second person", title=dose_title(person))
    note = tr("The protocol asks for a second pair of eyes. Without one, your reason is kept beside the dose.")
    return Settled(again=PanelFacts(
        "dose", title, fields, tr("Save"), person_facts(scene), note, Tone.AMBER, held=held
    ))


def _field_of(code: str) -> str:
    checks = {"same_person", "partner_check", "client_check", "check_kind"}
    return "checked_by" if code in checks else "lot" if code == "lot_or_own" else "by"


def _second_entry(scene: Scene, values: Values, found: DoseLook) -> Settled:
    """Said plainly, then the amount is asked for a second time, with the first one out of sight."""
    if values.get("again"):
        note = tr("The two amounts differ: nothing was kept. Enter the dose again.")
        cleared = {name: text for name, text in values.items() if name not in ("mg", "ml", "again")}
        return Settled(again=_dose_panel(scene, who_of(scene), cleared, note, Tone.RED))
    title = tr("{title}: above what is allowed", title=dose_title(who_of(scene)))
    note = tr("This is {what}.", what="; ".join(found.words))
    fields = (AskField("again", tr("The amount in mg, a second time"), FieldKind.NUMBER),)
    held = tuple((name, text) for name, text in values.items() if name != "again")
    facts = PanelFacts(
        "dose", title, fields, tr("Save, entered twice"), person_facts(scene), note, Tone.AMBER, pad=True, held=held
    )
    return Settled(again=facts)


def _dose_ask(scene: Scene, values: Values, amount: tuple[Decimal, Decimal | None, Decimal | None]) -> AskDose:
    mg, ml, strength = amount
    own = values.get("source") == "own"
    return AskDose(
        who_of(scene).key, scene.state.protocol.route, mg, ml, strength, "" if own else values.get("lot", ""), own,
        values.get("site", ""), values.get("by", ""), values.get("checked_by", ""),
    )


def _open_lost(scene: Scene) -> PanelFacts:
    person = who_of(scene)
    note = tr("Given {given} mg, lost {lost} mg so far. Replacing it needs the order.",
              given=plain(person.given_mg), lost=plain(person.lost_mg))
    fields = (
        AskField("mg", tr("Milligrams lost"), FieldKind.NUMBER),
        ago_field(pair=True),
        AskField("why", tr("How"), FieldKind.BUTTONS, "", tuple((key, tr(words)) for key, words in LOST_WHY)),
    )
    return PanelFacts("lost", tr("Lost"), fields, tr("Save"), person_facts(scene), note, pad=True)


def _settle_lost(scene: Scene, values: Values) -> Settled:
    mg, ago = read_amount(values.get("mg", "")), ago_of(values)
    if mg is None or mg <= 0:
        return wrong(mg=tr("An amount is needed, such as 50."))
    if not values.get("why"):
        return wrong(why=tr("Say how it was lost."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    return Settled((AskLost(who_of(scene).key, mg, values["why"]),), ago_min=ago)


def _open_given(scene: Scene) -> PanelFacts:
    orders = tuple((words, words) for _, words in scene.prescribers)
    fields = (
        AskField("medicine", tr("Medicine")),
        AskField("amount", tr("Amount"), FieldKind.NUMBER),
        AskField("unit", tr("Unit"), value="mg", pair=True),
        AskField("route", tr("Route"), value="oral"),
        ago_field(pair=True),
        AskField("order", tr("On whose order"), FieldKind.CHOICE, "", (("", "\u2013"), *orders)),
    )
    return PanelFacts("given", tr("Another medicine given"), fields, tr("Save"), person_facts(scene))


def _settle_given(scene: Scene, values: Values) -> Settled:
    for name, text in (("medicine", tr("Which medicine?")), ("unit", tr("Which unit?")), ("route", tr("Which route?"))):
        if not values.get(name):
            return wrong(**{name: text})
    amount, ago = read_amount(values.get("amount", "")), ago_of(values)
    if amount is None or amount <= 0:
        return wrong(amount=tr("An amount is needed, such as 4 or 0.1."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    ask = AskGiven(
        who_of(scene).key, values["medicine"], amount, values["unit"], values["route"], values.get("order", "")
    )
    return Settled((ask,), ago_min=ago)


PANELS = (
    PanelKind("dose", "person", _open_dose, _settle_dose),
    PanelKind("lost", "person", _open_lost, _settle_lost),
    PanelKind("given", "person", _open_given, _settle_given),
)
