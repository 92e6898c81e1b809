"""Knows what holds for every test: no screen, no network, no log warning that nobody expected."""

from __future__ import annotations

import logging
import os
import re
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The same pictures on every machine, whatever its screen and language.
os.environ["QT_SCALE_FACTOR"] = "1"
for name in ("LANGUAGE", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI"):
    os.environ.pop(name, None)


NETWORK = {socket.AF_INET, socket.AF_INET6}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
ADDRESSED = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
opened: list[str] = []


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """No test may come near a network; a socket on this machine's file system is none.

    What was tried is kept as well, so that a test fails also when something swallowed the refusal.
    """
    if event == "socket.__new__":
        bad = arguments[1] in NETWORK
    elif event in ADDRESSED:
        bad = arguments[0].family in NETWORK
    else:
        bad = event in LOOKING_UP
    if bad:
        opened.append(event)
        raise AssertionError("a test opened a network socket")


sys.addaudithook(_refuse_network)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """A network socket fails the test that opened it, on whatever thread and whoever caught the refusal."""
    opened.clear()
    yield
    assert not opened, f"a network socket: {opened}"


@pytest.fixture(autouse=True)
def _no_unexpected_log_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless `expects_log(pattern)` announced it."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    expected = [re.compile(str(mark.args[0])) for mark in request.node.iter_markers("expects_log")]
    surprises = [line for line in collector.lines if not any(pattern.search(line) for pattern in expected)]
    assert not surprises, f"unexpected log lines: {surprises}"
