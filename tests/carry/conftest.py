"""Knows the fixtures of the tests of carried sessions."""

from __future__ import annotations

from tests.carry.trip import trip, trip_template

__all__ = ["trip", "trip_template"]
