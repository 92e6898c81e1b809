"""Knows what a row of a paper flowsheet means: a clock time, readings, a dose, what was seen, and who wrote it.

Cells as they stand on the printed sheet:
    time      14:35, 1435, or +40 for forty minutes after the person's first dose
    bp        128/84      hr, spo2, rr, moaas    a number; R or ? for refused, F or ! for failed
    dose      100 lot L1 by PO check TI     100 own check client     taken     0.6 ml (mg = mL x mg/mL)
              the amount twice where it is above the order: 220 220
    text      as on the quick line, several parts with a semicolon: crying; distress 6; "I am here"; away; - 50 spat
              and what `desktop.live.paperparts` knows; anything else is a note about the person
    author    the initials of who wrote it on paper
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.amounts import read_amount
from desktop.domain.errors import Problem
from desktop.domain.protocol import CheckKind, Sign
from desktop.domain.words import tr
from desktop.live.asks import Ask, AskCheck, AskDose, AskNote, AskReading, AskScale, AskTaken, AskVitals
from desktop.live.events import Missed
from desktop.live.paperparts import NotReadable, read_part
from desktop.live.quickline import parse
from desktop.live.state import LiveState, PersonState

TIME, BP, HR, SPO2, RR, MOAAS, DOSE, TEXT, AUTHOR = COLUMNS = (
    "time", "bp", "hr", "spo2", "rr", "moaas", "dose", "text", "author",
)  # fmt: skip
MINUTE_MS = 60_000
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)", re.ASCII)
_AFTER = re.compile(r"\+(\d{1,3})", re.ASCII)
_PRESSURE = re.compile(r"(\d{2,3})\s*/\s*(\d{2,3})", re.ASCII)
_MISSED = {"?": Missed.REFUSED, "r": Missed.REFUSED, "!": Missed.FAILED, "f": Missed.FAILED}
_SINGLES = ((HR, Sign.HR), (SPO2, Sign.SPO2), (RR, Sign.RR))
_QUOTES = "\"“„«"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row as it was typed."""

    time: str = ""
    bp: str = ""
    hr: str = ""
    spo2: str = ""
    rr: str = ""
    moaas: str = ""
    dose: str = ""
    text: str = ""
    author: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing that could be kept stands in it; a time and initials alone are nothing yet."""
        return not any(getattr(self, name).strip() for name in COLUMNS if name not in (TIME, AUTHOR))


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row means. at_ms: since the start; author: a member's id; problems: what keeps it, by column."""

    at_ms: int = 0
    author: str = ""
    asks: tuple[Ask, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet is read against. start: local time of the session's start; now_ms: since then; members: ids by
    initials in small letters.
    """

    state: LiveState
    who: str
    start: datetime
    now_ms: int
    members: Mapping[str, str]

    @property
    def person(self) -> PersonState:
        """Whose sheet it is."""
        return self.state.people[self.who]


class _Wrong(Exception):
    """A cell that cannot be read; its words."""


def read_row(sheet: Sheet, row: PaperRow) -> RowRead:
    """What a row means, or what is wrong with its cells. The engine still decides whether it can be."""
    problems: list[Problem] = []
    asks: list[Ask] = []
    at_ms, author = 0, ""
    try:
        at_ms = read_time(sheet, row.time)
    except _Wrong as wrong:
        problems.append(Problem(TIME, str(wrong)))
    try:
        author = _member(sheet, row.author, tr("Whose handwriting is it? Their initials are needed."))
    except _Wrong as wrong:
        problems.append(Problem(AUTHOR, str(wrong)))
    for column, read in ((BP, _readings), (MOAAS, _moaas), (DOSE, _dose), (TEXT, _text)):
        try:
            asks += read(sheet, row)
        except _Wrong as wrong:
            problems.append(Problem(_column_of(wrong, column), str(wrong.args[0])))
    # What was checked before a dose stands before it, whichever cell it was written in.
    asks.sort(key=lambda ask: not isinstance(ask, AskCheck))
    return RowRead(at_ms, author, tuple(asks), tuple(problems))


def _column_of(wrong: _Wrong, column: str) -> str:
    return str(wrong.args[1]) if len(wrong.args) > 1 else column


def read_time(sheet: Sheet, typed: str) -> int:
    """Milliseconds since the start. A clock time before the start's is of the day after."""
    text = typed.strip().lower()
    after = _AFTER.fullmatch(text)
    if after is not None:
        first = sheet.person.first_dose_ms
        if first is None:
            raise _Wrong(tr("There is no dose yet to count from: save the dose first, or write a clock time."))
        return _until_now(sheet, first + int(after[1]) * MINUTE_MS)
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        raise _Wrong(tr("A time is needed: 14:35, or +40 for minutes after the first dose."))
    start = sheet.start
    at = start.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
    if at < start.replace(second=0, microsecond=0):
        at += timedelta(days=1)
    return _until_now(sheet, max(0, (at - start) // timedelta(milliseconds=1)))


def _until_now(sheet: Sheet, at_ms: int) -> int:
    if at_ms > sheet.now_ms:
        raise _Wrong(tr("This time has not come yet; the session began at {start}.", start=f"{sheet.start:%H:%M}"))
    return at_ms


def _member(sheet: Sheet, initials: str, missing: str) -> str:
    wanted = initials.strip().lstrip("@").casefold()
    if not wanted:
        raise _Wrong(missing)
    if wanted not in sheet.members:
        raise _Wrong(tr("Nobody here has the initials {who}.", who=initials.strip().upper()))
    return sheet.members[wanted]


def _readings(sheet: Sheet, row: PaperRow) -> Iterator[Ask]:
    """One set of what was read, and what was refused or failed."""
    missed: dict[Missed, list[Sign]] = {}
    values: dict[Sign, int] = {}
    pressure = row.bp.strip().lower()
    found = _PRESSURE.fullmatch(pressure)
    if pressure in _MISSED:
        missed.setdefault(_MISSED[pressure], []).append(Sign.BP)
    elif pressure and found is None:
        raise _Wrong(tr("Two numbers: 128/84. R for refused, F for failed."), BP)
    for column, sign in _SINGLES:
        text = getattr(row, column).strip().lower().removesuffix("%")
        if text in _MISSED:
            missed.setdefault(_MISSED[text], []).append(sign)
        elif text:
            values[sign] = _whole(text, column)
    if values or found is not None:
        upper, lower = (int(found[1]), int(found[2])) if found is not None else (None, None)
        yield AskVitals(sheet.who, upper, lower, values.get(Sign.HR), values.get(Sign.SPO2), values.get(Sign.RR))
    for outcome, signs in missed.items():
        yield AskReading(sheet.who, outcome, tuple(signs))


def _whole(text: str, column: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise _Wrong(tr("A whole number. R for refused, F for failed."), column)
    return int(text)


def _moaas(sheet: Sheet, row: PaperRow) -> Iterator[Ask]:
    text = row.moaas.strip()
    if text:
        yield AskScale(sheet.who, Sign.MOAAS.value, _whole(text, MOAAS))


def _text(sheet: Sheet, row: PaperRow) -> Iterator[Ask]:
    whole = row.text.strip()
    parts = [whole] if whole[:1] in tuple(_QUOTES) else [part.strip() for part in whole.split(";")]
    for part in (part for part in parts if part):
        yield from _part(sheet, part)


def _part(sheet: Sheet, part: str) -> Iterator[Ask]:
    try:
        ask = read_part(sheet.who, part)
    except NotReadable as wrong:
        raise _Wrong(str(wrong)) from None
    if ask is not None:
        yield ask
        return
    state = sheet.state
    phases = tuple(phase.key for phase in state.protocol.phases)
    found = parse(f"{sheet.who} {part}", {sheet.who: sheet.person.name}, state.checklist, phases)
    if found.ready:
        yield from found.asks
    elif found.wants == "owner":
        yield AskNote(part, sheet.who)
    else:
        raise _Wrong(found.problem)


def _dose(sheet: Sheet, row: PaperRow) -> Iterator[Ask]:
    words = row.dose.split()
    if not words:
        return
    if len(words) == 1 and words[0].casefold() in ("taken", "+"):
        yield AskTaken(sheet.who)
        return
    amounts = []
    while words and (found := read_amount(words[0].casefold().removesuffix("mg"))) is not None:
        amounts.append(found)
        words = words[2:] if words[1:2] in (["mg"], ["MG"]) else words[1:]
    if not 1 <= len(amounts) <= 2 or len(set(amounts)) != 1:
        raise _Wrong(tr("First the milligrams: 100. Twice the same where it is above the order."))
    yield _dose_of(sheet, row, AskDose(
        sheet.who, "", amounts[0], entered_twice=len(amounts) == 2), words)  # fmt: skip


def _dose_of(sheet: Sheet, row: PaperRow, ask: AskDose, words: list[str]) -> AskDose:
    given = dict(_pairs(words))
    order = sheet.person.order
    route = given.pop("route", "") or (order.route if order is not None else "") or sheet.state.protocol.route
    missing = tr("Whose initials?")
    by = _member(sheet, given.pop("by", row.author), tr("Say who gave it: by PO."))
    checked, kind = given.pop("check", ""), None
    if checked.casefold() == "client":
        kind = CheckKind.CLIENT
    elif checked and not checked.casefold().startswith("phone:"):
        checked = _member(sheet, checked, missing)
    ml = read_amount(given.pop("ml")) if "ml" in given else None
    return replace(
        ask, route=route, by=by, checked_by=checked, check_kind=kind, ml=ml, lot=given.pop("lot", ""),
        own=given.pop("own", "") == "yes", site=given.pop("site", "").replace("_", " "),
    )


_TAKES_A_WORD = ("lot", "by", "check", "ml", "site", "route")


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    left = list(words)
    while left:
        key = left.pop(0).casefold()
        if key == "own":
            yield "own", "yes"
        elif key in _TAKES_A_WORD and left:
            yield key, left.pop(0)
        else:
            raise _Wrong(tr("After the amount: lot L1 or own, by PO, check TI or check client, ml 0.6, site deltoid."))
