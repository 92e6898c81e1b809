"""Knows how schema 3 is made of schema 2."""

from __future__ import annotations

from typing import Any

from desktop.storage.migrations import m0003_carry
from desktop.storage.migrations.m0002 import STEP as BEFORE
from desktop.storage.migrations.step import Step


def _apply(connection: Any) -> None:
    m0003_carry.apply(connection)


STEP = Step(3, _apply, BEFORE.triggers | m0003_carry.TRIGGERS)
