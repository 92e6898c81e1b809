"""Knows that keys, archives, the veil and the recovery kit go together in one practice, as one program has them."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.bootstrap import Program
from desktop.domain.audience import Owner
from desktop.domain.errors import Known
from desktop.domain.errors_archive import DamagedArchive, TooManyPlaces, WrongKit
from desktop.domain.errors_keys import KitMistyped, NotTheCustodian, UnitsUnderWay
from desktop.domain.errors_practice import NoSuchMember, WrongPassphrase
from desktop.domain.people import ClientDraft
from desktop.domain.records import Act
from desktop.services.archives import (
    add_place,
    drill_archive,
    make_archive,
    make_if_due,
    make_on_close,
    policy_of,
    standing,
    verify_archive,
)
from desktop.services.clients import make_client
from desktop.services.custody import InCustody, name_custodian, open_in_custody, open_own, seal_own
from desktop.services.desk import Desk
from desktop.services.keys import (
    OwnDraft,
    RecoverDraft,
    change_own,
    draw_factor,
    draw_kit,
    keep_kit,
    kit_page,
    recover,
    remove_member,
)
from desktop.services.ports_archives import Archives, Reason, RestoreWish
from desktop.services.ports_keys import Given, Recovery
from desktop.storage.archive.log import MOST_PLACES
from desktop.storage.key_room import OpenedKeys
from desktop.storage.practice_layout import ARCHIVES
from tests.bootstrap.keykit import MARTA, NEW, PASSPHRASE, PAUL, PAULS, add_kit, enter, intact, lines, member_id
from tests.worksheets.reading import text

Look = Callable[..., object]
NAME = "Łukasz Canary-Wiśniewski"


def nobody(done: int, total: int, words: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def archives(key_program: Program, key_desk: Desk, tmp_path: Path) -> Archives:
    """The archives of the practice, with a stick for them."""
    (tmp_path / "stick").mkdir()
    found = key_program.archives.of(key_desk)
    add_place(key_desk, found, tmp_path / "stick")
    return found


def made(desk: Desk, archives: Archives) -> Path:
    (run,) = make_archive(desk, archives, Reason.ASKED, nobody).value
    assert run.ok, run
    return Path(run.place) / run.name


def test_the_veil_is_lifted_with_the_passphrase_after_a_key_file_was_taken_into_use(
    key_program: Program, key_desk: Desk
) -> None:
    door = key_program.door
    first, second = draw_factor(key_desk, door), draw_factor(key_desk, door)
    change_own(key_desk, door, OwnDraft(PASSPHRASE, None, NEW, NEW, first))
    door.prove(key_desk, NEW)
    with pytest.raises(WrongPassphrase):
        door.prove(key_desk, PASSPHRASE)
    change_own(key_desk, door, OwnDraft(NEW, first, NEW, NEW, second, renew=True))
    door.prove(key_desk, NEW)
    change_own(key_desk, door, OwnDraft(NEW, second, PASSPHRASE, PASSPHRASE))
    door.prove(key_desk, PASSPHRASE)


def test_the_veil_is_lifted_after_the_recovery_kit_gave_a_passphrase_and_a_key_file(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    door = key_program.door
    kit, factor = add_kit(key_desk, key_program), draw_factor(key_desk, door)
    door.leave(key_desk)
    desk = door.recover(Recovery(key_folder, key_desk.member.id, kit, Given(NEW, factor)))
    door.prove(desk, NEW)
    door.leave(desk)


@pytest.mark.parametrize("while_it", ["Reading the records", "Writing"])
def test_a_member_removed_while_an_archive_is_made_is_removed_after_it(
    key_program: Program, key_desk: Desk, archives: Archives, while_it: str
) -> None:
    paul = member_id(key_desk, PAUL)
    removing = threading.Thread(target=remove_member, args=(key_desk, key_program.door, paul))
    before: list[str] = []

    def report(done: int, total: int, words: str) -> None:
        if words.startswith(while_it) and not before:
            before.append(words)
            removing.start()
            removing.join(0.3)
            before.append(f"epoch {key_program.door.keys(key_desk).state().epoch}")

    (run,) = make_archive(key_desk, archives, Reason.ASKED, report).value
    removing.join(30)
    assert run.ok, run
    assert before[1:] == ["epoch 1"]
    assert key_program.door.keys(key_desk).state().epoch == 2
    assert verify_archive(key_desk, archives, Path(run.place) / run.name, nobody).value.counter == 1
    assert intact(key_desk)


def test_keys_that_waited_too_long_for_an_archive_stay_as_they_are(
    key_program: Program, key_desk: Desk, archives: Archives
) -> None:
    keys = key_program.door.keys(key_desk)
    assert isinstance(keys, OpenedKeys)
    keys.wait_seconds = 0.01
    paul, refused = member_id(key_desk, PAUL), list[Known]()

    def report(done: int, total: int, words: str) -> None:
        if not refused:
            with pytest.raises(UnitsUnderWay) as error:
                keys.remove(paul)
            refused.append(error.value)

    (run,) = make_archive(key_desk, archives, Reason.ASKED, report).value
    assert run.ok
    assert refused
    assert keys.state().epoch == 1


def test_archives_of_every_epoch_are_read_and_each_opens_with_what_was_valid_on_its_day(
    key_program: Program, key_desk: Desk, archives: Archives, tmp_path: Path
) -> None:
    door, old_kit = key_program.door, add_kit(key_desk, key_program)
    with_paul = made(key_desk, archives)
    remove_member(key_desk, door, member_id(key_desk, PAUL))
    without_paul = made(key_desk, archives)
    new_kit = add_kit(key_desk, key_program)
    after_kit = made(key_desk, archives)
    change_own(key_desk, door, OwnDraft(PASSPHRASE, None, NEW, NEW, renew=True))
    log = archives.log()
    assert (log.confirmed, log.counter, log.places) == (True, 3, (str(tmp_path / "stick"),))
    for number, archive in enumerate((with_paul, without_paul, after_kit), 1):
        assert verify_archive(key_desk, archives, archive, nobody).value.counter == number
        assert drill_archive(key_desk, archives, archive, nobody).value.counter == number
        kit, other = (new_kit, old_kit) if archive is after_kit else (old_kit, new_kit)
        assert key_program.archives.verify_with_kit(archive, kit, nobody).counter == number
        with pytest.raises(WrongKit):
            key_program.archives.verify_with_kit(archive, other, nobody)
    with pytest.raises(NoSuchMember):
        key_program.archives.restore(RestoreWish(after_kit, tmp_path / "none", PAUL, PAULS), nobody)
    with pytest.raises(WrongPassphrase):
        key_program.archives.restore(RestoreWish(after_kit, tmp_path / "none", MARTA, NEW), nobody)
    assert not (tmp_path / "none").exists()


def test_a_practice_restored_from_an_earlier_epoch_is_silent_and_goes_on_with_archives_and_keys(
    key_program: Program, key_desk: Desk, archives: Archives, tmp_path: Path
) -> None:
    door = key_program.door
    add_kit(key_desk, key_program)
    remove_member(key_desk, door, member_id(key_desk, PAUL))
    archive = made(key_desk, archives)
    add_kit(key_desk, key_program)
    made(key_desk, archives)
    folder = tmp_path / "again"
    key_program.archives.restore(RestoreWish(archive, folder, MARTA, PASSPHRASE, older=True), nobody)
    desk = enter(key_program, folder)
    assert door.found_at_unlock(desk) == ()
    assert all(finding.ok for finding in door.check(desk))
    assert door.drafts(desk).kept() == b""
    again = key_program.archives.of(desk)
    assert again.log().confirmed
    (run,) = make_archive(desk, again, Reason.ASKED, nobody).value
    assert (run.ok, run.counter) == (True, 3)  # higher than everything that lies on the stick
    add_kit(desk, key_program)
    assert intact(desk)
    door.leave(desk)


def test_custody_ends_where_the_kit_gives_the_custodian_keys_anew_and_nothing_more_is_sealed_to_it(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    door, owner, paul = key_program.door, Owner.practice("p"), member_id(key_desk, PAUL)
    kit = add_kit(key_desk, key_program)
    name_custodian(key_desk, door, key_desk.member.id)
    name_custodian(key_desk, door, paul)
    before = seal_own(key_desk, door, "sealed before", "note-1")
    door.leave(key_desk)
    desk = recover(door, key_folder, RecoverDraft(paul, kit, NEW, NEW))
    assert door.keys(desk).state().custodian == ""
    with pytest.raises(NotTheCustodian):  # their own half of it is gone with their passphrase
        open_in_custody(desk, door, InCustody(before, "note-1", owner), kit, "the author cannot be reached")
    door.leave(desk)
    marta = enter(key_program, key_folder)
    name_custodian(marta, door, paul)
    after = seal_own(marta, door, "sealed after", "note-2")
    assert open_own(marta, door, before, "note-1") == "sealed before"
    door.leave(marta)
    desk = enter(key_program, key_folder, PAUL, NEW)
    opened = open_in_custody(desk, door, InCustody(after, "note-2", owner), kit, "the author cannot be reached")
    assert opened == "sealed after"
    door.leave(desk)


def test_a_kit_is_read_the_same_for_an_archive_and_a_mistyped_group_is_named(
    key_program: Program, key_desk: Desk, archives: Archives
) -> None:
    kit = add_kit(key_desk, key_program)
    archive = made(key_desk, archives)
    mixed = "age-secret-KEY-1 " + kit[16:40].lower() + "\n" + kit[40:]
    assert key_program.archives.verify_with_kit(archive, mixed, nobody).counter == 1
    wrong = kit[:21] + ("Q" if kit[21] != "Q" else "P") + kit[22:]
    with pytest.raises(KitMistyped, match="group 2"):
        key_program.archives.verify_with_kit(archive, wrong, nobody)


def test_a_log_of_archives_that_another_program_altered_is_not_believed(
    key_program: Program, key_folder: Path, key_desk: Desk, archives: Archives
) -> None:
    made(key_desk, archives)
    key_program.door.leave(key_desk)
    log = key_folder / ARCHIVES
    content = log.read_bytes()
    assert content.count(b"2026-05-04T07:00") == 2  # the run, and the last verified one
    log.write_bytes(content.replace(b"2026-05-04T07:00", b"2027-05-04T07:00"))
    desk = enter(key_program, key_folder)
    again = key_program.archives.of(desk)
    policy, now = policy_of(desk.resources), desk.clock.now().utc
    assert standing(again.log(), now, policy).old
    (run,) = make_if_due(desk, again, nobody)
    assert (run.ok, run.counter, again.log().confirmed) == (True, 2, True)
    assert "log altered" in [entry.detail for entry in lines(desk)]
    key_program.door.leave(desk)


def test_a_passphrase_that_the_kit_gave_is_worth_an_archive_on_closing(
    key_program: Program, key_folder: Path, key_desk: Desk, archives: Archives
) -> None:
    kit = add_kit(key_desk, key_program)
    made(key_desk, archives)
    key_program.door.leave(key_desk)
    desk = recover(key_program.door, key_folder, RecoverDraft(key_desk.member.id, kit, NEW, NEW))
    (run,) = make_on_close(desk, key_program.archives.of(desk), nobody)
    assert run.ok
    assert make_on_close(desk, key_program.archives.of(desk), nobody) == ()
    key_program.door.leave(desk)


def test_a_strangers_number_on_the_stick_does_not_use_the_numbers_up(
    key_desk: Desk, archives: Archives, tmp_path: Path
) -> None:
    first = made(key_desk, archives)
    (first.parent / first.name.replace("-000001-", "-999999999999-")).write_bytes(b"no archive")
    (first.parent / first.name.replace("-000001-", "-000700-")).write_bytes(b"perhaps of another copy of the practice")
    second = made(key_desk, archives)
    assert "-000701-" in second.name
    assert archives.log().counter == 701


def test_one_place_too_many_is_refused_and_the_log_of_archives_stays(
    key_desk: Desk, archives: Archives, tmp_path: Path
) -> None:
    for number in range(MOST_PLACES):
        (tmp_path / f"disk {number}").mkdir()
    for number in range(MOST_PLACES - 1):
        add_place(key_desk, archives, tmp_path / f"disk {number}")
    with pytest.raises(TooManyPlaces, match="20 places"):
        add_place(key_desk, archives, tmp_path / f"disk {MOST_PLACES - 1}")
    add_place(key_desk, archives, tmp_path / "stick")  # known already
    assert len(archives.log().places) == MOST_PLACES


def test_the_kits_page_as_it_is_printed_leads_to_a_clients_name_with_the_systems_own_tools(
    key_program: Program, key_desk: Desk, archives: Archives, tmp_path: Path
) -> None:
    make_client(key_desk, ClientDraft(name=NAME, born="1984-05-01"))
    add_kit(key_desk, key_program)
    draft = draw_kit(key_desk, key_program.door)  # the one that takes the place of another
    page = text(kit_page(key_desk, draft))
    keep_kit(key_desk, key_program.door, draft)
    archive = made(key_desk, archives)
    bare = tmp_path / "bare"
    bare.mkdir()
    archive.rename(bare / archive.name)
    # What a person reads off the page: the start, and the groups behind their numbers.
    groups = re.findall(r"\b\d{1,2} ([02-9AC-HJ-NP-Z]{2,4})\b", page[: page.index("Where to keep it")])
    (bare / "kit.txt").write_text("AGE-SECRET-KEY-1" + "".join(groups) + "\n", "ascii")
    read_out, find = re.findall(r"^((?:age|grep) .*)$", page.split("ARCHIVE.age:")[1], re.MULTILINE)[:2]
    assert (read_out[:6], find[:9]) == ("age -d", "grep NAME")
    for step in (read_out.replace("ARCHIVE.age", archive.name), find.replace("NAME", f"'{NAME}'")):
        ended = subprocess.run(["sh", "-c", step], cwd=bare, capture_output=True, text=True, timeout=60)
        assert ended.returncode == 0, ended.stderr
    assert NAME in ended.stdout
    assert "1984-05-01" in ended.stdout


@pytest.mark.parametrize("look", [verify_archive, drill_archive])
def test_an_archive_that_turned_out_bad_is_in_the_trail_with_who_looked(
    key_desk: Desk, archives: Archives, look: Look
) -> None:
    archive = made(key_desk, archives)
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(DamagedArchive):
        look(key_desk, archives, archive, nobody)
    last = lines(key_desk)[-1]
    assert (last.act, last.member_id) == (Act.VERIFY, key_desk.member.id)
    assert last.detail.endswith("failed damaged_archive")
