"""Knows the commands that carry a planned session to another machine, run it there, and bring it back once."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import Any

from desktop.cli import show
from desktop.cli.asking import passphrase, secret_line, words
from desktop.cli.codes import Exit, Usage
from desktop.cli.files import read_bytes, write_new
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import MOST_DESCRIPTOR, Families, add_unlocking, path, whole_number
from desktop.domain.carried import LONGEST, MOST_BUNDLE, MOST_RETURN, USUAL, Carried, CarriedRow, CarryState
from desktop.domain.errors import Refused
from desktop.domain.words import tr

HOUR = timedelta(hours=1)
MAKE = {
    "carried_id": "the identifier of this carrying",
    "session_id": "the session that is away now",
    "file": "the bundle, as a whole path",
    "expires": "until when the session may be begun elsewhere, in UTC",
    "passphrase": "the passphrase that was drawn, shown this once; null when you gave one",
}
OPEN = {
    "carried_id": "the identifier of this carrying",
    "session_id": "the session that travels",
    "folder": "the travelling practice, as a whole path",
    "practice": "the name of the home practice",
    "expires": "until when the session may be begun here, in UTC",
    "members": "who may open the folder, all with the bundle's passphrase: a list of id, name",
}
FINISH = {
    "file": "the file that goes home, as a whole path",
    "entries": "how many entries are in it, the opening included; 0 for a session that was never begun",
    "running": "true when the session was not closed: what is entered after this is not in the file",
}
RETURN = {
    "carried_id": "the identifier of this carrying",
    "session_id": "the session that is home again",
    "entries": "how many entries came, the opening included",
    "closed": "true when the session is over",
    "receipt": "to be typed on the other machine before the folder there is forgotten",
}
LISTED = {
    "carried": "every carried session, newest first: a list of carried_id, session_id, planned_for, state, made, by, "
               "expires, settled, settled_by, entries, reason",
}  # fmt: skip
TAKE_BACK = {
    "carried_id": "the identifier of this carrying",
    "session_id": "the session that may be begun here again",
    "state": "taken_back",
}
WIPE = {"folder": "the folder whose keys were destroyed", "removed": "true when nothing of it is left"}


def add_to(families: Families) -> None:
    """Write the family down."""
    make = families.command("carry make", tr("give a planned session out as an encrypted file"), run_make, MAKE, tr(
        "From then on the session cannot be begun here until it is brought back or taken back."))  # fmt: skip
    add_unlocking(make, folder=True)
    make.add_argument("session", metavar="SESSION", help=tr("the planned session's identifier"))
    make.add_argument("--out", type=path, required=True, metavar="FILE", help=tr("the file to write"))
    make.add_argument("--hours", type=whole_number(LONGEST // HOUR), default=USUAL // HOUR, metavar="N", help=tr(
        "for how many hours it may be begun elsewhere; {n} when not given", n=USUAL // HOUR))  # fmt: skip
    make.add_argument("--bundle-passphrase-fd", type=whole_number(MOST_DESCRIPTOR), metavar="N", help=tr(
        "read the file's passphrase from this descriptor; otherwise one is drawn and shown once"))  # fmt: skip
    opening = families.command("carry open", tr("make a travelling practice of such a file"), run_open, OPEN, tr(
        "The passphrase is the one of the file. The folder takes the board's entries and nothing else."))  # fmt: skip
    opening.add_argument("file", type=path, metavar="FILE", help=tr("the carried session"))
    opening.add_argument("--folder", type=path, metavar="DIR", help=tr("a new or empty folder; else one is chosen"))
    opening.add_argument("--member", metavar="NAME", help=tr("who opens it first: name or initials"))
    opening.add_argument("--passphrase-fd", type=whole_number(MOST_DESCRIPTOR), metavar="N", help=tr(
        "read the file's passphrase from this descriptor; otherwise it is asked for"))  # fmt: skip
    finish = families.command("carry finish", tr("write the file that goes home"), run_finish, FINISH)
    add_unlocking(finish, folder=True)
    finish.add_argument("--out", type=path, required=True, metavar="FILE", help=tr("the file to write"))
    _home(families)
    wipe = families.command("carry wipe", tr("forget a travelling practice"), run_wipe, WIPE, tr(
        "Its keys are destroyed and its files removed. That every block of the disk is overwritten is not promised."))
    add_unlocking(wipe, folder=True)
    wipe.add_argument("--receipt", metavar="LETTERS", help=tr(
        "what the home practice showed; not needed for a session that was never begun"))  # fmt: skip


def _home(families: Families) -> None:
    back = families.command("carry return", tr("take what such a file brings home, once"), run_return, RETURN)
    add_unlocking(back, folder=True)
    back.add_argument("file", type=path, metavar="FILE", help=tr("the file from the other machine"))
    listed = families.command("carry list", tr("say which sessions are away, and what came of the others"), run_list,
                              LISTED)  # fmt: skip
    add_unlocking(listed, folder=True)
    taken = families.command("carry take-back", tr("stop waiting for a carried session"), run_take_back, TAKE_BACK, tr(
        "It may be begun here again, and nothing is accepted from the other machine any more."))  # fmt: skip
    add_unlocking(taken, folder=True)
    taken.add_argument("carried", metavar="ID", help=tr("the carrying's identifier, as `carry list` shows it"))
    taken.add_argument("--reason", metavar="TEXT", help=tr("why; kept with it"))


def require_free(out: Path) -> None:
    """Refused when a file or folder is there already, before anything else is done."""
    if out.exists():
        raise Refused(
            "file_there", tr("There is a file or folder of this name already."), next_step=tr("Choose another name.")
        )


def run_make(kit: Kit, arguments: Namespace) -> int:
    """Give a session out."""
    from desktop.services.carrying import CarryDraft, give_out

    require_free(arguments.out)
    typed = ""
    with at_desk(kit, arguments.folder, arguments) as desk:
        if arguments.bundle_passphrase_fd is not None:
            typed = secret_line(arguments.bundle_passphrase_fd, "", "--bundle-passphrase-fd")
        draft = CarryDraft(arguments.session, typed, typed, arguments.hours)
        given = give_out(desk, kit.carry(), draft, lambda file: write_new(arguments.out, file)).value
    if arguments.json:
        show.emit({
            "carried_id": given.carried.id, "session_id": given.carried.session_id,
            "file": str(arguments.out.resolve()), "expires": given.carried.expires.utc.isoformat(),
            "passphrase": None if typed else given.passphrase,
        })  # fmt: skip
        return Exit.OK
    show.line(tr("The session is carried: it cannot be begun here until it is back. File: {file}",
                 file=arguments.out.resolve()))  # fmt: skip
    show.line(tr("It may be begun elsewhere until {when:%Y-%m-%d %H:%M}.", when=given.carried.expires.local))
    if not typed:
        show.line(tr("Passphrase, shown this once: {passphrase}", passphrase=given.passphrase))
        show.line(tr("Take it on another way than the file."))
    return Exit.OK


def run_open(kit: Kit, arguments: Namespace) -> int:
    """Make a travelling practice."""
    from desktop.services.elsewhere import look_into, member_named, settle_elsewhere

    carry = kit.carry()
    file = read_bytes(arguments.file, MOST_BUNDLE)
    secret = passphrase(arguments.passphrase_fd, label=tr("Passphrase of the carried session: "))
    bundle = look_into(carry, file, secret)
    member = member_named(bundle, words(arguments.member, tr("Your name or initials:"), "--member"))
    folder = arguments.folder or carry.place_for(bundle.id)
    if folder is None:
        raise Usage(tr("No place for it is known."), tr("Nothing was changed."), tr("Name a folder with --folder."))
    settle_elsewhere(carry, bundle, file, folder, member, secret)
    if arguments.json:
        members = [{"id": each.id, "name": each.name} for each in bundle.members]
        show.emit({
            "carried_id": bundle.id, "session_id": bundle.session.id, "folder": str(folder.resolve()),
            "practice": bundle.practice, "expires": bundle.expires.utc.isoformat(), "members": members,
        })  # fmt: skip
        return Exit.OK
    show.line(tr("The carried session of {practice} lies in {folder}.", practice=bundle.practice,
                 folder=folder.resolve()))  # fmt: skip
    show.line(tr("Open the window with this folder and unlock with the same passphrase. Begin it until "
                 "{when:%Y-%m-%d %H:%M}.", when=bundle.expires.local))  # fmt: skip
    return Exit.OK


def run_finish(kit: Kit, arguments: Namespace) -> int:
    """Write the file that goes home."""
    from desktop.services.elsewhere import make_return

    require_free(arguments.out)
    with at_desk(kit, arguments.folder, arguments) as desk:
        made = make_return(desk, kit.carry(), lambda file: write_new(arguments.out, file))
    if arguments.json:
        show.emit({"file": str(arguments.out.resolve()), "entries": made.entries, "running": made.running})
        return Exit.OK
    show.line(tr("{n} entries are in {file}. Only the home practice opens it.", n=made.entries,
                 file=arguments.out.resolve()))  # fmt: skip
    if made.running:
        show.line(tr("The session is not closed. Only one return is taken at home: what is entered here after this is "
                     "not in the file."))  # fmt: skip
    return Exit.OK


def run_return(kit: Kit, arguments: Namespace) -> int:
    """Take what came home."""
    from desktop.services.homecoming import bring_back

    file = read_bytes(arguments.file, MOST_RETURN)
    with at_desk(kit, arguments.folder, arguments) as desk:
        came = bring_back(desk, kit.carry(), file).value
    if arguments.json:
        show.emit({
            "carried_id": came.carried.id, "session_id": came.session.id, "entries": came.entries,
            "closed": came.closed, "receipt": came.receipt,
        })  # fmt: skip
        return Exit.OK
    if came.entries:
        show.line(tr("{n} entries are in the session now.", n=came.entries))
    else:
        show.line(tr("It was never begun there. It may be begun here again."))
    show.line(tr("Receipt for the other machine: {receipt}", receipt=came.receipt))
    return Exit.OK


def run_list(kit: Kit, arguments: Namespace) -> int:
    """Print what is away, and what was."""
    from desktop.services.carrying import carried_rows

    with at_desk(kit, arguments.folder, arguments) as desk:
        rows = carried_rows(desk)
    if arguments.json:
        show.emit({"carried": [_fields(row) for row in rows]})
    elif rows:
        show.table([(row.carried.id, row.carried.session_id, f"{row.planned_for}", state_words(row.carried),
                     f"{row.carried.expires.local:%Y-%m-%d %H:%M}") for row in rows])  # fmt: skip
    else:
        show.line(tr("No session was ever carried."))
    return Exit.OK


def state_words(carried: Carried) -> str:
    """Where a carried session stands."""
    return {
        CarryState.OUT: tr("away"), CarryState.RETURNED: tr("came back, {n} entries", n=carried.entries),
        CarryState.TAKEN_BACK: tr("taken back"),
    }[carried.state]  # fmt: skip


def _fields(row: CarriedRow) -> dict[str, Any]:
    one = row.carried
    return {
        "carried_id": one.id, "session_id": one.session_id, "planned_for": row.planned_for.isoformat(),
        "state": one.state.value, "made": one.made.utc.isoformat(), "by": row.by,
        "expires": one.expires.utc.isoformat(), "settled": None if one.settled is None else one.settled.utc.isoformat(),
        "settled_by": row.settled_by, "entries": one.entries, "reason": one.reason,
    }  # fmt: skip


def run_take_back(kit: Kit, arguments: Namespace) -> int:
    """Stop waiting."""
    from desktop.services.carrying import take_back

    with at_desk(kit, arguments.folder, arguments) as desk:
        reason = words(arguments.reason, tr("Why is it taken back?"), "--reason")
        settled = take_back(desk, arguments.carried, reason).value
    if arguments.json:
        show.emit({"carried_id": settled.id, "session_id": settled.session_id, "state": settled.state.value})
    else:
        show.line(tr("It may be begun here again. Nothing is accepted from the other machine any more."))
    return Exit.OK


def run_wipe(kit: Kit, arguments: Namespace) -> int:
    """Forget a travelling practice."""
    from desktop.services.elsewhere import require_nothing_lost, require_receipt

    with at_desk(kit, arguments.folder, arguments) as desk:
        if arguments.receipt is None:
            require_nothing_lost(desk)
        else:
            require_receipt(desk, kit.carry(), arguments.receipt)
    folder = arguments.folder.resolve()
    kit.carry().wipe(folder)
    if arguments.json:
        show.emit({"folder": str(folder), "removed": not folder.exists()})
    else:
        show.line(tr("The keys of {folder} are destroyed and its files removed.", folder=folder))
        show.line(tr("A disk may keep old blocks; without the keys nobody reads them."))
    return Exit.OK
