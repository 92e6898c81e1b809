"""Knows what is true: clinical rules as frozen dataclasses and pure functions, and typed errors."""
