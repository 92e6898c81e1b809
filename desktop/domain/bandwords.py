"""Knows how limits are said in words on paper: `amber from 160/100, red below 92`."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.amounts import plain
from desktop.domain.protocol import Band, Level, Sign, Test, When
from desktop.domain.words import tr

_SIGNS = {
    Sign.BP: "Pressure", Sign.HR: "Heart rate", Sign.SPO2: "SpO\u2082", Sign.RR: "Breaths", Sign.TEMP: "Temperature",
    Sign.MOAAS: "MOAA/S",
}


def sign_name(sign: Sign) -> str:
    """A sign as it is written on paper."""
    return tr(_SIGNS[sign])


def band_words(band: Band) -> str:
    """One limit: its level, its side, its number, and what else it depends on."""
    value = plain(band.limit.value)
    if band.diastolic is not None:
        value += f"/{plain(band.diastolic.value)}"
    level = tr("red") if band.level is Level.RED else tr("amber")
    words = {Test.ABOVE: tr("{level} above {value}"), Test.FROM: tr("{level} from {value}"),
             Test.BELOW: tr("{level} below {value}")}[band.test].format(level=level, value=value)  # fmt: skip
    if band.again_after_min is not None:
        words += tr(" a second time, at least {n} min later", n=band.again_after_min.whole)
    if band.below_baseline is not None:
        words += tr(" and {n} or more below their own before the dose", n=band.below_baseline.whole)
    if band.not_in_phase:
        words += tr(", not in the expected {phase}", phase=band.not_in_phase)
    return words


def limits_in_words(bands: Iterable[Band]) -> tuple[tuple[str, str], ...]:
    """Each sign with its limits in one sentence: before the dose, after it, and always."""
    found: dict[Sign, dict[When, list[str]]] = {}
    for band in bands:
        words = found.setdefault(band.sign, {}).setdefault(band.when, [])
        words.append(band_words(band))
    return tuple((sign_name(sign), _sentence(sides)) for sign, sides in found.items())


def _sentence(sides: dict[When, list[str]]) -> str:
    parts = []
    for when, text in ((When.BEFORE, tr("before the dose {limits}")), (When.SESSION, tr("after it {limits}")),
                       (When.ALWAYS, tr("always {limits}"))):  # fmt: skip
        if when in sides:
            parts.append(text.format(limits="; ".join(sides[when])))
    return ". ".join(part[0].upper() + part[1:] for part in parts) + "."
