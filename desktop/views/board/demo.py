"""Knows made-up sessions for pictures and rehearsing: the real engine in memory, with a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from desktop.domain.cards import EmergencyCard, read_card
from desktop.domain.errors import Known
from desktop.domain.moment import Moment
from desktop.domain.people import Member, Role
from desktop.domain.protocol import CheckKind, GateOn
from desktop.domain.words import tr
from desktop.live import asks as ask
from desktop.live.asks import Ask, Now
from desktop.live.clock import Elapsed
from desktop.live.engine import decide, enter, start
from desktop.live.events import (
    Ending,
    Missed,
    Opened,
    OrderLimits,
    Participant,
    PersonRole,
    Step,
    TouchLevel,
    TouchRule,
)
from desktop.live.state import LiveState
from desktop.services.joining import Newcomer
from desktop.services.ports import Resources

BEGAN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MEMBERS = (
    Member("m1", "Maya Kessler", "MK", frozenset({Role.THERAPIST})),
    Member("m2", "Dr Jonas Ode", "JO", frozenset({Role.PRESCRIBER})),
    Member("m3", "Ina Sato", "IS", frozenset({Role.ASSISTANT})),
)
CARD = ("call", "airway", "oxygen", "breathe", "sheet", "partner", "times")
TITLE = "Session 3, both dosed"


class DemoLive:
    """A session in memory; now_s is moved by hand."""

    def __init__(
        self, resources: Resources, *, alone: bool = False, protocol: str = "ketamine-sl-full", couples: int = 0
    ) -> None:
        self.notes: tuple[str, ...] = ()
        self.now_s = 0.0
        self.resources = resources
        self.card: EmergencyCard | None = read_card(resources.text("cards/emergency.toml"), "emergency.toml")
        self.full_disk = False
        checklist = resources.names("checklists", ".toml")[0]
        opened = Opened(
            "s3", protocol, resources.text(f"protocols/{protocol}.toml"), "0" * 64,
            resources.text(f"checklists/{checklist}"), "0" * 64, _people(alone, protocol, couples), "0", ("m1", "m3"),
        )
        self._state, _ = start(opened, Now(0, self.wall()), "m1")

    @property
    def state(self) -> LiveState:
        """The session now."""
        return self._state

    def wall(self) -> Moment:
        """The clocks now."""
        at = timedelta(seconds=self.now_s)
        return Moment(BEGAN + at, -300, int(self.now_s * 1000), "demo")

    def now(self) -> Elapsed:
        """How long the session has been running."""
        return Elapsed(int(self.now_s * 1000), False)

    def newcomers(self) -> tuple[Newcomer, ...]:
        """The partner, when one came alone."""
        if len(self._state.people) > 1:
            return ()
        partner = _people(False, self._state.opened.protocol_id, 0)[1]
        return (Newcomer(replace(partner, role=PersonRole.SITTING, order=None)),)

    def record(self, asked: Ask, *, author: str | None = None, ago_ms: int = 0) -> LiveState:
        """Keep what was asked, in memory; with full_disk it fails as a disk would."""
        if self.full_disk:
            raise Known(
                tr("The entry could not be saved: the disk is full."), tr("Everything that was shown is saved."),
                tr("Free some room, then press Enter again; what was typed is still there."),
            )
        now = Now(int(self.now_s * 1000), self.wall(), ago_ms)
        for event in decide(self._state, asked, now):
            self._state, _ = enter(self._state, event, now, author or "m1", "m1")
        return self._state

    def at(self, minute: float, *asks: Ask) -> None:
        """Move the clock and keep these."""
        self.now_s = max(self.now_s, minute * 60)
        for one in asks:
            self.record(one, author="m3" if isinstance(one, ask.AskVitals) else None)


NAMES = (
    ("Łukasz Wiśniewski", "Nguyễn Thị Phượng"), ("Ines Falk", "Tom Reyes"), ("Amira Haddad", "Jonas Berg"),
    ("Wren Okafor", "Sade Okafor"), ("Mikael Strand", "Lotte Strand"), ("Dara Quist", "Noor Quist"),
)  # fmt: skip


def _people(alone: bool, protocol: str, couples: int) -> tuple[Participant, ...]:
    route = "intramuscular" if protocol.endswith("im") else "sublingual"
    limits = OrderLimits("o1", route, Decimal(200), Decimal(300), 1, 45, date(2026, 5, 1))
    a = Participant(
        "a", "c1", "Łukasz Wiśniewski", date(1984, 5, 1), PersonRole.DOSED, limits, "to listen", _plan(), "penicillin",
        "candesartan 8 mg, taken this morning", "Marta Wiśniewska, sister, 555 0142",
    )
    tight = OrderLimits("o2", route, Decimal(150), Decimal(150), 0, None, date(2026, 5, 1))
    b = Participant(
        "b", "c2", "Nguyễn Thị Phượng", date(1986, 11, 23), PersonRole.DOSED, tight, "", _plan("no"), "none known",
        "sertraline 50 mg", "Nguyễn Văn An, brother, 555 0177",
    )
    if couples:
        return tuple(
            replace(one, key=f"{n}{one.key}", client_id=f"c{n}{one.key}", name=name, couple=n, couple_id=f"couple-{n}")
            for n in range(1, couples + 1) for one, name in zip((a, b), NAMES[n - 1], strict=True)
        )
    return (a,) if alone else (a, b)


def _plan(hold: str = "ask") -> tuple[TouchRule, ...]:
    """A touch plan as it is agreed sober."""
    both = ("therapist", "assistant")
    hand = [TouchRule(who, "hand", "any", "yes") for who in (*both, "partner")]
    more = [TouchRule(who, place, "any", may) for who in both for place, may in (("shoulder", "ask"), ("hold", "no"))]
    holding = (("awake", "yes"), ("peak", hold), ("return", "yes"))
    own = [TouchRule("partner", "hold", state, may) for state, may in holding]
    return (*hand, *more, *own)


def _checked(live: DemoLive, who: str) -> tuple[Ask, ...]:
    gates = live.state.protocol.gates_on(GateOn.DOSE)
    return tuple(ask.AskCheck(gate.key, "yes", who) for gate in gates)


def before(live: DemoLive) -> None:
    """Arrival: the baseline of one person is in, the other's checks wait."""
    live.at(1, *(ask.AskCheck(item, "yes") for item in ("oxygen", "cuffs", "emesis")))
    live.at(3, *_checked(live, "a"))
    live.at(6, ask.AskVitals("a", 128, 82, 76, 98, 14))
    live.at(9)


def onset(live: DemoLive) -> None:
    """Both dosed, staggered; one amber reading."""
    before(live)
    live.at(9, *_checked(live, "b"))
    live.at(10, ask.AskVitals("b", 134, 86, 84, 98, 16), ask.AskScale("b", "moaas", 5))
    live.at(12, ask.AskTaken("a"))
    live.at(13, _lozenge("a", 100))
    live.at(20, ask.AskNote("Both settled, eyeshades on"), ask.AskTaken("b"))
    live.at(21, _lozenge("b", 150))
    live.at(24, ask.AskCheck("spit", "yes", "a"), ask.AskObserve("a", "settled"))
    live.at(27, ask.AskRound())
    live.at(32, ask.AskCheck("spit", "yes", "b"), ask.AskVitals("a", 134, 86, 84, 97, 14))
    live.at(34, ask.AskObserve("b", "tense", "2"), ask.AskLost("b", Decimal(50), "spat early"))
    live.at(41, ask.AskVitals("b", 164, 98, 104, 97, 16))
    live.at(43.5)


def peak(live: DemoLive) -> None:
    """Deep in it: words kept, a refused reading, a late repeat."""
    onset(live)
    live.at(46, ask.AskVitals("b", 152, 94, 100, 97))
    live.at(52, ask.AskVitals("a", 142, 90, 96, 96, 13), ask.AskObserve("a", "still"), ask.AskRound())
    live.at(55, ask.AskObserve("b", "crying", "3"))
    live.at(56, ask.AskWords("b", "I never told you how afraid I was that you would go."))
    live.at(60, ask.AskReading("b", Missed.REFUSED, (), "asleep"), ask.AskNote("Music: second part"))
    live.at(66, ask.AskObserve("a", "reaches-out"), ask.AskPhase("b", "peak"), ask.AskRound())
    live.at(70, ask.AskVitals("a", 166, 101, 108, 96, 14))
    live.at(78.6)


def dialogue(live: DemoLive) -> None:
    """The afterglow dialogue, in its third mirror."""
    peak(live)
    live.at(80, ask.AskVitals("a", 146, 90, 96, 97, 14), ask.AskVitals("b", 144, 90, 94, 98, 15), ask.AskRound())
    live.at(102, ask.AskVitals("a", 132, 84, 84, 98, 14), ask.AskScale("a", "moaas", 5), ask.AskScale("b", "moaas", 5))
    live.at(110, ask.AskVitals("b", 130, 84, 82, 98, 14), ask.AskRound(), ask.AskDialogue(Step.SEND, "b"))
    steps = (Step.MIRROR, Step.CHECK, Step.MORE, Step.MIRROR, Step.MIRROR)
    for minute, step in enumerate(steps, 111):
        live.at(minute, ask.AskDialogue(step, "b"))
    live.at(116.2)


def away(live: DemoLive) -> None:
    """One is out of the room, with staff; their due items wait."""
    peak(live)
    live.at(79, ask.AskAway("a", "IS, toilet"))
    live.at(84)


def discharged(live: DemoLive) -> None:
    """One has been discharged, the other waits."""
    dialogue(live)
    live.at(125, ask.AskDialogue(Step.STOP, "b"), ask.AskVitals("a", 126, 80, 78, 98, 14), ask.AskRound())
    live.at(133, ask.AskScale("a", "moaas", 5), ask.AskVitals("a", 124, 80, 76, 98, 14))
    live.at(134, _discharge(live, "a"))
    live.at(138, ask.AskVitals("b", 128, 82, 80, 98, 14), ask.AskRound())
    live.at(139)


def closed(live: DemoLive) -> None:
    """The session is over."""
    discharged(live)
    live.at(142, ask.AskScale("b", "moaas", 5), ask.AskVitals("b", 126, 82, 78, 98, 14))
    live.at(143, _discharge(live, "b"))
    live.at(146, ask.AskClose("A calm session; both to call tomorrow."))


def _lozenge(who: str, mg: int) -> Ask:
    return ask.AskDose(
        who, "sublingual", Decimal(mg), own=True, by="m1", checked_by="m2", check_kind=CheckKind.MEMBER
    )


def _discharge(live: DemoLive, who: str) -> Ask:
    items = tuple((gate.key, "yes") for gate in live.state.protocol.gates_on(GateOn.DISCHARGE))
    return ask.AskDischarge(who, Ending.MET, items, "Marta Wiśniewska")


def emergency(live: DemoLive) -> None:
    """One is in an emergency; the card is open, three steps are ticked, the partner's checks go on."""
    peak(live)
    live.at(79, ask.AskVitals("a", None, None, 118, 89, 9), ask.AskEmergency("a", CARD))
    live.at(79.5, ask.AskEmergencyStep("a", "call"))
    live.at(80, ask.AskEmergencyStep("a", "airway"), ask.AskEmergencyStep("a", "oxygen"))
    live.at(81, ask.AskVitals("a", 172, 104, 112, 92, 10))
    live.at(82.4)


def safe(live: DemoLive) -> None:
    """A safe signal in the dialogue; the other one has asked to be asked each time."""
    dialogue(live)
    live.at(117, ask.AskTouch("a", TouchLevel.ASK.value), ask.AskSafe("b"))
    live.at(118)


def breathe(live: DemoLive) -> None:
    """The dialogue's breath, half a minute into it; the receiver had begun to send."""
    dialogue(live)
    live.at(116.5, ask.AskDialogue(Step.SENDING, "b"), ask.AskDialogue(Step.INTERRUPTED, "b"))
    live.at(117, ask.AskDialogue(Step.PAUSE, "b"))
    live.at(117.53)


STATES: dict[str, Callable[[DemoLive], None]] = {
    "before": before, "onset": onset, "peak": peak, "dialogue": dialogue, "away": away, "discharged": discharged,
    "closed": closed, "emergency": emergency, "safe": safe, "breathe": breathe,
}


def demo_live(resources: Resources, state: str, *, alone: bool = False) -> DemoLive:
    """A made-up session in one of STATES."""
    live = DemoLive(resources, alone=alone)
    STATES[state](live)
    return live
