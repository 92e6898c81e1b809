"""Knows the commands of rehearsals: list them, try a script of one's own, open the window."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.cli import show
from desktop.cli.codes import Exit
from desktop.cli.files import read_text
from desktop.cli.parsing import Families, whole_number
from desktop.domain.words import tr

if TYPE_CHECKING:
    from desktop.bootstrap import Program
    from desktop.cli.kit import Kit
    from desktop.services.rehearsal import Book

LISTED = {"rehearsals": "a list of id, title, about, minutes, yours (how many lines are the member's to enter)"}
TRIED = {
    "title": "the rehearsal's title", "lines": "how many lines there are", "yours": "how many are the member's",
    "refused": "the lines that the engine refuses: a list of line, reason",
}  # fmt: skip
OPENED = {"opened": "true once the window was closed again"}
FASTEST = 60


def add_to(program: Program) -> Callable[[Families], None]:
    """What writes the commands down."""
    return partial(_write_down, program)


def _write_down(program: Program, families: Families) -> None:
    families.command("rehearse list", tr("name the rehearsals there are"), partial(_list, program), LISTED)
    check = families.command(
        "rehearse check", tr("play a rehearsal's script through the real engine and say what it refuses"),
        partial(_check, program), TRIED,
    )
    check.add_argument("file", metavar="FILE", help=tr("the script; - is standard input"))
    opens = families.command(
        "rehearse open", tr("open a rehearsal on the real board, in a practice that is thrown away"),
        partial(_open, program), OPENED,
    )
    opens.add_argument("file", nargs="?", metavar="FILE", help=tr("a script of your own; without it, those there are"))
    opens.add_argument(
        "--speed", type=whole_number(FASTEST), default=5, metavar="N", help=tr("how many times as fast, 1 to 60")
    )


def _list(program: Program, kit: Kit, arguments: Namespace) -> int:
    from desktop.services.rehearsal import books

    found = [
        {
            "id": book.id, "title": book.title, "about": book.about, "minutes": book.cues[-1].at_ms // 60_000,
            "yours": sum(cue.yours for cue in book.cues),
        }
        for book in books(program.resources)
    ]
    if arguments.json:
        show.emit({"rehearsals": found})
    else:
        for one in found:
            show.line(f"{one['id']}: {one['title']}. {one['about']}")
    return Exit.OK


def _check(program: Program, kit: Kit, arguments: Namespace) -> int:
    from desktop.services.rehearsal import read_rehearsal, tried

    book = read_rehearsal(read_text(arguments.file))
    with kit.throwaway() as desk:
        refused = tried(desk, book)
    if arguments.json:
        show.emit({
            "title": book.title, "lines": len(book.cues), "yours": sum(cue.yours for cue in book.cues),
            "refused": [{"line": line, "reason": reason} for line, reason in refused],
        })
    else:
        for line, reason in refused:
            show.line(tr("line {n}: {reason}", n=line, reason=reason))
        show.line(tr("{title}: {n} lines, {m} refused", title=book.title, n=len(book.cues), m=len(refused)))
    return Exit.OK


def _open(program: Program, kit: Kit, arguments: Namespace) -> int:
    from desktop.bootstrap_rehearsal import rehearse
    from desktop.services.rehearsal import books, read_rehearsal
    from desktop.system.display import why_no_window

    reason = why_no_window()
    if reason:
        print(f"holdfast: {reason}", file=sys.stderr)
        return Exit.MACHINE
    found: tuple[Book, ...] = books(program.resources)
    if arguments.file is not None:
        found = (read_rehearsal(read_text(arguments.file)),)
    code = rehearse(program, found, max(1, arguments.speed))
    if arguments.json:
        show.emit({"opened": True})
    return code
