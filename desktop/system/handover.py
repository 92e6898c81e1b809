"""Knows how a command asks the program that has a practice open: a local socket that only this user reaches.

No network is involved. Windows has no such socket in this Python; there a command finds nobody to ask.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Answer = dict[str, Any]

_ASK = b'{"ask":"scheduled archive"}\n'
_MOST = 1 << 20
_LONGEST = 100  # bytes; systems take 104 to 108
_CONNECT_SECONDS, _WAIT_SECONDS, _HEAR_SECONDS = 5.0, 3600.0, 5.0


def socket_of(runtime: Path, practice: Path) -> Path:
    """Where the program that has this practice open listens; short, since such names may have 100 bytes."""
    whole = os.fsencode(practice.resolve())
    return runtime / f"ask-{hashlib.sha256(whole).hexdigest()[:16]}"


@contextmanager
def _named(path: Path) -> Iterator[str]:
    """A name of the socket that is short enough for the system, where it has a way for long ones."""
    if len(os.fsencode(path)) < _LONGEST or not Path("/proc/self/fd").is_dir():
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _line(connection: socket.socket) -> bytes:
    found = bytearray()
    while len(found) < _MOST and not found.endswith(b"\n"):
        part = connection.recv(4096)
        if not part:
            break
        found += part
    return bytes(found)


def ask(path: Path) -> Answer | None:
    """Ask for the scheduled archive and wait for what came of it; None where no program listens."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.settimeout(_CONNECT_SECONDS)
            with _named(path) as name:
                connection.connect(name)
            connection.settimeout(_WAIT_SECONDS)
            connection.sendall(_ASK)
            found = json.loads(_line(connection))
        except (OSError, ValueError):
            return None
    return found if isinstance(found, dict) and "runs" in found else None


def _is_this_user(connection: socket.socket) -> bool:
    if not sys.platform.startswith("linux"):  # the socket's own rights keep others out
        return True
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", peer)[1] == os.getuid())


class Listener:
    """Answers commands on a thread of its own until `close`. answer: does what is asked; its words are sent back."""

    def __init__(self, path: Path, answer: Callable[[], Answer]) -> None:
        self._path, self._answer = path, answer
        self._socket: socket.socket | None = None
        if not hasattr(socket, "AF_UNIX"):
            return
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)  # left by a killed program: the practice's own lock says there is no other
            listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                with _named(path) as name:
                    listening.bind(name)
                path.chmod(0o600)
                listening.listen(4)
            except OSError:
                listening.close()
                raise
            self._socket = listening
            threading.Thread(target=self._serve, args=(listening,), name="holdfast-ask", daemon=True).start()

    @property
    def listens(self) -> bool:
        """Whether commands can reach it."""
        return self._socket is not None

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:  # closed
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(_HEAR_SECONDS)
                if _is_this_user(connection) and _line(connection) == _ASK:
                    answer = self._answer()
                    connection.sendall(json.dumps(answer).encode() + b"\n")

    def close(self) -> None:
        """Listen no longer; may be called twice."""
        found, self._socket = self._socket, None
        if found is not None:
            with contextlib.suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)
            found.close()
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
