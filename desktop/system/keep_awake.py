"""Knows how to ask the machine not to sleep while a session runs, and says plainly when it does not listen."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from desktop.domain.words import tr
from desktop.system.power import battery


class _Held(Protocol):
    """What wakepy gives back on entering."""

    active: bool


class KeepAwake:
    """A KeepAwake port over wakepy; `mode` makes the context manager that does the work."""

    def __init__(self, mode: _ModeMaker | None = None) -> None:
        self._mode = mode or _presenting
        self._held: AbstractContextManager[_Held] | None = None

    def start(self) -> str:
        """Begin; '' when it holds, else why not. Calling it again while it holds changes nothing."""
        if self._held is not None:
            return ""
        try:
            held = self._mode()
            active = held.__enter__().active
        except Exception:  # noqa: BLE001 - whatever the desktop's own service does, the session goes on
            return _refused()
        if not active:
            held.__exit__(None, None, None)
            return _refused()
        self._held = held
        return ""

    def stop(self) -> None:
        """Let the machine sleep again; may be called twice."""
        held, self._held = self._held, None
        if held is not None:
            held.__exit__(None, None, None)

    def charge(self) -> tuple[int, bool] | None:
        """The battery, 0 to 100, and whether on the mains; None without one."""
        return battery()


class _ModeMaker(Protocol):
    def __call__(self) -> AbstractContextManager[_Held]:
        """A context manager that keeps the machine awake inside."""


def _presenting() -> AbstractContextManager[_Held]:
    # Imported late: it asks the desktop's services and takes 100 ms, and only a live session needs it.
    from wakepy import keep

    return keep.presenting(on_fail="pass")


def _refused() -> str:
    return tr("This machine may go to sleep during the session: it did not take the wish to stay awake.")
