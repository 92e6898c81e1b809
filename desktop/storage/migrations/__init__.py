"""Knows every schema there ever was, in order; a step that was released is never edited again."""

from __future__ import annotations

from desktop.storage.migrations import m0001, m0002, m0003
from desktop.storage.migrations.step import Step

STEPS: tuple[Step, ...] = (m0001.STEP, m0002.STEP, m0003.STEP)
KNOWN_SCHEMA = STEPS[-1].number
