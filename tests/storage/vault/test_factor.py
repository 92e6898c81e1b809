"""Knows that a key file counts as much as the passphrase, and that what is wrong with it is said at once."""

from __future__ import annotations

import pytest

from desktop.domain.errors_keys import DamagedFactor
from desktop.domain.errors_practice import SecondFactorNeeded, WrongPassphrase, WrongSecondFactor
from desktop.storage.vault.factor import MOST_BYTES, credentials, draw_factor, read_factor
from desktop.storage.vault.keyfile import KeyFile, parse
from desktop.storage.vault.keyring import found, unlock
from desktop.storage.vault.own import with_factor_required, with_new_slot
from desktop.storage.vault.primitives import FLOOR, SALT_BYTES, Cost, stretch
from desktop.storage.vault.secret import Secret
from desktop.storage.vault.slots import Credentials
from tests.storage.vault.conftest import MIRA, NGUYEN, PRACTICE, Shared


@pytest.fixture(scope="module")
def factor() -> bytes:
    return draw_factor()


@pytest.fixture(scope="module")
def keys(factor: bytes) -> KeyFile:
    made, _ = found(PRACTICE, MIRA.id, MIRA.name, MIRA.passphrase, FLOOR, read_factor(factor))
    return parse(made.content())


def test_both_together_open_and_neither_alone(keys: KeyFile, factor: bytes) -> None:
    assert unlock(keys, MIRA.id, MIRA.passphrase, read_factor(factor)).epoch == 1
    with pytest.raises(SecondFactorNeeded):
        unlock(keys, MIRA.id, MIRA.passphrase)
    with pytest.raises(WrongPassphrase):
        unlock(keys, MIRA.id, NGUYEN.passphrase, read_factor(factor))
    with pytest.raises(WrongSecondFactor):
        unlock(keys, MIRA.id, MIRA.passphrase, read_factor(draw_factor()))


def test_the_secret_itself_is_mixed_in_and_not_only_its_name(keys: KeyFile, factor: bytes) -> None:
    right = read_factor(factor)
    wrong = type(right)(Secret(bytes(31) + bytes([1])), right.id)
    with pytest.raises(WrongPassphrase):
        unlock(keys, MIRA.id, MIRA.passphrase, wrong)
    one, other = (stretch(Secret(b"x" * 15), bytes(SALT_BYTES), FLOOR, 32, mixed) for mixed in (right.secret, None))
    assert not one.same_as(other.reveal())


def test_a_key_file_that_is_not_asked_for_is_not_looked_at(shared: Shared, factor: bytes) -> None:
    unlock(shared.keys, MIRA.id, MIRA.passphrase, read_factor(factor))


def test_the_file_is_text_that_says_what_it_is_and_survives_an_editor(factor: bytes) -> None:
    assert factor.startswith(b"# Holdfast key file.")
    for same in (factor.replace(b"\n", b"\r\n"), factor.lower().replace(b"# h", b"# H"), factor + b"\n\n"):
        assert read_factor(same).id == read_factor(factor).id
    assert bytes(read_factor(factor).secret.reveal()).hex().encode() not in factor
    assert len({draw_factor() for _ in range(3)}) == 3


@pytest.mark.parametrize("content", [
    b"", b"hello", b"# Holdfast key file.\n", b"\xff\xfe", b"HOLDFAST-KEY-1QQQQ", bytes(MOST_BYTES + 1),
])  # fmt: skip
def test_what_is_no_key_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(DamagedFactor):
        read_factor(content)


def test_a_changed_character_and_a_doubled_line_are_damage(factor: bytes) -> None:
    line = factor.split(b"\n")[1]
    other = b"Q" if line[-1:] != b"Q" else b"P"
    for damaged in (factor.replace(line, line[:-1] + other), factor + line + b"\n", factor.replace(line, line[:-1])):
        with pytest.raises(DamagedFactor):
            read_factor(damaged)


def test_the_key_file_is_taken_off_again_with_both_in_hand(keys: KeyFile, factor: bytes) -> None:
    ring = unlock(keys, MIRA.id, MIRA.passphrase, read_factor(factor))
    both = credentials(MIRA.passphrase, factor)
    plain = with_new_slot(keys, ring, both, Credentials(MIRA.passphrase), FLOOR)
    unlock(plain, MIRA.id, MIRA.passphrase)
    wanted = with_factor_required(keys, ring, MIRA.id, True)
    assert parse(wanted.content()).members[0].factor_required


def test_what_is_mixed_in_leaves_no_copy_behind() -> None:
    mixed = Secret(bytes(range(32)))
    stretch(Secret(b"x" * 15), bytes(SALT_BYTES), Cost(65536, 3, 4), 32, mixed)
    assert mixed.same_as(bytes(range(32)))
    assert not mixed.gone
