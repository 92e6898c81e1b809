"""Knows the practices that these tests work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.records.kit import ANNA, BEN, ORDER, ORDER_B, PAIR, PAUL, SESSION, Kept, fresh


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """A new practice with its first member."""
    opened = fresh(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def full(kept: Kept) -> Kept:
    """A practice with a couple, two orders and a planned session."""
    kept.add(PAUL, ANNA, BEN, PAIR, ORDER, ORDER_B, SESSION)
    return kept
