"""Knows the fixtures of the tests of carried sessions."""

from __future__ import annotations

from tests.carry.trip import away_template, gone, trip, trip_template

__all__ = ["away_template", "gone", "trip", "trip_template"]
