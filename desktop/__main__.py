"""Knows how the program is started: without a word the window, with words the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.bootstrap import Program

NO_DISPLAY = 7  # as docs/cli.md says; what knows all codes is loaded for commands only
STOPPED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Start; the exit code."""
    words = sys.argv[1:] if words is None else words
    try:
        return _started(words)
    except KeyboardInterrupt:
        return STOPPED


def _started(words: Sequence[str]) -> int:
    # Imported here, so that being stopped while the program loads ends in a code and not in a traceback.
    from desktop.bootstrap import Program, Settings
    from desktop.system.hardening import harden

    harden()
    program = Program(Settings())
    try:
        return _command(program, words) if words else _window(program)
    finally:
        program.close()


def _command(program: Program, words: Sequence[str]) -> int:
    from desktop.cli.main import run
    from desktop.tour.command import add_to

    return run(words, program.kit(), (add_to(program),))


def _window(program: Program) -> int:
    """The window, or one line on why there can be none: Qt itself would end the process."""
    from desktop.system.display import why_no_window

    reason = why_no_window()
    if reason:
        print(f"holdfast: {reason}", file=sys.stderr)
        return NO_DISPLAY
    return program.open_window()


if __name__ == "__main__":
    sys.exit(main())
