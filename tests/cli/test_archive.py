"""Knows how the commands around archives end, and what they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.services.archives import answer_of, make_if_due
from desktop.services.handclock import HandClock
from desktop.system.handover import Listener, ask, socket_of
from tests.cli.harness import OWNER, PASSPHRASE, WRONG, Terminal, copied, descriptor, program_at, unlocked
from tests.storage.archive.kit import KIT_TEXT, OTHER_KIT_TEXT, give_kit


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def make(holdfast: Terminal, practice: Path, stick: Path) -> Path:
    said = holdfast("archive", "make", practice, "--to", stick, "--json", passphrase=PASSPHRASE)
    assert said.code == 0, said.err
    (run,) = said.json["runs"]
    return Path(run["place"]) / run["name"]


def test_an_archive_is_made_verified_listed_drilled_and_restored(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    archive = make(holdfast, practice, stick)
    for word in ("verify", "drill"):
        said = holdfast("archive", word, practice, "--json", passphrase=PASSPHRASE)
        assert (said.code, said.json["counter"], said.json["file"]) == (0, 1, str(archive))
    listed = holdfast("archive", "list", practice, "--json", passphrase=PASSPHRASE).json
    assert (listed["old"], listed["drill_due"], listed["confirmed"]) == (False, False, True)
    assert listed["last_verified"]["name"] == archive.name
    assert [each["file"] for each in listed["places"][0]["archives"]] == [str(archive)]
    said = holdfast("archive", "restore", archive, tmp_path / "new", "--json", passphrase=PASSPHRASE)
    assert (said.code, said.json["counter"]) == (0, 1)
    assert holdfast("practice", "check", tmp_path / "new", passphrase=PASSPHRASE).code == 0
    state = holdfast("archive", "list", tmp_path / "new", passphrase=PASSPHRASE)
    assert "Restored from an archive just now; none was made since." in state.out
    holdfast("archive", "make", tmp_path / "new", passphrase=PASSPHRASE)
    assert "Last verified archive: just now" in holdfast("archive", "list", tmp_path / "new", passphrase=PASSPHRASE).out


def test_the_log_of_archives_is_written_as_a_page(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    make(holdfast, practice, stick)
    page = tmp_path / "log.pdf"
    said = holdfast("archive", "log", practice, "--pdf", page, "--json", passphrase=PASSPHRASE)
    assert (said.code, said.json) == (0, {"file": str(page), "archives": 1})
    assert page.read_bytes().startswith(b"%PDF")
    assert holdfast("archive", "log", practice, "--pdf", page, passphrase=PASSPHRASE).code == 3
    said = holdfast("archive", "log", practice, "--pdf", page, "--force", "--page", "Letter", passphrase=PASSPHRASE)
    assert "sign it in ink" in said.out


def test_plain_words_say_the_same(holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path) -> None:
    assert "no verified archive" in holdfast("archive", "list", practice, passphrase=PASSPHRASE).out
    assert str(stick) in holdfast("archive", "make", practice, "--to", stick, passphrase=PASSPHRASE).out
    assert "every row" in holdfast("archive", "drill", practice, passphrase=PASSPHRASE).out
    assert "is whole" in holdfast("archive", "verify", practice, passphrase=PASSPHRASE).out
    assert "just now" in holdfast("archive", "list", practice, passphrase=PASSPHRASE).out
    assert "0 archives removed" in holdfast("archive", "thin", practice, passphrase=PASSPHRASE).out
    (archive,) = stick.glob("*.age")
    assert "restored into" in holdfast("archive", "restore", archive, tmp_path / "new", passphrase=PASSPHRASE).out


def test_a_practice_is_restored_with_the_kit_alone(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    from desktop.storage.vault.keyfile import read_key_file

    give_kit(practice)
    archive = make(holdfast, practice, stick)
    next(stick.glob("*.keys.json")).unlink()
    with descriptor(OTHER_KIT_TEXT) as number:
        assert holdfast("archive", "restore", archive, tmp_path / "new", "--kit-fd", str(number)).code == 4
    with descriptor(KIT_TEXT[:-1]) as number:
        short = holdfast("archive", "restore", archive, tmp_path / "new", "--kit-fd", str(number))
    assert (short.code, "here are 57" in short.err) == (4, True)
    with descriptor(KIT_TEXT[:-1] + ("Q" if KIT_TEXT[-1] != "Q" else "P")) as number:
        wrong = holdfast("archive", "restore", archive, tmp_path / "new", "--kit-fd", str(number))
    assert (wrong.code, "group 15" in wrong.err) == (4, True)
    with descriptor(KIT_TEXT) as number:
        said = holdfast("archive", "restore", archive, tmp_path / "new", "--kit-fd", str(number))
    assert said.code == 0, said.err
    assert len(read_key_file(tmp_path / "new").recovery) == 1



@pytest.mark.parametrize(("spoil", "code"), [
    (lambda archive: archive.write_bytes(archive.read_bytes()[:-100]), 5),
    (lambda archive: archive.write_bytes(b"hello"), 5),
    (lambda archive: archive.with_name(archive.name.replace(".age", ".keys.json")).unlink(), 5),
    (lambda archive: archive.unlink(), 3),
])  # fmt: skip
def test_what_cannot_be_restored_ends_with_its_own_code(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path, spoil: object, code: int
) -> None:
    archive = make(holdfast, practice, stick)
    spoil(archive)  # type: ignore[operator]
    said = holdfast("archive", "restore", archive, tmp_path / "new", "--member", OWNER, passphrase=PASSPHRASE)
    assert said.code == code, said.err
    assert not (tmp_path / "new").exists()


def test_a_wrong_passphrase_a_full_folder_and_an_older_archive_are_refused(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    archive = make(holdfast, practice, stick)
    assert holdfast("archive", "restore", archive, tmp_path / "new", passphrase=WRONG).code == 4
    assert holdfast("archive", "restore", archive, practice, passphrase=PASSPHRASE).code == 3
    assert holdfast("archive", "make", practice, passphrase=PASSPHRASE).code == 0
    older = holdfast("archive", "restore", archive, tmp_path / "new", passphrase=PASSPHRASE)
    assert (older.code, "number 2" in older.err) == (3, True)
    assert holdfast("archive", "restore", archive, tmp_path / "new", "--older", passphrase=PASSPHRASE).code == 0


def test_a_place_that_is_away_or_was_never_chosen_is_said(holdfast: Terminal, practice: Path, stick: Path) -> None:
    assert holdfast("archive", "make", practice, passphrase=PASSPHRASE).code == 3
    assert holdfast("archive", "make", practice, "--to", stick / "gone", passphrase=PASSPHRASE).code == 7
    make(holdfast, practice, stick)
    (stick / "holdfast.place").unlink()
    said = holdfast("archive", "make", practice, passphrase=PASSPHRASE)
    assert (said.code, "not in" in said.out) == (7, True)


def test_a_forgotten_place_keeps_its_archives(holdfast: Terminal, practice: Path, stick: Path) -> None:
    archive = make(holdfast, practice, stick)
    said = holdfast("archive", "thin", practice, "--forget", stick, "--json", passphrase=PASSPHRASE)
    assert (said.code, said.json) == (0, {"removed": [], "places": []})
    assert archive.exists()


def test_the_scheduler_makes_one_when_it_is_due_and_then_no_more(
    holdfast: Terminal, practice: Path, stick: Path
) -> None:
    make(holdfast, practice, stick)
    said = holdfast("archive", "make", practice, "--scheduled", "--json", passphrase=PASSPHRASE)
    assert (said.code, said.json["runs"], said.json["drilled"]) == (0, [], True)
    clock = holdfast.program.settings.clock
    assert isinstance(clock, HandClock)
    clock.forward(hours=25)
    said = holdfast("archive", "make", practice, "--scheduled", "--json", passphrase=PASSPHRASE)
    assert (said.code, [run["ok"] for run in said.json["runs"]]) == (0, [True])


def test_with_nobody_unlocked_and_no_passphrase_the_scheduler_says_why_there_is_none(
    holdfast: Terminal, practice: Path
) -> None:
    said = holdfast("archive", "make", practice, "--scheduled")
    assert said.code == 4
    assert "nobody has the practice unlocked" in said.err


def test_the_scheduler_is_told_that_no_place_was_chosen_or_is_known_any_more(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    never = holdfast("archive", "make", practice, "--scheduled", passphrase=PASSPHRASE)
    assert (never.code, "No place for archives" in never.err) == (3, True)
    make(holdfast, practice, stick)
    (practice / "practice.archives").unlink()
    assert holdfast("archive", "make", practice, "--scheduled", passphrase=PASSPHRASE).code == 3
    listener = Listener(socket_of(holdfast.program.folders.runtime, practice), lambda: answer_of((), False, False))
    try:
        handed = holdfast("archive", "make", practice, "--scheduled")
    finally:
        listener.close()
    assert (handed.code, "No place for archives" in handed.err) == (3, True)


def test_the_schedulers_command_is_handed_to_the_program_that_has_the_practice_open(
    holdfast: Terminal, practice: Path, stick: Path, tmp_path: Path
) -> None:
    make(holdfast, practice, stick)
    other = program_at(tmp_path / "own")
    with unlocked(other, practice) as desk:
        archives = other.archives.of(desk)
        path = socket_of(holdfast.program.folders.runtime, practice)
        listener = Listener(path, lambda: answer_of(make_if_due(desk, archives, lambda *told: None), True))
        try:
            for passphrase in (None, PASSPHRASE):
                said = holdfast("archive", "make", practice, "--scheduled", "--json", passphrase=passphrase)
                assert (said.code, said.json["ok"]) == (0, True)
        finally:
            listener.close()
    other.close()
    assert ask(path) is None
    assert not path.exists()


def test_a_copy_is_not_the_practice_that_is_open(holdfast: Terminal, practice: Path, tmp_path: Path) -> None:
    again = copied(practice, tmp_path / "again")
    runtime = holdfast.program.folders.runtime
    assert socket_of(runtime, practice) != socket_of(runtime, again)
    assert len(str(socket_of(Path("/run/user/1000/Holdfast"), practice))) < 100


def test_the_state_is_known_without_unlocking(holdfast: Terminal, practice: Path, stick: Path) -> None:
    archive = make(holdfast, practice, stick)
    said = holdfast("archive", "list", practice, "--locked", "--json")
    assert said.code == 0
    assert (said.json["last_verified"]["name"], said.json["confirmed"]) == (archive.name, False)
    assert [place["folder"] for place in said.json["places"]] == [str(stick)]


def test_json_is_one_object(holdfast: Terminal, practice: Path, stick: Path) -> None:
    said = holdfast("archive", "make", practice, "--to", stick, "--json", passphrase=PASSPHRASE)
    assert set(json.loads(said.out)) == {"ok", "counter", "runs", "drilled"}


@pytest.mark.parametrize("damage", [Path.unlink, lambda log: log.write_text("{}")])
def test_a_log_of_archives_that_is_gone_or_damaged_is_said(
    holdfast: Terminal, practice: Path, stick: Path, damage: Callable[[Path], object]
) -> None:
    make(holdfast, practice, stick)
    assert "practice.archives" not in holdfast("archive", "list", practice, passphrase=PASSPHRASE).out
    damage(practice / "practice.archives")
    assert "Nothing is known of archives" in holdfast("archive", "list", practice, passphrase=PASSPHRASE).out


def test_a_place_is_forgotten_by_the_name_it_stands_under(holdfast: Terminal, practice: Path, stick: Path) -> None:
    make(holdfast, practice, stick)
    wrong = holdfast("archive", "thin", practice, "--forget", stick / "no", passphrase=PASSPHRASE)
    assert (wrong.code, "archive list" in wrong.err) == (2, True)
    said = holdfast("archive", "thin", practice, "--forget", stick, passphrase=PASSPHRASE)
    assert (said.code, f"No more archives go to {stick}" in said.out) == (0, True)


def test_a_folder_is_no_archive_and_no_failing_disk(holdfast: Terminal, practice: Path, stick: Path) -> None:
    make(holdfast, practice, stick)
    said = holdfast("archive", "verify", practice, "--archive", stick, passphrase=PASSPHRASE)
    assert (said.code, "no archive of this practice here" in said.err) == (3, True)
