"""Knows that a practice of every schema there ever was is opened today, with all that is in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.bootstrap import Program, Settings
from desktop.domain.audience import Owner
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Refused
from desktop.domain.moment import Moment
from desktop.live.asks import AskNote
from desktop.live.fold import fold
from desktop.services.desk import Desk
from desktop.services.flowsheets import flowsheet_content
from desktop.services.live import LiveDesk
from desktop.services.notes import search_notes, write_note
from desktop.services.worksheets import PaperUse
from desktop.storage.audit import Head
from desktop.storage.migrations import KNOWN_SCHEMA, STEPS
from desktop.storage.migrations.pragmas import schema_number, triggers
from desktop.storage.migrations.runner import migrate
from desktop.storage.unit import SqlStore
from tests.kit import HandClock, finish
from tests.storage.kept import making
from tests.storage.kept.contents import CLINIC, CONTENTS, PRACTICE, contents_of, rows_of

KEPT = tuple(sorted(path.parent for path in making.HERE.glob(f"schema-*/{CONTENTS}")))
LATER = Moment(datetime(2031, 7, 1, 9, 0, tzinfo=UTC), 120, 90_000, "another boot")
every_schema = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)


def said_of(kept: Path) -> dict[str, Any]:
    """What is written beside a kept practice."""
    found: dict[str, Any] = json.loads((kept / CONTENTS).read_text("utf-8"))
    return found


def copy_of(kept: Path, place: Path) -> Path:
    """A copy to work on; git keeps no modes, and the program wants the folder for its user alone."""
    copy = shutil.copytree(kept / PRACTICE, place / "practice")
    for path in (copy, *copy.iterdir()):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return copy


@contextmanager
def unlocked(copy: Path, said: dict[str, Any], name: str = "Mara Köhler") -> Iterator[tuple[Program, Desk]]:
    """The program of today, years later and on another machine."""
    settings = Settings(clock=HandClock(LATER), root=copy.parent / "own", cheap_keys=True, reserve=making.RESERVE)
    program = Program(settings)
    (member,) = (each.id for each in program.door.peek(copy).members if each.name == name)
    desk = program.door.unlock(copy, member, said["passphrases"][name])
    try:
        yield program, desk
    finally:
        program.door.leave(desk)


def session_in(said: dict[str, Any], state: str) -> str:
    """The id of the session in that state."""
    (found,) = (key for key, session in said["sessions"].items() if session["state"] == state)
    return str(found)


def test_a_practice_is_kept_of_every_schema_there_ever_was() -> None:
    assert [said_of(kept)["schema"] for kept in KEPT] == [step.number for step in STEPS]


@every_schema
def test_a_kept_practice_is_small(kept: Path) -> None:
    assert sum(path.stat().st_size for path in kept.rglob("*") if path.is_file()) < 600_000


@every_schema
def test_its_file_is_brought_to_todays_schema_with_every_row(kept: Path, tmp_path: Path) -> None:
    said, copy = said_of(kept), copy_of(kept, tmp_path)
    name, words = next(iter(said["passphrases"].items()))
    with making.opened(copy, name, words, HandClock(LATER)) as opened:
        assert opened.schema == said["schema"]
        assert rows_of(opened.engines) == said["rows"]
        with opened.engines.separate() as connection:
            assert migrate(connection) == KNOWN_SCHEMA
            assert schema_number(connection) == KNOWN_SCHEMA
            assert triggers(connection) == STEPS[-1].triggers
        now = rows_of(opened.engines)
        assert {table: now[table] for table in said["rows"]} == said["rows"]


@every_schema
@pytest.mark.parametrize("name", ["Mara Köhler", "Tess Ito"])
def test_every_member_finds_in_it_what_was_written(kept: Path, name: str, tmp_path: Path) -> None:
    said = said_of(kept)
    with unlocked(copy_of(kept, tmp_path), said, name) as (_, desk):
        found = contents_of(desk)
    assert found["checkpoints"] == said.get("checkpoints", [])
    told = found.keys() & said.keys() - {"trail"}
    assert {key: found[key] for key in told} == {key: said[key] for key in told}


@every_schema
def test_its_trail_holds_from_the_first_line_and_every_record_is_what_it_says(kept: Path, tmp_path: Path) -> None:
    said = said_of(kept)
    with unlocked(copy_of(kept, tmp_path), said) as (program, desk):
        assert isinstance(desk.store, SqlStore)
        state = desk.store.verify(Head(said["trail"]["lines"], said["trail"]["head"]))
        assert state.intact
        assert state.entries > said["trail"]["lines"]  # it was locked then, and unlocked now
        assert [finding.text for finding in program.door.check(desk) if not finding.ok] == []


@every_schema
def test_a_record_of_it_that_was_altered_is_noticed(kept: Path, tmp_path: Path) -> None:
    said, copy = said_of(kept), copy_of(kept, tmp_path)
    name, words = next(iter(said["passphrases"].items()))
    with making.opened(copy, name, words, HandClock(LATER)) as opened, opened.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE clients SET contact = '555-0199' WHERE contact = '555-0101'")
    with unlocked(copy, said) as (_, desk):
        with desk.store.read() as unit:
            found = unit.trail.verify()
        assert not found.intact
        assert found.notes == ("client: 1",)


@every_schema
def test_its_closed_session_plays_again_and_stays_closed(kept: Path, tmp_path: Path) -> None:
    said = said_of(kept)
    session_id = session_in(said, "closed")
    with unlocked(copy_of(kept, tmp_path), said) as (_, desk):
        live = LiveDesk.resume(desk, session_id)
        with desk.store.read() as unit:
            entries = unit.events.of(session_id, CLINIC)
        assert live.state == fold(entries)
        assert len(entries) == said["sessions"][session_id]["entries"]
        with pytest.raises(Refused, match="closed"):
            live.record(AskNote("years later"))
        sheets = {seat: repr(flowsheet_content(desk, session_id, seat, PaperUse.PREVIEW)) for seat in ("a", "b")}
    assert "the sea, the whole sea" in sheets["a"]
    assert "the sea, the whole sea" not in sheets["b"]
    assert "written down afterwards" in sheets["b"]
    assert "about the wrong one" not in sheets["a"]


@every_schema
def test_its_running_session_is_carried_on_and_its_records_go_on(kept: Path, tmp_path: Path) -> None:
    said, copy = said_of(kept), copy_of(kept, tmp_path)
    session_id = session_in(said, "running")
    with unlocked(copy, said) as (_, desk):
        live = LiveDesk.resume(desk, session_id)
        before = live.state.next_seq
        live.record(AskNote("carried on"))
        assert live.state.next_seq == before + 1
        finish(live, "at last")
        assert live.state.closed
        (drafted,) = search_notes(desk, "alone")
        write_note(desk, NoteDraft(Owner.client(drafted.owner.id), "met alone, today"))
    with unlocked(copy, said) as (_, desk), desk.store.read() as unit:
        assert [line.text for line in fold(unit.events.of(session_id, CLINIC)).room.notes] == ["carried on", "at last"]
        assert len(unit.notes.of_owner(drafted.owner, CLINIC)) == 2
        assert unit.trail.verify().intact


def test_what_is_made_today_is_what_is_said_of_it(tmp_path: Path) -> None:
    """The maker still works, so that the next schema's practice can be made; it is no more than what is kept."""
    making.make(tmp_path, tmp_path / "own")
    said = said_of(tmp_path)
    assert said["schema"] == KNOWN_SCHEMA
    assert sorted(path.name for path in (tmp_path / PRACTICE).iterdir() if path.name in making.LEFT_OUT) == []
    with unlocked(tmp_path / PRACTICE, said) as (_, desk):
        found = contents_of(desk)
    assert found["sessions"] == said["sessions"]
