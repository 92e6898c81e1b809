"""Knows how the window is introduced to the machine: what keeps it awake, what locks it, what follows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.locking import Handover, LockPorts
    from desktop.services.ports import Clock, Resources
    from desktop.services.ports_archives import ArchiveDoor
    from desktop.services.practice import Door


def run(
    door: Door, resources: Resources, settings: Path, clock: Clock, archives: Callable[[], ArchiveDoor] | None = None
) -> int:
    """Open the window and stay until it is closed; the exit code. settings: the file of what is remembered.

    archives: asked for when somebody came in or restores; what it loads is of no use before.
    """
    from desktop.system.keep_awake import KeepAwake
    from desktop.system.replace import say_painted, told_before
    from desktop.views.ui.unread import leave_sources_unread

    leave_sources_unread()  # before the many modules of the screens are loaded
    from desktop.views.shell.app import run_window

    told = told_before()
    return run_window(
        door, resources, settings=settings, keep_awake=KeepAwake(), ports=partial(lock_ports, clock),
        told=_handover(told), painted=say_painted if told is not None else None, archives=archives,
    )


def lock_ports(clock: Clock) -> LockPorts:
    """What locking asks of the machine; loaded when somebody came in."""
    from desktop.services.locking import LockPorts
    from desktop.system.away import shield, signals
    from desktop.system.replace import FreshProcess

    return LockPorts(FreshProcess(), clock, signals(), shield)


def _handover(told: str | None) -> Handover | None:
    """What the process before this one told; None when this one follows none."""
    if told is None:
        return None
    from desktop.services.locking import read_handover

    return read_handover(told)
