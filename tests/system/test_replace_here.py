"""How a process is followed by a fresh one, seen from within: the end and the pipes are ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.system.replace import MARK, PAINTED, FreshProcess, say_painted, told_before


class Ended(BaseException):
    """The process would have ended here."""


def end(code: int) -> NoReturn:
    raise Ended(code)


def test_one_that_cannot_be_started_ends_this_one_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(Ended):
        FreshProcess([str(tmp_path / "nothing")], end=end).follow("x")


@contextmanager
def standing_in(descriptor: int, other: int) -> Iterator[None]:
    """Another file in the place of one of the first three, for the time of the block."""
    kept = os.dup(descriptor)
    os.dup2(other, descriptor)
    try:
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)


def test_what_was_told_is_read_once_and_only_by_a_process_that_follows_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert told_before() is None
    monkeypatch.setenv(MARK, "1")
    reading, writing = os.pipe()
    os.write(writing, b"a line\n")
    os.close(writing)
    with capfd.disabled(), standing_in(0, reading):
        assert told_before() == "a line\n"
        assert told_before() is None
    os.close(reading)


def test_a_pipe_that_cannot_be_read_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(MARK, "1")
    folder = os.open(tmp_path, os.O_RDONLY)
    with capfd.disabled(), standing_in(0, folder):
        assert told_before() == ""
    os.close(folder)


def test_who_has_painted_says_so_and_lets_the_pipes_go(capfd: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    with capfd.disabled(), standing_in(0, 0), standing_in(1, writing):
        os.close(writing)
        say_painted()
        assert os.read(reading, 100) == PAINTED
        assert os.read(reading, 100) == b""  # nobody holds its other end any more
        say_painted()  # into nothing
    os.close(reading)
