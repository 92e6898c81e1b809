"""Knows how one line of a flowsheet's tables reads: late, struck, missing and out of limits said in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desktop.domain.paper import DoseLine, Fact, LogLine, ObservationLine, SafetyLine, ScaleLine, VitalsPoint
from desktop.domain.words import tr
from desktop.worksheets import look
from desktop.worksheets.bidi import isolate
from desktop.worksheets.blocks import elapsed
from desktop.worksheets.chartlanes import dose_amount
from desktop.worksheets.shaping import Ink
from desktop.worksheets.table import Row

Cell = list[tuple[str, Ink]]
Timed = TypeVar("Timed", DoseLine, VitalsPoint, ObservationLine, SafetyLine, ScaleLine)


def by_minute(lines: Sequence[Timed]) -> list[Timed]:
    """Lines in the order in which they happened; of one minute, in the order of entry."""
    return sorted(lines, key=lambda line: line.minute)


def _ink(ink: Ink, gone: bool) -> Ink:
    return look.struck(ink) if gone else ink


def _time(minute: int, wall: str, gone: bool) -> tuple[Cell, Cell]:
    return [(wall, _ink(look.SMALL_STRONG, gone))], [(elapsed(minute), _ink(look.SMALL_QUIET, gone))]


def _remarks(*parts: str, struck: bool, reason: str) -> Cell:
    said = [(part, look.SMALL) for part in parts if part]
    if struck:
        said.append((tr("struck: {reason}", reason=isolate(reason)) if reason else tr("struck"), look.SMALL_STRONG))
    return [(text if n == 0 else "\n" + text, ink) for n, (text, ink) in enumerate(said)]


def dose_row(dose: DoseLine) -> Row:
    """A line of the medicine table."""
    what = {
        "dose": tr("dose"), "booster": tr("booster"), "lost": tr("lost"), "taken": tr("taken"),
    }.get(dose.what, dose.what)  # fmt: skip
    gone = dose.struck
    missing = tr("missing: {what}", what=dose.missing) if dose.missing else ""
    reason = "" if gone else isolate(dose.reason)
    cells = [
        [(what, _ink(look.SMALL_STRONG, gone))], [(dose_amount(dose), _ink(look.SMALL_STRONG, gone))],
        [(dose.route, _ink(look.SMALL, gone))], [(isolate(dose.lot), _ink(look.SMALL, gone))],
        [(isolate(dose.by), _ink(look.SMALL, gone))], [(isolate(dose.checked_by), _ink(look.SMALL, gone))],
        [*([(missing + "\n" if reason else missing, look.level_ink(look.SMALL, "amber"))] if missing else []),
         *_remarks(reason, struck=gone, reason=dose.reason)],
    ]  # fmt: skip
    return Row((*_time(dose.minute, dose.wall, gone), *cells), mark=look.AMBER if dose.missing and not gone else None)


def vitals_row(point: VitalsPoint) -> Row:
    """A set of readings; what was asked for and not had says so in its own column."""
    levels = dict(point.levels)
    pressure = "" if point.systolic is None else f"{point.systolic}/{point.diastolic}"
    shown = {
        "bp": pressure, "hr": _number(point.hr), "spo2": _number(point.spo2), "rr": _number(point.rr),
        "temp": point.temp,
    }  # fmt: skip
    cells: list[Cell] = []
    for key, value in shown.items():
        asked = point.status != "taken" and (key in point.signs or (not point.signs and key not in ("rr", "temp")))
        cells.append(_reading(value, levels.get(key, ""), point.status if asked else "", point.struck))
    worst = "red" if "red" in levels.values() else ("amber" if "amber" in levels.values() else "")
    fill = None if point.struck else {"red": look.RED_FILL, "amber": look.AMBER_FILL}.get(worst)
    said = "" if point.struck else isolate(point.reason)
    by: Cell = [(isolate(point.by), _ink(look.SMALL, point.struck))]
    remarks = _remarks(said, struck=point.struck, reason=point.reason)
    return Row((*_time(point.minute, point.wall, point.struck), *cells, by, remarks), fill=fill)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _reading(value: str, level: str, not_had: str, gone: bool) -> Cell:
    if value:
        ink = look.level_ink(look.SMALL_STRONG, level)
        cell: Cell = [(value, _ink(ink, gone))]
        return [*cell, (" " + look.level_word(level), look.level_ink(look.TINY, level))] if level and not gone else cell
    word = {"refused": tr("refused"), "failed": tr("failed")}.get(not_had, "")
    return [(word, _ink(look.SMALL_QUIET, gone))] if word else [("", look.SMALL)]


def observation_row(line: ObservationLine) -> Row:
    """A chip."""
    text: Cell = [(isolate(line.text), _ink(look.SMALL, line.struck))]
    if line.intensity:
        text.append((" · " + isolate(line.intensity), _ink(look.SMALL_QUIET, line.struck)))
    text += [("  " + part.strip("\n"), ink) for part, ink in _remarks(struck=line.struck, reason=line.reason)]
    return Row((*_time(line.minute, line.wall, line.struck), text, [(isolate(line.by), look.SMALL)]))


def scale_row(line: ScaleLine) -> Row:
    """A rating."""
    name: Cell = [(line.name, _ink(look.SMALL, line.struck))]
    name += [("  " + part.strip("\n"), ink) for part, ink in _remarks(struck=line.struck, reason=line.reason)]
    value = _reading(line.value, line.level, "", line.struck)
    return Row((*_time(line.minute, line.wall, line.struck), name, value, [(isolate(line.by), look.SMALL)]))


def safety_row(line: SafetyLine) -> Row:
    """An order by phone, touch, a signal, an emergency, something unwanted, an item answered for."""
    state: Cell = [(line.state, look.level_ink(look.SMALL, line.level))] if line.state and not line.struck else []
    said = _remarks(struck=line.struck, reason=line.reason)
    return Row(
        (
            *_time(line.minute, line.wall, line.struck), [(line.what, _ink(look.SMALL_STRONG, line.struck))],
            [(isolate(line.text), _ink(look.SMALL, line.struck))], [(isolate(line.by), _ink(look.SMALL, line.struck))],
            [*state, *said] or [("", look.SMALL)],
        ),
        mark=look.AMBER if line.level and not line.struck else None,
    )


def log_row(line: LogLine, whose: bool = False) -> Row:
    """An entry of the log. whose: with a cell that says about whom it is."""
    text: Cell = [(isolate(line.text), _ink(look.SMALL, line.struck))]
    if line.late:
        text.append(("  " + tr("late entry, written {time}", time=line.late), look.SMALL_QUIET))
    text += [("  " + part.strip("\n"), ink) for part, ink in _remarks(struck=line.struck, reason=line.reason)]
    author: Cell = [(isolate(line.author), _ink(look.SMALL, line.struck))]
    about: tuple[Cell, ...] = ([(line.whose, _ink(look.SMALL_STRONG, line.struck))],) if whose else ()
    return Row((*_time(line.minute, line.wall, line.struck), *about, author, text))


def facts_cell(facts: Sequence[Fact]) -> Cell:
    """Some facts under each other in one cell."""
    cell: Cell = []
    for n, fact in enumerate(facts):
        cell.append((("\n" if n else "") + fact.label + "  ", look.SMALL_QUIET))
        cell += _fact_value(fact)
    return cell


def _fact_value(fact: Fact) -> Cell:
    value: Cell = [(isolate(fact.value), look.level_ink(look.SMALL_STRONG, fact.level))]
    if fact.level:
        value.append((" " + look.level_word(fact.level), look.level_ink(look.TINY, fact.level)))
    return value


def fact_row(fact: Fact) -> Row:
    """A label and its value."""
    return Row(([(fact.label, look.SMALL_QUIET)], _fact_value(fact)))


def presence(came: str, left: str) -> str:
    """When somebody was in the room."""
    if came and left:
        return tr("{came} to {left}", came=came, left=left)
    if came:
        return tr("from {came}", came=came)
    return tr("until {left}", left=left) if left else tr("throughout")
