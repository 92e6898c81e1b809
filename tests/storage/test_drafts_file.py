"""Half-typed texts on disk: only for who wrote them, in clear nowhere, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import TooManyTries, WrongPassphrase
from desktop.storage.drafts_file import FILE, STEP, drafts_of
from desktop.storage.practice_folder import Opened, open_practice, prove
from tests.storage.failing_disk import FailingDisk
from tests.storage.practice_kit import NAME, PASSPHRASE, make, surroundings

TEXT = b"a canary that was half typed"
OTHER, OTHER_PASSPHRASE = "Noor Haddad", "copper meadow nine lanterns"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    opened = make(tmp_path / "practice")
    opened.add_member("0190a3c8-0000-7000-8000-0000000000ff", OTHER, OTHER_PASSPHRASE)
    opened.close()
    return tmp_path / "practice"


def entered(folder: Path, name: str = NAME) -> Opened:
    return open_practice(folder, name, PASSPHRASE if name == NAME else OTHER_PASSPHRASE, surroundings())


def test_what_was_kept_is_there_for_who_wrote_it_after_the_next_unlock(folder: Path) -> None:
    first = entered(folder)
    drafts_of(first).keep(TEXT)
    first.close()
    content = (folder / FILE).read_bytes()
    assert b"canary" not in content
    assert b"canary".hex().encode() not in content
    again = entered(folder)
    assert drafts_of(again).kept() == TEXT
    again.close()


def test_another_member_reads_nothing_of_it_and_takes_nothing_away(folder: Path) -> None:
    first = entered(folder)
    drafts_of(first).keep(TEXT)
    first.close()
    other = entered(folder, OTHER)
    assert drafts_of(other).kept() == b""
    drafts_of(other).keep(b"theirs")
    assert drafts_of(other).kept() == b"theirs"
    drafts_of(other).keep(b"")
    other.close()
    again = entered(folder)
    assert drafts_of(again).kept() == TEXT
    again.close()


def test_with_nothing_left_to_keep_the_file_is_gone(folder: Path) -> None:
    first = entered(folder)
    drafts_of(first).keep(TEXT)
    drafts_of(first).keep(b"")
    assert not (folder / FILE).exists()
    assert drafts_of(first).kept() == b""
    first.close()


def test_the_file_does_not_tell_how_much_was_typed(folder: Path) -> None:
    first = entered(folder)
    sizes = set()
    for many in (1, 40, STEP - 200):
        drafts_of(first).keep(b"x" * many)
        sizes.add((folder / FILE).stat().st_size)
    assert len(sizes) == 1
    first.close()


@pytest.mark.parametrize("content", [b"", b"x", b"{}", b'{"drafts":[],"format":"another"}', b"\x00" * 9_000_000])
def test_a_damaged_file_counts_as_none_and_is_written_anew(folder: Path, content: bytes) -> None:
    first = entered(folder)
    (folder / FILE).write_bytes(content)
    assert drafts_of(first).kept() == b""
    drafts_of(first).keep(TEXT)
    assert drafts_of(first).kept() == TEXT
    first.close()


def test_a_part_that_somebody_else_sealed_to_the_member_is_not_theirs(folder: Path) -> None:
    first = entered(folder)
    drafts = drafts_of(first)
    drafts.keep(TEXT)
    foreign = first.ring._own.exchange_public
    from desktop.storage.vault.canonical import spell
    from desktop.storage.vault.primitives import seal_to

    sealed = seal_to(foreign, bytes(64) + b"words put into their mouth", drafts._purpose())
    told = {"format": "holdfast-drafts-1", "drafts": [{"member": first.member_id, "sealed": sealed.hex()}]}
    (folder / FILE).write_bytes(spell(told))
    assert drafts.kept() == b""
    first.close()


def test_a_disk_that_fails_leaves_what_was_kept_before(folder: Path) -> None:
    first = entered(folder)
    drafts_of(first).keep(TEXT)
    first.around = surroundings(FailingDisk(1))
    with pytest.raises(DiskFull):
        drafts_of(first).keep(b"another")
    assert drafts_of(first).kept() == TEXT
    first.close()


def test_the_passphrase_is_asked_for_again_and_every_wrong_one_counts(folder: Path) -> None:
    first = entered(folder)
    prove(first, PASSPHRASE)
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            prove(first, "amber lantern quiet river")
    with pytest.raises(TooManyTries):
        prove(first, PASSPHRASE)
    first.close()
