"""Knows that our wrappers, not only the library below them, give the published answers and refuse what they must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from desktop.storage.vault.primitives import (
    CannotOpen,
    KeyPairs,
    close_with,
    exchange_key,
    expand,
    mac,
    open_with,
    signed_by,
)
from desktop.storage.vault.secret import Secret

unhex = bytes.fromhex
VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("ascii"))


def test_there_are_as_many_as_there_were() -> None:
    assert {name: len(found) for name, found in VECTORS.items() if name != "source"} == {
        "hmac_sha256": 6, "hkdf_sha256_without_salt": 2, "x25519": 3, "ed25519": 64, "chacha20_poly1305": 71,
    }  # fmt: skip


def test_hmac() -> None:
    for key, message, wanted in VECTORS["hmac_sha256"]:
        assert mac(Secret(unhex(key)), unhex(message)) == unhex(wanted)


def test_sub_keys() -> None:
    for key, info, length, wanted in VECTORS["hkdf_sha256_without_salt"]:
        assert expand(Secret(unhex(key)), unhex(info), length).same_as(unhex(wanted))


def test_the_kits_exchange() -> None:
    for scalar, point, wanted in VECTORS["x25519"]:
        private = exchange_key(Secret(unhex(scalar)))
        assert private.exchange(X25519PublicKey.from_public_bytes(unhex(point))) == unhex(wanted)


def test_signatures() -> None:
    for private, public, message, signature in VECTORS["ed25519"]:
        own = KeyPairs(Secret(bytes(range(32)) + unhex(private)))
        assert own.signing_public == unhex(public)
        assert own.sign(unhex(message)) == unhex(signature)
        assert signed_by(unhex(public), unhex(signature), unhex(message))
        assert not signed_by(unhex(public), unhex(signature), unhex(message) + b"!")
        assert not signed_by(unhex(public), unhex(signature)[:-1] + b"\xff", unhex(message))


def test_closing_and_opening() -> None:
    refused = 0
    for key, nonce, text, around, closed, good in VECTORS["chacha20_poly1305"]:
        raw = bytearray(unhex(key))
        if good:
            assert close_with(raw, unhex(nonce), unhex(text), unhex(around)) == unhex(closed)
            assert open_with(raw, unhex(nonce), unhex(closed), unhex(around)).same_as(unhex(text))
        else:
            refused += 1
            with pytest.raises(CannotOpen):
                open_with(raw, unhex(nonce), unhex(closed), unhex(around))
    assert refused
