"""Knows how one person's part of a session becomes their side of the board."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.care_files import TouchWords
from desktop.domain.checklist import Chip as Seen
from desktop.domain.protocol import GateOn
from desktop.domain.words import tr
from desktop.live.due import due_of
from desktop.live.events import Ending, PersonRole
from desktop.live.lines import EndingLine
from desktop.live.state import DueItem, LiveState, PersonState
from desktop.views.board.duefacts import ring_of
from desktop.views.board.headerfacts import header_of, hold_of
from desktop.views.board.panels_medicine import order_words
from desktop.views.board.phasechips import phase_key, shown_chips
from desktop.views.board.shown import SideFacts, StateLine
from desktop.views.board.touchfacts import touch_of
from desktop.views.board.unspoken import spoken
from desktop.views.board.vitalsfacts import strips_of, tiles_of
from desktop.views.board.wording import ending_words, seat_of
from desktop.views.ui.facts import Chip, DueFacts, Phase, PhaseFacts, minute_text
from desktop.views.ui.theme import Tone

_AXIS_S = 9000
_STEP_S = 1800
_STRIPS_EVERY_S = 15


def side_of(
    state: LiveState, person: PersonState, now_ms: int, names: Mapping[str, str], touch: TouchWords | None = None
) -> SideFacts:
    """A person's side now. names: initials by member id; touch: the words of touch plans."""
    seat = seat_of(person.key)
    due = due_of(state, person, now_ms)
    until = axis_s(state, now_ms)
    now_s = now_ms // 1000 // _STRIPS_EVERY_S * _STRIPS_EVERY_S
    return SideFacts(
        person.key, header_of(person, now_ms, state.closed_ms, hold_of(due)), limits_of(person),
        due_facts(person, due, now_ms),
        phases_of(state, person, now_ms), tiles_of(person, now_ms),
        strips_of(person, state.protocol, seat, until, None if state.closed else now_s),
        chips_of(state, person, now_ms), lines_of(state, person, now_ms, names), state.closed,
        touch_of(state, person, now_ms, touch) if touch is not None and not state.closed else None,
    )


def due_facts(person: PersonState, due: tuple[DueItem, ...], now_ms: int) -> DueFacts:
    """The ring; once the person's session is over nothing is asked for any more."""
    return ring_of(() if person.ended else due, now_ms)


def limits_of(person: PersonState) -> StateLine:
    """The order in one line."""
    if person.role is PersonRole.SITTING:
        return StateLine("user", tr("Takes no medicine in this session"))
    tone = Tone.PLAIN if person.order is not None else Tone.AMBER
    return StateLine("pill", order_words(person.order), tone)


def phases_of(state: LiveState, person: PersonState, now_ms: int) -> PhaseFacts:
    """The person's own course: expected phases, the marked one, boosters, the end of the minimum stay."""
    protocol = state.protocol
    starts = [float(phase.start_min.value) for phase in protocol.phases]
    ends = [*starts[1:], float(protocol.ends_min.value)]
    phases = tuple(
        Phase(phase.key, tr(phase.name), start, end)
        for phase, start, end in zip(protocol.phases, starts, ends, strict=True)
    )
    first, last = person.first_dose_ms, person.last_dose_ms
    until = person.ending.at_ms if person.ending is not None else now_ms
    marked = person.phases_marked[-1].phase if person.phases_marked else None
    dialogue = (float(protocol.dialogue.from_min.value), ends[-1])
    if first is None or last is None:
        return PhaseFacts(seat_of(person.key), phases, None, marked)
    boosters = tuple((dose.at_ms - first) / 60_000 for dose in person.doses[1:])
    leave = (last + protocol.timing.stay.ms - first) / 60_000
    minute = float(max(0, until - first) // 60_000)
    over = person.ended or state.closed
    return PhaseFacts(
        seat_of(person.key), phases, minute, marked, None if over else dialogue, boosters, leave, over=over
    )


def chips_of(state: LiveState, person: PersonState, now_ms: int) -> tuple[Chip, ...]:
    """The phase's chips with how often and when last; none once nothing can be entered any more."""
    if state.closed:
        return ()
    return tuple(_chip(person, chip) for chip in shown_chips(state.checklist, phase_key(state, person, now_ms)))


def _chip(person: PersonState, chip: Seen) -> Chip:
    lines = [line for line in person.observations if line.chip == chip.key]
    last = minute_text(lines[-1].at_ms / 1000) if lines else ""
    return Chip(chip.key, chip.label, chip.short, "", len(lines), last)


def lines_of(state: LiveState, person: PersonState, now_ms: int, names: Mapping[str, str]) -> tuple[StateLine, ...]:
    """What must stay in sight: ending, away, a dose without details, checks that wait, the latest words kept.

    Why a check waits is never said here: both partners may look.
    """
    found: list[StateLine] = []
    ending, away = person.ending, person.away
    if ending is not None:
        parts = [tr("{time} {ending}", time=minute_text(ending.at_ms / 1000), ending=ending_words(ending.ending))]
        parts += [tr("escort {name}", name=ending.escort)] if ending.escort else []
        told = tuple(item for item, _ in ending.items)
        missing = spoken(state, person.key, ending.missing, ending.at_ms, told)
        parts += [tr("not everything was entered")] if missing else []
        found.append(StateLine("log-out", ", ".join(parts), ending_tone(ending, missing)))
    elif away is not None:
        whom = tr(", with {whom}", whom=names.get(away.with_whom, away.with_whom)) if away.with_whom else ""
        since = minute_text(away.at_ms / 1000)
        found.append(StateLine("door-open", tr("Away since {time}{whom}", time=since, whom=whom), Tone.AMBER))
    found += _dose_lines(state, person, now_ms)
    found += _seen_besides(state, person, now_ms)
    if person.words:
        line = person.words[-1]
        text = f"\u201c{line.text}\u201d" if line.text else tr("words stamped, text still to be written")
        count = tr(" \u00b7 {count} kept", count=len(person.words)) if len(person.words) > 1 else ""
        bare = sum(not one.text for one in person.words)
        count += tr(", {count} to write", count=bare) if bare > 1 or (bare and line.text) else ""
        found.append(StateLine("quote", f"{minute_text(line.at_ms / 1000)} {text}{count}"))
    return tuple(found)


def ending_tone(ending: EndingLine, missing: tuple[str, ...]) -> Tone:
    """Green only where the criteria were met and all was entered; leaving earlier or a transfer stays amber."""
    if missing or ending.ending in (Ending.LEFT, Ending.TRANSFERRED):
        return Tone.AMBER
    return Tone.PLAIN if ending.ending is Ending.NOT_DOSED else Tone.GREEN


def _seen_besides(state: LiveState, person: PersonState, now_ms: int) -> list[StateLine]:
    """What was seen and has no chip at this phase, latest first: an entry never goes out of sight."""
    shown = {chip.key for chip in chips_of(state, person, now_ms)}
    labels = {chip.key: chip.label for chip in state.checklist.chips}
    latest = {line.chip: line.at_ms for line in person.observations if line.chip not in shown}
    ordered = sorted(latest.items(), key=lambda each: each[1], reverse=True)
    parts = [f"{labels.get(key, key)} {minute_text(at_ms / 1000)}" for key, at_ms in ordered]
    rated = _rated(state, person)
    if not parts:
        return [StateLine("gauge", rated)] if rated else []
    words = tr("Seen besides: {what}", what=", ".join(parts)) if shown else tr("Seen: {what}", what=", ".join(parts))
    return [StateLine("eye", f"{words} \u00b7 {rated}" if rated else words)]


def _rated(state: LiveState, person: PersonState) -> str:
    """The latest of every scale in one row, such as `MOAA/S 5, nausea 2 (1:42)`."""
    latest = {line.of: line for line in person.scales}
    if not latest:
        return ""
    labels = {rating.key: rating.label for rating in state.checklist.ratings}
    values = ", ".join(f"{labels.get(key, key)} {line.value}" for key, line in latest.items())
    when = minute_text(max(line.at_ms for line in latest.values()) / 1000)
    return tr("{values} ({time})", values=values, time=when)


def _dose_lines(state: LiveState, person: PersonState, now_ms: int) -> list[StateLine]:
    if person.ended or person.role is PersonRole.SITTING:
        return []
    waiting = next((dose for dose in person.doses if dose.mg is None), None)
    if waiting is not None:
        text = tr("Taken at {time}: its details are still to be entered", time=minute_text(waiting.at_ms / 1000))
        return [StateLine("circle-alert", text, Tone.AMBER)]
    if not person.doses and state.room.talk_only_ms is None:
        # Counted is what was not asked yet. Once all was asked the words are the same whatever was answered.
        count = sum(person.check(gate.key) is None for gate in state.protocol.gates_on(GateOn.DOSE))
        words = tr("Before the dose: see each person")
        words = tr("Before the dose: {count} still to ask", count=count) if count else words
        return [StateLine("clipboard-check", words, Tone.PLAIN)]
    if any("second_check" in dose.missing for dose in person.doses):
        return [StateLine("circle-alert", tr("A dose has no second check"), Tone.AMBER)]
    return []


def axis_s(state: LiveState, now_ms: int) -> int:
    """Where the time axis ends, the same for both: the expected course, or the present time, in half hours."""
    ends = [
        person.first_dose_ms // 1000 + int(state.protocol.ends_min.value) * 60
        for person in state.people.values() if person.first_dose_ms is not None
    ]
    until = max([_AXIS_S, *ends, now_ms // 1000 + 60])
    return -(-until // _STEP_S) * _STEP_S
