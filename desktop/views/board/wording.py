"""Knows how an entry is said in the log: when, about whom, what; late, moved and struck ones stay visible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from desktop.domain.amounts import plain
from desktop.domain.protocol import CheckKind, Level, Sign
from desktop.domain.words import tr
from desktop.live import events as ev
from desktop.live.describe_safety import SafetyText
from desktop.live.dosing import PHONE
from desktop.live.labels import PERSON_ITEMS, ROOM_ITEMS, missing_words
from desktop.live.state import LiveState
from desktop.views.board.dialoguewords import step_title
from desktop.views.board.unspoken import spoken
from desktop.views.board.vitalsfacts import TONES, level_words, sign_words, unit_words
from desktop.views.board.wording_safety import say_safety
from desktop.views.ui.facts import LogRow, clock_text, minute_text
from desktop.views.ui.theme import Tone

SEATS = {"a": Tone.A, "b": Tone.B}
_LATE_MS = 60_000
OPEN_ITEMS = {"spit": "Spat out", "response": "Response:"}
"""Checks whose answer may stand on the shared screen."""


def seat_of(key: str | None) -> Tone:
    """The colour of a participant's key; plain for the room."""
    return SEATS.get((key or "")[-1:], Tone.PLAIN)


def letter_of(key: str | None) -> str:
    """The letter that is shown for a participant's key."""
    return (key or "").upper()


def log_rows(
    state: LiveState, names: Mapping[str, str], whose: frozenset[str | None] | None = None
) -> tuple[LogRow, ...]:
    """The log, newest first by when it happened. names: initials by member id; whose: None is all."""
    kept = [entry for entry in state.entries if not _silent(entry.event)]
    if whose is not None:
        kept = [entry for entry in kept if state.owners.get(entry.seq, entry.owner) in whose]
    kept.sort(key=lambda entry: (when(state, entry), entry.seq), reverse=True)
    return tuple(log_row(state, entry, names) for entry in kept)


def _silent(event: ev.Event) -> bool:
    """What is told beside the entry that it is about."""
    return isinstance(event, ev.Struck | ev.Undone | ev.WordsWritten)


def log_row(state: LiveState, entry: ev.Entry, names: Mapping[str, str]) -> LogRow:
    """One entry as a line of the log."""
    event = entry.event.event if isinstance(entry.event, ev.Moved) else entry.event
    owner = state.owners.get(entry.seq, entry.owner) if not isinstance(entry.event, ev.Moved) else entry.event.to
    icon, text, level = say(event, state, entry.seq, names)
    mark = state.marks.get(entry.seq)
    if isinstance(entry.event, ev.Moved):
        text = tr("{text} (moved here)", text=text)
    if mark is not None:
        owner = entry.owner
    late = tr("written {time}", time=minute_text(entry.entered_ms / 1000)) if _late(entry) else ""
    key = f"{entry.seq}" if mark is None or mark.how != "moved" else f"{entry.seq} there"
    if isinstance(entry.event, ev.Moved):
        key = str(entry.event.entry)
    tone = TONES[level] if mark is None else Tone.PLAIN
    why = _why(mark.how, mark.reason) if mark is not None else ""
    return LogRow(
        key, minute_text(when(state, entry) / 1000), seat_of(owner), letter_of(owner), icon, text, tone, late,
        mark is not None, why, names.get(entry.author, entry.author),
    )


def when(state: LiveState, entry: ev.Entry) -> int:
    """When an entry happened; a moved one when what it moves happened."""
    return state.entries[entry.event.entry - 1].at_ms if isinstance(entry.event, ev.Moved) else entry.at_ms


def _late(entry: ev.Entry) -> bool:
    return entry.entered_ms - entry.at_ms >= _LATE_MS


def _why(how: str, reason: str) -> str:
    words = {"struck": tr("wrong"), "undone": tr("taken back"), "moved": tr("moved to the other")}.get(how, how)
    return reason or words


Said = tuple[str, str, Level]
"""Icon, words, and the level that stands beside them."""


def say(event: ev.Event, state: LiveState, seq: int, names: Mapping[str, str] | None = None) -> Said:
    """Icon, words and level of an event. names: initials by member id, for who checked a dose."""
    return _say_dose(event, state, seq, names or {}) if isinstance(event, ev.DoseGiven) else _say(event, state, seq)


@singledispatch
def _say(event: object, state: LiveState, seq: int) -> Said:
    return say_safety(event, state) if isinstance(event, SafetyText) else ("circle", type(event).__name__, Level.NORMAL)


@_say.register
def _(event: ev.Opened, state: LiveState, seq: int) -> Said:
    return "door-open", tr("Session began: {title}", title=state.protocol.title), Level.NORMAL


@_say.register
def _(event: ev.Checked, state: LiveState, seq: int) -> Said:
    """What was answered about a person stays off the shared screen; the panel of their checks shows it."""
    label = next((gate.label for gate in state.protocol.gates if gate.key == event.item), "")
    if event.item in OPEN_ITEMS:
        return "clipboard-check", f"{tr(OPEN_ITEMS[event.item])} {event.value}".removesuffix(" yes"), Level.NORMAL
    if event.who is not None:
        label = label or PERSON_ITEMS.get(event.item, event.item)
        return "clipboard-check", tr("Check entered: {item}", item=tr(label)), Level.NORMAL
    text = tr("{item}: {value}", item=tr(ROOM_ITEMS.get(event.item, event.item)), value=event.value)
    return "clipboard-check", f"{text} ({event.note})" if event.note else text, Level.NORMAL


@_say.register
def _(event: ev.StaffMoved, state: LiveState, seq: int) -> Said:
    return "users", tr("A member came in") if event.present else tr("A member went out"), Level.NORMAL


@_say.register
def _(event: ev.VitalsTaken, state: LiveState, seq: int) -> Said:
    values = (
        (Sign.BP, f"{event.systolic}/{event.diastolic}" if event.systolic is not None else ""),
        (Sign.HR, event.hr), (Sign.SPO2, event.spo2), (Sign.RR, event.rr), (Sign.TEMP, event.temp),
    )
    levels = dict(event.levels)
    parts = []
    for sign, value in values:
        if value in (None, ""):
            continue
        word = level_words(levels.get(sign, Level.NORMAL))
        unit = unit_words(sign) if sign in (Sign.SPO2, Sign.TEMP) else ""
        parts.append(f"{sign_words(sign)} {value}{unit and chr(0x202F) + unit}" + (f" ({word})" if word else ""))
    worst = max((level for _, level in event.levels), key=lambda level: level.rank, default=Level.NORMAL)
    where = f" · {event.position}" if event.position else ""
    return "activity", ", ".join(parts) + where, worst


@_say.register
def _(event: ev.ReadingMissed, state: LiveState, seq: int) -> Said:
    what = ", ".join(sign_words(sign) for sign in event.of) or tr("Vitals")
    words = tr("{what} refused") if event.outcome is ev.Missed.REFUSED else tr("{what} could not be read")
    text = words.format(what=what)
    return "ban", f"{text}: {event.why}" if event.why else text, Level.NORMAL


@_say.register
def _(event: ev.Taken, state: LiveState, seq: int) -> Said:
    """That its details follow is said at the person's side, as long as it is so."""
    codes = tuple(code for code in event.missing if code != "details")
    text, missing = tr("Taken now"), spoken(state, event.who, codes, _at(state, seq))
    return "pill", f"{text} · {_missing(state, missing)}" if missing else text, Level.NORMAL


def _say_dose(event: ev.DoseGiven, state: LiveState, seq: int, names: Mapping[str, str]) -> Said:
    parts = [tr("{mg} mg {route}", mg=plain(event.mg), route=event.route)]
    if event.ml is not None:
        parts.append(tr("{ml} mL", ml=plain(event.ml)))
    parts.append(tr("client's own") if event.own else tr("lot {lot}", lot=event.lot) if event.lot else "")
    parts.append(event.site)
    parts.append(_checked(event, names))
    parts += [tr("above the order"), tr("entered twice")] if event.above_order else []
    text = ", ".join(part for part in parts if part)
    text = tr("Details: {text}", text=text) if event.fills is not None else text
    level = Level.AMBER if event.above_order else Level.NORMAL
    missing = spoken(state, event.who, event.missing, _at(state, seq))
    return "pill", f"{text} \u00b7 {_missing(state, missing)}" if missing else text, level


def _checked(event: ev.DoseGiven, names: Mapping[str, str]) -> str:
    """Who was the second pair of eyes, by initials."""
    if event.check_kind is CheckKind.CLIENT:
        return tr("label read by the client")
    checker = event.checked_by.removeprefix(PHONE)
    who = names.get(checker, checker)
    if event.check_kind is CheckKind.PHONE:
        return tr("second check by phone: {who}", who=who)
    return tr("second check: {who}", who=who) if who else ""


def _at(state: LiveState, seq: int) -> int:
    """When an entry happened; one that is being made happens now."""
    return state.entries[seq - 1].at_ms if seq <= len(state.entries) else state.frontier_ms


def _missing(state: LiveState, missing: tuple[str, ...]) -> str:
    """That something was not entered; which of a person's checks it was stays off the shared screen."""
    gates = {gate.key for gate in state.protocol.gates}
    open_ones = tuple(code for code in missing if code not in gates)
    words = [tr("not entered: {items}", items=", ".join(missing_words(state.protocol, open_ones)))] if open_ones else []
    words += [tr("not all checks")] if len(open_ones) < len(missing) else []
    return " \u00b7 ".join(words)


@_say.register
def _(event: ev.DoseLost, state: LiveState, seq: int) -> Said:
    return "droplets", tr("Lost {mg} mg: {why}", mg=plain(event.mg), why=event.why), Level.NORMAL


@_say.register
def _(event: ev.OtherGiven, state: LiveState, seq: int) -> Said:
    what = tr("{medicine} {amount} {unit}", medicine=event.medicine, amount=plain(event.amount), unit=event.unit)
    text = ", ".join(part for part in (what, event.route, event.order) if part)
    return "syringe", tr("Given: {text}", text=text), Level.NORMAL


@_say.register
def _(event: ev.PhaseMarked, state: LiveState, seq: int) -> Said:
    phase = state.protocol.phase_named(event.phase)
    return "flag", tr("Phase marked: {phase}", phase=phase.name if phase else event.phase), Level.NORMAL


@_say.register
def _(event: ev.Observed, state: LiveState, seq: int) -> Said:
    strength = {"1": tr("light"), "2": tr("medium"), "3": tr("strong")}.get(event.intensity, event.intensity)
    return "eye", f"{event.label}, {strength}" if strength else event.label, Level.NORMAL


@_say.register
def _(event: ev.Scaled, state: LiveState, seq: int) -> Said:
    rating = state.checklist.rating(event.of)
    word = level_words(event.level)
    text = f"{rating.label if rating else event.of} {event.value}"
    return "gauge", f"{text} ({word})" if word else text, event.level


@_say.register
def _(event: ev.WordsKept, state: LiveState, seq: int) -> Said:
    text = next((line.text for person in state.people.values() for line in person.words if line.seq == seq), event.text)
    return "quote", f"\u201c{text}\u201d" if text else tr("Words kept, still to be written"), Level.NORMAL


@_say.register
def _(event: ev.NoteMade, state: LiveState, seq: int) -> Said:
    return "pencil", event.text, Level.NORMAL


@_say.register
def _(event: ev.DialogueStepped, state: LiveState, seq: int) -> Said:
    words = tr("Dialogue: {step}, {letter} sends", step=step_title(event.step), letter=letter_of(event.sender))
    return "message-square", words, Level.NORMAL


@_say.register
def _(event: ev.WentAway, state: LiveState, seq: int) -> Said:
    text = tr("Left the room")
    whom = tr(", with {whom}", whom=event.with_whom) if event.with_whom else ""
    return "door-open", f"{text}{whom}", Level.NORMAL


@_say.register
def _(event: ev.CameBack, state: LiveState, seq: int) -> Said:
    return "door-closed", tr("Back in the room"), Level.NORMAL


@_say.register
def _(event: ev.RoundDone, state: LiveState, seq: int) -> Said:
    return "check", tr("Round: {seen} seen", seen=", ".join(letter_of(key) for key in event.seen)), Level.NORMAL


def ending_words(ending: ev.Ending) -> str:
    """An ending in words."""
    words = {
        ev.Ending.MET: tr("Criteria met"), ev.Ending.PRESCRIBER: tr("Met by the prescriber's statement"),
        ev.Ending.LEFT: tr("Left before the criteria were met"), ev.Ending.TRANSFERRED: tr("Transferred"),
        ev.Ending.NOT_DOSED: tr("Not dosed"),
    }
    return words[ending]


@_say.register
def _(event: ev.Discharged, state: LiveState, seq: int) -> Said:
    parts = [tr("Discharged: {ending}", ending=ending_words(event.ending))]
    parts += [tr("to {whom}", whom=event.to)] if event.to else []
    parts += [tr("escort {name}", name=event.escort)] if event.escort else []
    text = ", ".join(parts)
    missing = spoken(state, event.who, event.missing, _at(state, seq), tuple(item for item, _ in event.items))
    return "log-out", f"{text} · {_missing(state, missing)}" if missing else text, Level.NORMAL


@_say.register
def _(event: ev.Closed, state: LiveState, seq: int) -> Said:
    return "door-closed", tr("Session closed: {text}", text=event.summary) if event.summary else tr("Session closed"), \
        Level.NORMAL


@_say.register
def _(event: ev.ClockNoted, state: LiveState, seq: int) -> Said:
    span = clock_text(abs(event.ms) // 1000)
    words = {
        ev.ClockKind.SLEPT: tr("The machine slept {span}", span=span),
        ev.ClockKind.CLOCK_CHANGED: tr("The machine's clock was changed by {span}", span=span),
        ev.ClockKind.OFFSET_CHANGED: tr("The machine's time zone changed"),
        ev.ClockKind.REBOOTED: tr("The machine was started again; the time since is estimated"),
        ev.ClockKind.REOPENED: tr("Carried on after {span}", span=span),
    }
    return "clock", words[event.what], Level.NORMAL
