"""Knows that what is written as age is age's, whoever reads it, and that nothing else is taken for it."""

from __future__ import annotations

import base64
import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from desktop.domain.errors_archive import DamagedArchive, NotAnArchive, WrongKit
from desktop.storage.archive.agefile import decrypt, decrypt_apart
from desktop.storage.archive.agewriting import CHUNK, encrypt

MINE, OTHER = x25519.Identity.generate(), x25519.Identity.generate()
CLOSED = CHUNK + 16
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 16 * CHUNK, 16 * CHUNK + 1, 32 * CHUNK, 33 * CHUNK + 7]


def written(content: bytes, *to: x25519.Identity) -> bytes:
    out = io.BytesIO()
    pieces = (content[at : at + 100_001] for at in range(0, len(content), 100_001))
    encrypt(pieces, out, tuple(str(each.to_public()) for each in to or (MINE,)))
    return out.getvalue()


def read(whole: bytes, identity: str = str(MINE), reader: Callable[..., None] = decrypt) -> bytes:
    found = bytearray()
    reader(io.BytesIO(whole), found.extend, identity)
    return bytes(found)


def header_of(whole: bytes) -> bytes:
    at = whole.index(b"\n--- ") + 1
    return whole[: whole.index(b"\n", at) + 1]


@pytest.mark.parametrize("size", SIZES)
def test_every_reader_reads_what_every_writer_writes(size: int) -> None:
    content = os.urandom(size)
    ours, theirs = written(content, OTHER, MINE), pyrage.encrypt(content, [OTHER.to_public(), MINE.to_public()])
    for whole in (ours, theirs):
        assert pyrage.decrypt(whole, [MINE]) == content
        assert read(whole) == read(whole, reader=decrypt_apart) == content


@pytest.mark.parametrize("size", [0, CHUNK, 16 * CHUNK + 1])
def test_the_systems_own_tool_reads_and_writes_the_same(size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    (tmp_path / "key.txt").write_text(f"{MINE}\n", "ascii")
    (tmp_path / "ours.age").write_bytes(written(content, OTHER, MINE))
    words = ["age", "-d", "-i", "key.txt", "ours.age"]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=True, timeout=60).stdout == content
    words = ["age", "-r", str(OTHER.to_public()), "-r", str(MINE.to_public())]
    theirs = subprocess.run(words, input=content, capture_output=True, check=True, timeout=60).stdout
    assert read(theirs) == content


def test_any_of_several_identities_opens_it_and_nobody_elses() -> None:
    whole = written(b"content")
    assert read(whole, f"{OTHER}\n{MINE}\n") == b"content"
    for reader in (decrypt, decrypt_apart):
        with pytest.raises(WrongKit):
            read(whole, str(OTHER), reader)


def test_two_files_of_the_same_content_share_nothing_that_was_drawn() -> None:
    first, second = written(b"content"), written(b"content")
    assert not set(header_of(first).split()[2:]) & set(header_of(second).split()[2:]) - {b"->", b"X25519", b"---"}
    assert first[len(header_of(first)) :] != second[len(header_of(second)) :]


WRONG: dict[str, Callable[[bytes, int], bytes]] = {
    "cut within a piece": lambda whole, begin: whole[: begin + 5 * CLOSED + 99],
    "cut between two pieces": lambda whole, begin: whole[: begin + 5 * CLOSED],
    "cut where much is read at once": lambda whole, begin: whole[: begin + 16 * CLOSED],
    "nothing after the header": lambda whole, begin: whole[: begin - 16],
    "half of what is drawn": lambda whole, begin: whole[: begin - 8],
    "no piece at all": lambda whole, begin: whole[:begin],
    "two pieces swapped": lambda whole, begin: whole[:begin] + whole[begin + CLOSED : begin + 2 * CLOSED]
    + whole[begin : begin + CLOSED] + whole[begin + 2 * CLOSED :],
    "a piece twice": lambda whole, begin: whole[: begin + CLOSED] + whole[begin:],
    "a piece less": lambda whole, begin: whole[:begin] + whole[begin + CLOSED :],
    "something after the end": lambda whole, begin: whole + b"x",
    "a bit": lambda whole, begin: whole[: begin + 70] + bytes([whole[begin + 70] ^ 4]) + whole[begin + 71 :],
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_was_changed_after_its_header_is_refused_by_both_readers(what: str) -> None:
    whole = written(os.urandom(20 * CHUNK))
    wrong = WRONG[what](whole, len(header_of(whole)) + 16)
    for reader in (decrypt, decrypt_apart):
        with pytest.raises(DamagedArchive):
            read(wrong, reader=reader)


def test_a_file_that_ends_with_an_empty_piece_after_others_is_refused() -> None:
    """As a careless writer would end it; the format forbids it."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    from desktop.storage.archive import agewriting

    key, nonce = bytes(16), bytes(16)
    begin = agewriting._header(key, (str(MINE.to_public()),)) + nonce
    cipher = ChaCha20Poly1305(agewriting.derived(key, nonce, b"payload"))
    pieces = [bytes(CHUNK), b""]
    closed = [cipher.encrypt(agewriting.nonce_of(at, at == 1), piece, None) for at, piece in enumerate(pieces)]
    with pytest.raises(DamagedArchive):
        read(begin + b"".join(closed))
    whole = cipher.encrypt(agewriting.nonce_of(0, last=True), pieces[0], None)
    assert read(begin + whole) == pieces[0]


HEADERS: dict[str, Callable[[bytes], bytes]] = {
    "another version": lambda header: header.replace(b"/v1", b"/v2"),
    "a share that is nobody's": lambda header: header.replace(
        header.split()[3], base64.b64encode(bytes(32)).rstrip(b"=")
    ),
    "padding": lambda header: header.replace(header.split()[3], header.split()[3] + b"="),
    "a share too short": lambda header: header.replace(header.split()[3], header.split()[3][:-2]),
    "a stanza without an arrow": lambda header: header.replace(b"-> X", b"X"),
    "no MAC": lambda header: header[: header.index(b"--- ")] + b"\n",
    "a MAC that is cut": lambda header: header[:-3] + b"\n",
    "a carriage return": lambda header: header.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("what", HEADERS)
def test_a_header_that_is_not_as_it_must_be_is_no_archives(what: str) -> None:
    whole = written(b"content")
    header = header_of(whole)
    with pytest.raises(NotAnArchive):
        read(HEADERS[what](header) + whole[len(header) :])


def test_a_header_to_which_a_line_was_added_is_damaged() -> None:
    whole = written(b"content")
    with pytest.raises(DamagedArchive):
        read(whole.replace(b"--- ", b"-> more of it\n\n--- ", 1))


def test_what_taking_or_reading_raises_comes_out_as_it_is() -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 9000:
                raise OSError(5, "made to fail")
            return super().read(size)

    def refuse(content: bytes) -> None:
        raise KeyboardInterrupt

    whole = written(os.urandom(40 * CHUNK))
    for reader in (decrypt, decrypt_apart):
        with pytest.raises(OSError, match="made to fail"):
            reader(Pulled(whole), lambda content: None, str(MINE))
        with pytest.raises(KeyboardInterrupt):
            reader(io.BytesIO(whole), refuse, str(MINE))
