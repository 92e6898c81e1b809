"""Knows that a command reaches the program that has a practice open, and nobody else does."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from desktop.system.handover import Listener, ask, socket_of

ANSWER = {"ok": True, "runs": []}


@pytest.mark.parametrize("depth", [0, 12])
def test_it_is_answered_also_in_a_folder_with_a_long_name(tmp_path: Path, depth: int) -> None:
    runtime = tmp_path.joinpath(*["a-long-name"] * depth)
    runtime.mkdir(parents=True, exist_ok=True)
    path = socket_of(runtime, tmp_path)
    listener = Listener(path, lambda: ANSWER)
    assert listener.listens
    assert path.stat().st_mode & 0o077 == 0
    assert ask(path) == ANSWER
    listener.close()
    listener.close()
    assert ask(path) is None


def test_with_nobody_there_the_answer_is_none(tmp_path: Path) -> None:
    assert ask(tmp_path / "nothing") is None
    (tmp_path / "file").write_bytes(b"")
    assert ask(tmp_path / "file") is None


def test_what_a_killed_program_left_is_taken_over(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left.bind(str(tmp_path / "s"))
    left.close()
    listener = Listener(tmp_path / "s", lambda: ANSWER)
    assert ask(tmp_path / "s") == ANSWER
    listener.close()


def test_something_else_than_the_question_is_not_answered_and_the_next_is(tmp_path: Path) -> None:
    asked: list[int] = []
    listener = Listener(tmp_path / "s", lambda: asked.append(1) or ANSWER)  # type: ignore[func-returns-value]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stranger:
        stranger.connect(str(tmp_path / "s"))
        stranger.sendall(b"give me everything\n")
        assert stranger.recv(100) == b""
    assert ask(tmp_path / "s") == ANSWER
    assert asked == [1]
    listener.close()
