"""Knows how a command prints: JSON for machines, plain lines for people, errors in three sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.errors import Invalid, Known

Json = Mapping[str, Any]


def emit(value: Json) -> None:
    """Print one JSON object: UTF-8, indented, in the order of its keys."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def line(text: str = "") -> None:
    """Print one line."""
    print(text)


def table(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Print rows whose columns stand under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print((indent + "  ".join(padded)).rstrip())


def complain(error: Known) -> None:
    """Say on standard error what happened, what is safe and what to do next, and which fields it is about."""
    parts = [part for part in (error.what, error.safe, error.next_step) if part]
    print(f"holdfast: {' '.join(parts)}", file=sys.stderr)
    if isinstance(error, Invalid):
        for problem in error.problems:
            print(f"  {problem.field}: {problem.text}", file=sys.stderr)


def tell(text: str) -> None:
    """Say something on standard error, at once: progress, and where a file went."""
    print(text, file=sys.stderr, flush=True)
