"""Knows the commands that list protocols, show their numbers, check a file, take one in and give one out."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from desktop.cli import show
from desktop.cli.asking import words
from desktop.cli.codes import Exit
from desktop.cli.files import read_text, write_new
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking, path
from desktop.domain.amounts import plain
from desktop.domain.errors import Refused
from desktop.domain.protocol import Figure, Protocol
from desktop.domain.protocol_file import read_protocol
from desktop.domain.protocol_numbers import Numbered, numbers
from desktop.domain.words import tr
from desktop.services.protocols import (
    Made,
    check_file,
    export_protocol,
    import_protocol,
    protocol_page,
    protocol_rows,
)
from desktop.services.shelf import shipped_texts

LIST = {
    "protocols": "what there is: a list of id, title, medicine, route, edition, enabled (sessions can be planned with "
    "it), own (the practice has an edition of its own), legal_checked",
}
SHOW = {
    "id": "the protocol's id",
    "title": "its title",
    "medicine": "the medicine",
    "route": "how it is given",
    "edition": "the number of its edition",
    "enabled": "whether sessions can be planned with it",
    "own": "whether it is an edition of the practice's own",
    "legal_note": "what the law said, or empty",
    "legal_checked": "on which day somebody looked, or null",
    "staffing": "who is in the room",
    "numbers": "a list of path, group, name, unit, value, basis, source, was, changed_by, changed_on, why, "
    "confirmed_by, confirmed_on",
    "history": "every edition that the practice made of it, the newest first: a list of number, done, about, by, at, "
    "reason",
}
CHECK = {
    "file": "the file that was read",
    "id": "the protocol's id",
    "title": "its title",
    "enabled": "what the file says of itself; taken in, a new one is switched off",
    "numbers": "how many numbers it has",
}
IMPORT = {
    "id": "the protocol's id",
    "title": "its title",
    "enabled": "whether sessions can be planned with it",
    "edition": "the number of its edition",
}
EXPORT = {
    "file": "where the file lies, as a whole path",
    "id": "the protocol's id",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    shipped = tr("Without --practice: as it is shipped. With it: as the practice has it.")
    listing = families.command("protocol list", tr("list the protocols there are"), run_list, LIST, shipped)
    add_unlocking(listing)
    showing = families.command(
        "protocol show", tr("print a protocol's numbers, each with where it comes from"), run_show, SHOW, shipped
    )
    showing.add_argument("protocol", metavar="ID", help=tr("an id of `protocol list`"))
    add_unlocking(showing)
    check = families.command(
        "protocol check", tr("read a protocol file and say what is wrong with it, by line"), run_check, CHECK,
        tr("Nothing is unlocked and nothing is kept."),
    )  # fmt: skip
    check.add_argument("file", metavar="FILE", help=tr("the TOML file, or - for standard input"))
    take = families.command(
        "protocol import", tr("take a protocol of your own into the practice"), run_import, IMPORT,
        tr("An owner or a prescriber unlocks. A new protocol is switched off until somebody switches it on."),
    )  # fmt: skip
    take.add_argument("file", metavar="FILE", help=tr("the TOML file, or - for standard input"))
    take.add_argument("--reason", metavar="TEXT", help=tr("why; it is kept with the edition"))
    take.add_argument("--replace", action="store_true", help=tr("let it take the place of the one of the same id"))
    add_unlocking(take)
    give = families.command("protocol export", tr("write a protocol to a file"), run_export, EXPORT, shipped)
    give.add_argument("protocol", metavar="ID", help=tr("an id of `protocol list`"))
    give.add_argument("--out", type=path, required=True, metavar="FILE", help=tr("the TOML file to write"))
    give.add_argument("--force", action="store_true", help=tr("replace a file that is there already"))
    add_unlocking(give)


def _shipped(kit: Kit) -> tuple[Protocol, ...]:
    found = (read_protocol(text, file) for file, text in shipped_texts(kit.resources()).items())
    return tuple(sorted(found, key=lambda protocol: protocol.title))


def _shipped_one(kit: Kit, protocol_id: str) -> Protocol:
    for protocol in _shipped(kit):
        if protocol.id == protocol_id:
            return protocol
    raise Refused(
        "no_protocol", tr("There is no protocol of this name."), next_step=tr("`protocol list` names them.")
    )


def run_list(kit: Kit, arguments: Namespace) -> int:
    """Print the protocols, by title."""
    if arguments.practice is None:
        found = [(protocol, False) for protocol in _shipped(kit)]
    else:
        with at_desk(kit, arguments.practice, arguments) as desk:
            found = [(row.protocol, row.own) for row in protocol_rows(desk)]
    if arguments.json:
        show.emit({"protocols": [_told(protocol, own) for protocol, own in found]})
    else:
        show.table([
            (protocol.id, protocol.title, tr("on") if protocol.enabled else tr("switched off"),
             tr("your own") if own else tr("as shipped")) for protocol, own in found
        ])  # fmt: skip
    return Exit.OK


def _told(protocol: Protocol, own: bool) -> dict[str, Any]:
    return {
        "id": protocol.id, "title": protocol.title, "medicine": protocol.medicine, "route": protocol.route,
        "edition": protocol.edition, "enabled": protocol.enabled, "own": own,
        "legal_checked": None if protocol.legal is None else protocol.legal.checked.isoformat(),
    }  # fmt: skip


def run_show(kit: Kit, arguments: Namespace) -> int:
    """Print one protocol."""
    history: tuple[Made, ...] = ()
    own = False
    if arguments.practice is None:
        protocol = _shipped_one(kit, arguments.protocol)
    else:
        with at_desk(kit, arguments.practice, arguments) as desk:
            page = protocol_page(desk, arguments.protocol)
        protocol, own, history = page.row.protocol, page.row.own, page.history
    if arguments.json:
        note = "" if protocol.legal is None else protocol.legal.note
        listed = [_number(each) for each in numbers(protocol)]
        told = _told(protocol, own)
        checked = told.pop("legal_checked")
        show.emit({
            **told, "legal_note": note, "legal_checked": checked, "staffing": protocol.staffing, "numbers": listed,
            "history": [_made(made) for made in history],
        })  # fmt: skip
        return Exit.OK
    show.line(protocol.title if protocol.enabled else tr("{title} (switched off)", title=protocol.title))
    if protocol.legal is not None:
        show.line(tr("{note} Checked on {day}.", note=protocol.legal.note, day=protocol.legal.checked.isoformat()))
    group = ""
    for each in numbers(protocol):
        if each.group != group:
            group = each.group
            show.line()
            show.line(group)
        show.line("  " + "  ".join((f"{plain(each.figure.value)} {each.unit}".strip(), each.name, whence(each.figure))))
    return Exit.OK


def whence(figure: Figure) -> str:
    """Where a number comes from, and who set or confirmed it, in one line."""
    parts = [figure.source or figure.basis.value]
    if figure.changed is not None and figure.changed.was is not None:
        mark = figure.changed
        was = tr("{n}: {basis}", n=plain(figure.changed.was), basis=parts[0])
        parts = [tr("set by {who} on {day}, before it was {was}", who=mark.by, day=mark.on, was=was)]
    if figure.confirmed is not None:
        parts.append(tr("confirmed by {who} on {day}", who=figure.confirmed.by, day=figure.confirmed.on))
    return f"({'; '.join(parts)})"


def _number(each: Numbered) -> dict[str, Any]:
    figure, changed, confirmed = each.figure, each.figure.changed, each.figure.confirmed
    was = None if changed is None or changed.was is None else plain(changed.was)
    return {
        "path": each.path, "group": each.group, "name": each.name, "unit": each.unit, "value": plain(figure.value),
        "basis": figure.basis.value, "source": figure.source, "was": was,
        "changed_by": None if changed is None else changed.by, "changed_on": None if changed is None else changed.on,
        "why": None if changed is None else changed.why,
        "confirmed_by": None if confirmed is None else confirmed.by,
        "confirmed_on": None if confirmed is None else confirmed.on,
    }  # fmt: skip


def _made(made: Made) -> dict[str, Any]:
    edition = made.edition
    return {
        "number": edition.number, "done": edition.done.value, "about": made.name, "by": made.by,
        "at": edition.made.utc.isoformat(), "reason": edition.reason,
    }  # fmt: skip


def run_check(kit: Kit, arguments: Namespace) -> int:
    """Read a file; the error says the line."""
    found = check_file(read_text(arguments.file), _name(arguments.file))
    count = len(numbers(found))
    if arguments.json:
        show.emit({
            "file": arguments.file, "id": found.id, "title": found.title, "enabled": found.enabled, "numbers": count,
        })  # fmt: skip
    else:
        show.line(tr("{title}: can be used, {n} numbers.", title=found.title, n=count))
    return Exit.OK


def _name(file: str) -> str:
    return tr("standard input") if file == "-" else file


def run_import(kit: Kit, arguments: Namespace) -> int:
    """Take a file in."""
    text = read_text(arguments.file)
    found = check_file(text, _name(arguments.file))
    folder = words(arguments.practice and str(arguments.practice), tr("The practice's folder:"), "--practice")
    reason = words(arguments.reason, tr("Why:"), "--reason")
    with at_desk(kit, path(folder), arguments) as desk:
        seen = None
        if arguments.replace:
            there = any(row.protocol.id == found.id for row in protocol_rows(desk))
            seen = protocol_page(desk, found.id).seen if there else 0
        kept = import_protocol(desk, text, _name(arguments.file), reason, seen).value
    if arguments.json:
        show.emit({"id": kept.id, "title": kept.title, "enabled": kept.enabled, "edition": kept.edition})
    else:
        off = tr("It is switched off until an owner or a prescriber switches it on, under Protocols.")
        show.line(tr("{title} was taken in.", title=kept.title) + ("" if kept.enabled else " " + off))
    return Exit.OK


def run_export(kit: Kit, arguments: Namespace) -> int:
    """Write a protocol to a file."""
    if arguments.practice is None:
        text = _shipped_one(kit, arguments.protocol).text
    else:
        with at_desk(kit, arguments.practice, arguments) as desk:
            text = export_protocol(desk, arguments.protocol)[1]
    write_new(arguments.out, text.encode(), arguments.force)
    file = str(arguments.out.resolve())
    if arguments.json:
        show.emit({"file": file, "id": arguments.protocol})
    else:
        show.line(file)
    return Exit.OK
