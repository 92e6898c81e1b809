"""Knows which bands hold for one person: the protocol's, and in session the limits of their own order before those."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.protocol import Band, Basis, Figure, Protocol, Test, When
from desktop.live.events_people import OrderBand, OrderLimits

ORDER = "the order"


def bands_for(protocol: Protocol, order: OrderLimits | None) -> tuple[Band, ...]:
    """The bands that hold for a person. A limit of the order takes the place of the protocol's limits of the same

    sign, level and direction once the person was dosed; before the dose the protocol's stay.
    """
    if order is None or not order.bands:
        return protocol.bands
    kept = [band for shipped in protocol.bands if (band := _left(shipped, order.bands)) is not None]
    return (*kept, *(_own(band) for band in order.bands))


def _left(band: Band, own: tuple[OrderBand, ...]) -> Band | None:
    if band.when is When.BEFORE or not any(_same(band, one) for one in own):
        return band
    return replace(band, when=When.BEFORE) if band.when is When.ALWAYS else None


def _same(band: Band, own: OrderBand) -> bool:
    downwards = (band.test is Test.BELOW) == (own.test is Test.BELOW)
    return (band.sign, band.level) == (own.sign, own.level) and downwards


def _own(band: OrderBand) -> Band:
    diastolic = None if band.diastolic is None else Figure(band.diastolic, Basis.SOURCE, ORDER)
    return Band(band.sign, When.SESSION, band.level, band.test, Figure(band.limit, Basis.SOURCE, ORDER), diastolic)
