"""Knows how to keep PySide6 from reading the source of every module that is loaded after it.

It looks there for a use of its optional features (`from __feature__ import ...`), of which this program uses none; that
takes a tenth of the time to the first picture. Where a version of PySide6 has no such place, nothing happens.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - brings the place along

PLACE, QUESTION = "shibokensupport.feature", "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Answer PySide6's question with no for every module; whether it could be answered."""
    place = sys.modules.get(PLACE)
    if not callable(getattr(place, QUESTION, None)):
        return False
    setattr(place, QUESTION, _no)
    return True


def _no(module: object) -> bool:
    return False
