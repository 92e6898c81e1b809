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
    """Start; the exit code. Whenever somebody presses Ctrl+C, it ends without a traceback."""
    try:
        return _start(sys.argv[1:] if words is None else words)
    except KeyboardInterrupt:
        return STOPPED


def _start(words: Sequence[str]) -> int:
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
    from desktop.tour import command, rehearsing

    return run(words, program.kit(), (command.add_to(program), rehearsing.add_to(program)))


def _window(program: Program) -> int:
    """The window, or one line on why there can be none: Qt itself would end the process."""
    import signal

    from desktop.system.display import why_no_window

    reason = why_no_window()
    if reason:
        print(f"holdfast: {reason}", file=sys.stderr)
        return NO_DISPLAY
    # Qt's loop would not let Python hear of Ctrl+C. Ending at once loses nothing: every entry is on disk.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return program.open_window()


if __name__ == "__main__":
    sys.exit(main())
