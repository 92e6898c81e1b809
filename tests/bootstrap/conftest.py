"""Knows the fixtures of the tests of keys."""

from __future__ import annotations

from tests.bootstrap.keykit import key_desk, key_folder, key_program, key_template

__all__ = ["key_desk", "key_folder", "key_program", "key_template"]
