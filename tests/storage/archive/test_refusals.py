"""Knows that an archive which is not whole, not ours or not an archive is refused, and nothing of it is used."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from desktop.domain.errors import Known
from desktop.domain.errors_archive import (
    DamagedArchive,
    ForeignArchive,
    NewerArchive,
    NotAnArchive,
    WrongKit,
)
from desktop.domain.errors_keys import KitMistyped
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import MOST_HEADER
from desktop.storage.archive.manifest import parse
from desktop.storage.archive.tarball import END, header, padding
from desktop.storage.vault.kit import read_kit
from tests.storage.archive.conftest import Made
from tests.storage.archive.kit import KIT_TEXT, OTHER_KIT_TEXT, nobody, sealed


def tar_of(contents: dict[str, bytes]) -> bytes:
    return b"".join(header(name, len(each)) + each + padding(len(each)) for name, each in contents.items()) + END


def with_kit(made: Made, archive: Path) -> None:
    made.house.program.archives.verify_with_kit(archive, KIT_TEXT, nobody)


def test_a_whole_archive_opens_with_the_kit_and_for_a_member(made: Made) -> None:
    archive = made.archive
    assert made.house.program.archives.verify_with_kit(archive, KIT_TEXT, nobody).counter == 1
    assert made.house.room.verify(archive, made.house.clock.now(), nobody).counter == 1
    # And so does what a test puts together the same way, or the refusals below would say nothing.
    with_kit(made, sealed(tar_of(dict(made.inside)), made.tmp / "same.age"))


def test_another_kit_is_told_from_a_mistyped_one(made: Made) -> None:
    archive = made.archive
    with pytest.raises(WrongKit):
        made.house.program.archives.verify_with_kit(archive, OTHER_KIT_TEXT, nobody)
    for typed in (KIT_TEXT[:-1], KIT_TEXT.replace("Q", "P", 1), "AGE-SECRET-KEY-1", "", KIT_TEXT + KIT_TEXT):
        with pytest.raises(KitMistyped):
            made.house.program.archives.verify_with_kit(archive, typed, nobody)


def test_a_kit_may_be_typed_in_groups_and_small_letters() -> None:
    spaced = " ".join(KIT_TEXT[at : at + 4] for at in range(0, len(KIT_TEXT), 4)).lower()
    assert read_kit(spaced).same_as(bytes(range(1, 33)))


@pytest.mark.parametrize("length", [0, 1, 21, 100, 300, 5000, -1000, -17, -1])
def test_a_truncated_archive_is_refused_at_any_length(made: Made, length: int) -> None:
    archive = made.archive
    whole = archive.read_bytes()
    archive.write_bytes(whole[:length])
    with pytest.raises((NotAnArchive, DamagedArchive)):
        made.house.room.verify(archive, made.house.clock.now(), nobody)


@pytest.mark.parametrize("change", [
    lambda whole: whole + b"x", lambda whole: whole + whole, lambda whole: whole[:-40] + bytes(40),
    lambda whole: whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:],
])  # fmt: skip
def test_an_altered_archive_is_refused(made: Made, change: Callable[[bytes], bytes]) -> None:
    archive = made.archive
    archive.write_bytes(change(archive.read_bytes()))
    with pytest.raises(DamagedArchive):
        made.house.room.verify(archive, made.house.clock.now(), nobody)
    assert not made.house.room.log().runs[-1].ok


@pytest.mark.parametrize("begin", [b"", b"PK\x03\x04", b"SQLite format 3\x00", b"age-encryption.org/v2\n", b"\n" * 99])
def test_another_kind_of_file_is_no_archive(made: Made, begin: bytes) -> None:
    path = made.tmp / "other.age"
    path.write_bytes(begin + os.urandom(2000))
    with pytest.raises(NotAnArchive):
        made.house.room.verify(path, made.house.clock.now(), nobody)


def test_a_header_that_would_take_minutes_is_refused_at_once(made: Made) -> None:
    path = made.tmp / "long.age"
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    path.write_bytes(b"age-encryption.org/v1\n" + stanza * 100_000 + b"--- " + b"A" * 43 + b"\n")
    with pytest.raises(NotAnArchive):
        made.house.room.verify(path, made.house.clock.now(), nobody)
    assert len(stanza) * 100 > MOST_HEADER


STRANGE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "one byte of a record changed": lambda inside: tar_of(
        {**inside, "tables/clients.jsonl": inside["tables/clients.jsonl"].replace(b"1984", b"1985")}
    ),
    "a path out of the folder": lambda inside: tar_of({"../practice.keys.json": b"x", **inside}),
    "a file more": lambda inside: tar_of({**inside, "extra": b"x"}),
    "a path out of the folder at the end": lambda inside: tar_of({**inside, "../../evil": b"x"}),
    "a file less": lambda inside: tar_of({name: each for name, each in inside.items() if name != names.README}),
    "the list after the tables": lambda inside: tar_of(
        {**{name: each for name, each in inside.items() if name != names.MANIFEST},
         names.MANIFEST: inside[names.MANIFEST]}
    ),
    "no end": lambda inside: tar_of(inside)[: -len(END)],
    "something after the end": lambda inside: tar_of(inside) + b"x" * 512,
    "three empty blocks": lambda inside: tar_of(inside) + bytes(512),
    "nothing": lambda inside: END,
    "no tar": lambda inside: b"x" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("what", STRANGE)
def test_a_well_formed_archive_by_a_stranger_is_refused(made: Made, what: str) -> None:
    inside = dict(made.inside)
    path = sealed(STRANGE[what](inside), made.tmp / "strange.age")
    before = sorted(made.tmp.rglob("*"))
    with pytest.raises((NotAnArchive, DamagedArchive, ForeignArchive)):
        with_kit(made, path)
    assert sorted(made.tmp.rglob("*")) == before


def _linked(kind: bytes) -> bytes:
    import tarfile

    info = tarfile.TarInfo(names.KEYS)
    info.type, info.linkname = kind, "/etc/passwd"
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict") + END


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"L", b"K", b"S", b"x", b"g"])
def test_links_devices_folders_and_long_names_are_refused(made: Made, kind: bytes) -> None:
    with pytest.raises(NotAnArchive):
        with_kit(made, sealed(_linked(kind), made.tmp / "linked.age"))


def test_a_list_signed_by_somebody_else_is_foreign(made: Made) -> None:
    inside = dict(made.inside)
    manifest = parse(inside[names.MANIFEST])
    forged = replace(manifest, counter=99)
    path = sealed(tar_of({**inside, names.MANIFEST: forged.content()}), made.tmp / "forged.age")
    with pytest.raises(ForeignArchive):
        with_kit(made, path)


def test_a_key_file_of_somebody_elses_making_is_refused(made: Made) -> None:
    inside = dict(made.inside)
    content = inside[names.KEYS].replace(b'"epoch":1', b'"epoch":2')
    with pytest.raises(NotAnArchive):  # its checksum does not hold
        with_kit(made, sealed(tar_of({**inside, names.KEYS: content}), made.tmp / "keys.age"))


def test_a_newer_form_is_said_to_be_so(made: Made) -> None:
    inside = dict(made.inside)
    newer = inside[names.MANIFEST].replace(b'"version":2', b'"version":3')
    with pytest.raises(NewerArchive):
        with_kit(made, sealed(tar_of({**inside, names.MANIFEST: newer}), made.tmp / "newer.age"))


def test_a_frame_that_claims_a_huge_window_or_never_ends_takes_no_memory(made: Made) -> None:
    from desktop.storage.archive.zstd import zstd

    public = pyrage.x25519.Identity.from_str(KIT_TEXT).to_public()
    bomb = zstd.compress(bytes(300_000_000), 1)
    path = made.tmp / "bomb.age"
    path.write_bytes(pyrage.encrypt(bomb, [public]))
    with pytest.raises(Known):
        with_kit(made, path)
