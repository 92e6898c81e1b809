"""The commands of a carried session: out, opened, made ready, home, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.people import Role
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from tests.cli.harness import PASSPHRASE, Said, Terminal, descriptor, program_at
from tests.kit import finish as end_session
from tests.kit import furnish, plan

ROLES = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
PLANNED = "session-1"


@pytest.fixture
def home(holdfast: Terminal, tmp_path: Path) -> Path:
    """A practice with a planned session, locked."""
    folder = tmp_path / "home"
    desk = holdfast.program.door.create(folder, "Praxis Łódź", "Mira Kowalczyk", ROLES, PASSPHRASE)
    furnish(desk)
    plan(desk)
    holdfast.program.door.leave(desk)
    return folder


@contextmanager
def there(holdfast: Terminal, folder: Path, passphrase: str) -> Iterator[Desk]:
    desk = holdfast.program.door.unlock(folder, "m-paul", passphrase)
    try:
        yield desk
    finally:
        holdfast.program.door.leave(desk)


def test_a_session_is_carried_run_and_brought_back_by_commands_alone(
    holdfast: Terminal, home: Path, tmp_path: Path
) -> None:
    bundle, travelling, returned = tmp_path / "s.carried", tmp_path / "away", tmp_path / "s.returned"
    made = holdfast("carry", "make", home, PLANNED, "--out", bundle, "--hours", "3", "--json", passphrase=PASSPHRASE)
    assert made.code == 0, made.err
    secret = made.json["passphrase"]
    assert bundle.stat().st_mode & 0o777 == 0o600
    listed = holdfast("carry", "list", home, "--json", passphrase=PASSPHRASE).json["carried"]
    assert [(one["carried_id"], one["state"]) for one in listed] == [(made.json["carried_id"], "out")]

    wrong = holdfast("carry", "open", bundle, "--member", "PO", "--folder", travelling, passphrase="not the right one")
    assert (wrong.code, travelling.exists()) == (4, False)
    opened = holdfast("carry", "open", bundle, "--member", "PO", "--folder", travelling, "--json", passphrase=secret)
    assert opened.code == 0, opened.err
    assert opened.json["practice"] == "Praxis Łódź"
    with there(holdfast, travelling, secret) as desk:
        live = LiveDesk.begin(desk, PLANNED)
        end_session(live)

    tess = ("--member", "Tess Ito")
    finish = holdfast("carry", "finish", travelling, *tess, "--out", returned, "--json", passphrase=secret)
    assert (finish.code, finish.json["running"]) == (0, False)
    back = holdfast("carry", "return", home, returned, "--json", passphrase=PASSPHRASE)
    assert (back.code, back.json["closed"], back.json["entries"]) == (0, True, finish.json["entries"])
    again = holdfast("carry", "return", home, returned, passphrase=PASSPHRASE)
    assert again.code == 3
    assert "already" in again.err

    kept = holdfast("carry", "wipe", travelling, *tess, passphrase=secret)
    assert (kept.code, travelling.exists()) == (3, True)
    receipt = ("--receipt", back.json["receipt"])
    gone = holdfast("carry", "wipe", travelling, *tess, *receipt, "--json", passphrase=secret)
    assert gone.json == {"folder": str(travelling), "removed": True}


def test_a_session_is_taken_back_with_a_reason(holdfast: Terminal, home: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "s.carried"
    with descriptor("seldom paper rivers borrow eleven") as number:
        own = ("--bundle-passphrase-fd", str(number))
        made = holdfast("carry", "make", home, PLANNED, "--out", bundle, *own, "--json", passphrase=PASSPHRASE)
    assert made.json["passphrase"] is None
    carried = made.json["carried_id"]
    assert holdfast("carry", "take-back", home, carried, "--reason", " ", passphrase=PASSPHRASE).code == 3
    taken = holdfast("carry", "take-back", home, carried, "--reason", "stolen", "--json", passphrase=PASSPHRASE)
    assert taken.json["state"] == "taken_back"
    spoken = holdfast("carry", "list", home, passphrase=PASSPHRASE)
    assert "taken back" in spoken.out


def test_a_file_that_is_there_is_not_written_over_and_the_session_stays_home(
    holdfast: Terminal, home: Path, tmp_path: Path
) -> None:
    there_already = holdfast.write("s.carried", "mine")
    said = holdfast("carry", "make", home, PLANNED, "--out", there_already, passphrase=PASSPHRASE)
    assert said.code == 3
    assert there_already.read_text() == "mine"
    assert holdfast("carry", "list", home, "--json", passphrase=PASSPHRASE).json == {"carried": []}


def test_what_is_no_bundle_or_no_return_is_said_to_be_none(holdfast: Terminal, home: Path) -> None:
    odd = holdfast.write("odd", "odd")

    def code(said: Said) -> int:
        assert "holdfast:" in said.err
        return said.code

    assert code(holdfast("carry", "open", odd, "--member", "PO", passphrase="x" * 20)) == 5
    assert code(holdfast("carry", "return", home, odd, passphrase=PASSPHRASE)) == 5
    assert code(holdfast("carry", "finish", home, "--out", home.parent / "r", passphrase=PASSPHRASE)) == 3
    assert code(holdfast("carry", "wipe", home, passphrase=PASSPHRASE)) == 3
    assert program_at(home.parent / "own").door.peek(home).members
