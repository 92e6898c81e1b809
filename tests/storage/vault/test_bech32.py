"""A key on paper: what age reads is what we write, and no mistyped character passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from desktop.storage.vault.bech32 import IDENTITY, RECIPIENT, Mistyped, _polymod, _spread, decode, encode
from desktop.storage.vault.primitives import KEY_BYTES

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@given(keys)
def test_what_is_written_is_read_again_in_small_and_large_letters(raw: bytes) -> None:
    for prefix in (IDENTITY, RECIPIENT):
        text = encode(prefix, raw)
        assert decode(prefix, text) == raw
        assert decode(prefix, text.upper()) == raw


@given(keys)
def test_age_reads_the_identity_we_write_and_we_write_the_recipient_age_derives(raw: bytes) -> None:
    text = encode(IDENTITY, raw).upper()
    identity = x25519.Identity.from_str(text)
    assert str(identity) == text
    public = str(identity.to_public())
    assert encode(RECIPIENT, decode(RECIPIENT, public)) == public


@given(keys, st.integers(0, 57), st.sampled_from(LETTERS))
def test_one_wrong_character_is_caught(raw: bytes, at: int, letter: str) -> None:
    text = encode(IDENTITY, raw)
    place = len(IDENTITY) + 1 + at
    wrong = text[:place] + letter + text[place + 1 :]
    if wrong != text:
        with pytest.raises(Mistyped):
            decode(IDENTITY, wrong)


@given(keys, st.integers(0, 56))
def test_two_neighbours_swapped_are_caught(raw: bytes, at: int) -> None:
    text = encode(IDENTITY, raw)
    place = len(IDENTITY) + 1 + at
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if wrong != text:
        with pytest.raises(Mistyped):
            decode(IDENTITY, wrong)


@pytest.mark.parametrize("wrong", ["", "age1", "age1é", "x" * 80, encode(RECIPIENT, bytes(32)) + "q", "Age1Q"])
def test_what_is_no_key_at_all_is_called_mistyped(wrong: str) -> None:
    for prefix in (IDENTITY, RECIPIENT):
        with pytest.raises(Mistyped):
            decode(prefix, wrong)


def test_a_key_of_another_length_is_not_written() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        encode(RECIPIENT, b"short")


def summed(prefix: str, data: list[int]) -> str:
    """A text whose checksum is right, whatever it holds."""
    check = _polymod([*_spread(prefix), *data, *[0] * 6]) ^ 1
    return prefix + "1" + "".join(LETTERS[value] for value in [*data, *[check >> 5 * (5 - at) & 31 for at in range(6)]])


def test_a_letter_that_is_never_written_is_mistyped() -> None:
    text = encode(IDENTITY, bytes(range(32)))
    for never in "bio1":
        with pytest.raises(Mistyped):
            decode(IDENTITY, text[:-1] + never)


@pytest.mark.parametrize("groups", [0, 1, 51, 53])
def test_a_key_of_another_length_is_mistyped_though_its_checksum_is_right(groups: int) -> None:
    with pytest.raises(Mistyped):
        decode(RECIPIENT, summed(RECIPIENT, [0] * groups))


def test_bits_beyond_the_key_must_be_none_though_the_checksum_is_right() -> None:
    assert decode(RECIPIENT, summed(RECIPIENT, [0] * 52)) == bytes(KEY_BYTES)
    for extra in range(1, 16):
        with pytest.raises(Mistyped):
            decode(RECIPIENT, summed(RECIPIENT, [*[0] * 51, extra]))
