"""Knows the command that plays the tour."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from desktop.bootstrap import Program
from desktop.cli.parsing import Families


def add_to(program: Program) -> Callable[[Families], None]:
    """What writes the command down."""

    def write_down(families: Families) -> None:
        pass

    return write_down
