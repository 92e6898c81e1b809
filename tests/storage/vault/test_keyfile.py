"""Knows that the key file is read whole or refused with a sentence, and never replaced by half of one."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors_machine import DiskFull
from desktop.domain.errors_practice import DamagedKeyFile, MissingKeyFile, NewerKeyFile, WrongPassphrase
from desktop.storage.disk import Disk
from desktop.storage.vault import keyfile
from desktop.storage.vault.canonical import spell
from desktop.storage.vault.keyfile import FILE, parse, read_key_file, write_key_file
from desktop.storage.vault.keyring import Label, unlock, with_member
from desktop.storage.vault.primitives import FLOOR, mac
from tests.storage.failing_disk import FailingDisk
from tests.storage.vault.conftest import MIRA, NGUYEN, Shared


def with_checksum(value: dict[str, Any]) -> bytes:
    """A file as somebody would write it who knows the format but no key."""
    body = {name: each for name, each in value.items() if name != "checksum"}
    return spell({**body, "checksum": hashlib.sha256(spell(body)).hexdigest()})


def test_it_is_canonical_and_comes_back_equal(shared: Shared) -> None:
    content = shared.keys.content()
    value = json.loads(content)
    assert json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == content
    assert parse(content) == shared.keys
    assert [each["name"] for each in value["members"]] == [MIRA.name, NGUYEN.name]


def test_it_holds_no_key_in_clear(shared: Shared) -> None:
    content = shared.keys.content()
    for secret in (shared.ring.page_key, shared.ring._master):
        assert bytes(secret.reveal()).hex().encode() not in content


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_any_changed_byte_is_refused(shared: Shared, data: st.DataObject) -> None:
    content = bytearray(shared.keys.content())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((DamagedKeyFile, NewerKeyFile)):
        parse(bytes(content))


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_cut_or_doubled_part_is_refused(shared: Shared, data: st.DataObject) -> None:
    content = shared.keys.content()
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    for altered in (content[:start] + content[end:], content[:end] + content[start:]):
        with pytest.raises(DamagedKeyFile):
            parse(altered)


@given(st.binary(max_size=400) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=200, deadline=None)
def test_any_other_content_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedKeyFile):
        parse(content)


HOSTILE = [
    b"", b"null", b"[]", b"{}", b"1", b'"text"', b"\xff\xfe", b"\xef\xbb\xbf{}", b"NaN", b'{"a":NaN}',
    b'{"a":Infinity}', b"[" * 100_000, b'{"a":' * 100_000,
    b'{"version":' + b"9" * 10_000 + b"}", b'{"a":1,"a":1}', b'{"name":"\\ud800"}',
    b'{"checksum":null}', b'{"checksum":1}',
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=lambda content: repr(content[:16]))
def test_hostile_content_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(DamagedKeyFile, match="damaged or was altered"):
        parse(content)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value in the file, objects and lists among them."""
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in entries:
        yield from leaves(each, (*path, name))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        value = value[name]
    return value


WRONG: tuple[Any, ...] = (None, 1.5, -1, 0, "", "zz", [], {}, [None], "x" * 5000, "\u2028")
EMPTY = ("recovery", "retired", "previous", "custody", "former")
RIGHT: tuple[dict[str, Any], ...] = ({"pending": None}, *({name: []} for name in EMPTY))


def altered(whole: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Every field taken away, given a neighbour, or given another value: the way to it, and the file."""
    for path in leaves(whole):
        if not isinstance(at(whole, path[:-1]), dict) or path == ("checksum",):
            continue
        changes = [{path[-1]: wrong} for wrong in WRONG]
        for change in [*changes, {"extra": 1}, {}]:
            value = copy.deepcopy(whole)
            place = at(value, path[:-1])
            if not change:
                del place[path[-1]]
            place |= change
            if change not in RIGHT:
                yield path, value


def test_any_field_taken_away_or_added_or_of_another_type_is_refused(shared: Shared) -> None:
    refused, readable = 0, []
    for path, value in altered(json.loads(shared.alone.content())):
        try:
            keys = parse(with_checksum(value))
        except (DamagedKeyFile, NewerKeyFile):
            refused += 1
        else:
            readable.append(path)
            with pytest.raises(DamagedKeyFile):
                unlock(keys, keys.members[0].id, MIRA.passphrase)
    assert refused > 250
    # Only what may be any text can be read at all.
    assert sorted(path[-1] for path in readable) == ["id", "name", "practice"]


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [(65535, 3, 4), (1 << 20 | 1, 3, 4), (65536, 2, 4), (65536, 13, 4), (65536, 3, 0), (65536, 3, 9), (1 << 31, 3, 4),
     (0, 0, 0), (1 << 40, 1 << 40, 1 << 40)],
)  # fmt: skip
def test_a_cost_out_of_bounds_is_refused_before_anything_is_derived(
    shared: Shared, memory_kib: int, passes: int, lanes: int
) -> None:
    value = json.loads(shared.keys.content())
    value["members"][0]["slot"]["kdf"] |= {"memory_kib": memory_kib, "passes": passes, "lanes": lanes}
    with pytest.raises(DamagedKeyFile):
        parse(with_checksum(value))


def flipped(text: str) -> str:
    return ("0" if text[0] != "0" else "1") + text[1:]


def hexadecimal_fields(whole: Any) -> list[tuple[Any, ...]]:
    found = [path for path in leaves(whole) if isinstance(at(whole, path), str) and len(at(whole, path)) >= 24]
    return [path for path in found if path[-1] not in ("name", "id", "practice", "checksum")]


def test_every_key_text_altered_by_somebody_who_mends_the_checksum_is_refused(shared: Shared) -> None:
    whole = json.loads(shared.alone.content())
    paths = hexadecimal_fields(whole)
    assert {path[-1] for path in paths} == {
        "x25519", "ed25519", "sealed", "commitment", "nonce", "wrapped", "salt", "mac"
    }  # fmt: skip
    for path in paths:
        value = copy.deepcopy(whole)
        at(value, path[:-1])[path[-1]] = flipped(at(whole, path))
        # A changed salt or commitment cannot be told from a wrong passphrase by anyone.
        expected = WrongPassphrase if path[-1] in ("salt", "commitment") else DamagedKeyFile
        with pytest.raises(expected):
            unlock(parse(with_checksum(value)), MIRA.id, MIRA.passphrase)


def test_a_lowered_cost_within_bounds_does_not_open(shared: Shared) -> None:
    value = json.loads(shared.alone.content())
    value["members"][0]["slot"]["kdf"]["lanes"] = 2
    with pytest.raises(WrongPassphrase):
        unlock(parse(with_checksum(value)), MIRA.id, MIRA.passphrase)


def test_a_renamed_member_is_noticed(shared: Shared) -> None:
    value = json.loads(shared.alone.content())
    value["members"][0]["name"] = "Somebody Else"
    with pytest.raises(DamagedKeyFile):
        unlock(parse(with_checksum(value)), MIRA.id, MIRA.passphrase)


def test_members_in_another_order_or_twice_are_refused(shared: Shared) -> None:
    value = json.loads(shared.keys.content())
    for members in (value["members"][::-1], [value["members"][0]] * 2, []):
        with pytest.raises(DamagedKeyFile):
            parse(with_checksum({**value, "members": members}))


def test_a_recovery_recipient_has_its_place_already(shared: Shared) -> None:
    value = json.loads(shared.keys.content())
    kit = {"id": "kit-1", "x25519": "11" * 32, "sealed": "22" * 112}
    keys = parse(with_checksum({**value, "recovery": [kit]}))
    assert [(each.id, each.exchange) for each in keys.recovery] == [("kit-1", b"\x11" * 32)]
    assert parse(keys.content()) == keys
    for bad in ([kit, kit], [{**kit, "id": MIRA.id}], [{**kit, "sealed": "22"}], [kit] * 17):
        with pytest.raises(DamagedKeyFile):
            parse(with_checksum({**value, "recovery": bad}))


def test_a_later_format_is_said_to_be_newer(shared: Shared) -> None:
    value = json.loads(shared.keys.content())
    with pytest.raises(NewerKeyFile):
        parse(with_checksum({**value, "version": keyfile.VERSION + 1, "more": 1}))


def test_a_key_file_of_the_first_format_is_read_and_is_of_the_present_one_after_a_change(shared: Shared) -> None:
    first = replace(shared.alone, version=1)
    with shared.ring.subkey(Label.HEADER) as key:
        first = replace(first, authentic=mac(key, spell(first.body())))
    value = json.loads(first.content())
    assert not {"retired", "previous", "custody"} & set(value)
    assert set(value["members"][0]) == {"id", "name", "x25519", "ed25519", "slot", "sealed"}
    read = parse(first.content())
    ring = unlock(read, MIRA.id, MIRA.passphrase)
    added = with_member(read, ring, NGUYEN.id, NGUYEN.name, NGUYEN.passphrase, FLOOR)
    assert parse(added.content()).version == keyfile.VERSION
    assert unlock(added, NGUYEN.id, NGUYEN.passphrase).page_key.same_as(shared.ring.page_key.reveal())
    with pytest.raises(DamagedKeyFile):
        parse(with_checksum({**value, "pending": {}}))


def test_reading_says_what_is_missing_or_no_file(tmp_path: Path, shared: Shared) -> None:
    with pytest.raises(MissingKeyFile):
        read_key_file(tmp_path)
    (tmp_path / FILE).mkdir()
    with pytest.raises(DamagedKeyFile):
        read_key_file(tmp_path)
    (tmp_path / FILE).rmdir()
    (tmp_path / FILE).write_bytes(bytes(keyfile.MOST_BYTES + 1))
    with pytest.raises(DamagedKeyFile):
        read_key_file(tmp_path)
    (tmp_path / FILE).write_bytes(shared.keys.content())
    assert read_key_file(tmp_path) == shared.keys


def test_writing_is_private_and_all_or_nothing_whichever_step_fails(tmp_path: Path, shared: Shared) -> None:
    write_key_file(tmp_path, shared.alone, Disk())
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    before, after = shared.alone.content(), shared.keys.content()
    step = 0
    while True:
        disk = FailingDisk(fail_at=step)
        try:
            write_key_file(tmp_path, shared.keys, disk)
        except DiskFull:
            assert (tmp_path / FILE).read_bytes() == (after if disk.failed_in == "sync_folder" else before)
            assert {each.name for each in tmp_path.iterdir()} == {FILE}
            (tmp_path / FILE).write_bytes(before)
        else:
            break
        step += 1
    assert step == 4
    assert (tmp_path / FILE).read_bytes() == after


def test_a_file_left_by_a_killed_write_is_in_nobodys_way(tmp_path: Path, shared: Shared) -> None:
    (tmp_path / (FILE + ".new")).write_bytes(b"half")
    write_key_file(tmp_path, shared.keys, Disk())
    assert {each.name for each in tmp_path.iterdir()} == {FILE}


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, shared: Shared) -> None:
    with pytest.raises(DamagedKeyFile):
        write_key_file(tmp_path, replace(shared.keys, practice_id="Not An Id"), Disk())
    assert list(tmp_path.iterdir()) == []
