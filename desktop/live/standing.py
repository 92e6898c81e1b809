"""Knows which level stands beside each reading of a person, from everything that counts for them now.

An entry keeps the level that was shown when it was made. When an earlier reading or a dose is entered late, struck or
moved, what stands beside the others can change: the first of two high pressures may turn out to be the second. The
state carries what stands, so that two people who know the same entries see the same; the log keeps what was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.bands import Context, Sample, crosses, levels_of
from desktop.domain.protocol import Level, Protocol, Sign
from desktop.live.lines import ScaleLine, VitalsLine
from desktop.live.own_bands import bands_for
from desktop.live.readings import dosed_before, phase_of, sample_of, scale_sample
from desktop.live.state import PersonState

Line = VitalsLine | ScaleLine
Levels = tuple[tuple[Sign, Level], ...]


def with_standing_levels(protocol: Protocol, person: PersonState) -> PersonState:
    """The person with the level that stands beside each reading and each rated MOAA/S."""
    levels = {line.seq: found for line, found in _standing(protocol, person)}
    vitals = tuple(
        line if line.levels == levels[line.seq] else replace(line, levels=levels[line.seq]) for line in person.vitals
    )
    scales = tuple(
        replace(line, level=dict(levels[line.seq]).get(Sign.MOAAS, Level.NORMAL)) if line.seq in levels else line
        for line in person.scales
    )
    return replace(person, vitals=vitals, scales=scales)


def _standing(protocol: Protocol, person: PersonState) -> Iterator[tuple[Line, Levels]]:
    rated = (line for line in person.scales if line.of == Sign.MOAAS)
    lines: list[Line] = sorted((*person.vitals, *rated), key=lambda line: (line.at_ms, line.seq))
    # Of each limit that asks for a second reading, only the first that crossed it on this side of the dose matters.
    firsts: dict[tuple[int, bool], Sample] = {}
    own: dict[Sign, int] = {}
    bands = bands_for(protocol, person.order)
    for line in lines:
        sample = sample_of(line) if isinstance(line, VitalsLine) else scale_sample(line)
        dosed = dosed_before(person, line.at_ms, line.seq)
        phase = phase_of(protocol, person, line.at_ms) if dosed else None
        earlier = [first for (_, side), first in firsts.items() if side == dosed]
        context = Context(dosed, "" if phase is None else phase.key, dict(own), earlier)
        yield line, levels_of(bands, sample, context)
        for number, band in enumerate(bands):
            if band.again_after_min is not None and crosses(band, sample):
                firsts.setdefault((number, dosed), sample)
        if not dosed:
            own.update({sign: values[0] for sign, values in sample.values.items()})
