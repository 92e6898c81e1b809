"""What is asked of the machine before a window is opened, and where the program's own folders lie."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from desktop.system.display import loads, why_no_window, x_answers
from desktop.system.folders import folders


def test_a_system_library_is_there_or_not() -> None:
    assert not loads("libholdfast-is-not-there.so.0")
    assert loads("libc.so.6") == sys.platform.startswith("linux")


def test_a_display_that_nobody_serves_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":983")
    assert x_answers() is False
    assert bool(why_no_window({"DISPLAY": ":983"})) == sys.platform.startswith("linux")


def test_a_wayland_socket_that_is_there_will_do(tmp_path: Path) -> None:
    here = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert bool(why_no_window(here)) == sys.platform.startswith("linux")
    (tmp_path / "wayland-0").touch()
    assert why_no_window(here) == ""


def test_the_programs_own_folders_lie_where_the_system_wants_them_and_are_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("STATE", "CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = folders()
    for folder in (found.state, found.runtime, found.logs):
        assert folder.is_relative_to(tmp_path)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
