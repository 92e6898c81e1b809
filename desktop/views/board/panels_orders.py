"""Knows the page for an order by phone that is kept by itself: what, from whom, and who read it back."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.asks import AskPhoneOrder
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_body import ago_field, ago_of, person_facts, who_of

ORDER = "order"


def _open_order(scene: Scene) -> PanelFacts:
    """The name comes last: its button saves, so that Enter after the text and one digit are enough."""
    fields = (
        AskField("text", tr("What was ordered")),
        AskField("read_back_by", tr("Read back by"), FieldKind.CHOICE, scene.author, scene.members),
        ago_field(),
        AskField("from", tr("From whom, by phone"), FieldKind.BUTTONS, "-", scene.prescribers, at_once=True),
    )
    note = tr("It waits for the prescriber's signature. When a medicine is given by it at once, Ctrl+G keeps both.")
    return PanelFacts(ORDER, tr("Order by phone"), fields, tr("Save"), person_facts(scene), note)


def _settle_order(scene: Scene, values: Values) -> Settled:
    text, prescriber, reader = (values.get(name, "").strip() for name in ("text", "from", "read_back_by"))
    ago = ago_of(values)
    if not text:
        return wrong(text=tr("Say what was ordered."))
    if prescriber in ("", "-"):
        return wrong(**{"from": tr("From whom?")})
    if reader == prescriber:
        return wrong(read_back_by=tr("The prescriber does not read their own order back."))
    if ago is None:
        return wrong(ago=tr("A whole number of minutes is needed."))
    return Settled((AskPhoneOrder(who_of(scene).key, text, prescriber, reader),), ago_min=ago)


PANELS = (PanelKind(ORDER, "person", _open_order, _settle_order),)
