"""Knows where the data files of the records of care lie, and reads them."""

from __future__ import annotations

from desktop.domain.care_files import (
    AdverseWords,
    FollowUpKind,
    TouchWords,
    read_adverse,
    read_followups,
    read_touch,
)
from desktop.services.ports import Resources

FOLDER = "care"
TOUCH, ADVERSE, FOLLOWUPS = "touch.toml", "adverse.toml", "followups.toml"


def touch_words(resources: Resources) -> TouchWords:
    """What a touch plan asks; DataFileError."""
    return read_touch(resources.text(f"{FOLDER}/{TOUCH}"), TOUCH)


def adverse_words(resources: Resources) -> AdverseWords:
    """What can happen, and how it is rated; DataFileError."""
    return read_adverse(resources.text(f"{FOLDER}/{ADVERSE}"), ADVERSE)


def followup_kinds(resources: Resources) -> tuple[FollowUpKind, ...]:
    """What is due after a session; DataFileError."""
    return read_followups(resources.text(f"{FOLDER}/{FOLLOWUPS}"), FOLLOWUPS)
