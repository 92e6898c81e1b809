"""Knows how a command line becomes a command, and how every way of ending becomes an exit code without a traceback."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence

from desktop.cli import (
    archive,
    archive_log,
    archive_restore,
    audit,
    audit_report,
    carry,
    key,
    member,
    practice,
    protocol,
    selftest,
    session,
    show,
    worksheet,
)
from desktop.cli.codes import Exit, Unreachable, code_of
from desktop.cli.kit import Kit
from desktop.cli.parsing import Families, Parser
from desktop.domain.errors import Known
from desktop.domain.words import tr

NO_ROOM = frozenset({errno.ENOSPC, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})
AddTo = Callable[[Families], None]
OWN: tuple[AddTo, ...] = (
    practice.add_to, member.add_to, key.add_to, session.add_to, audit.add_to, audit_report.add_to, worksheet.add_to,
    archive.add_to, archive_log.add_to, archive_restore.add_to, carry.add_to, protocol.add_to,
    selftest.add_to,
)  # fmt: skip


def parser_for(version: str, more: Sequence[AddTo] = ()) -> Parser:
    """The whole command line; `more` adds commands from rooms above this one."""
    parser = Parser(
        prog="holdfast",
        description=tr("Holdfast without a window. Started without any word it opens the window."),
    )
    parser.add_argument("--version", action="version", version=f"holdfast {version}")
    families = Families(parser)
    for add_to in (*OWN, *more):
        add_to(families)
    return parser


def run(words: Sequence[str], kit: Kit, more: Sequence[AddTo] = ()) -> int:
    """Carry out one command line; its exit code. Nothing is raised."""
    _speak_every_script()
    try:
        if sys.stdout is None:  # closed before the program was started
            raise _nowhere()
        return _carry_out(words, kit, more)
    except Known as error:
        show.complain(error)
        return int(code_of(error))
    except BrokenPipeError:
        _drop_output()
        return int(Exit.READER_GONE)
    except KeyboardInterrupt:
        show.tell(tr("Stopped."))
        return int(Exit.STOPPED)
    except Exception as error:  # noqa: BLE001 - a fault is told in one line, and its place is in the log
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            _drop_output()
            show.complain(_nowhere())
            return int(Exit.MACHINE)
        with contextlib.suppress(Exception):  # a log that cannot be kept must not hide the fault
            kit.failed(error)
        show.tell(fault(error))
        return int(Exit.BUG)


def _carry_out(words: Sequence[str], kit: Kit, more: Sequence[AddTo]) -> int:
    try:
        arguments = parser_for(kit.version, more).read(words)
        code = int(arguments.run(kit, arguments))
    except SystemExit as end:  # argparse ends so after --help and after complaints
        code = end.code if isinstance(end.code, int) else int(Exit.OK)
    sys.stdout.flush()
    return code


def fault(error: BaseException) -> str:
    """One line on a fault of the program: its kind and place, never its words, which may be a client's."""
    place, trace = "?", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        if module.startswith("desktop."):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return tr(
        "holdfast: a fault of the program ({kind} at {place}). What was saved before is safe. "
        "Please tell whoever looks after Holdfast what you did.",
        kind=type(error).__name__, place=place,
    )  # fmt: skip


def _nowhere() -> Known:
    """Nothing takes the output: it is closed, or its disk is full."""
    return Unreachable(
        tr("The output cannot be written: it is closed, or its disk is full."),
        tr("What was saved before is safe."), tr("Give the command somewhere to write to."),
    )  # fmt: skip


def _speak_every_script() -> None:
    """Names in every script reach a pipe as UTF-8, and a terminal that lacks a letter shows its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Point standard output at nothing, so that Python does not complain again at its end."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
