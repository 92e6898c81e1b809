"""Knows how long the property tests of the live engine look: briefly by default, with longer sessions in a campaign."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow]
settings.register_profile(
    "brief", max_examples=60, stateful_step_count=50, deadline=None, database=None, suppress_health_check=QUIET
)
# One round of a campaign, which has many of them: what is wanted between two words on how far it is.
settings.register_profile(
    "campaign", max_examples=25, stateful_step_count=80, deadline=None, database=None, suppress_health_check=QUIET
)
settings.load_profile(os.environ.get("HOLDFAST_PROFILE", "brief"))
