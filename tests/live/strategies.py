"""Knows how any entry at all is made up for a test."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal

from hypothesis import strategies as st

from desktop.domain.moment import Moment
from desktop.domain.protocol import CheckKind, Level, Sign, Test
from desktop.live import events as ev

TEXT = st.text(max_size=20)
AMOUNT = st.decimals(min_value=0, max_value=10_000, places=2).map(lambda value: Decimal(str(value)))
KEY = st.sampled_from(["a", "b", "3a"])
NUMBER = st.integers(0, 500)
MAYBE = st.none() | NUMBER
CODES = st.lists(TEXT, max_size=3).map(tuple)
LEVELS = st.lists(st.tuples(st.sampled_from(Sign), st.sampled_from(Level)), max_size=3).map(tuple)
ORDERS = st.builds(
    ev.OrderLimits, order_id=TEXT, route=TEXT, max_single_mg=st.none() | AMOUNT, max_total_mg=st.none() | AMOUNT,
    boosters=NUMBER, booster_after_min=MAYBE, valid_until=st.none() | st.dates(), schedule=TEXT,
    bands=st.lists(st.builds(
        ev.OrderBand, sign=st.sampled_from(Sign), level=st.sampled_from(Level), test=st.sampled_from(Test),
        limit=AMOUNT, diastolic=st.none() | AMOUNT,
    ), max_size=2).map(tuple),
)  # fmt: skip
PEOPLE = st.builds(
    ev.Participant, key=KEY, client_id=TEXT, name=TEXT, born=st.dates(max_value=date(2026, 1, 1)),
    role=st.sampled_from(ev.PersonRole), order=st.none() | ORDERS, intention=TEXT,
    touch=st.lists(st.builds(ev.TouchRule, who=TEXT, place=TEXT, state=TEXT, may=TEXT), max_size=2).map(tuple),
    allergies=TEXT, medicines=TEXT, contact=TEXT, consents=TEXT, couple=st.integers(0, 6), couple_id=TEXT,
)  # fmt: skip
MOVABLE: list[st.SearchStrategy[ev.Movable]] = [
    st.builds(ev.Checked, item=TEXT, value=TEXT, who=st.none() | KEY, note=TEXT),
    st.builds(
        ev.VitalsTaken, who=KEY, systolic=MAYBE, diastolic=MAYBE, hr=MAYBE, spo2=MAYBE, rr=MAYBE,
        temp=st.none() | AMOUNT, position=TEXT, levels=LEVELS,
    ),
    st.builds(
        ev.ReadingMissed, who=KEY, of=st.lists(st.sampled_from(Sign), max_size=2).map(tuple),
        outcome=st.sampled_from(ev.Missed), why=TEXT,
    ),
    st.builds(ev.Taken, who=KEY, missing=CODES),
    st.builds(ev.DoseLost, who=KEY, mg=AMOUNT, why=TEXT),
    st.builds(ev.OtherGiven, who=KEY, medicine=TEXT, amount=AMOUNT, unit=TEXT, route=TEXT, order=TEXT),
    st.builds(ev.PhaseMarked, who=KEY, phase=TEXT),
    st.builds(ev.Observed, who=KEY, chip=TEXT, label=TEXT, intensity=TEXT),
    st.builds(ev.Scaled, who=KEY, of=TEXT, value=NUMBER, level=st.sampled_from(Level)),
    st.builds(ev.WordsKept, who=KEY, text=TEXT),
    st.builds(ev.NoteMade, text=TEXT, who=st.none() | KEY),
    st.builds(ev.WentAway, who=KEY, with_whom=TEXT),
    st.builds(ev.CameBack, who=KEY),
    st.builds(ev.PhoneOrdered, who=KEY, text=TEXT, prescriber=TEXT, read_back_by=TEXT),
    st.builds(ev.TouchNarrowed, who=KEY, to=st.sampled_from(ev.TouchLevel), place=TEXT),
    st.builds(ev.SafeSignalled, who=KEY),
    st.builds(ev.AdverseOpened, who=KEY, what=TEXT, entry=MAYBE, severity=st.integers(0, 5), note=TEXT),
]  # fmt: skip
EVENTS: st.SearchStrategy[ev.Event] = st.one_of(
    *MOVABLE,
    st.builds(
        ev.Opened, session_id=TEXT, protocol_id=TEXT, protocol_text=TEXT, protocol_sha256=TEXT, checklist_text=TEXT,
        checklist_sha256=TEXT, participants=st.lists(PEOPLE, max_size=2).map(tuple), program_version=TEXT, staff=CODES,
        format=TEXT,
    ),
    st.builds(ev.StaffMoved, member=TEXT, present=st.booleans()),
    st.builds(
        ev.DoseGiven, who=KEY, route=TEXT, mg=AMOUNT, ml=st.none() | AMOUNT, mg_per_ml=st.none() | AMOUNT, lot=TEXT,
        own=st.booleans(), site=TEXT, by=TEXT, checked_by=TEXT, check_kind=st.none() | st.sampled_from(CheckKind),
        fills=MAYBE, above_order=CODES, entered_twice=st.booleans(), missing=CODES, remaining=MAYBE,
    ),
    st.builds(ev.WordsWritten, entry=NUMBER, text=TEXT),
    st.builds(ev.DialogueStepped, step=st.sampled_from(ev.Step), sender=KEY),
    st.builds(ev.RoundDone, seen=st.lists(KEY, max_size=3).map(tuple)),
    st.builds(ev.Moved, entry=NUMBER, to=KEY, event=st.one_of(*MOVABLE)),
    st.builds(ev.Struck, entry=NUMBER, reason=TEXT),
    st.builds(ev.Undone, entry=NUMBER, reason=TEXT),
    st.builds(
        ev.Discharged, who=KEY, ending=st.sampled_from(ev.Ending),
        items=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple), escort=TEXT, statement_by=TEXT, to=TEXT,
        missing=CODES,
    ),
    st.builds(ev.Closed, summary=TEXT),
    st.builds(ev.EmergencyCalled, who=KEY, steps=CODES),
    st.builds(ev.EmergencyStepped, who=KEY, step=TEXT),
    st.builds(ev.EmergencyEnded, who=KEY, how=TEXT),
    st.builds(
        ev.Overridden, who=KEY, item=TEXT, by=TEXT, how=st.sampled_from(ev.OverrideHow), reason=TEXT, read_back_by=TEXT,
    ),
    st.builds(ev.Joined, who=KEY, participant=PEOPLE),
    st.builds(ev.RoleChanged, who=KEY, role=st.sampled_from(ev.PersonRole)),
    st.builds(ev.TalkOnly, reason=TEXT),
    st.builds(ev.ClockNoted, what=st.sampled_from(ev.ClockKind), ms=st.integers(-(10**12), 10**12)),
)  # fmt: skip
MOMENTS = st.builds(
    Moment, utc=st.datetimes(timezones=st.just(UTC)),
    offset_minutes=st.integers(-900, 900), boot_ms=st.integers(0, 10**12), boot_id=TEXT,
)  # fmt: skip
ENTRIES = st.builds(
    ev.Entry, seq=st.integers(1, 10**6), at_ms=NUMBER, entered_ms=NUMBER, author=TEXT, attested_by=TEXT,
    owner=st.none() | KEY, wall=MOMENTS, event=EVENTS,
)  # fmt: skip
