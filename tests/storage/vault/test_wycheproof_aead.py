"""Knows that our wrappers answer Wycheproof's edge cases as they must, and refuse what they must refuse."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from desktop.storage.vault.primitives import CannotOpen, close_with, exchange_key, expand, open_with, seal_to
from desktop.storage.vault.secret import Secret

FILE: dict[str, Any] = json.loads((Path(__file__).parent / "wycheproof_aead.json").read_text("ascii"))
PARTS = ("chacha20_poly1305", "hkdf_sha256_empty_salt", "x25519")


def _cases(part: str) -> list[dict[str, Any]]:
    return [dict(zip(FILE[part]["fields"], row, strict=True)) for row in FILE[part]["tests"]]


def _hex(case: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(case[name])


def _each(part: str) -> pytest.MarkDecorator:
    cases = _cases(part)
    return pytest.mark.parametrize("case", cases, ids=[str(case["tcId"]) for case in cases])


def test_there_are_as_many_as_there_were() -> None:
    assert {part: Counter(case["result"] for case in _cases(part)) for part in PARTS} == {
        "chacha20_poly1305": {"valid": 17, "invalid": 18},
        "hkdf_sha256_empty_salt": {"valid": 9},
        "x25519": {"valid": 8, "acceptable": 13},
    }
    assert all(len({case["tcId"] for case in _cases(part)}) == len(_cases(part)) for part in PARTS)


def test_every_kind_that_our_wrappers_can_meet_is_there() -> None:
    assert {part: {flag for case in _cases(part) for flag in case["flags"]} for part in PARTS} == {
        "chacha20_poly1305": {
            "EdgeCaseCiphertext", "EdgeCasePoly1305", "EdgeCasePolyKey", "EdgeCaseTag", "InvalidNonceSize", "Ktv",
            "ModifiedTag", "Pseudorandom",
        },
        "hkdf_sha256_empty_salt": {"EmptySalt", "Normal", "OutputCollision"},
        "x25519": {
            "EdgeCaseMultiplication", "EdgeCasePrivateKey", "EdgeCaseShared", "Ktv", "LowOrderPublic",
            "NonCanonicalPublic", "Normal", "SmallPublicKey", "SpecialPublicKey", "Twist", "ZeroSharedSecret",
        },
    }  # fmt: skip


@_each("chacha20_poly1305")
def test_closing_and_opening(case: dict[str, Any]) -> None:
    key, nonce, around, text = (_hex(case, name) for name in ("key", "iv", "aad", "msg"))
    closed = _hex(case, "ct") + _hex(case, "tag")
    if case["result"] == "valid":
        assert close_with(key, nonce, text, around) == closed
        assert open_with(key, nonce, closed, around).same_as(text)
    elif "InvalidNonceSize" in case["flags"]:
        with pytest.raises(ValueError, match="12 bytes"):
            close_with(key, nonce, text, around)
        with pytest.raises(ValueError, match="12 bytes"):
            open_with(key, nonce, closed, around)
    else:
        with pytest.raises(CannotOpen):
            open_with(key, nonce, closed, around)
        right = close_with(key, nonce, text, around)
        assert right[: len(text)] == _hex(case, "ct")  # so that the tag alone is what was refused
        assert open_with(key, nonce, right, around).same_as(text)


@_each("hkdf_sha256_empty_salt")
def test_sub_keys(case: dict[str, Any]) -> None:
    assert expand(Secret(_hex(case, "ikm")), _hex(case, "info"), case["size"]).same_as(_hex(case, "okm"))


@_each("x25519")
def test_the_exchange(case: dict[str, Any]) -> None:
    private = exchange_key(Secret(_hex(case, "private")))
    public = X25519PublicKey.from_public_bytes(_hex(case, "public"))
    if "ZeroSharedSecret" in case["flags"]:
        with pytest.raises(ValueError):
            private.exchange(public)
        with pytest.raises(ValueError):
            seal_to(_hex(case, "public"), b"a text", b"a purpose")
    else:
        assert private.exchange(public) == _hex(case, "shared")
