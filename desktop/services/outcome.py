"""Knows what a use case answers to a screen: the value, and which records it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.domain.errors import HoldfastError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that was changed: records of a kind, or the one with this id."""

    kind: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a change returns; screens that show one of the `changed` topics ask again."""

    value: T
    changed: frozenset[Topic] = frozenset()

    @staticmethod
    def of(value: T, *topics: Topic) -> Outcome[T]:
        """An outcome with its topics written one by one."""
        return Outcome(value, frozenset(topics))


class Cancelled(HoldfastError):
    """The member stopped long work; raised out of Report, at a point where nothing is half done."""


Report = Callable[[int, int, str], None]
"""Given to long work: report(done, total, words). total 0: not known. Raises Cancelled when asked to stop."""


def touches(changed: frozenset[Topic], kind: str, record_id: str | None = None) -> bool:
    """Whether a change concerns what is shown: records of a kind, or the one with this id."""
    return any(
        topic.kind == kind and (record_id is None or topic.id is None or topic.id == record_id) for topic in changed
    )
