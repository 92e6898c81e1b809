"""Knows how chips and scales are typed on the quick line: two letters, a name, or as much of it as is needed."""

from __future__ import annotations

import re

from desktop.domain.checklist import Checklist, Chip, fold_name
from desktop.domain.words import tr
from desktop.live.asks import AskObserve, AskScale
from desktop.live.quickline_parsed import Parsed

NUMBERED = re.compile(r"(.*\D)\s+(\d{1,2})", re.ASCII)
STRENGTHS = {"light": "1", "medium": "2", "strong": "3"}
"""How strong, in a word instead of a digit."""


def read_seen(who: str, rest: str, checklist: Checklist) -> Parsed | None:
    """A chip or a rating in what follows a letter; None when it is neither, nor the beginning of one."""
    name, number = _parted(rest, checklist)
    rating = checklist.rating(name) if number else None
    if rating is not None:
        if not rating.low <= int(number) <= rating.high:
            limits = tr("{scale}: only {low} to {high}.", scale=rating.label, low=rating.low, high=rating.high)
            return Parsed(problem=limits)
        return Parsed((AskScale(who, rating.key, int(number)),), f"{rating.label} {int(number)}")
    chip = checklist.chip(name)
    if chip is not None:
        return _chip(who, chip, number)
    fitting = _beginning(name, checklist)
    if len(fitting) == 1:
        return _chip(who, fitting[0], number)
    if fitting:
        return Parsed(problem=tr("Which one?"), completions=tuple(chip.label for chip in fitting))
    scale = None if number else checklist.rating(name)
    if scale is not None:
        return Parsed(problem=tr("{scale}: {low} to {high}?", scale=scale.label, low=scale.low, high=scale.high))
    return None


def _parted(rest: str, checklist: Checklist) -> tuple[str, str]:
    """A name and the number behind it; a strength may be said in a word, where it is not part of the name itself."""
    numbered = NUMBERED.fullmatch(rest)
    if numbered:
        return numbered[1], numbered[2]
    name, _, last = rest.rpartition(" ")
    strength = STRENGTHS.get(last.casefold(), "")
    return (name.strip(), strength) if name.strip() and strength and checklist.chip(rest) is None else (rest, "")


def chip_labels(checklist: Checklist) -> tuple[str, ...]:
    """Every chip's words, in the checklist's order."""
    return tuple(chip.label for chip in checklist.chips)


def _chip(who: str, chip: Chip, number: str) -> Parsed:
    words = {digit: tr(word) for word, digit in STRENGTHS.items()}
    text = f"{chip.label}, {words.get(number, number)}" if number else chip.label
    return Parsed((AskObserve(who, chip.key, number),), text, completions=(chip.label,))


def _beginning(name: str, checklist: Checklist) -> list[Chip]:
    """The chips whose words begin so, by at least two letters."""
    wanted = fold_name(name)
    if len(wanted) < 2:
        return []
    return [
        chip for chip in checklist.chips if any(fold_name(one).startswith(wanted) for one in (chip.label, *chip.also))
    ]
