"""Knows how an installation tests itself: every part is used once, for real, without touching any practice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from desktop.domain.cards import read_card
from desktop.domain.checklist import read_checklist
from desktop.domain.checks import read_checks
from desktop.domain.errors import Known
from desktop.domain.errors_machine import NotSafeHere
from desktop.domain.paper import Compartment
from desktop.domain.protocol_file import read_protocol
from desktop.domain.words import tr
from desktop.domain.worksheet import SheetFacts, fill, read_worksheet
from desktop.services.care_words import adverse_words, followup_kinds, touch_words
from desktop.services.desk import Desk
from desktop.services.ports import Resources
from desktop.services.ports_paper import PaperPress
from desktop.services.practice import Finding

SCRIPTS = ("Łukasz Wiśniewski", "Nguyễn Thị Phượng", "李小龙", "שרה לוי", "محمد الحسن")
SESSION = """
{"session": {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": [{"key": "a", \
"name": "Self Test", "born": "1984-05-01", "role": "dosed", "order": {"max_single_mg": "100", "max_total_mg": "100"}}]}}
{"t": 0, "do": "vitals", "who": "a", "bp": "128/82", "hr": 76, "spo2": 98}
{"t": 60, "do": "dose", "who": "a", "route": "sublingual", "mg": "100", "own": true, "by": "m1", "checked_by": "m2"}
{"t": 90, "do": "note", "text": "kept"}
"""


class Parts(Protocol):
    """The parts of a running program that are tried."""

    @property
    def resources(self) -> Resources:
        """The data files."""

    @property
    def press(self) -> PaperPress:
        """What draws paper."""

    def known_answers(self) -> tuple[str, ...]:
        """Ask the cryptography what is known; the names of what was asked. NotSafeHere."""

    def throwaway(self) -> AbstractContextManager[Desk]:
        """A practice for the time of a block."""

    def failed(self, error: BaseException) -> None:
        """Keep a fault in the log."""


def self_test(program: Parts) -> tuple[Finding, ...]:
    """Try everything once; a check that fails in whatever way is a finding, and the others still run."""
    checks: list[tuple[str, Callable[[Parts], str]]] = [
        ("known answers", _known_answers),
        ("data files", _data_files),
        ("paper", _paper),
        ("database", _database),
        ("practice", _practice),
        ("archives", _archives),
    ]
    if getattr(sys, "frozen", False):
        checks.append(("window", _window))
    return tuple(_tried(program, name, check) for name, check in checks)


def _tried(program: Parts, name: str, check: Callable[[Parts], str]) -> Finding:
    try:
        return Finding(name, True, check(program))
    except Known as error:
        return Finding(name, False, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is broken is to be named, not to end the others
        program.failed(error)
        return Finding(name, False, tr("a fault of the program: {kind}", kind=type(error).__name__))


def _known_answers(program: Parts) -> str:
    return tr("right: {names}", names=", ".join(program.known_answers()))


def _data_files(program: Parts) -> str:
    resources = program.resources
    readers: tuple[tuple[str, Callable[[str, str], object]], ...] = (
        ("protocols", read_protocol), ("checklists", read_checklist), ("worksheets", read_worksheet),
        ("checks", read_checks), ("cards", read_card),
    )  # fmt: skip
    count = 0
    for folder, read in readers:
        files = resources.names(folder, ".toml")
        if not files:
            raise NotSafeHere(tr("there are no {what}", what=folder))
        for file in files:
            read(resources.text(f"{folder}/{file}"), file)
            count += 1
    for words in (touch_words, adverse_words, followup_kinds):
        words(resources)
        count += 1
    fonts = resources.names("fonts", ".ttf")
    icons = resources.names("icons", ".svg")
    if not fonts or not icons:
        raise NotSafeHere(tr("there are no fonts or icons"))
    return tr("{n} files read, {fonts} fonts, {icons} icons", n=count, fonts=len(fonts), icons=len(icons))


def _paper(program: Parts) -> str:
    file = program.resources.names("worksheets", ".toml")[0]
    template = read_worksheet(program.resources.text(f"worksheets/{file}"), file)
    facts = SheetFacts(", ".join(SCRIPTS), Compartment.ALONE, printed_on="2026-03-02", program_version="self-test")
    pdf = program.press.worksheet(fill(template, facts))
    pages = program.press.preview(pdf, 40)
    inked = sum(any(byte < 128 for byte in page.rgb) for page in pages)
    if not pdf.startswith(b"%PDF-") or not pages or inked != len(pages):
        raise NotSafeHere(tr("a page came out empty"))
    return tr("{n} pages drawn and shown", n=len(pages))


def _database(program: Parts) -> str:
    from sqlcipher3 import dbapi2

    from desktop.storage.engine import check_versions

    connection = dbapi2.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    check_versions(dbapi2.sqlite_version_info, cipher[0] if cipher else None)
    return tr("SQLCipher {cipher}, SQLite {sqlite}", cipher=cipher[0], sqlite=dbapi2.sqlite_version)


def _practice(program: Parts) -> str:
    from desktop.live.script import read_script
    from desktop.services.live import session_state
    from desktop.services.replay import replay
    from desktop.services.trail import verify_trail

    with program.throwaway() as desk:
        done = replay(desk, read_script(SESSION.strip()))
        kept = session_state(desk, done.session_id)
        trail = verify_trail(desk)
    if done.played.refused or len(kept.entries) != 4 or not trail.intact:
        raise NotSafeHere(tr("an entry was not kept"))
    lines = trail.entries
    return tr("made; {n} entries kept and read again, {lines} lines in its trail", n=len(kept.entries), lines=lines)


def _archives(program: Parts) -> str:
    from desktop.storage.archive.selftest import selftest

    return tr("{n} bytes packed, encrypted and read again", n=selftest())


def _window(program: Parts) -> str:
    from PySide6.QtCore import qVersion
    from PySide6.QtWidgets import QApplication

    return tr("Qt {version}, {name}", version=qVersion(), name=QApplication.__name__)
