"""Knows the page for somebody who comes to the running session: found by name, and in which part they come."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.asks import AskJoin
from desktop.services.joining import Newcomer
from desktop.services.participants import limits_of
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.panels_medicine import order_words
from desktop.views.board.wording import letter_of
from desktop.views.ui.theme import Tone

JOIN = "join"
SITS = "sits"
_LETTERS = 3
"""So much of a name must be typed: the board is no list of who comes to this practice."""
_MOST = 9


def _open_join(scene: Scene) -> PanelFacts:
    """Whose partner is missing is offered at once; in a group somebody is found by name."""
    if not scene.newcomers:
        note = tr("Nobody can come: both partners are here, or no partner is in the records.")
        return PanelFacts(JOIN, tr("Somebody comes"), (), "", note=note, note_tone=Tone.PLAIN)
    if len(scene.newcomers) == 1:
        return _part(scene.newcomers[0])
    field = AskField("name", tr("Name, at least {n} letters", n=_LETTERS))
    note = tr("Names of the practice are not listed where people look on.")
    return PanelFacts(JOIN, tr("Somebody comes"), (field,), tr("Find"), note=note)


def found(scene: Scene, typed: str) -> tuple[Newcomer, ...]:
    """Those whose names hold every word that was typed; nobody for less than three letters."""
    words = typed.casefold().split()
    if sum(map(len, words)) < _LETTERS:
        return ()
    return tuple(one for one in scene.newcomers if all(word in one.sitting.name.casefold() for word in words))


def _who(some: tuple[Newcomer, ...]) -> PanelFacts:
    options = tuple((one.sitting.client_id, _named(one)) for one in some[:_MOST])
    return PanelFacts(
        JOIN, tr("Somebody comes"), (AskField("who", tr("Who"), FieldKind.BUTTONS, "-", options),), "", at_once=True
    )


def _named(one: Newcomer) -> str:
    """Two identifiers, and the letter that they get."""
    person = one.sitting
    return tr("{letter}: {name}, born {born}", letter=letter_of(person.key), name=person.name,
              born=person.born.isoformat())  # fmt: skip


def _part(one: Newcomer) -> PanelFacts:
    """In which part: beside the partner, or by an order that holds today."""
    options = [(SITS, tr("Sits with the partner"))]
    options += [
        (order.id, tr("Takes medicine. {order}", order=order_words(limits_of(order)))) for order in one.orders
    ]
    fields = (
        AskField("person", _named(one), FieldKind.HEADING),
        AskField("part", tr("Comes and"), FieldKind.BUTTONS, "-", tuple(options)),
    )
    note = "" if one.orders else tr("There is no order for this medicine that holds today: they can sit, and no more.")
    held = (("who", one.sitting.client_id),)
    return PanelFacts(JOIN, tr("Somebody comes"), fields, "", note=note, at_once=True, held=held)


def _settle_join(scene: Scene, values: Values) -> Settled:
    one = next((each for each in scene.newcomers if each.sitting.client_id == values.get("who")), None)
    if one is None:
        some = found(scene, values.get("name", ""))
        if not some:
            return wrong(name=tr("Nobody who can come has this name. Type at least {n} letters of it.", n=_LETTERS))
        return Settled(again=_part(some[0]) if len(some) == 1 else _who(some))
    part = values.get("part", "-")
    if part == "-":
        return Settled(again=_part(one))
    return Settled((AskJoin(one.comes("" if part == SITS else part)),))


PANELS = (PanelKind(JOIN, "", _open_join, _settle_join),)
