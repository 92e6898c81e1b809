"""Knows that every way of ending has its exit code, in plain words, and that a fault says nothing of anybody."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.cli.codes import MEANINGS, Exit, Unreachable, Usage, code_of
from desktop.cli.kit import Kit
from desktop.cli.main import run
from desktop.cli.parsing import Families
from desktop.domain import errors_machine, errors_practice
from desktop.domain.errors import Conflict, Invalid, Known, NotAllowed, NotFound, Problem, Refused
from tests.cli.harness import Terminal, descriptor

CANARY = "Canary Wiśniewski 4711"
THREE = (Refused("c", "w"), NotFound("w"), NotAllowed("w"), Conflict("w"), Invalid((Problem("f", "t"),)),
         errors_practice.NoPractice(), errors_practice.NewerDatabase(9, 1))  # fmt: skip
FOUR = (errors_practice.WrongPassphrase(3), errors_practice.TooManyTries(3), errors_practice.NoSuchMember(),
        errors_practice.PracticeLocked())  # fmt: skip
FIVE = (errors_practice.DamagedDatabase(), errors_practice.DamagedKeyFile(), errors_practice.PlainDatabase(),
        errors_practice.MissingDatabase(), errors_machine.NotSafeHere("w"))  # fmt: skip
SIX = (errors_machine.AnotherInstance(), errors_machine.DatabaseBusy())
SEVEN = (errors_machine.DiskFull(1), errors_machine.FolderNotWritable(), errors_machine.SyncedFolder("s"),
         errors_machine.NetworkFolder(), errors_machine.NoLocks(), errors_machine.DiskTrouble(),
         errors_machine.UnfitFolder(),
         Unreachable("w"))  # fmt: skip


@pytest.mark.parametrize(
    ("code", "errors"), [(2, (Usage("w"),)), (3, THREE), (4, FOUR), (5, FIVE), (6, SIX), (7, SEVEN)]
)
def test_every_refusal_has_its_exit_code(code: int, errors: tuple[Known, ...]) -> None:
    assert {type(error).__name__: code_of(error) for error in errors} == {type(e).__name__: code for e in errors}


def test_every_exit_code_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Exit)


def ends_with(holdfast: Terminal, raising: Callable[[], int]) -> Terminal:
    """A terminal with one more command that ends so."""

    def add_to(families: Families) -> None:
        def end(kit: Kit, arguments: Namespace) -> int:
            return raising()

        families.command("break", "for a test", end, {})

    holdfast.more = (add_to,)
    return holdfast


def raises(error: BaseException) -> Callable[[], int]:
    def end() -> int:
        raise error

    return end


def test_a_fault_is_told_in_one_line_without_its_words_and_its_place_is_in_the_log(holdfast: Terminal) -> None:
    said = ends_with(holdfast, raises(KeyError(CANARY)))("break")
    log = holdfast.program.log.path.read_text(encoding="utf-8")
    assert said.code == 70
    assert said.err.count("\n") == 1
    assert "KeyError at desktop.cli.main:" in said.err
    assert "failure KeyError" in log
    assert "tests.cli.test_endings:" in log
    assert "Canary" not in said.err + said.out + log


def test_a_fault_is_told_also_where_no_log_can_be_written(holdfast: Terminal) -> None:
    (holdfast.folder / "own").write_text("a file where the folder should be", encoding="utf-8")
    assert ends_with(holdfast, raises(RecursionError()))("break").code == 70


def test_a_fault_is_told_also_where_the_log_itself_is_at_fault(holdfast: Terminal) -> None:
    kit = holdfast.program.kit()

    def no_door() -> NoReturn:
        raise ModuleNotFoundError

    def broken(error: BaseException) -> None:
        raise ModuleNotFoundError(CANARY)

    assert run(["practice", "info", "f"], replace(kit, door=no_door, failed=broken)) == 70


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (MemoryError(), 70), (SystemExit(0), 0)]
)
def test_being_stopped_is_no_fault(holdfast: Terminal, error: BaseException, code: int) -> None:
    assert ends_with(holdfast, raises(error))("break").code == code


def test_a_draft_that_cannot_be_saved_names_its_fields(holdfast: Terminal) -> None:
    said = ends_with(holdfast, raises(Invalid((Problem("born", "A date is needed."),))))("break")
    assert said.code == 3
    assert "  born: A date is needed.\n" in said.err


@pytest.mark.parametrize(
    "words",
    [
        (), ("nonsense",), ("practice",), ("practice", "check"), ("practice", "check", "f", "--passphrase", "x"),
        ("practice", "check", "f", CANARY), ("audit", CANARY), ("practice", "info", "f", f"--json={CANARY}"),
        ("practice", "check", "f", "--passphrase-fd", CANARY), ("session", "replay", "f", "--until", CANARY),
        ("practice", "check", "f", "--pass", "3"),
    ],
)  # fmt: skip
def test_a_command_that_is_not_understood_ends_with_two_and_repeats_nothing(
    holdfast: Terminal, words: tuple[str, ...]
) -> None:
    said = holdfast(*words)
    assert said.code == 2
    assert said.err.startswith("usage: holdfast")
    assert "Canary" not in said.err


def test_a_passphrase_is_never_an_option_of_its_own_nor_in_the_environment(holdfast: Terminal) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("desktop/cli").rglob("*.py"))
    assert "environ" not in source
    assert "getenv" not in source
    helps = holdfast("practice", "check", "--help").out + holdfast("practice", "create", "--help").out
    assert "--passphrase-fd N" in helps
    assert "--passphrase " not in helps


def test_a_descriptor_that_is_not_open_or_not_text_ends_with_two(holdfast: Terminal, practice: Path) -> None:
    with descriptor("x") as number:
        pass
    said = holdfast("practice", "check", practice, "--passphrase-fd", str(number))
    assert said.code == 2
    assert "cannot be read" in said.err
    reading, writing = os.pipe()
    os.write(writing, b"\xff\xfe\n")
    os.close(writing)
    assert holdfast("practice", "check", practice, "--passphrase-fd", str(reading)).code == 2
    os.close(reading)


def test_only_the_first_line_of_a_descriptor_is_taken(holdfast: Terminal, practice: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"violet harbour seven stones\r\nleft for others")
    os.close(writing)
    assert holdfast("practice", "check", practice, "--passphrase-fd", str(reading)).code == 0
    assert os.read(reading, 100) == b"left for others"
    os.close(reading)


def test_the_version_is_told(holdfast: Terminal) -> None:
    said = holdfast("--version")
    assert (said.code, said.out) == (0, f"holdfast {holdfast.program.kit().version}\n")


def test_the_command_line_needs_no_more_commands(
    capsys: pytest.CaptureFixture[str], holdfast: Terminal
) -> None:
    assert run(["--help"], holdfast.program.kit()) == 0
    assert "practice" in capsys.readouterr().out
