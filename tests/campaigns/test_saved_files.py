"""Knows that a page or a table saved outside the practice is whole or not there, at whatever call the system fails."""

from __future__ import annotations

import errno
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.files import write_new
from desktop.domain.errors import Known
from desktop.domain.errors_machine import DiskFull
from desktop.views.paper.saving import save_pdf
from tests.storage.practice_kit import in_child

OLD, NEW = b"the page of before", b"the page of now " * 5000
CALLS = {"open", "os.rename", "os.remove", "os.truncate"}
SAVERS: dict[str, Callable[[Path], object]] = {
    "a page from its window": lambda path: save_pdf(path, NEW),
    "a file from a command": lambda path: write_new(path, NEW, force=True),
}


def said(save: Callable[[Path], object], path: Path) -> str:
    """'saved', or what was said; anything that is not known ends with its name."""
    try:
        save(path)
    except Known as error:
        return "told" if error.what and error.safe and error.next_step else "not told all"
    return "saved"


def with_failing_call(save: Callable[[Path], object], path: Path, fail_at: int, lasting: bool) -> str:
    """In a process of its own, whose calls of the system fail; how many there were is told too."""

    def tried() -> str:
        seen = 0

        def fails(event: str, _arguments: tuple[Any, ...]) -> None:
            nonlocal seen
            if event in CALLS:
                seen += 1
                if seen - 1 == fail_at or (lasting and seen - 1 > fail_at):
                    raise OSError(errno.EIO, "made to fail")

        sys.addaudithook(fails)
        outcome = said(save, path)
        return f"{outcome} {seen}"

    return in_child(tried)


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("what", SAVERS)
def test_a_file_is_whole_or_as_it_was_at_whatever_call_the_system_fails(
    what: str, lasting: bool, tmp_path: Path
) -> None:
    fail_at, failed = 0, 0
    while True:
        folder = tmp_path / str(fail_at)
        folder.mkdir()
        path = folder / "page.pdf"
        path.write_bytes(OLD)
        outcome, seen = with_failing_call(SAVERS[what], path, fail_at, lasting).split()
        if fail_at >= int(seen):
            assert (outcome, path.read_bytes()) == ("saved", NEW)
            break
        assert outcome == "told", (fail_at, outcome)
        assert path.read_bytes() == OLD
        assert lasting or list(folder.iterdir()) == [path]
        fail_at, failed = fail_at + 1, failed + 1
    assert failed >= 2


@pytest.mark.parametrize("what", SAVERS)
def test_a_file_that_may_not_grow_leaves_the_one_of_before(what: str, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(OLD)

    def tried() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        return said(SAVERS[what], path)

    assert in_child(tried) == "told"
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("what", SAVERS)
def test_a_full_disk_is_told_with_the_space_that_is_needed(what: str, code: int, tmp_path: Path) -> None:
    def full(event: str, _arguments: tuple[Any, ...]) -> None:
        if event == "os.rename":
            raise OSError(code, "made to be full")

    def tried() -> str:
        sys.addaudithook(full)
        try:
            SAVERS[what](tmp_path / "page.pdf")
        except DiskFull as error:
            return error.what
        return "saved"

    assert in_child(tried) == "The disk is full: 1 MB are needed."
    assert list(tmp_path.iterdir()) == []
