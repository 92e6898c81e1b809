"""Knows a session that is played by chance with a canary in every text, and whose each canary is by its own reckoning.

The reckoning is kept apart from the program's: an entry belongs to whom it was entered for, a move takes its words
along, taking the move back brings them home. What is said of an entry belongs with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from desktop.domain.errors import Refused
from desktop.domain.people import Client, Couple
from desktop.live.asks import (
    Ask,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDischarge,
    AskDose,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskReading,
    AskScale,
    AskStrike,
    AskTaken,
    AskUndo,
    AskVitals,
    AskWords,
    AskWordsText,
)
from desktop.live.asks_safety import (
    AskAdverse,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskOverride,
    AskPhoneOrder,
    AskTouch,
)
from desktop.live.events import Ending, Missed, OverrideHow
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from tests.kit import ANNA, BEN, PAIR, HandClock, furnish, plan

SEATS = ("a", "b")
ROOM = "room"


def other(seat: str) -> str:
    """The partner's seat."""
    return "b" if seat == "a" else "a"


@dataclass(slots=True)
class Planted:
    """Every canary there is. homes: whose each is now, by seat or ROOM; entries: those in an entry's text."""

    homes: dict[str, str] = field(default_factory=dict)
    entries: dict[int, list[str]] = field(default_factory=dict)

    def new(self, home: str) -> str:
        """A canary: one word, which no text wraps and no other holds."""
        word = f"zq{len(self.homes):03d}{home[0]}x"
        self.homes[word] = home
        return word

    def of(self, home: str) -> set[str]:
        """The canaries of a seat, or of the room."""
        return {word for word, whose in self.homes.items() if whose == home}


Make = Callable[[Planted, str], Ask]


def _dose(planted: Planted, who: str) -> Ask:
    return AskDose(
        who, "sublingual", Decimal(50), lot=planted.new(who), site=planted.new(who), by=planted.new(who),
        checked_by=planted.new(who), entered_twice=True,
    )


def _given(planted: Planted, who: str) -> Ask:
    words = [planted.new(who) for _ in range(4)]
    return AskGiven(who, words[0], Decimal(4), words[1], words[2], words[3])


# Every kind of entry about a person that has room for somebody's words.
ABOUT: tuple[Make, ...] = (
    lambda p, who: AskCheck(p.new(who), p.new(who), who, p.new(who)),
    lambda p, who: AskVitals(who, 128, 82, 76, 98, 14, position=p.new(who)),
    lambda p, who: AskReading(who, Missed.REFUSED, why=p.new(who)),
    lambda p, who: AskLost(who, Decimal("0.5"), p.new(who)),
    lambda p, who: AskObserve(who, "crying", p.new(who)),
    lambda p, who: AskWords(who, p.new(who)),
    lambda p, who: AskNote(p.new(who), who),
    lambda p, who: AskAway(who, p.new(who)),
    lambda p, who: AskScale(who, "nausea", 2),
    lambda p, who: AskPhoneOrder(who, p.new(who), p.new(who), p.new(who)),
    lambda p, who: AskOverride(who, "fasting", p.new(who), OverrideHow.PHONE, p.new(who), p.new(who)),
    lambda p, who: AskTouch(who, "none", p.new(who)),
    lambda p, who: AskAdverse(who, p.new(who), None, 2, p.new(who)),
    lambda p, who: AskEmergency(who),
    lambda p, who: AskEmergencyStep(who, p.new(who)),
    lambda p, who: AskEmergencyEnd(who, p.new(who)),
    lambda p, who: AskTaken(who),
    lambda p, who: AskBack(who),
    _dose, _given,
)  # fmt: skip


def people(planted: Planted) -> tuple[tuple[Client, ...], Couple, tuple[str, str]]:
    """A couple with a canary in every field of theirs, and what each of them hopes for."""
    clients = tuple(
        replace(
            client, name=f"{planted.new(seat)} {planted.new(seat)}", pronouns=planted.new(seat),
            contact=planted.new(seat), language=planted.new(seat),
        )
        for seat, client in zip(SEATS, (ANNA, BEN), strict=True)
    )
    return clients, replace(PAIR, label=planted.new(ROOM)), (planted.new("a"), planted.new("b"))


class Played:
    """A session of two people full of canaries, played by chance."""

    def __init__(self, desk: Desk, clock: HandClock, seed: int) -> None:
        self.planted = Planted()
        self.random = Random(seed)
        self.clock = clock
        clients, couple, hopes = people(self.planted)
        furnish(desk, clients, couple)
        self.live = LiveDesk.begin(desk, plan(desk, couple=couple, intentions=hopes).id)
        self._moves: dict[int, tuple[int, str]] = {}  # the move's entry: what it moved, and from whom
        self._followers: dict[int, list[int]] = {}

    def play(self, steps: int) -> None:
        """Every kind of entry once for each, then so many steps by chance; at the end everybody goes."""
        for make in ABOUT:
            for seat in SEATS:
                self.enter(make, seat)
        for _ in range(steps):
            self.random.choice(
                (self._about, self._about, self._late, self._later, self._move, self._strike, self._undo)
            )()
        self._end()

    def record(self, ask: Ask, ago_ms: int = 0) -> int:
        """Ask; the number of the entry, 0 when it was refused."""
        self.clock.forward(self.random.randrange(1, 90))
        try:
            return self.live.record(ask, ago_ms=ago_ms).entries[-1].seq
        except Refused:
            return 0

    def enter(self, make: Make, seat: str, ago_ms: int = 0) -> int:
        """Ask for something about a person; canaries of what was refused are nobody's."""
        before = len(self.planted.homes)
        ask = make(self.planted, seat)
        words = list(self.planted.homes)[before:]
        seq = self.record(ask, ago_ms)
        if seq:
            self.planted.entries[seq] = words
        else:
            self.planted.homes.update(dict.fromkeys(words, "nowhere"))
        return seq

    def _about(self) -> None:
        self.enter(self.random.choice(ABOUT), self.random.choice(SEATS))

    def _late(self) -> None:
        self.enter(self.random.choice(ABOUT), self.random.choice(SEATS), ago_ms=self.random.randrange(1, 60_000))

    def _later(self) -> None:
        """The minute is stamped now, the words are written later, maybe after a move."""
        seat = self.random.choice(SEATS)
        seq = self.enter(lambda planted, who: AskWords(who), seat)
        if not seq:
            return
        if self.random.random() < 0.5:
            self._move_entry(seq, seat)
            seat = self._home(seq, seat)
        text = self.enter(lambda planted, who: AskWordsText(seq, planted.new(who)), seat)
        if text:
            self._followers.setdefault(seq, []).append(text)
        if self.random.random() < 0.5:
            self._move_entry(seq, seat)

    def _home(self, seq: int, seat: str) -> str:
        moved = [to for entry, to in self._moves.values() if entry == seq]
        return other(moved[-1]) if moved else seat

    def _move(self) -> None:
        seq = self.random.choice(list(self.planted.entries))
        words = self.planted.entries[seq]
        if words:
            self._move_entry(seq, self.planted.homes[words[0]])

    def _move_entry(self, seq: int, seat: str) -> None:
        move = self.record(AskMove(other(seat), seq))
        if move:
            self._moves[move] = (seq, seat)
            self._rehome(seq, other(seat))

    def _rehome(self, seq: int, seat: str) -> None:
        for entry in (seq, *self._followers.get(seq, ())):
            self.planted.homes.update(dict.fromkeys(self.planted.entries.get(entry, ()), seat))

    def _strike(self) -> None:
        seq = self.random.choice(list(self.planted.entries))
        words = self.planted.entries[seq]
        if not words:
            return
        seat = self.planted.homes[words[0]]
        reason = self.planted.new(seat)
        if self.record(AskStrike(seq, reason)):
            self.planted.entries[seq] = [*words, reason]
        else:
            self.planted.homes[reason] = "nowhere"

    def _undo(self) -> None:
        """Take the last entry back without a word: whose it was is the engine's to know, unless it was a move."""
        seq = self.record(AskUndo())
        if not seq:
            return
        undone = self.live.state.entries[seq - 1].event.entry  # type: ignore[union-attr]
        if undone in self._moves:
            entry, home = self._moves.pop(undone)
            self._rehome(entry, home)

    def _end(self) -> None:
        for seat in SEATS:
            words = [self.planted.new(seat) for _ in range(4)]
            items = ((words[3], "yes"),)
            for ending in (Ending.LEFT, Ending.NOT_DOSED):
                asked = AskDischarge(seat, ending, items, escort=words[0], statement_by=words[1], to=words[2])
                if self.record(asked):
                    break
        assert self.record(AskClose(self.planted.new(ROOM)))
