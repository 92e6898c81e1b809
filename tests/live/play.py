"""Knows how a test plays a session: people, orders, a start, and asking at a second."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.checklist import read_checklist
from desktop.domain.errors import Refused
from desktop.domain.moment import Moment
from desktop.domain.protocol_file import read_protocol
from desktop.live.asks import Ask, AskCheck, AskDose, AskVitals, Now
from desktop.live.due import due_of
from desktop.live.engine import decide, enter, start
from desktop.live.events import Entry, Event, Opened, OrderLimits, Participant, PersonRole
from desktop.live.state import DueItem, PersonState

ROOT = Path(__file__).parents[2]
CHECKLIST = read_checklist((ROOT / "resources/checklists/observations.toml").read_text("utf-8"), "observations.toml")
ORDER = OrderLimits(
    order_id="o1", max_single_mg=Decimal(200), max_total_mg=Decimal(300), boosters=1, booster_after_min=45
)
A = Participant("a", "client-a", "Łukasz Wiśniewski", date(1984, 5, 1), PersonRole.DOSED, ORDER)
B = Participant("b", "client-b", "Nguyễn Thị Phượng", date(1986, 11, 23), PersonRole.DOSED, ORDER)
B_SITS = replace(B, role=PersonRole.SITTING, order=None)
BEGAN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
FULL, LIGHT, IM = "ketamine-sl-full", "ketamine-sl-light", "ketamine-im"


def protocol_text(name: str) -> str:
    """A shipped protocol's text."""
    return (ROOT / f"resources/protocols/{name}.toml").read_text("utf-8")


def moment(seconds: float, boot: str = "boot-1", shift_s: float = 0, offset: int = -300) -> Moment:
    """The clocks so many seconds after the start; shift_s: how wrong the wall clock is by then."""
    return Moment(BEGAN + timedelta(seconds=seconds + shift_s), offset, 5_000 + round(seconds * 1000), boot)


def now(seconds: float, ago: float = 0) -> Now:
    """A time to ask at."""
    return Now(round(seconds * 1000), moment(seconds), round(ago * 1000))


def opened(*people: Participant, protocol: str = FULL, text: str = "") -> Opened:
    """An opening of a shipped protocol, or of the text given."""
    found = read_protocol(text or protocol_text(protocol), protocol)
    return Opened(
        "session-1", found.id, found.text, found.sha256, CHECKLIST.text, CHECKLIST.sha256, people or (A, B), "0.1",
        ("m1",),
    )


class Play:
    """A session being played. `state` is always what came out of the last entry."""

    def __init__(self, *people: Participant, protocol: str = FULL, text: str = "") -> None:
        self.state, first = start(opened(*people, protocol=protocol, text=text), now(0), "m1")
        self.entries: list[Entry] = [first]

    def ask(self, seconds: float, ask: Ask, ago: float = 0, author: str = "m1") -> Event:
        """Ask at a second; the event that was kept."""
        when = now(seconds, ago)
        (event,) = decide(self.state, ask, when)
        self.state, entry = enter(self.state, event, when, author)
        self.entries.append(entry)
        return event

    def refusal(self, seconds: float, ask: Ask, ago: float = 0) -> str:
        """The code of the refusal; fails when it is not refused."""
        with pytest.raises(Refused) as caught:
            decide(self.state, ask, now(seconds, ago))
        assert caught.value.what
        assert caught.value.safe == "Nothing was changed."
        return caught.value.code

    def __getitem__(self, key: str) -> PersonState:
        return self.state.people[key]

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self.entries[-1].seq

    def due(self, who: str, seconds: float) -> dict[tuple[str, float], str]:
        """State by item and due second."""
        return {(item.item, item.due_ms / 1000): item.state.value for item in self.items(who, seconds)}

    def items(self, who: str, seconds: float) -> tuple[DueItem, ...]:
        """What is due for a person."""
        return due_of(self.state, self.state.people[who], round(seconds * 1000))


def dose(who: str = "a", mg: str = "100", **more: object) -> AskDose:
    """A complete dose of the practice's stock, as the board asks for it."""
    ask = AskDose(who, "sublingual", Decimal(mg), lot="L1", by="m1", checked_by="m2")
    return replace(ask, **more)  # type: ignore[arg-type]


def bp(systolic: int, diastolic: int, who: str = "a") -> AskVitals:
    """A blood pressure."""
    return AskVitals(who, systolic, diastolic)


def vitals(who: str = "a") -> AskVitals:
    """A whole set that is within every band."""
    return AskVitals(who, 128, 82, 76, 98, 14)


def ready(play: Play, who: str = "a", seconds: float = 0) -> None:
    """Enter everything that a dose expects."""
    for gate in play.state.protocol.gates:
        if gate.on.value == "dose":
            play.ask(seconds, AskCheck(gate.key, "yes", who))
    play.ask(seconds, vitals(who))

