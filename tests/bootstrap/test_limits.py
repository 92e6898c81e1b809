"""Shows what THREAT_MODEL.md says that nothing here protects against: each of these goes through without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.bootstrap import Program
from desktop.domain.errors import Known
from desktop.domain.errors_practice import WrongPassphrase
from desktop.domain.records import Act
from desktop.services.archives import add_place, make_archive
from desktop.services.desk import Desk
from desktop.services.keys import OwnDraft, RecoverDraft, change_own, recover
from desktop.services.ports_archives import Reason, RestoreWish
from desktop.storage.audit import CHAINED, Chain, Head
from desktop.storage.disk import Disk
from desktop.storage.head_file import HeadFile
from desktop.storage.practice_layout import ARCHIVES
from desktop.storage.vault.keyring import Label
from desktop.system import linux_signals
from tests.bootstrap.keykit import MARTA, NEW, PASSPHRASE, enter, key_desk, key_folder, key_program, key_template
from tests.campaigns.site import made
from tests.kit import HandClock
from tests.storage.archive.kit import KIT_TEXT, OWNER, House, found, nobody, opened, program_at
from tests.storage.archive.kit import PASSPHRASE as THEIRS

__all__ = ["key_desk", "key_folder", "key_program", "key_template"]


def silent(program: Program, desk: Desk) -> bool:
    """Whether nothing is said of the practice, at unlock nor by a whole check."""
    return program.door.found_at_unlock(desk) == () and all(each.ok for each in program.door.check(desk))


def test_a_member_with_tools_of_their_own_writes_the_trail_anew_where_nobody_signed_it(tmp_path: Path) -> None:
    site = made(tmp_path / "practice")
    site.lay(site.today.locked)
    with site.ring.subkey(Label.AUDIT) as key:
        chain = Chain(site.ring.practice_id, bytes(key.reveal()))
    with site.opened() as (_, engines), engines.separate() as connection:

        def ask(statement: str, *values: object) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.execute(statement, values).fetchall()]

        locks = ask("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
        ask("BEGIN IMMEDIATE")
        for name, _ in locks:
            ask(f"DROP TRIGGER {name}")
        (number,) = ask("SELECT max(number) FROM audit WHERE act = ?", Act.VIEW.value)[0]
        ask("UPDATE audit SET member_id = 'somebody else' WHERE number = ?", number)
        before = chain.start.raw
        for row in ask(f"SELECT {', '.join(CHAINED)} FROM audit ORDER BY number"):
            before = chain.mac(before, row)  # type: ignore[arg-type]
            ask("UPDATE audit SET mac = ? WHERE number = ?", before, row[0])
        (last,) = ask("SELECT max(number) FROM audit")[0]
        for _, sql in locks:
            ask(str(sql))
        ask("COMMIT")
    HeadFile(site.folder, site.ring, Disk()).write(Head(int(str(last)), before.hex()), closed=True)
    assert site.judge().names == ()


def test_the_whole_folder_of_an_earlier_day_is_taken_for_todays(
    key_program: Program, key_folder: Path, key_desk: Desk, tmp_path: Path
) -> None:
    key_program.door.leave(key_desk)
    earlier = shutil.copytree(key_folder, tmp_path / "earlier")
    key_program.door.leave(enter(key_program, key_folder))
    shutil.rmtree(key_folder)
    shutil.copytree(earlier, key_folder)
    desk = enter(key_program, key_folder)
    assert silent(key_program, desk)
    key_program.door.leave(desk)


def test_a_copy_from_before_a_change_of_passphrase_opens_with_the_old_one(
    key_program: Program, key_folder: Path, key_desk: Desk, tmp_path: Path
) -> None:
    key_program.door.leave(key_desk)
    earlier = shutil.copytree(key_folder, tmp_path / "earlier")
    desk = enter(key_program, key_folder)
    change_own(desk, key_program.door, OwnDraft(now=PASSPHRASE, passphrase=NEW, again=NEW))
    key_program.door.leave(desk)
    desk = enter(key_program, earlier, MARTA, PASSPHRASE)
    assert silent(key_program, desk)
    key_program.door.leave(desk)


def two_archives(root: Path) -> tuple[House, list[Path]]:
    """A practice with an archive of one day and one of the next."""
    found(root / "template")
    house = opened(root / "template", root / "house")
    (run,) = make_archive(house.desk, house.room, Reason.ASKED, nobody).value
    first = house.place / run.name
    house.clock.forward(86_400 - 3600)
    (run,) = make_archive(house.desk, house.room, Reason.ASKED, nobody).value
    return house, [first, house.place / run.name]


def test_where_nothing_newer_is_left_an_older_archive_is_restored_without_a_word(tmp_path: Path) -> None:
    house, (first, second) = two_archives(tmp_path)
    house.leave()
    house.program.close()
    second.unlink()
    bare = program_at(tmp_path / "bare", HandClock())
    wish = RestoreWish(first, tmp_path / "restored", OWNER, THEIRS)
    assert bare.archives.restore(wish, nobody).counter == 1
    desk = bare.door.unlock(tmp_path / "restored", OWNER, THEIRS)
    assert silent(bare, desk)
    bare.door.leave(desk)
    bare.close()


def test_whoever_knows_the_kits_public_half_makes_a_practice_that_the_kit_restores_on_a_bare_machine(
    tmp_path: Path,
) -> None:
    found(tmp_path / "strangers")  # their own practice, to which they gave the public half of the kit
    house = opened(tmp_path / "strangers", tmp_path / "house")
    archive = house.make()
    house.leave()
    house.program.close()
    bare = program_at(tmp_path / "bare", HandClock())
    done = bare.archives.restore(RestoreWish(archive, tmp_path / "restored", kit=KIT_TEXT), nobody)
    assert done.practice_id == bare.door.peek(tmp_path / "restored").practice_id  # all that tells it from the true one
    bare.close()


def test_the_age_on_the_unlock_screen_is_believed_before_anybody_unlocks(tmp_path: Path) -> None:
    house, _ = two_archives(tmp_path)
    file = house.folder / ARCHIVES
    house.clock.forward(5 * 86_400)
    assert house.program.door.archived(house.folder).old
    made_at = f"{house.room.log().runs[-1].at:%Y-%m-%d}"
    today = f"{house.clock.now().utc:%Y-%m-%d}"
    file.write_bytes(file.read_bytes().replace(made_at.encode(), today.encode()))
    assert not house.program.door.archived(house.folder).old
    assert not house.room.log().confirmed  # once somebody unlocked, it is found out
    house.leave()
    house.program.close()


def test_without_a_passphrase_and_without_the_kit_there_is_no_way_in(
    key_program: Program, key_folder: Path, key_desk: Desk
) -> None:
    key_program.door.leave(key_desk)
    with pytest.raises(WrongPassphrase):
        enter(key_program, key_folder, MARTA, NEW)
    with pytest.raises(Known):
        recover(key_program.door, key_folder, RecoverDraft(MARTA, KIT_TEXT, NEW, NEW))


def test_no_window_is_kept_out_of_screen_captures_on_linux() -> None:
    assert linux_signals.shield(1) is False


def test_nothing_asks_for_a_second_disk(key_program: Program, key_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    add_place(key_desk, key_program.archives.of(key_desk), tmp_path / "beside")
    (run,) = make_archive(key_desk, key_program.archives.of(key_desk), Reason.ASKED, nobody).value
    assert run.ok
