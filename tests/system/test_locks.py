"""Knows that one program keeps a practice to itself, and that a killed one has let it go."""

from __future__ import annotations

import errno
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.errors_machine import AnotherInstance, FolderNotWritable, NoLocks
from desktop.domain.moment import Moment
from desktop.system.locks import holder_of, take
from desktop.system.machine import LocalMachine

NOW = Moment(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), -300, 1, "boot")


def test_the_second_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "practice.lock"
    with LocalMachine().take_lock(path, NOW) as first:
        before = first.held
        assert path.read_text("ascii") == f"process {os.getpid()} since 2026-03-02 10:00:00\n"
        content = path.read_bytes()
        with pytest.raises(AnotherInstance) as caught:
            take(path, NOW)
        assert (caught.value.pid, caught.value.since) == (os.getpid(), "2026-03-02 10:00:00")
        assert path.read_bytes() == content
    assert (before, first.held) == (True, False)
    first.release()
    assert path.read_bytes() == b""
    take(path, NOW).release()
    assert path.stat().st_mode & 0o777 == 0o600


def test_fifty_killed_holders_in_a_row_leave_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "practice.lock"
    for _ in range(50):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - this branch ends by SIGKILL
            held = take(path, NOW)
            os.write(writing, b"1" if held.held else b"0")
            signal.pause()
            os._exit(1)
        assert os.read(reading, 1) == b"1"
        try:
            with pytest.raises(AnotherInstance) as caught:
                take(path, NOW)
            assert caught.value.pid == child
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
        take(path, NOW).release()


def test_a_started_program_does_not_inherit_the_lock(tmp_path: Path) -> None:
    held = take(tmp_path / "practice.lock", NOW)
    assert held._descriptor is not None
    assert not os.get_inheritable(held._descriptor)
    held.release()


@pytest.mark.parametrize("text", ["", "process", "process x since 2026", "process 1 since \x00", "x" * 300])
def test_an_odd_lock_file_names_nobody(tmp_path: Path, text: str) -> None:
    assert holder_of(text) == (None, "")
    path = tmp_path / "practice.lock"
    with take(path, NOW):
        path.write_text(text, "utf-8")
        with pytest.raises(AnotherInstance, match="open in another window"):
            take(path, NOW)


def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        take(tmp_path / "nowhere" / "practice.lock", NOW)
    (tmp_path / "folder.lock").mkdir()
    with pytest.raises(FolderNotWritable):
        take(tmp_path / "folder.lock", NOW)


def test_a_link_laid_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine", "utf-8")
    (tmp_path / "practice.lock").symlink_to(tmp_path / "target")
    with pytest.raises(FolderNotWritable):
        take(tmp_path / "practice.lock", NOW)
    assert (tmp_path / "target").read_text("utf-8") == "mine"


def test_a_disk_without_locks_is_said(tmp_path: Path) -> None:
    """No disk of this machine is without locks, so the system's answer is stood in for."""

    def no_locks(descriptor: int) -> bool:
        raise OSError(errno.ENOLCK, "no locks available")

    with pytest.raises(NoLocks):
        take(tmp_path / "practice.lock", NOW, no_locks)
