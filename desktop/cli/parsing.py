"""Knows how commands are written down: families, options that several share, and what their help says."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop.cli.codes import MEANINGS, Exit
from desktop.domain.words import tr

if TYPE_CHECKING:
    from desktop.cli.kit import Kit

Run = Callable[["Kit", argparse.Namespace], int]
Fields = Mapping[str, str]
MOST_DESCRIPTOR = 1 << 20


class Parser(argparse.ArgumentParser):
    """A parser that keeps what was typed out of its complaints: it may be a passphrase in the wrong place."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **options)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The words as a namespace; words that are left over are counted, not repeated."""
        found, left = self.parse_known_args(list(words))
        if left:
            self.error(tr("{n} of the words given were not understood.", n=len(left)))
        return found

    def error(self, message: str) -> NoReturn:
        """Say on standard error how the command goes and what was wrong, and end."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {_without_what_was_typed(message)}", file=sys.stderr)
        raise SystemExit(int(Exit.USAGE))


def _without_what_was_typed(message: str) -> str:
    choice = re.fullmatch(r"(argument .*?): invalid choice: .*\(choose from (.*)\)", message, re.DOTALL)
    if choice:
        return tr("{argument}: choose from {choices}", argument=choice[1], choices=choice[2].replace("'", ""))
    return re.sub(r"(?s)'.*'", "...", message)


def epilog(fields: Fields) -> str:
    """The end of a command's help: what --json prints, and the exit codes."""
    lines = []
    if fields:
        width = max(len(name) for name in fields)
        lines += [tr("with --json:"), *(f"  {name.ljust(width)}  {text}" for name, text in fields.items()), ""]
    lines += [tr("exit codes:"), *(f"  {code:>3}  {tr(text)}" for code, text in MEANINGS.items())]
    return "\n".join(lines)


class Families:
    """The tree of commands while it is being written down."""

    def __init__(self, parser: Parser) -> None:
        self._top = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
        self._families: dict[str, Any] = {}

    def command(self, path: str, about: str, run: Run, fields: Fields, more: str = "") -> Parser:
        """A command `family word` or `word`; returns its parser, with --json where it has fields."""
        family, _, word = path.partition(" ")
        place = self._family(family) if word else self._top
        text = about if not more else f"{about}\n\n{more}"
        parser: Parser = place.add_parser(word or family, help=about, description=text, epilog=epilog(fields))
        parser.set_defaults(run=run)
        if fields:
            parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
        return parser

    def _family(self, name: str) -> Any:
        if name not in self._families:
            parser = self._top.add_parser(name, help=tr(FAMILIES[name]), description=tr(FAMILIES[name]))
            self._families[name] = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
        return self._families[name]


FAMILIES = {
    "practice": "make a practice, look at one, check one",
    "session": "play a session from a script, show one that was kept",
    "audit": "check the audit trail, sign its end, report a period of it",
    "member": "list who works here, add somebody, remove somebody",
    "key": "make the recovery kit, use it, change a passphrase, name a custodian",
    "archive": "make archives, verify them, try them out, restore a practice from one",
    "carry": "carry a planned session to another machine, run it there, bring it back once",
    "protocol": "list protocols and their numbers, check a file, take one in, give one out",
    "rehearse": "rehearse a session on the real board, in a practice that is thrown away",
    "worksheet": "list worksheets, make one as a PDF",
}


def whole_number(most: int) -> Callable[[str], int]:
    """A reader for a whole number from 0 to `most`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) > most:
            raise argparse.ArgumentTypeError(tr("a whole number from 0 to {most} is needed", most=most))
        return int(text)

    return read


def path(text: str) -> Path:
    """A reader for the name of a file or folder."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(tr("the name of a file or folder is needed"))
    return Path(text)


def add_passphrase(parser: Parser) -> None:
    """The option that says where a passphrase comes from when nobody is at the terminal."""
    parser.add_argument(
        "--passphrase-fd", type=whole_number(MOST_DESCRIPTOR), metavar="N",
        help=tr("read the passphrase from this file descriptor, one line of UTF-8; otherwise it is asked for"),
    )  # fmt: skip


def add_unlocking(parser: Parser, folder: bool = False) -> None:
    """The options of a command that unlocks a practice; folder: the practice is the first word, not an option."""
    if folder:
        parser.add_argument("folder", type=path, metavar="FOLDER", help=tr("the practice's folder"))
    else:
        parser.add_argument("--practice", type=path, metavar="FOLDER", help=tr("the practice's folder"))
    parser.add_argument("--member", metavar="NAME", help=tr("who unlocks; not needed where there is only one member"))
    parser.add_argument("--key-file", type=path, metavar="FILE", help=tr("the key file, for whoever unlocks with one"))
    add_passphrase(parser)
