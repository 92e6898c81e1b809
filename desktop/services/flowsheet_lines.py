"""Knows how the lines of one person's flowsheet are gathered from the entries that are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from desktop.domain.amounts import plain
from desktop.domain.moment import Moment
from desktop.domain.paper import (
    BandLine,
    DoseLine,
    ObservationLine,
    PhaseSpan,
    ScaleLine,
    StaffLine,
    VitalsPoint,
    WordsLine,
)
from desktop.domain.people import Member
from desktop.domain.protocol import Level, Protocol, Sign, Test, When
from desktop.domain.words import tr
from desktop.live.clock import begun_at
from desktop.live.copies import seen_by
from desktop.live.events import (
    DoseGiven,
    DoseLost,
    Entry,
    Event,
    Moved,
    Observed,
    OtherGiven,
    ReadingMissed,
    Scaled,
    StaffMoved,
    Taken,
    VitalsTaken,
)
from desktop.live.labels import missing_words
from desktop.live.own_bands import bands_for
from desktop.live.state import LiveState, PersonState

MINUTE_MS = 60_000


def wall_text(start: Moment, at_ms: int) -> str:
    """The wall clock, `HH:MM`, so many milliseconds after a session's start."""
    return (start.local + timedelta(milliseconds=at_ms)).strftime("%H:%M")


def start_of(state: LiveState) -> Moment:
    """When a session began."""
    return state.entries[0].wall


@dataclass(frozen=True, slots=True)
class Copy:
    """What one person's sheet is made of. members: everyone who works here, by id.

    signed: who signed an order by phone and when, by the entry's number. steps: the words of the emergency card.
    """

    state: LiveState
    person: PersonState
    members: Mapping[str, Member]
    signed: Mapping[int, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)

    def own(self) -> Iterable[tuple[Entry, Event]]:
        """The person's own entries, each as it counts now: what was moved here comes as it was entered here,
        and what was moved away is another's and does not come at all."""
        for entry in seen_by(self.state, self.person.key):
            if entry.owner == self.person.key and not isinstance(entry.event, Moved):
                yield entry, entry.event

    def struck(self, entry: Entry) -> bool:
        """Whether an entry was taken back; one that was moved here counts."""
        mark = self.state.marks.get(entry.seq)
        return mark is not None and mark.how != "moved"

    def why(self, entry: Entry) -> str:
        """Why an entry was taken back."""
        mark = self.state.marks.get(entry.seq)
        return "" if mark is None or mark.how == "moved" else mark.reason or tr("taken back")

    def by(self, member_id: str) -> str:
        """A member's initials, or what was entered when it is no member's id."""
        return self.members[member_id].initials if member_id in self.members else member_id

    def step_words(self, step: str) -> str:
        """A step of the emergency card in its words; its key where the card has changed since."""
        return self.steps.get(step, step)

    def wall(self, at_ms: int) -> str:
        """The wall clock at a time of the session."""
        return wall_text(begun_at(self.state.entries[0]), at_ms)


def minute(at_ms: int) -> int:
    """Whole minutes since the session started."""
    return at_ms // MINUTE_MS


def dose_lines(copy: Copy) -> tuple[DoseLine, ...]:
    """Doses, what was lost of them, and other medicines, struck ones among them, in order of time."""
    lines = [(entry.at_ms, entry.seq, line) for entry, event in copy.own() if (line := _dose(copy, entry, event))]
    return tuple(line for _, _, line in sorted(lines, key=lambda item: item[:2]))


def _dose(copy: Copy, entry: Entry, event: Event) -> DoseLine | None:
    struck, why = copy.struck(entry), copy.why(entry)
    at = minute(entry.at_ms), copy.wall(entry.at_ms)
    match event:
        case Taken():
            filled = any(dose.taken_seq == entry.seq and dose.mg is not None for dose in copy.person.doses)
            what = tr("taken") if filled else tr("taken, details not entered")
            return DoseLine(*at, what, "", by=copy.by(entry.author), struck=struck, reason=why)
        case DoseGiven():
            booster = any(dose.seq == entry.seq and dose.booster for dose in copy.person.doses)
            above = (tr("above the order: {what}", what=what) for what in event.above_order)
            missing = ", ".join((*missing_words(copy.state.protocol, event.missing), *above))
            amount = plain(event.mg) + (tr(" ({ml} mL)", ml=plain(event.ml)) if event.ml is not None else "")
            return DoseLine(
                *at, tr("booster") if booster else tr("dose"), amount, event.route,
                _source(event), copy.by(event.by) or copy.by(entry.author),
                copy.by(event.checked_by), struck, why, missing,
            )
        case DoseLost():
            return DoseLine(*at, tr("lost: {why}", why=event.why), "\u2212" + plain(event.mg), by=copy.by(entry.author),
                            struck=struck, reason=why)
        case OtherGiven():
            return DoseLine(*at, event.medicine, f"{plain(event.amount)} {event.unit}", event.route,
                            by=copy.by(entry.author), struck=struck, reason=why)
        case _:
            return None


def _source(event: DoseGiven) -> str:
    """The lot, or that it was the client's own, with how many are left of those."""
    if not event.own:
        return event.lot
    return tr("own") if event.remaining is None else tr("own, {n} left", n=event.remaining)


def vitals_points(copy: Copy) -> tuple[VitalsPoint, ...]:
    """Readings, and those that were refused or failed, in order of time."""
    points = [(entry.at_ms, entry.seq, point) for entry, event in copy.own() if (point := _vitals(copy, entry, event))]
    return tuple(point for _, _, point in sorted(points, key=lambda item: item[:2]))


def _vitals(copy: Copy, entry: Entry, event: Event) -> VitalsPoint | None:
    at, by, struck = (minute(entry.at_ms), copy.wall(entry.at_ms)), copy.by(entry.author), copy.struck(entry)
    if isinstance(event, VitalsTaken):
        return VitalsPoint(
            *at, event.systolic, event.diastolic, event.hr, event.spo2, event.rr,
            "" if event.temp is None else plain(event.temp),
            tuple((sign.value, level.value) for sign, level in event.levels), by=by, struck=struck,
        )
    if isinstance(event, ReadingMissed):
        return VitalsPoint(
            *at, status=event.outcome.value, signs=tuple(sign.value for sign in event.of), reason=event.why,
            by=by, struck=struck,
        )
    return None


def observation_lines(copy: Copy) -> tuple[ObservationLine, ...]:
    """What was seen, struck ones among them."""
    return tuple(
        ObservationLine(
            minute(entry.at_ms), copy.wall(entry.at_ms), event.label, event.intensity, copy.by(entry.author),
            copy.struck(entry), copy.why(entry),
        )
        for entry, event in copy.own() if isinstance(event, Observed)
    )


def scale_lines(copy: Copy) -> tuple[ScaleLine, ...]:
    """Ratings, with the level that was shown."""
    names = {rating.key: rating.label for rating in copy.state.checklist.ratings}
    return tuple(
        ScaleLine(
            minute(entry.at_ms), copy.wall(entry.at_ms), names.get(event.of, event.of), str(event.value),
            "" if event.level is Level.NORMAL else event.level.value, copy.by(entry.author), copy.struck(entry),
            copy.why(entry),
        )
        for entry, event in copy.own() if isinstance(event, Scaled)
    )


def words_lines(state: LiveState, person: PersonState) -> tuple[WordsLine, ...]:
    """The person's own words that count and were written down."""
    start = begun_at(state.entries[0])
    return tuple(
        WordsLine(minute(line.at_ms), wall_text(start, line.at_ms), line.text) for line in person.words if line.text
    )


def phase_spans(copy: Copy) -> tuple[PhaseSpan, ...]:
    """The expected phases on the person's own clock, until the protocol's end; none before a dose."""
    return spans_of(copy.state.protocol, copy.person)


def spans_of(protocol: Protocol, person: PersonState) -> tuple[PhaseSpan, ...]:
    """The same, for a person as they stand."""
    first = person.first_dose_ms
    if first is None:
        return ()
    starts = [minute(first) + phase.start_min.whole for phase in protocol.phases]
    ends = [*starts[1:], minute(first) + protocol.ends_min.whole]
    return tuple(
        PhaseSpan(phase.name, start, end) for phase, start, end in zip(protocol.phases, starts, ends, strict=True)
    )


def band_lines(protocol: Protocol, person: PersonState) -> tuple[BandLine, ...]:
    """The limits that hold for a person in a session: of each sign, level and side the one nearest to normal.

    The others (a second reading, one that is far beyond) stay in the protocol; on a chart they would hide the dots.
    """
    nearest: dict[tuple[str, str, bool], int] = {}
    for band in bands_for(protocol, person.order):
        if band.when is When.BEFORE or band.sign in (Sign.MOAAS, Sign.TEMP):
            continue
        sign = "systolic" if band.sign is Sign.BP else band.sign.value
        limits = [(sign, band.limit.whole)]
        limits += [("diastolic", band.diastolic.whole)] if band.diastolic is not None else []
        for name, value in limits:
            low = band.test is Test.BELOW
            key = (name, band.level.value, low)
            nearest[key] = (max if low else min)(nearest.get(key, value), value)
    return tuple(BandLine(sign, value, level) for (sign, level, _low), value in nearest.items())


def staff_lines(copy: Copy) -> tuple[StaffLine, ...]:
    """Who was in the room, from the opening and the comings and goings."""
    came: dict[str, str] = dict.fromkeys(copy.state.opened.staff, "")
    left: dict[str, str] = {}
    for entry in copy.state.entries:
        event = entry.event
        if not isinstance(event, StaffMoved) or entry.seq in copy.state.marks:
            continue
        if event.present:
            came.setdefault(event.member, copy.wall(entry.at_ms))
            left.pop(event.member, None)
        else:
            left[event.member] = copy.wall(entry.at_ms)
    return tuple(_staff(copy, member_id, when, left.get(member_id, "")) for member_id, when in came.items())


def _staff(copy: Copy, member_id: str, came: str, left: str) -> StaffLine:
    member = copy.members.get(member_id)
    if member is None:
        return StaffLine(member_id, "", "", came, left)
    roles = ", ".join(sorted(role.value for role in member.roles))
    return StaffLine(member.initials, member.name, roles, came, left)
