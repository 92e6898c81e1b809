"""Knows a made-up session with nearly everything that happens, for the pages around it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.live.asks import (
    AskAway,
    AskBack,
    AskCheck,
    AskDialogue,
    AskDischarge,
    AskGiven,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskPhase,
    AskReading,
    AskScale,
    AskStrike,
    AskVitals,
    AskWords,
    Now,
)
from desktop.live.asks_safety import (
    AskAdverse,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskOverride,
    AskPhoneOrder,
    AskSafe,
    AskTouch,
)
from desktop.live.engine import start
from desktop.live.events import Ending, Missed, OverrideHow, Step, TouchRule
from desktop.services.entries import keep_opening
from desktop.services.live import LiveDesk, state_or_plan
from tests.kit import MARA, PAUL, House, dose, plan, ready

BROUGHT: dict[str, dict[str, Any]] = {
    "a": {
        "allergies": "penicillin (rash)", "medicines": "sertraline 50 mg, ramipril 5 mg",
        "contact": "Ewa Wiśniewska, 555-0190",
        "touch": (
            TouchRule("partner", "hand", "any", "yes"), TouchRule("partner", "shoulder", "awake", "ask"),
            TouchRule("therapist", "hand", "peak", "ask"),
        ),
    },
    "b": {"allergies": "none known", "contact": "Trần Văn Minh, 555-0191"},
}  # fmt: skip


def begun(home: House) -> LiveDesk:
    """A session whose people bring along what is asked before it."""
    desk = home.desk()
    session = plan(desk)
    with home.store.write() as unit:
        opened = state_or_plan(desk, unit, session).opened
        people = tuple(replace(one, **BROUGHT[one.key]) for one in opened.participants)
        state, entry = start(replace(opened, participants=people), Now(0, desk.clock.now()), desk.member.id)
        running = keep_opening(desk, unit, session, entry)
    return LiveDesk(desk, running, state)


class Session:
    """A session that is entered by hand, minute by minute."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.live = begun(home)

    def enter(self, ask: object, seconds: float = 0, ago_min: int = 0) -> None:
        """Some seconds later."""
        self.home.clock.forward(seconds)
        self.live.record(ask, ago_ms=ago_min * 60_000)  # type: ignore[arg-type]

    def before(self) -> None:
        """The room, and each person's checks."""
        self.enter(AskCheck("oxygen", "yes"))
        self.enter(AskOverride("a", "clearance", PAUL.id, OverrideHow.PHONE, "expired on Friday, seen today", MARA.id))
        for who, escort in (("a", "Ewa Wiśniewska, 555-0190"), ("b", "Trần Văn Minh, 555-0191")):
            ready(self.live, who)
            self.enter(AskCheck("escort", escort, who))

    def first_hour(self) -> None:
        """Doses for both, ten minutes apart; A's pressure climbs."""
        self.enter(dose("a"), 600)
        self.enter(dose("b", "50"), 600)
        self.enter(AskLost("a", Decimal(25), "spat early"), 60)
        self.enter(AskVitals("a", 142, 88, 88, 97), 540)
        self.enter(AskObserve("a", "crying", "quiet"), 60)
        self.enter(AskWords("b", "I can hear the rain"), 60)
        self.enter(AskPhase("a", "peak"), 60)
        self.enter(AskVitals("b", 118, 76, 70, 98, 12), 60)
        self.enter(AskMove("a"), 30)
        self.enter(AskVitals("a", 164, 101, 104, 96), 840)
        self.enter(AskVitals("a", 184, 112, 118, 94), 360)
        self.enter(AskReading("a", Missed.REFUSED, (), "did not want the cuff"), 300)
        self.enter(AskPhoneOrder("a", "clonidine 0.1 mg by mouth if 180/110 again", PAUL.id, MARA.id), 60)
        self.enter(AskTouch("b", "hands"), 30)
        self.enter(AskEmergency("a", ("call", "airway", "oxygen")), 30)
        self.enter(AskEmergencyStep("a", "call"), 20)
        self.enter(AskEmergencyStep("a", "oxygen"), 40)
        self.enter(AskEmergencyEnd("a", "awake, pressure falling, crew not needed"), 240)
        self.enter(AskAdverse("a", "high pressure with headache", None, 3, "gone after 20 min"), 60)
        self.enter(AskSafe("b"), 60)

    def second_hour(self) -> None:
        """It comes down again; another medicine, a note that was wrong, a late one."""
        self.enter(AskScale("a", "moaas", 4), 60)
        self.enter(AskGiven("a", "ondansetron", Decimal(4), "mg", "by mouth", "phone: Paul Osei"), 60)
        self.enter(AskNote("asked for a blanket", "b"), 60)
        self.enter(AskStrike(self.live.state.entries[-1].seq, "said the other way round"), 60)
        self.enter(AskNote("the window was opened"), 60, 5)
        self.enter(AskAway("b", "TI"), 60)
        self.enter(AskBack("b"), 300)
        self.enter(AskVitals("a", 138, 86, 92, 97, 14), 1200)
        self.enter(AskScale("a", "moaas", 5), 60)
        self.enter(AskCheck("next_appointment", "2026-03-09 at 10:00", "a"), 60)


    def the_end(self) -> None:
        """They speak to each other; A goes home, B stays."""
        for step, sender in ((Step.SEND, "a"), (Step.MIRROR, "a"), (Step.MIRROR, "a"), (Step.CORRECT, "a"),
                             (Step.SENDING, "a"), (Step.SWITCH, "b"), (Step.MIRROR, "b"), (Step.STOP, "b")):
            self.enter(AskDialogue(step, sender), 45)
        items = tuple((item, "yes") for item in ("oriented", "gait", "fluids", "safety_question"))
        self.enter(AskDischarge("a", Ending.MET, items, escort="Ewa Wiśniewska"), 600)


def played(home: House) -> Session:
    """The session at two hours and a half."""
    session = Session(home)
    session.before()
    session.first_hour()
    session.second_hour()
    session.the_end()
    return session
