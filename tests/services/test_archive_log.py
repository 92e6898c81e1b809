"""The log of archives on paper says which archives there are, by their files' codes, and who vouched for the trail."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from desktop.domain.records import Act
from desktop.services.archive_log import archive_log_page
from desktop.services.archives import drill_archive, make_archive, verify_archive
from desktop.services.checkpoints import sign_checkpoint
from desktop.services.outcome import Cancelled
from desktop.services.ports_archives import Reason
from desktop.storage.archive.shelf import MARK
from tests.storage.archive.conftest import archive_template, house
from tests.storage.archive.kit import NAME, House, nobody
from tests.worksheets.reading import text

__all__ = ["archive_template", "house"]


def made(house: House) -> Path:
    (run,) = make_archive(house.desk, house.room, Reason.ASKED, nobody).value
    return Path(run.place) / run.name


def page(house: House) -> str:
    door = house.program.archives
    return text(archive_log_page(house.desk, house.room, door.digest, nobody).value.pdf)


def code(path: Path) -> str:
    half = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    return " ".join(half[at : at + 4] for at in range(0, 32, 4))


def flat(words: str) -> str:
    return "".join(words.split())


def test_every_archive_stands_there_with_its_code_and_when_it_was_verified_and_tried_out(house: House) -> None:
    first = made(house)
    house.clock.forward(3600)
    second = made(house)
    house.clock.forward(3600)
    verify_archive(house.desk, house.room, first, nobody)
    house.clock.forward(3600)
    drill_archive(house.desk, house.room, second, nobody)
    said = flat(page(house))
    for archive in (first, second):
        assert flat(code(archive)) in said
    for when in ("2026-03-0210:00", "2026-03-0211:00", "2026-03-0212:00", "2026-03-0213:00"):
        assert when in said
    assert flat(str(house.place)) in said


def test_the_code_is_the_one_that_the_systems_own_tool_shows(house: House) -> None:
    archive = made(house)
    shown = subprocess.run(["sha256sum", str(archive)], capture_output=True, text=True, check=True, encoding="utf-8")
    assert flat(code(archive)) == shown.stdout[:32]


def test_an_archive_that_was_put_in_the_place_of_another_has_another_code(house: House) -> None:
    archive = made(house)
    before = flat(page(house))
    code_before = flat(code(archive))
    archive.write_bytes(archive.read_bytes()[:-1] + b"x")
    assert code_before in before
    assert code_before not in flat(page(house))


def test_checkpoints_stand_there_with_room_for_ink_and_nothing_of_a_client(house: House) -> None:
    made(house)
    sign_checkpoint(house.desk)
    said = page(house)
    assert house.desk.member.name in said
    assert "In ink" in said
    assert flat(NAME) not in flat(said)
    assert not any(part in said for part in NAME.split())


def test_a_bad_archive_is_said_to_be_bad_and_one_on_a_stick_that_is_away_still_stands_there(house: House) -> None:
    archive = made(house)
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(Exception, match="damaged"):
        verify_archive(house.desk, house.room, archive, nobody)
    assert "NOTWHOLE" in flat(page(house))
    (house.place / MARK).unlink()
    said = flat(page(house))
    assert "(nothere)" in said
    assert flat(code(archive)) not in said


def test_without_archives_and_checkpoints_the_page_says_so(house: House) -> None:
    said = page(house)
    assert "There is none." in said
    assert "Nobody has signed one." in said


def test_a_log_that_another_program_wrote_is_not_believed(house: House) -> None:
    made(house)
    file = house.folder / "practice.archives"
    file.write_bytes(file.read_bytes().replace(b'"counter":1', b'"counter":2'))
    assert "not certain" in page(house)


def test_the_trail_says_that_it_was_printed_and_a_stopped_one_was_not(house: House) -> None:
    archive = made(house)

    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        archive_log_page(house.desk, house.room, house.program.archives.digest, stop)
    assert not house.lines()[-1].startswith("print")
    page(house)
    assert house.lines()[-1] == "print log"
    with house.desk.store.read() as unit:
        assert unit.trail.lines(0, 100_000)[-1].entry.act is Act.PRINT
    assert house.program.archives.digest(archive.with_name("gone.age"), nobody) == ""
