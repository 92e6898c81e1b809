"""Knows that the trail is checked, that a change to it is told, and that an installation can test itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.bootstrap import Program
from desktop.cli.audit import VERIFY
from desktop.cli.kit import Kit
from desktop.cli.main import run
from desktop.cli.selftest import SELFTEST
from desktop.services.practice import Finding
from desktop.storage.migrations import KNOWN_SCHEMA
from desktop.storage.practice_folder import Surroundings, open_practice
from desktop.storage.vault.primitives import FLOOR
from desktop.system.machine import LocalMachine
from tests.cli.harness import OWNER, PASSPHRASE, Terminal


def test_an_untouched_trail_is_intact(holdfast: Terminal, practice: Path) -> None:
    said = holdfast("audit", "verify", practice, "--json", passphrase=PASSPHRASE)
    assert said.code == 0
    assert set(said.json) == set(VERIFY)
    assert said.json["intact"] is True
    assert said.json["first_wrong"] is None
    assert said.json["entries"] >= 4  # made, its member, locked, unlocked
    assert "is intact" in holdfast("audit", "verify", practice, passphrase=PASSPHRASE).out


def alter(program: Program, practice: Path, statement: str) -> None:
    """Change the database behind the program's back, with its own keys and without its locks."""
    around = Surroundings(LocalMachine(), program.settings.clock, KNOWN_SCHEMA, cost=FLOOR, reserve_bytes=1 << 20)
    opened = open_practice(practice, OWNER, PASSPHRASE, around)
    try:
        with opened.engines.separate() as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement)
            for _, sql in triggers:
                connection.execute(sql)
    finally:
        opened.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET detail = 'x' WHERE number = 2", "DELETE FROM audit WHERE number = 2"]
)
def test_a_trail_that_was_altered_ends_with_five_and_names_the_line(
    holdfast: Terminal, practice: Path, statement: str
) -> None:
    alter(holdfast.program, practice, statement)
    said = holdfast("audit", "verify", practice, "--json", passphrase=PASSPHRASE)
    assert said.code == 5
    assert said.json["intact"] is False
    assert said.json["first_wrong"] == 2
    assert "NOT intact" in holdfast("audit", "verify", practice, passphrase=PASSPHRASE).out
    assert holdfast("practice", "check", practice, passphrase=PASSPHRASE).code == 5


def test_this_installation_passes_its_own_test(holdfast: Terminal) -> None:
    said = holdfast("selftest", "--json")
    assert said.code == 0, said.out
    assert set(said.json) == set(SELFTEST)
    assert [check["name"] for check in said.json["checks"]] == [
        "known answers", "data files", "paper", "database", "practice", "archives",
    ]  # fmt: skip
    assert not list(holdfast.program.folders.runtime.iterdir())


def test_an_installation_that_fails_its_own_test_ends_with_five(
    holdfast: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    broken: Kit = replace(holdfast.program.kit(), self_test=lambda: (Finding("paper", False, "no page"),))
    assert run(["selftest"], broken) == 5
    assert "NOT OK  paper  no page" in capsys.readouterr().out


def test_a_part_that_breaks_is_a_finding_and_the_others_are_still_tried(tmp_path: Path) -> None:
    from desktop.bootstrap_selftest import self_test

    class Broken:
        resources: Any = None
        press: Any = None

        def __init__(self) -> None:
            self.faults: list[str] = []

        def known_answers(self) -> tuple[str, ...]:
            return ("HMAC",)

        def throwaway(self) -> Any:
            raise OSError(28, "no space")

        def failed(self, error: BaseException) -> None:
            self.faults.append(type(error).__name__)

    parts = Broken()
    found = {finding.name: finding.ok for finding in self_test(parts)}
    assert found == {
        "known answers": True, "data files": False, "paper": False, "database": True, "practice": False,
        "archives": True,
    }  # fmt: skip
    assert parts.faults == ["AttributeError", "AttributeError", "OSError"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE audit SET detail = 'x' WHERE number = 2", "edited_line"),
        ("UPDATE members SET name = 'Somebody Else'", "edited_record"),
        ("UPDATE practice SET format = 7", "edited_record"),
    ],
)
def test_a_check_and_a_verification_say_the_same_and_first_of_all(
    holdfast: Terminal, practice: Path, statement: str, code: str
) -> None:
    alter(holdfast.program, practice, statement)
    verified = holdfast("audit", "verify", practice, "--json", passphrase=PASSPHRASE)
    checked = holdfast("practice", "check", practice, "--json", passphrase=PASSPHRASE)
    assert (verified.code, checked.code) == (5, 5)
    mine = [{name: value for name, value in each.items() if name not in ("name", "ok")}
            for each in checked.json["findings"] if not each["ok"]]  # fmt: skip
    assert mine == verified.json["findings"]
    assert [each["code"] for each in mine] == [code]
    assert mine[0]["text"] in verified.err
    assert mine[0]["next_step"] in verified.err
