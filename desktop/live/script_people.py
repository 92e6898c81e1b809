"""Knows how a person of a script is read: name, birth, part, order, touch plan and what a hand-over needs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from desktop.domain.people import NAME_LIMIT, read_date
from desktop.domain.protocol import Level, Sign, Test
from desktop.domain.words import tr
from desktop.live.events import OrderBand, OrderLimits, Participant, PersonRole, TouchRule
from desktop.live.rules import refuse
from desktop.live.script_fields import Line


class Permission(StrEnum):
    """What a line of a touch plan says."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


def person_in(line: Line, today: date) -> Participant:
    """The participant that an object describes; no client id yet. today: nobody was born after it."""
    name, born = line.text("name"), read_date(line.text("born"))
    if born is None or born > today:
        refuse("header", tr("born: a date is needed, as 1984-05-01, not after the session."))
    if len(name) > NAME_LIMIT:
        refuse("header", tr("name: at most {n} characters.", n=NAME_LIMIT))
    return Participant(
        key=line.text("key"), client_id="", name=name, born=born, role=line.choice("role", PersonRole),
        order=_order(line.take("order")), intention=line.text_or_none("intention"), touch=_touch(line.take("touch")),
        allergies=line.text_or_none("allergies"), medicines=line.text_or_none("medicines"),
        contact=line.text_or_none("contact"), consents=line.text_or_none("consents"),
        couple=line.whole_or_none("couple") or 0,
    )


def _objects(value: object, name: str) -> tuple[Line, ...]:
    """A list of objects; empty when it is not there."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        refuse("header", tr("{field}: a list of objects is needed.", field=name))
    return tuple(Line(one) for one in value)


def _touch(value: object) -> tuple[TouchRule, ...]:
    return tuple(
        TouchRule(
            line.text("who"), line.text("place"), line.text_or_none("state") or "any", line.choice("may", Permission)
        )
        for line in _objects(value, "touch")
    )


def _bands(value: object) -> tuple[OrderBand, ...]:
    found = []
    for line in _objects(value, "bands"):
        sign, level = line.choice("sign", Sign), line.choice("level", Level)
        test = line.choice("test", Test) if line.table.get("test") is not None else Test.FROM
        low = line.amount_or_none("diastolic")
        limit = line.amount_or_none("systolic") if sign is Sign.BP else line.amount_or_none("limit")
        if limit is None or (sign is Sign.BP) != (low is not None) or level is Level.NORMAL:
            refuse("header", tr("bands: systolic and diastolic for bp, a limit for any other sign; amber or red."))
        found.append(OrderBand(sign, level, test, limit, low))
    return tuple(found)


def _order(value: object) -> OrderLimits | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        refuse("header", tr("order: an object is needed."))
    line = Line(value)
    until = line.text_or_none("valid_until")
    last = read_date(until)
    if until and last is None:
        refuse("header", tr("valid_until: a date is needed, as 2026-05-01."))
    return OrderLimits(
        order_id=line.text_or_none("order_id", "id"), route=line.text_or_none("route"),
        max_single_mg=line.amount_or_none("max_single_mg"), max_total_mg=line.amount_or_none("max_total_mg"),
        boosters=line.whole_or_none("boosters") or 0, booster_after_min=line.whole_or_none("booster_after_min"),
        valid_until=last, schedule=_schedule(line.take("schedule")), bands=_bands(line.take("bands")),
    )


def _schedule(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, list) or not value or not all(type(one) is int for one in value):
        refuse("header", tr("schedule: a name, or a list of minutes."))
    return ",".join(str(one) for one in value)
