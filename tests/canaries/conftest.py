"""Knows the practices that these tests work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.live import LiveDesk
from tests.kit import House, house, plan


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    """A practice with staff, a couple and orders."""
    with house(tmp_path) as made:
        yield made


@pytest.fixture
def live(home: House) -> LiveDesk:
    """A session that has just begun, both to take the medicine."""
    return LiveDesk.begin(home.desk(), plan(home.desk()).id)
