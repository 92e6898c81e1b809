"""Knows the practice whose archives are shown."""

from __future__ import annotations

from tests.storage.archive.conftest import archive_template, house

__all__ = ["archive_template", "house"]
