"""Knows the command that plays the tour."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from desktop.bootstrap import Program
from desktop.cli import show
from desktop.cli.codes import Exit
from desktop.cli.kit import Kit
from desktop.cli.parsing import Families, path, whole_number
from desktop.domain.words import tr
from desktop.tour.report import FIELDS

MOST_SEED = 1_000_000


def add_to(program: Program) -> Callable[[Families], None]:
    """What writes the command down."""
    return partial(_write_down, program)


def _write_down(program: Program, families: Families) -> None:
    about = tr("play the whole program with made-up people, and leave papers and pictures")
    parser = families.command("tour", about, partial(_run, program), FIELDS)
    parser.add_argument("--out", type=path, required=True, metavar="FOLDER", help=tr("a new or empty folder"))
    parser.add_argument(
        "--seed", type=whole_number(MOST_SEED), default=1, metavar="N", help=tr("another seed, another couple")
    )
    parser.add_argument("--no-pictures", action="store_true", help=tr("leave out the pictures of the screens"))


def _run(program: Program, kit: Kit, arguments: Namespace) -> int:
    # Imported late: the tour brings most of the program along.
    from desktop.tour.play import play_tour

    report = play_tour(program, arguments.out, arguments.seed, pictures=not arguments.no_pictures, tell=show.tell)
    if arguments.json:
        show.emit(report)
    else:
        show.line(tr("The tour's papers and pictures are in {folder}", folder=arguments.out.resolve()))
    return Exit.OK
