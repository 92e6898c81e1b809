"""Knows what a crew that takes a person over must be told: from that person's own entries, at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.amounts import plain
from desktop.domain.audience import Owner
from desktop.domain.moment import Moment
from desktop.domain.paper import DoseLine as PaperDose
from desktop.domain.paper import PersonLine, VitalsPoint
from desktop.domain.paper_live import (
    GivenLine,
    HandoverFacts,
    LostPart,
    RatingNow,
    StepDone,
    TrendLine,
    VitalsStrip,
)
from desktop.domain.people import CLINICAL, Member, require
from desktop.domain.protocol import Level, Sign
from desktop.domain.words import tr
from desktop.live.describe import sign_words
from desktop.live.labels import missing_words
from desktop.live.lines import DoseLine, MissedLine, ScaleLine, VitalsLine
from desktop.live.state import LiveState, PersonState
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import band_lines, minute, spans_of, start_of, wall_text
from desktop.services.live import LiveDesk
from desktop.services.own_copy import step_words
from desktop.services.seats import shown_seat
from desktop.services.worksheets import Paper, PaperUse, stamp

TREND = 8
HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class At:
    """The instant of a hand-over: how long the session has run, the wall clock, and who asks."""

    now_ms: int
    wall: Moment
    by: Member

    @property
    def stamp(self) -> str:
        """The wall clock with who prints, as it stands at a page's foot."""
        return stamp(self.wall, self.by)


def handover_facts(
    state: LiveState, who: str, members: Mapping[str, Member], at: At, practice: str, version: str = "",
    steps: Mapping[str, str] | None = None,
) -> HandoverFacts:
    """Everything for one person, as it stands now. Pure: the board may ask on every tick.

    who: a participant's key; KeyError for nobody's. members: everyone who works here, by id. steps: the words of the
    emergency card's steps, by key.
    """
    person = state.people[who]
    readings = _readings(person)
    clock = _Clock(state, at.now_ms)
    brought = person.brought
    called, over, done = _steps(state, person, steps or {})
    return HandoverFacts(
        person=PersonLine(person.name, person.born.isoformat(), shown_seat(who, len(state.people))), practice=practice,
        medicine=state.protocol.medicine, route=state.protocol.route,
        given=tuple(_given(state, dose, clock) for dose in person.doses),
        lost=tuple(LostPart(*clock(line.at_ms), _mg(plain(line.mg)), line.why) for line in person.losses),
        total=_total(person), others=_others(person, clock),
        allergies=brought.allergies, medicines=brought.medicines, contact=brought.contact,
        trend=tuple(_trend(line, clock) for line in readings[-TREND:]), earlier=max(0, len(readings) - TREND),
        strip=strip_of(state, person, at.now_ms), sedation=_sedation(state, person, clock),
        with_them=tuple(_staff(members, one) for one in state.room.staff), called=called, over=over, steps=done,
        printed=at.wall.local.strftime("%Y-%m-%d %H:%M"), printed_by=at.by.initials, program_version=version,
    )


def handover_sheet(live: LiveDesk, who: str, members: Mapping[str, Member], use: PaperUse, size: str = "A4") -> Paper:
    """The sheet of a running session, from what the board holds in memory, and its line in the trail.

    Belongs on the writer's thread, like every change.
    """
    desk = live.desk
    require(desk.member, *CLINICAL)
    at = At(live.now().ms, desk.clock.now(), desk.member)
    facts = handover_facts(
        live.state, who, members, at, desk.practice_name, desk.program_version, step_words(desk)
    )
    with desk.store.write() as unit:
        owner = Owner.client(live.state.people[who].client_id)
        unit.audit(desk.line(use.act, HANDOVER, live.session.id, owner, f"copy {who}"))
    return Paper(tr("Hand-over sheet"), f"handover-{who}.pdf", desk.press.page(facts, size))


def everyone(desk: Desk) -> dict[str, Member]:
    """Everyone who works here, by id."""
    with desk.store.read() as unit:
        return {member.id: member for member in unit.members.all()}


def strip_of(state: LiveState, person: PersonState, now_ms: int) -> VitalsStrip:
    """A small chart of one person's vitals, with the doses and the phases: what counts, and nothing struck."""
    start = start_of(state)
    return VitalsStrip(
        started=start.local, vitals=tuple(_point(start, line) for line in _readings(person)),
        doses=tuple(_marks(start, person)), phases=spans_of(state.protocol, person),
        bands=band_lines(state.protocol, person), ended_minute=minute(now_ms),
    )


def _point(start: Moment, line: VitalsLine | MissedLine) -> VitalsPoint:
    at = minute(line.at_ms), wall_text(start, line.at_ms)
    if isinstance(line, MissedLine):
        return VitalsPoint(*at, status=line.outcome.value, signs=tuple(sign.value for sign in line.of), reason=line.why)
    return VitalsPoint(
        *at, line.systolic, line.diastolic, line.hr, line.spo2, line.rr, "" if line.temp is None else plain(line.temp),
        tuple((sign.value, level.value) for sign, level in line.levels),
    )


def _marks(start: Moment, person: PersonState) -> Iterator[PaperDose]:
    """What the chart marks: doses, and the other medicines."""
    for dose in person.doses:
        what = "booster" if dose.booster else "dose"
        amount = "" if dose.mg is None else plain(dose.mg)
        yield PaperDose(minute(dose.at_ms), wall_text(start, dose.at_ms), what if amount else "taken", amount)
    for other in person.others:
        yield PaperDose(minute(other.at_ms), wall_text(start, other.at_ms), other.medicine,
                        f"{plain(other.amount)} {other.unit}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of the session as the wall clock and as minutes ago."""

    state: LiveState
    now_ms: int

    def __call__(self, at_ms: int) -> tuple[str, int]:
        return wall_text(start_of(self.state), at_ms), max(0, minute(self.now_ms - at_ms))


def _mg(amount: str) -> str:
    return tr("{mg} mg", mg=amount)


def _given(state: LiveState, dose: DoseLine, clock: _Clock) -> GivenLine:
    what = tr("booster") if dose.booster else tr("dose")
    amount = tr("amount not entered") if dose.mg is None else _mg(plain(dose.mg))
    if dose.ml is not None:
        amount += tr(" ({ml} mL)", ml=plain(dose.ml))
    note = ", ".join(missing_words(state.protocol, dose.missing))
    return GivenLine(
        *clock(dose.at_ms), what, amount, dose.route or state.protocol.route,
        tr("client’s own") if dose.own else dose.lot and tr("lot {lot}", lot=dose.lot),
        note and tr("not entered: {what}", what=note),
    )


def _others(person: PersonState, clock: _Clock) -> tuple[GivenLine, ...]:
    return tuple(
        GivenLine(*clock(line.at_ms), line.medicine, f"{plain(line.amount)} {line.unit}", line.route)
        for line in person.others
    )


def _total(person: PersonState) -> str:
    if not person.doses:
        return tr("none given")
    open_ = any(dose.mg is None for dose in person.doses)
    total = _mg(plain(person.total_mg))
    if person.lost_mg:
        total = tr("{total} ({given} mg given less {lost} mg lost)", total=total, given=plain(person.given_mg),
                   lost=plain(person.lost_mg))  # fmt: skip
    return tr("{total}, and what was not entered", total=total) if open_ else total


def _readings(person: PersonState) -> list[VitalsLine | MissedLine]:
    """Readings, and what was asked for and not had, in order of time."""
    lines: list[VitalsLine | MissedLine] = [*person.vitals, *person.missed]
    return sorted(lines, key=lambda line: (line.at_ms, line.seq))


def _trend(line: VitalsLine | MissedLine, clock: _Clock) -> TrendLine:
    if isinstance(line, MissedLine):
        what = ", ".join(sign_words(sign) for sign in line.of) or tr("vitals")
        said = f"{what} {line.outcome.value}"
        return TrendLine(*clock(line.at_ms), note=f"{said}: {line.why}" if line.why else said)
    levels = tuple((sign.value, level.value) for sign, level in line.levels)
    warm = "" if line.temp is None else tr("temperature {value}", value=plain(line.temp))
    return TrendLine(
        *clock(line.at_ms), line.bp, _number(line.hr), _number(line.spo2), _number(line.rr), levels, warm
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _sedation(state: LiveState, person: PersonState, clock: _Clock) -> RatingNow | None:
    line = next((line for line in reversed(person.scales) if line.of == Sign.MOAAS.value), None)
    return None if line is None else rating_now(state, line, clock(line.at_ms))


def rating_now(state: LiveState, line: ScaleLine, when: tuple[str, int]) -> RatingNow:
    """A rating with what its number stands for."""
    rating = state.checklist.rating(line.of)
    words = () if rating is None or len(rating.words) != rating.high - rating.low + 1 else rating.words
    meaning = words[line.value - rating.low] if rating is not None and words else ""
    level = "" if line.level is Level.NORMAL else line.level.value
    return RatingNow(line.of if rating is None else rating.label, str(line.value), tr(meaning) if meaning else "",
                     *when, level)  # fmt: skip


def _staff(members: Mapping[str, Member], who: str) -> str:
    member = members.get(who)
    if member is None:
        return who
    return tr("{name}, {role}", name=member.name, role=", ".join(sorted(role.value for role in member.roles)))


def _steps(
    state: LiveState, person: PersonState, words: Mapping[str, str]
) -> tuple[str, str, tuple[StepDone, ...]]:
    """When the card was opened, how it ended, and its steps with their times; what was not ticked stays open."""
    alarm, start = person.emergency, start_of(state)
    if alarm is None:
        return "", "", ()
    done = {step: wall_text(start, at_ms) for step, at_ms, _ in alarm.steps}
    keys = dict.fromkeys((*alarm.asked, *done))
    over = "" if alarm.ended_ms is None else tr("{wall}  {how}", wall=wall_text(start, alarm.ended_ms), how=alarm.how)
    steps = tuple(StepDone(words.get(key, key), done.get(key, "")) for key in keys)
    return wall_text(start, alarm.at_ms), over, steps
