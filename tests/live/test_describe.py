"""Every event reads as one plain line in the log."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from desktop.domain.protocol import Level, Sign
from desktop.live import events as ev
from desktop.live.describe import describe
from tests.live.play import Play, opened
from tests.live.strategies import EVENTS

STATE = Play().state


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            ev.VitalsTaken("a", 165, 84, 76, 98, 14, Decimal("36.80"), "lying", ((Sign.BP, Level.AMBER),)),
            "BP 165/84, heart rate 76, SpO2 98, respiration 14, temperature 36.8, (BP: amber), lying",
        ),
        (ev.VitalsTaken("a", hr=70), "heart rate 70"),
        (ev.ReadingMissed("a", (Sign.BP, Sign.HR), ev.Missed.REFUSED, "tired"), "BP, heart rate refused, tired"),
        (ev.ReadingMissed("a", (), ev.Missed.FAILED), "vitals failed"),
        (ev.Scaled("a", "moaas", 2, Level.RED), "MOAA/S 2 (red)"),
        (ev.Scaled("a", "own scale", 2), "own scale 2"),
        (ev.Observed("a", "crying", "crying", "2"), "crying, 2"),
        (ev.Taken("a"), "taken"),
        (
            ev.DoseGiven(
                "a", "intramuscular", Decimal("90.0"), Decimal("1.80"), lot="L1", site="left arm", by="m1",
                checked_by="m2", above_order=("boosters",),
            ),
            "dose 90 mg intramuscular, 1.8 mL, left arm, lot L1, by M1, checked by M2, above: boosters",
        ),
        (ev.DoseGiven("a", "sublingual", Decimal(100), own=True), "dose 100 mg sublingual, own lozenge"),
        (ev.DoseGiven("a", "sublingual", Decimal(100)), "dose 100 mg sublingual"),
        (ev.DoseLost("a", Decimal("50.00"), "vomited"), "lost 50 mg: vomited"),
        (ev.OtherGiven("a", "ondansetron", Decimal(4), "mg", "oral", "Dr N"), "ondansetron 4 mg oral, Dr N"),
        (ev.Checked("escort", "yes", "a", "Ewa"), "Escort by name and phone: yes, Ewa"),
        (ev.Checked("oxygen", "full"), "Oxygen tested: full"),
        (ev.WordsKept("a", "mine"), "“mine”"),
        (ev.WordsKept("a"), "words stamped, text to follow"),
        (ev.WordsWritten(3, "mine"), "text of entry 3: “mine”"),
        (ev.NoteMade("music changed"), "music changed"),
        (ev.PhaseMarked("a", "peak"), "phase: Peak"),
        (ev.PhaseMarked("a", "moon"), "phase: moon"),
        (ev.DialogueStepped(ev.Step.MIRROR, "b"), "dialogue: mirror, B sends"),
        (ev.StaffMoved("m2", True), "M2 came in"),
        (ev.StaffMoved("m2", False), "M2 went out"),
        (ev.WentAway("a", "m2"), "away, m2"),
        (ev.CameBack("a"), "back"),
        (ev.RoundDone(("a", "b")), "all seen: A, B"),
        (ev.RoundDone(()), "all seen: -"),
        (opened(), "session opened, protocol ketamine-sl-full"),
        (ev.Moved(3, "b", ev.NoteMade("x", "b")), "entry 3 moved to B: x"),
        (ev.Struck(3, "wrong"), "entry 3 struck: wrong"),
        (ev.Undone(3), "entry 3 taken back"),
        (ev.Discharged("a", ev.Ending.TRANSFERRED, to="ambulance"), "session ended: transferred, ambulance"),
        (ev.Closed("rested"), "session closed, rested"),
        (ev.ClockNoted(ev.ClockKind.SLEPT, 720_000), "The machine slept 720 s; the session's clock counted on"),
    ],
)
def test_an_event_reads_in_plain_words(event: ev.Event, text: str) -> None:
    assert describe(STATE, event, str.upper) == text


@given(EVENTS)
def test_every_event_has_a_line(event: ev.Event) -> None:
    assert isinstance(describe(STATE, event), str)
