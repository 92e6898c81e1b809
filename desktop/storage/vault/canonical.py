"""Knows the one way in which the key file spells its content, so that a MAC over it means something."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import NoReturn

from desktop.domain.errors_practice import DamagedKeyFile

JsonObject = Mapping[str, object]
_NOT_IN_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def spell(value: object) -> bytes:
    """Canonical JSON: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("not a number")


def read(content: bytes) -> JsonObject:
    """The object that `content` spells; DamagedKeyFile when it spells none, or not in the canonical way."""
    try:
        value = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
        same = spell(value) == content
    except (ValueError, RecursionError):
        raise DamagedKeyFile from None
    if not same or not isinstance(value, dict):
        raise DamagedKeyFile
    return value


class Fields:
    """Takes an object apart, strictly: each field once, of its type, and none left over. DamagedKeyFile otherwise."""

    def __init__(self, value: object, names: str) -> None:
        if not isinstance(value, dict) or set(value) != set(names.split()):
            raise DamagedKeyFile
        self._value = value

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        found = self._value[name]
        if type(found) is not int or not least <= found <= most:
            raise DamagedKeyFile
        return found

    def text(self, name: str, most: int) -> str:
        """Text of 1 to `most` characters, without controls and line ends."""
        found = self._value[name]
        if not isinstance(found, str) or not 1 <= len(found) <= most:
            raise DamagedKeyFile
        if any(unicodedata.category(each) in _NOT_IN_TEXT for each in found):
            raise DamagedKeyFile
        return found

    def raw(self, name: str, length: int) -> bytes:
        """Exactly `length` bytes, spelt as lower-case hexadecimal digits."""
        found = self._value[name]
        try:
            value = bytes.fromhex(found) if isinstance(found, str) else b""
        except ValueError:
            raise DamagedKeyFile from None
        if len(value) != length or value.hex() != found:
            raise DamagedKeyFile
        return value

    def maybe_raw(self, name: str, length: int) -> bytes:
        """Exactly `length` bytes, or none at all for an empty text."""
        return b"" if self._value[name] == "" else self.raw(name, length)

    def flag(self, name: str) -> bool:
        """True or false."""
        found = self._value[name]
        if not isinstance(found, bool):
            raise DamagedKeyFile
        return found

    def many(self, name: str, most: int) -> tuple[object, ...]:
        """A list of at most `most` items."""
        found = self._value[name]
        if not isinstance(found, list) or len(found) > most:
            raise DamagedKeyFile
        return tuple(found)

    def anything(self, name: str) -> object:
        """Whatever stands there."""
        return self._value[name]
