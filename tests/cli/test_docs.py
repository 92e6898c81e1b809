"""Knows that docs/cli.md and --help say what the commands really print and how they really end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.cli import (
    archive,
    archive_log,
    archive_restore,
    audit,
    audit_report,
    carry,
    key,
    member,
    practice,
    protocol,
    selftest,
    session,
    worksheet,
)
from desktop.cli.codes import MEANINGS
from desktop.tour import rehearsing
from desktop.tour.report import FIELDS as TOUR
from tests.cli.harness import Terminal

DOCS = (Path(__file__).parents[2] / "docs/cli.md").read_text(encoding="utf-8")
COMMANDS = {
    "practice create": practice.CREATE,
    "practice info": practice.INFO,
    "practice check": practice.CHECK,
    "member list": member.LIST,
    "member add": member.ADD,
    "member remove": member.REMOVE,
    "key state": key.STATE,
    "key kit": key.KIT,
    "key change": key.CHANGE,
    "key recover": key.RECOVER,
    "key custodian": key.STATE,
    "key require": key.STATE,
    "session replay": session.STATE,
    "session print": worksheet.MAKE,
    "audit verify": audit.VERIFY,
    "audit checkpoint": audit.POINT,
    "audit countersign": audit.POINT,
    "audit report": audit_report.REPORT,
    "audit verify-report": audit_report.VERIFY_REPORT,
    "archive make": archive.MAKE,
    "archive verify": archive.CHECKED,
    "archive list": archive.LIST,
    "archive drill": archive.CHECKED,
    "archive thin": archive.THIN,
    "archive log": archive_log.LOG,
    "archive restore": archive_restore.RESTORE,
    "carry make": carry.MAKE,
    "carry open": carry.OPEN,
    "carry finish": carry.FINISH,
    "carry return": carry.RETURN,
    "carry list": carry.LISTED,
    "carry take-back": carry.TAKE_BACK,
    "carry wipe": carry.WIPE,
    "protocol list": protocol.LIST,
    "protocol show": protocol.SHOW,
    "protocol check": protocol.CHECK,
    "protocol import": protocol.IMPORT,
    "protocol export": protocol.EXPORT,
    "worksheet list": worksheet.LIST,
    "worksheet make": worksheet.MAKE,
    "rehearse list": rehearsing.LISTED,
    "rehearse check": rehearsing.TRIED,
    "rehearse open": rehearsing.OPENED,
    "selftest": selftest.SELFTEST,
    "tour": TOUR,
}


def section(command: str) -> str:
    found = re.search(rf"^### `{command}\b.*?(?=^### |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, command
    return found[0]


def rows(text: str) -> list[str]:
    return re.findall(r"^\| `?([a-z_0-9]+)`? \|", text.replace("| field |", ""), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_names_exactly_the_fields_that_a_command_prints(command: str) -> None:
    assert rows(section(command)) == list(COMMANDS[command])


@pytest.mark.parametrize("command", [*COMMANDS, "session show"])
def test_help_names_the_fields_and_the_exit_codes(holdfast: Terminal, command: str) -> None:
    shown = holdfast(*command.split(), "--help")
    assert shown.code == 0
    for name in COMMANDS.get(command, session.STATE):
        assert f"\n  {name} " in shown.out
    assert "\n   70  a fault of the program" in shown.out


def test_the_page_lists_every_exit_code_with_its_meaning() -> None:
    table = re.findall(r"^\| (\d+) \| (.*) \|$", DOCS, re.MULTILINE)
    assert table == [(str(int(code)), text) for code, text in MEANINGS.items()]
