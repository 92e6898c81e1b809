"""Knows what every screen behind the lock is made with, and which screen a name stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.services.desk import Desk
from desktop.services.ports import KeepAwake
from desktop.services.ports_archives import ArchiveDoor
from desktop.services.practice import Door
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import Place

if TYPE_CHECKING:
    from desktop.services.live import LiveDesk


@dataclass(frozen=True, slots=True)
class Here:
    """An unlocked desk in a window. theme: the one in use when it was made; ticking: False for pictures.

    lives: the sessions that are open, by id: whatever writes into one writes through the same.
    """

    desk: Desk
    door: Door
    ops: Ops
    keep_awake: KeepAwake | None = None
    theme: str = "light"
    ticking: bool = True
    archives: ArchiveDoor | None = None
    lives: dict[str, LiveDesk] = field(default_factory=dict)


Builder = Callable[[Here, Place], QWidget]
"""Makes a screen for a place."""
