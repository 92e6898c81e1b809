"""Knows the command that puts the log of archives on paper."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.archive import telling, unlocked
from desktop.cli.codes import Exit
from desktop.cli.files import write_new
from desktop.cli.kit import Kit
from desktop.cli.parsing import Families, add_unlocking, path
from desktop.domain.words import tr
from desktop.services.archive_log import archive_log_page

LOG = {
    "file": "where the page lies, as a whole path",
    "archives": "how many archives stand on it",
}
PAGES = ("A4", "Letter")


def add_to(families: Families) -> None:
    """Write the command down."""
    about = tr("write the log of archives as a PDF: each archive with its file's code, the checkpoints, room to sign")
    log = families.command("archive log", about, run_log, LOG)
    add_unlocking(log, folder=True)
    log.add_argument("--pdf", type=path, required=True, metavar="FILE", help=tr("write the page here"))
    log.add_argument("--page", choices=PAGES, default=PAGES[0], help=tr("the size of the paper"))
    log.add_argument("--force", action="store_true", help=tr("replace a file that is there already"))


def run_log(kit: Kit, arguments: Namespace) -> int:
    """Put the log on paper."""
    with unlocked(kit, arguments) as (desk, archives), telling() as report:
        page = archive_log_page(desk, archives, kit.archives().digest, report, arguments.page).value
        write_new(arguments.pdf, page.pdf, arguments.force)
    if arguments.json:
        show.emit({"file": str(arguments.pdf.resolve()), "archives": page.archives})
    else:
        show.line(tr("The log of archives lies in {file}.", file=arguments.pdf.resolve()))
        show.line(tr("Print it, let two members sign it in ink, and keep it away from the computer."))
    return Exit.OK
