"""Knows the published answers, and that every wrapper refuses what it must."""

from __future__ import annotations

import hashlib
import hmac
import resource
from pathlib import Path

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.domain.errors_machine import NotEnoughMemory, NotSafeHere
from desktop.storage.vault import primitives
from desktop.storage.vault.calibrate import LEAST_SECONDS, MOST_SECONDS, calibrate
from desktop.storage.vault.primitives import (
    AIM,
    FLOOR,
    CannotOpen,
    Cost,
    expand,
    open_sealed,
    random_secret,
    seal_to,
    stretch,
)
from desktop.storage.vault.secret import Secret, taken_over
from desktop.storage.vault.selftest import CHECKS, selftest, stays_closed

unhex = bytes.fromhex
RECIPIENT = X25519PrivateKey.from_private_bytes(
    unhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
)


def test_every_known_answer_is_right() -> None:
    assert selftest() == tuple(name for name, _ in CHECKS)
    assert len(CHECKS) == 8


def test_a_wrong_answer_or_a_broken_part_stops_the_start() -> None:
    with pytest.raises(NotSafeHere, match="Argon2id"):
        selftest((("HKDF", lambda: True), ("Argon2id", lambda: False)))
    assert not stays_closed(lambda: "opened")
    with pytest.raises(NotSafeHere, match="HPKE"):
        selftest((("HPKE", lambda: bool(1 // 0)),))


def test_the_library_opens_the_published_hpke_text() -> None:
    """RFC 9180, appendix A.2.1, sequence number 0."""
    sealed = unhex(
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    info = unhex("4f6465206f6e2061204772656369616e2055726e")
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    text = openssl.hpke._decrypt_with_aad(suite, sealed, RECIPIENT, info, b"Count-0")
    assert text == b"Beauty is truth, truth beauty"


def plain_hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    pseudo = hmac.new(salt, key, hashlib.sha256).digest()
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.new(pseudo, block + info + bytes([count]), hashlib.sha256).digest()
        out, count = out + block, count + 1
    return out[:length]


def plain_hpke_open(private: X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """RFC 9180 base mode, written out once more from the text as a second opinion."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"

    def extract(name: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
        return hmac.new(salt or bytes(32), b"HPKE-v1" + name + label + key, hashlib.sha256).digest()

    def expanded(name: bytes, key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        message = length.to_bytes(2, "big") + b"HPKE-v1" + name + label + context
        return hmac.new(key, message + b"\x01", hashlib.sha256).digest()[:length]

    encapsulated = sealed[:32]
    shared = private.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    both = encapsulated + private.public_key().public_bytes_raw()
    shared = expanded(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", both, 32)
    context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    secret = extract(suite, shared, b"secret", b"")
    key = expanded(suite, secret, b"key", context, 32)
    nonce = expanded(suite, secret, b"base_nonce", context, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, sealed[32:], b"")


def test_what_we_seal_a_second_implementation_opens() -> None:
    sealed = seal_to(RECIPIENT.public_key().public_bytes_raw(), b"master and page key", b"purpose")
    assert plain_hpke_open(RECIPIENT, sealed, b"purpose") == b"master and page key"
    assert len(sealed) == len(b"master and page key") + primitives.SEAL_BYTES


def test_a_sub_key_is_what_a_second_implementation_derives() -> None:
    key = bytes(range(32))
    assert expand(Secret(key), b"label").same_as(plain_hkdf(bytes(32), key, b"label", 32))


def test_what_is_sealed_opens_only_for_its_key_and_its_purpose_and_unaltered() -> None:
    sealed = seal_to(RECIPIENT.public_key().public_bytes_raw(), b"text", b"purpose")
    for private, text, purpose in (
        (X25519PrivateKey.generate(), sealed, b"purpose"),
        (RECIPIENT, sealed, b"other purpose"),
        (RECIPIENT, sealed[:-1], b"purpose"),
        (RECIPIENT, bytes(32) + sealed[32:], b"purpose"),
        (RECIPIENT, b"", b"purpose"),
    ):
        with pytest.raises(CannotOpen):
            open_sealed(private, text, purpose)


def test_a_useless_public_key_is_refused() -> None:
    for useless in (bytes(32), b"short"):
        with pytest.raises(ValueError):
            seal_to(useless, b"text", b"purpose")


def test_stretching_gives_what_argon2id_gives() -> None:
    wanted = Argon2id(salt=b"s" * 16, length=64, iterations=3, lanes=4, memory_cost=65536).derive(b"words")
    assert stretch(Secret(b"words"), b"s" * 16, FLOOR, 64).same_as(wanted)


def test_too_little_memory_is_said_with_what_is_needed() -> None:
    """The limit is lowered below what the derivation needs, and put back."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (100 << 20), before[1]))
    try:
        with pytest.raises(NotEnoughMemory, match="1024 MB"):
            stretch(Secret(b"words"), b"s" * 16, Cost(1 << 20, 3, 1), 64)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("cost", [Cost(65535, 3, 4), Cost(1 << 21, 3, 4), Cost(65536, 2, 4), Cost(65536, 3, 0)])
def test_a_cost_out_of_bounds_is_never_derived(cost: Cost) -> None:
    with pytest.raises(ValueError):
        stretch(Secret(b"words"), b"s" * 16, cost, 64)


@pytest.mark.parametrize("floor_seconds", [0.0, 0.001, 0.02, 0.05, 0.094, 0.125, 0.2, 0.25, 0.4, 0.6, 0.95, 3.0])
def test_the_chosen_cost_is_bearable_and_near_one_second_where_that_can_be(floor_seconds: float) -> None:
    def seconds(cost: Cost) -> float:
        return floor_seconds * cost.memory_kib / FLOOR.memory_kib * cost.passes / FLOOR.passes

    cost = calibrate(seconds)
    assert cost.bearable
    assert FLOOR.memory_kib <= cost.memory_kib <= AIM.memory_kib
    if 0.047 < floor_seconds <= 1.0:
        assert LEAST_SECONDS <= seconds(cost) <= 1.3 * MOST_SECONDS
    if floor_seconds > MOST_SECONDS:
        assert cost == FLOOR


def test_a_machine_short_of_memory_gets_more_passes_instead() -> None:
    def seconds(cost: Cost) -> float:
        if cost.memory_kib > FLOOR.memory_kib:
            raise NotEnoughMemory(cost.memory_kib // 1024)
        return 0.1

    assert calibrate(seconds) == Cost(FLOOR.memory_kib, 12, FLOOR.lanes)


def test_this_machine_can_be_measured() -> None:
    assert calibrate().bearable


def test_what_a_library_made_is_overwritten_once_it_is_taken_over() -> None:
    made = bytes(bytearray(b"k" * 32))
    secret = taken_over(made)
    assert secret.reveal() == bytearray(b"k" * 32)
    assert made == bytes(32)


def test_a_fresh_secret_is_another_every_time() -> None:
    first, second = random_secret(32), random_secret(32)
    assert len(first) == 32
    assert not first.same_as(second.reveal())
