"""Knows how long the property tests of the live engine look: briefly by default, long in a campaign."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow]
settings.register_profile(
    "brief", max_examples=60, stateful_step_count=50, deadline=None, database=None, suppress_health_check=QUIET
)
settings.register_profile(
    "campaign", max_examples=2000, stateful_step_count=80, deadline=None, database=None, suppress_health_check=QUIET
)
settings.load_profile(os.environ.get("HOLDFAST_PROFILE", "brief"))
