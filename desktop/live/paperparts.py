"""Knows what a part of a paper flowsheet's text means beyond the quick line: what its other tables and boxes hold.

    check escort yes                       an item of the checks
    given ondansetron 4 mg oral            another medicine; what follows is the order
    order ondansetron 4 mg / Dr Osei / TI  an order by phone: what, from whom, read back by whom
    touch hands      safe                  less touch than before; the safe signal
    ends met Maria                         how the person's session ended, and the escort; `prescriber` with whose
                                           statement, `transferred` with to whom
    note ...                               a note, whatever it begins with
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.amounts import read_amount
from desktop.domain.words import tr
from desktop.live.asks import (
    Ask,
    AskCheck,
    AskDischarge,
    AskGiven,
    AskNote,
    AskPhoneOrder,
    AskSafe,
    AskTouch,
)
from desktop.live.events import Ending


class NotReadable(Exception):
    """A part that begins like one of these and is none; its words."""


def read_part(who: str, part: str) -> Ask | None:
    """What a part asks for; None where it begins like none of these. NotReadable."""
    first, _, rest = part.strip().partition(" ")
    known = _KNOWN.get(first.casefold())
    if known is None or (known is _safe and rest):
        return None
    return known(who, rest.strip())


def _check(who: str, rest: str) -> Ask:
    item, _, value = rest.partition(" ")
    if not value.strip():
        raise NotReadable(tr("Say which item and how it was: check escort yes."))
    return AskCheck(item.casefold(), value.strip(), who)


def _given(who: str, rest: str) -> Ask:
    words = rest.split(maxsplit=4)
    amount = read_amount(words[1]) if len(words) > 3 else None
    if amount is None:
        raise NotReadable(tr("Medicine, amount, unit and route: given ondansetron 4 mg oral."))
    return AskGiven(who, words[0], amount, words[2], words[3], words[4] if len(words) > 4 else "")


def _order(who: str, rest: str) -> Ask:
    parts = [part.strip() for part in rest.split("/")]
    if len(parts) < 3 or not all(parts[-2:]):
        raise NotReadable(tr("What, from whom, read back by whom: order ondansetron 4 mg / Dr Osei / TI."))
    return AskPhoneOrder(who, "/".join(parts[:-2]), parts[-2], parts[-1])


def _touch(who: str, rest: str) -> Ask:
    level, _, place = rest.partition(" ")
    if not level:
        raise NotReadable(tr("How much is permitted now: touch hands, touch none."))
    return AskTouch(who, level, place.strip())


def _safe(who: str, rest: str) -> Ask:
    return AskSafe(who)


def _ends(who: str, rest: str) -> Ask:
    how, _, name = rest.partition(" ")
    endings = [ending.value for ending in Ending]
    if how.casefold() not in endings:
        raise NotReadable(tr("How it ended: ends {endings}.", endings=", ".join(endings)))
    ending, name = Ending(how.casefold()), name.strip()
    if ending is Ending.PRESCRIBER:
        return AskDischarge(who, ending, statement_by=name)
    if ending is Ending.TRANSFERRED:
        return AskDischarge(who, ending, to=name)
    return AskDischarge(who, ending, escort=name)


def _note(who: str, rest: str) -> Ask:
    return AskNote(rest, who)


_KNOWN: dict[str, Callable[[str, str], Ask]] = {
    "check": _check, "given": _given, "order": _order, "touch": _touch, "safe": _safe, "ends": _ends, "note": _note,
}
