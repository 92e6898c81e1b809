"""Knows that the log holds names from a list and numbers, and never a word about anybody."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.domain.moment import Moment
from desktop.system import logs
from desktop.system.logs import Event, EventLog, Number

CANARY = "canary-Wiśniewski-4711"


class Clock:
    def now(self) -> Moment:
        return Moment(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), -300, 1, "boot")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    made = EventLog(tmp_path, Clock())
    yield made
    made.close()


def test_an_event_is_a_name_with_numbers(log: EventLog) -> None:
    log.record(Event.START)
    log.record(Event.UNLOCK, {Number.MS: 812, Number.COUNT: 2})
    assert log.path.read_text("utf-8").splitlines() == [
        "2026-03-02T15:00:00Z start",
        "2026-03-02T15:00:00Z unlock ms=812 count=2",
    ]
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_what_is_not_on_the_list_is_not_written(log: EventLog) -> None:
    for event, numbers in (
        (CANARY, {}), (Event.START, {CANARY: 1}), (Event.START, {Number.MS: CANARY}),
        (Event.START, {Number.MS: 1.5}), (Event.START, {Number.MS: True}),
    ):  # fmt: skip
        with pytest.raises((ValueError, TypeError)):
            log.record(cast(Event, event), cast(dict[Number, int], numbers))
    assert not log.path.exists()


def broken(text: str) -> None:
    raise ValueError(f"this note cannot be saved: {text}")


def test_an_exception_is_written_by_type_and_place_without_its_words(log: EventLog) -> None:
    with pytest.raises(ValueError) as caught:
        broken(CANARY)
    log.failure(caught.value)
    written = log.path.read_text("utf-8")
    assert "failure ValueError" in written
    assert f"{__name__}:" in written
    assert CANARY not in written


def test_uncaught_exceptions_and_libraries_warnings_come_in_without_their_words(log: EventLog) -> None:
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    log.attach()
    try:
        broken(CANARY)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=broken, args=(CANARY,))
    thread.start()
    thread.join()
    fake = cast(Any, type("Found", (), {"exc_value": None}))
    sys.unraisablehook(fake)
    log._elsewhere.handle(logging.makeLogRecord({
        "name": "sqlalchemy.pool", "levelname": "ERROR", "levelno": 40, "msg": CANARY, "module": "base", "lineno": 7,
    }))  # fmt: skip
    log.close()
    log.close()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
    written = log.path.read_text("utf-8")
    assert written.count("failure ValueError") == 2
    assert "library sqlalchemy error base:7" in written
    assert CANARY not in written


def test_only_the_innermost_places_of_a_deep_failure_are_kept(log: EventLog) -> None:
    def deep(n: int) -> None:
        if n == 0:
            broken(CANARY)
        deep(n - 1)

    with pytest.raises(ValueError) as caught:
        deep(40)
    log.failure(caught.value)
    assert log.path.read_text("utf-8").count(__name__) == 12


def test_the_log_never_grows_beyond_four_files(log: EventLog) -> None:
    log._handler.maxBytes = 2_000
    for n in range(500):
        log.record(Event.SLOW_WRITE, {Number.MS: n})
    files = sorted(log.path.parent.iterdir())
    assert [path.name for path in files] == [logs.FILE, *(f"{logs.FILE}.{n}" for n in (1, 2, 3))]
    assert all(path.stat().st_size <= 2_000 for path in files)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)


def test_a_log_that_cannot_be_written_is_in_nobodys_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = EventLog(tmp_path / "nowhere", Clock())
    log.record(Event.START)
    log.close()
    assert capsys.readouterr() == ("", "")
