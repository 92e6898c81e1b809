"""Knows the commands that list the worksheets and make one as a PDF: blank, or for one audience of a session."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.codes import Exit, Usage
from desktop.cli.files import write_new
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, Parser, add_unlocking, path
from desktop.domain.errors import Refused
from desktop.domain.paper import Compartment
from desktop.domain.words import tr
from desktop.domain.worksheet import SheetFacts, WorksheetTemplate, fill, read_worksheet
from desktop.services.worksheets import FOLDER, Paper, PaperUse

SIZES = ("A4", "Letter")
OF_A_SESSION = ("downtime", "touch", "handover", "prescriber", "flowsheet")
CARD = "emergency"

LIST = {
    "worksheets": "what there is: a list of id, title, about, minutes (about how long one takes a person)",
    "pages": "what is printed beside them, of a session or of nobody: a list of ids",
}
MAKE = {
    "file": "where the PDF lies, as a whole path",
    "worksheet": "the id that was given",
    "title": "its title",
    "copy": "whose copy it is: a, b, alone, both, in a group 3a or 3, or blank",
    "bytes": "how large the PDF is",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    families.command("worksheet list", tr("list the worksheets there are"), run_list, LIST)
    make = families.command(
        "worksheet make", tr("make a worksheet or a page of a session as a PDF"), run_make, MAKE,
        tr("Without --session the sheet is blank. The PDF is not encrypted: it leaves the practice."),
    )  # fmt: skip
    make.add_argument("worksheet", metavar="ID", help=tr("an id of `worksheet list`"))
    make.add_argument("--session", metavar="ID", help=tr("the session whose people and words are printed"))
    make.add_argument("--copy", metavar="COPY", help=tr("whose copy: a, b, alone, both, in a group 3a or 3"))
    _add_out(make)
    printed = families.command(
        "session print", tr("make a page of a session that was kept as a PDF"), run_print, MAKE,
        tr("The PDF is not encrypted: it leaves the practice."),
    )  # fmt: skip
    printed.add_argument("session", metavar="ID", help=tr("the session's identifier"))
    printed.add_argument("worksheet", metavar="PAGE", help=tr("an id of `worksheet list`, of its pages too"))
    printed.add_argument("--copy", metavar="COPY", required=True, help=tr("whose copy: a, b, alone, in a group 3a"))
    _add_out(printed)


def _add_out(make: Parser) -> None:
    """Where the file goes, and who unlocks."""
    make.add_argument("--out", type=path, required=True, metavar="FILE", help=tr("the PDF to write"))
    make.add_argument("--force", action="store_true", help=tr("replace a file that is there already"))
    make.add_argument("--page", choices=SIZES, default=SIZES[0], help=tr("the size of the paper"))
    add_unlocking(make)


def templates(kit: Kit) -> tuple[WorksheetTemplate, ...]:
    """Every worksheet there is, by title."""
    resources = kit.resources()
    files = resources.names(FOLDER, ".toml")
    found = (read_worksheet(resources.text(f"{FOLDER}/{file}"), file) for file in files)
    return tuple(sorted(found, key=lambda sheet: sheet.title))


def run_list(kit: Kit, arguments: Namespace) -> int:
    """Print the worksheets, by title."""
    found = templates(kit)
    if arguments.json:
        listed = [
            {"id": sheet.id, "title": sheet.title, "about": sheet.about, "minutes": sheet.minutes} for sheet in found
        ]
        show.emit({"worksheets": listed, "pages": [*OF_A_SESSION, CARD]})
    else:
        rows = [(sheet.id, sheet.title, tr("{n} min", n=sheet.minutes)) for sheet in found]
        pages = [(page, tr("of a session"), "") for page in OF_A_SESSION]
        show.table([*rows, *pages, (CARD, tr("the emergency card, for the wall"), "")])
    return Exit.OK


def run_make(kit: Kit, arguments: Namespace) -> int:
    """Make one PDF."""
    copy = _copy(arguments)
    if arguments.session is None:
        paper = _blank(kit, arguments)
    else:
        paper = _of_session(kit, arguments, copy)
    return _written(arguments, paper, copy)


def run_print(kit: Kit, arguments: Namespace) -> int:
    """Make one page of a session that was kept."""
    if arguments.practice is None:
        raise _usage(tr("A sheet of a session needs --practice and --copy."))
    return _written(arguments, _of_session(kit, arguments, arguments.copy), arguments.copy)


def _of_session(kit: Kit, arguments: Namespace, copy: str) -> Paper:
    # Imported late: a blank sheet needs none of it.
    from desktop.services.paperwork import paper_for

    with at_desk(kit, arguments.practice, arguments) as desk:
        return paper_for(desk, arguments.worksheet, arguments.session, copy, PaperUse.SAVE, arguments.page)


def _written(arguments: Namespace, paper: Paper, copy: str) -> int:
    write_new(arguments.out, paper.pdf, arguments.force)
    file = str(arguments.out.resolve())
    if arguments.json:
        show.emit({
            "file": file, "worksheet": arguments.worksheet, "title": paper.title, "copy": copy, "bytes": len(paper.pdf)
        })  # fmt: skip
    else:
        show.line(file)
    return Exit.OK


def _copy(arguments: Namespace) -> str:
    """Whose copy is asked for; Usage when the options do not go together."""
    if arguments.session is None:
        if arguments.copy or arguments.practice or arguments.worksheet in OF_A_SESSION:
            raise _usage(tr("A copy of somebody's session needs --session."))
        return "blank"
    if arguments.practice is None or arguments.copy is None:
        raise _usage(tr("A sheet of a session needs --practice and --copy."))
    return str(arguments.copy)


def _usage(what: str) -> Usage:
    return Usage(what, tr("Nothing was changed."), tr("See `worksheet make --help`."))


def _card(kit: Kit, arguments: Namespace) -> Paper:
    """The emergency card without a practice's name."""
    from desktop.domain.cards import read_card
    from desktop.services.emergency_page import emergency_sheet

    card = read_card(kit.resources().text(f"cards/{CARD}.toml"), f"{CARD}.toml")
    sheet = emergency_sheet(card, "", kit.clock.now().local.strftime("%Y-%m-%d %H:%M"), kit.version)
    return Paper(sheet.head.title, "emergency-card.pdf", kit.press().page(sheet, arguments.page))


def _blank(kit: Kit, arguments: Namespace) -> Paper:
    if arguments.worksheet == CARD:
        return _card(kit, arguments)
    found = {sheet.id: sheet for sheet in templates(kit)}
    if arguments.worksheet not in found:
        raise Refused(
            "no_worksheet", tr("There is no worksheet of this name."), next_step=tr("`worksheet list` names them.")
        )
    template = found[arguments.worksheet]
    printed = kit.clock.now().local.date().isoformat()
    facts = SheetFacts("", Compartment.ALONE, printed_on=printed, program_version=kit.version)
    pdf = kit.press().worksheet(fill(template, facts), arguments.page)
    return Paper(template.title, f"{template.id}-blank.pdf", pdf)
