"""Knows how Holdfast says no: every error a person may meet, in three sentences."""

from __future__ import annotations


class HoldfastError(Exception):
    """The root of every error that Holdfast raises on purpose."""


class Known(HoldfastError):
    """Something that can happen and that the program can explain.

    what: what happened. safe: what is safe, or exactly what is not. next_step: what to do next.
    None of the three may hold a client's data: they reach logs and terminals.
    """

    def __init__(self, what: str, safe: str = "", next_step: str = "") -> None:
        self.what = what
        self.safe = safe
        self.next_step = next_step
        super().__init__(" ".join(part for part in (what, safe, next_step) if part))


class Refused(Known):
    """An entry that a rule does not allow; `code` is stable and fit for tests and scripts."""

    def __init__(self, code: str, what: str, safe: str = "Nothing was changed.", next_step: str = "") -> None:
        self.code = code
        super().__init__(what, safe, next_step)


class NotFound(Known):
    """A record that is not there, or not for this audience; the two are not told apart."""


class NotAllowed(Known):
    """The member's roles do not cover this."""


class Conflict(Known):
    """The record was changed by somebody else since it was read."""


class Invalid(Known):
    """A draft that cannot be saved as it is; `problems` name the fields."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("Some fields need another look.", "Nothing was changed.", "Mend the fields that are marked.")


class Problem:
    """What is wrong with one field of a draft."""

    __slots__ = ("field", "text")

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and (self.field, self.text) == (other.field, other.text)

    def __hash__(self) -> int:
        return hash((self.field, self.text))

    def __repr__(self) -> str:
        return f"Problem({self.field!r})"
