"""Knows how a person's readings become tiles and strips: dots, gaps, bands, doses; nothing that was not entered."""

from __future__ import annotations

from desktop.domain.amounts import plain
from desktop.domain.protocol import Band as ProtocolBand
from desktop.domain.protocol import Level, Protocol, Sign, Test, When
from desktop.domain.words import tr
from desktop.live.events import Missed
from desktop.live.lines import VitalsLine, reading_text
from desktop.live.state import PersonState
from desktop.views.ui.facts import Band, DoseMark, Gap, Reading, Strip, StripsFacts, TileFacts
from desktop.views.ui.theme import Tone

TONES = {Level.NORMAL: Tone.PLAIN, Level.AMBER: Tone.AMBER, Level.RED: Tone.RED}
SIGNS = (Sign.BP, Sign.HR, Sign.SPO2, Sign.RR)
DRAWN = (Sign.BP, Sign.HR, Sign.SPO2)
_ICONS = {Sign.BP: "activity", Sign.HR: "heart-pulse", Sign.SPO2: "droplets", Sign.RR: "wind"}
_AXES = {Sign.BP: (40.0, 200.0), Sign.HR: (40.0, 140.0), Sign.SPO2: (85.0, 100.0)}
_MIN_MS = 60_000


def sign_words(sign: Sign) -> str:
    """A sign as the board writes it."""
    words = {
        Sign.BP: tr("BP"), Sign.HR: tr("HR"), Sign.SPO2: tr("SpO\u2082"), Sign.RR: tr("RR"), Sign.TEMP: tr("Temp"),
        Sign.MOAAS: tr("MOAA/S"),
    }
    return words[sign]


def unit_words(sign: Sign) -> str:
    """The unit of a sign."""
    units = {Sign.BP: "mmHg", Sign.HR: "/min", Sign.SPO2: "%", Sign.RR: "/min", Sign.TEMP: "\u00b0C", Sign.MOAAS: ""}
    return units[sign]


def level_words(level: Level) -> str:
    """A level as a word; nothing for a normal one."""
    return {Level.NORMAL: "", Level.AMBER: tr("amber"), Level.RED: tr("red")}[level]


def age_words(ms: int) -> str:
    """How long ago, in whole minutes."""
    minutes = max(0, ms) // _MIN_MS
    return tr("just now") if minutes == 0 else tr("{count} min ago", count=minutes)


def short_age(ms: int) -> str:
    """How long ago, where a word stands beside it."""
    return tr("{count} min", count=max(0, ms) // _MIN_MS)


def tiles_of(person: PersonState, now_ms: int) -> tuple[TileFacts, ...]:
    """The latest of each sign with its age; a dash where nothing was read yet."""
    return tuple(_tile(person, sign, now_ms) for sign in SIGNS)


def _tile(person: PersonState, sign: Sign, now_ms: int) -> TileFacts:
    name, unit, icon = sign_words(sign), unit_words(sign), _ICONS[sign]
    line = next((line for line in reversed(person.vitals) if sign in line.signs), None)
    missed = next((line for line in reversed(person.missed) if not line.of or sign in line.of), None)
    if missed is not None and (line is None or (missed.at_ms, missed.seq) > (line.at_ms, line.seq)):
        words = tr("refused") if missed.outcome is Missed.REFUSED else tr("failed")
        value = reading_text(line, sign) if line is not None else "\u2013"
        return TileFacts(sign.value, "ban", name, unit, value, short_age(now_ms - missed.at_ms), words)
    if line is None:
        return TileFacts(sign.value, icon, name, unit, "\u2013", tr("not read yet"))
    level = line.level(sign)
    passed = now_ms - line.at_ms
    age = age_words(passed) if level is Level.NORMAL else short_age(passed)
    return TileFacts(
        sign.value, icon, name, unit, reading_text(line, sign), age, level_words(level), TONES[level]
    )


def strips_of(person: PersonState, protocol: Protocol, seat: Tone, until_s: int, now_s: int | None) -> StripsFacts:
    """Pressure, heart rate and saturation on one time axis, in seconds since the session began."""
    strips = tuple(_strip(person, protocol, sign) for sign in DRAWN)
    doses = tuple(
        DoseMark(dose.at_ms // 1000, tr("{mg} mg", mg=plain(dose.mg)) if dose.mg is not None else tr("taken"))
        for dose in person.doses
    )
    return StripsFacts(seat, person.key.upper(), until_s, strips, doses, now_s)


def _strip(person: PersonState, protocol: Protocol, sign: Sign) -> Strip:
    lines = [line for line in person.vitals if sign in line.signs]
    gaps = tuple(
        Gap(line.at_ms // 1000, _gap_words(line.outcome, line.why))
        for line in person.missed if not line.of or sign in line.of
    )
    floor, ceiling = _AXES[sign]
    last = reading_text(lines[-1], sign) if lines else ""
    readings = tuple(_dot(line, sign) for line in lines)
    bands = _bands(protocol, sign)
    return Strip(sign.value, sign_words(sign), unit_words(sign), floor, ceiling, readings, gaps, bands, last)


def _gap_words(outcome: Missed, why: str) -> str:
    words = tr("refused") if outcome is Missed.REFUSED else tr("could not be read")
    return f"{words}: {why}" if why else words


def _dot(line: VitalsLine, sign: Sign) -> Reading:
    level = line.level(sign)
    at_s = line.at_ms // 1000
    if sign is Sign.BP:
        return Reading(at_s, float(line.systolic or 0), float(line.diastolic or 0), TONES[level], level_words(level))
    return Reading(at_s, float(getattr(line, sign.value)), None, TONES[level], level_words(level))


def _bands(protocol: Protocol, sign: Sign) -> tuple[Band, ...]:
    """The lines of the session's bands: for each level the one that is reached first."""
    found: dict[tuple[Level, bool], ProtocolBand] = {}
    for band in protocol.bands:
        if band.sign is not sign or band.when is When.BEFORE or band.below_baseline is not None:
            continue
        low = band.test is Test.BELOW
        if low and sign is not Sign.SPO2:
            continue
        known = found.get((band.level, low))
        if known is None or (band.limit.value > known.limit.value) == low:
            found[band.level, low] = band
    return tuple(
        Band(float(band.limit.value), TONES[level], plain(band.limit.value)) for (level, _), band in found.items()
    )
