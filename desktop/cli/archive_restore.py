"""Knows the command that makes a practice out of an archive, on a machine that may have nothing else."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.cli import show
from desktop.cli.archive import telling
from desktop.cli.asking import passphrase, secret_line
from desktop.cli.codes import Exit, Usage
from desktop.cli.kit import Kit
from desktop.cli.parsing import MOST_DESCRIPTOR, Families, add_passphrase, path, whole_number
from desktop.domain.people import clean
from desktop.domain.words import tr
from desktop.services.ports_archives import RestoreWish

RESTORE = {
    "folder": "where the practice lies now, as a whole path",
    "practice_id": "its identifier",
    "counter": "the archive's number",
    "made": "when the archive was made, in UTC",
    "rows": "how many records were compared",
    "seconds": "how long it took",
}


def add_to(families: Families) -> None:
    """Write the command down."""
    parser = families.command(
        "archive restore", tr("make a practice out of an archive, compared row for row"), run_restore, RESTORE,
        tr("Opened with a member's passphrase and the key file beside the archive, or with the recovery kit alone."),
    )  # fmt: skip
    parser.add_argument("archive", type=path, metavar="FILE", help=tr("the archive, a file that ends in .age"))
    parser.add_argument("folder", type=path, metavar="FOLDER", help=tr("a new or empty folder for the practice"))
    parser.add_argument("--member", metavar="NAME", help=tr("who unlocks; not needed where there is only one member"))
    parser.add_argument("--key-file", type=path, metavar="FILE", help=tr("the key file, for whoever unlocks with one"))
    add_passphrase(parser)
    parser.add_argument("--kit", action="store_true", help=tr("ask for the recovery kit instead of a passphrase"))
    parser.add_argument("--kit-fd", type=whole_number(MOST_DESCRIPTOR), metavar="N",
                        help=tr("read the recovery kit's text from this file descriptor, one line"))  # fmt: skip
    parser.add_argument("--older", action="store_true", help=tr("this archive is wanted although a newer one is known"))


def run_restore(kit: Kit, arguments: Namespace) -> int:
    """Restore, whole or not at all."""
    door = kit.archives()
    wish = _wish(arguments, () if _by_kit(arguments) else door.members_beside(arguments.archive))
    with telling() as report:
        done = door.restore(wish, report)
    folder = Path(done.folder).resolve()
    if arguments.json:
        show.emit({
            "folder": str(folder), "practice_id": done.practice_id, "counter": done.counter,
            "made": done.made.isoformat(), "rows": done.rows, "seconds": round(done.seconds, 3),
        })  # fmt: skip
    else:
        show.line(tr("The practice was restored into {folder}.", folder=folder))
        show.line(tr("archive {n} of {made:%Y-%m-%d %H:%M} UTC; {rows} records compared; {s:.1f} s",
                     n=done.counter, made=done.made, rows=done.rows, s=done.seconds))  # fmt: skip
    return Exit.OK


def _by_kit(arguments: Namespace) -> bool:
    return bool(arguments.kit or arguments.kit_fd is not None)


def _wish(arguments: Namespace, names: tuple[str, ...]) -> RestoreWish:
    if _by_kit(arguments):
        text = secret_line(arguments.kit_fd, tr("Recovery kit (AGE-SECRET-KEY-1…): "), "--kit-fd")
        return RestoreWish(arguments.archive, arguments.folder, kit=text, older=arguments.older)
    member = _member(names, arguments.member)
    secret = passphrase(arguments.passphrase_fd)
    return RestoreWish(
        arguments.archive, arguments.folder, member, secret, older=arguments.older, key_file=arguments.key_file
    )


def _member(names: tuple[str, ...], wanted: str | None) -> str:
    if wanted is None:
        if len(names) == 1:
            return names[0]
        raise Usage(
            tr("This practice has several members."), tr("Nothing was changed."),
            tr("Say who you are with --member; the names are: {names}.", names=", ".join(names)),
        )  # fmt: skip
    return next((name for name in names if clean(name) == clean(wanted)), wanted)
