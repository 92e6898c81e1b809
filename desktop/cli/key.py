"""Knows the commands for what opens a practice: the recovery kit, one's own passphrase, key files, the custodian."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli import show
from desktop.cli.asking import passphrase
from desktop.cli.codes import Exit, Usage
from desktop.cli.files import read_bytes, write_new
from desktop.cli.kit import Kit, at_desk, entered, member_in, warn
from desktop.cli.member import named, way_in
from desktop.cli.parsing import MOST_DESCRIPTOR, Families, Parser, add_unlocking, path, whole_number
from desktop.domain.words import tr
from desktop.services.custody import hand_over_custody, name_custodian
from desktop.services.desk import Desk
from desktop.services.keys import (
    OwnDraft,
    RecoverDraft,
    change_own,
    draw_factor,
    draw_kit,
    keep_kit,
    key_state,
    kit_page,
    recover,
    require_factor,
)
from desktop.services.ports_keys import KeyState

PAGES = ("A4", "Letter")
STATE = {
    "practice_id": "the practice's identifier",
    "epoch": "the number of the keys that hold now, from 1",
    "kit": "the recovery kit's public half, age1..., or null",
    "custodian": "the identifier of who opens custody together with the kit, or null",
    "members": "who can unlock: a list of id, name, key_file, key_file_wanted",
}
KIT = {
    "file": "where the page lies, as a whole path",
    "kit": "the public half of the kit that holds now, age1...",
    "replaced": "true when another kit was replaced, and everything encrypted anew",
    "epoch": "the number of the keys that hold now",
}
CHANGE = {
    "member": "the identifier of whose passphrase was changed",
    "key_file": "true when they unlock with a key file too",
    "epoch": "the number of the keys that hold now",
}
RECOVER = {"member": "the identifier of whose passphrase was set anew", "name": "their name"}


def add_to(families: Families) -> None:
    """Write the family down."""
    add_unlocking(families.command("key state", tr("say how the practice's keys stand"), run_state, STATE), folder=True)
    _add_kit(families)
    _add_change(families)
    back = families.command(
        "key recover", tr("set a member's passphrase anew with the recovery kit"), run_recover, RECOVER,
        tr("Every member is told of it at their next unlock. What that member kept to themselves alone stays "
           "closed to them; where a custodian is named, custody opens it."),
    )  # fmt: skip
    back.add_argument("folder", type=path, metavar="FOLDER", help=tr("the practice's folder"))
    back.add_argument("--member", metavar="NAME", help=tr("whose passphrase is set anew"))
    _descriptor(back, "--kit-fd", tr("read the kit from this file descriptor, one line; otherwise it is asked for"))
    _descriptor(back, "--new-passphrase-fd", tr("read the new passphrase from this file descriptor"))
    custodian = families.command(
        "key custodian", tr("name who opens, together with the kit, what a member kept to themselves"),
        run_custodian, STATE,
    )  # fmt: skip
    add_unlocking(custodian, folder=True)
    custodian.add_argument("who", metavar="NAME", help=tr("the custodian, by name or identifier"))
    _descriptor(custodian, "--kit-fd", tr("you are the custodian: with the kit from this file descriptor, hand over "
                                          "what was written before"))  # fmt: skip
    about = tr("want a key file of a member from their next change on")
    wanted = families.command("key require", about, run_require, STATE)
    add_unlocking(wanted, folder=True)
    wanted.add_argument("who", metavar="NAME", help=tr("the member, by name or identifier"))
    wanted.add_argument("--no-longer", action="store_true", help=tr("do not want it any more"))


def _add_kit(families: Families) -> None:
    made = families.command(
        "key kit", tr("make the recovery kit and write its page as a PDF"), run_kit, KIT,
        tr("The PDF and the text hold the secret and are not encrypted: print them, then delete them. Where there is a "
           "kit already, --replace is needed: everything is encrypted anew, and the old page opens nothing new."),
    )  # fmt: skip
    add_unlocking(made, folder=True)
    made.add_argument("--out", type=path, required=True, metavar="FILE", help=tr("the PDF to write"))
    made.add_argument("--text", type=path, metavar="FILE", help=tr("write the secret as a text file for age, too"))
    made.add_argument("--page", choices=PAGES, default=PAGES[0], help=tr("the size of the paper"))
    made.add_argument("--replace", action="store_true", help=tr("the old page was lost, stolen or seen"))


def _add_change(families: Families) -> None:
    change = families.command(
        "key change", tr("change your own passphrase, or take on a key file"), run_change, CHANGE,
        tr("The key file that you unlock with stays, unless --make-key-file or --drop-key-file is given."),
    )  # fmt: skip
    add_unlocking(change, folder=True)
    _descriptor(change, "--new-passphrase-fd", tr("read the new passphrase from this file descriptor"))
    change.add_argument("--make-key-file", type=path, metavar="FILE", help=tr("make a key file, needed from now on"))
    change.add_argument("--drop-key-file", action="store_true", help=tr("need no key file any more"))
    change.add_argument(
        "--renew", action="store_true",
        help=tr("somebody may have seen the passphrase: new keys for the whole practice"),
    )  # fmt: skip


def _descriptor(parser: Parser, option: str, about: str) -> None:
    parser.add_argument(option, type=whole_number(MOST_DESCRIPTOR), metavar="N", help=about)


def _state(state: KeyState) -> dict[str, object]:
    return {
        "practice_id": state.practice_id, "epoch": state.epoch, "kit": state.kit_public or None,
        "custodian": state.custodian or None,
        "members": [
            {"id": slot.member_id, "name": slot.name, "key_file": slot.factor, "key_file_wanted": slot.factor_required}
            for slot in state.slots
        ],
    }  # fmt: skip


def _tell(arguments: Namespace, state: KeyState) -> int:
    if arguments.json:
        show.emit(_state(state))
        return Exit.OK
    show.line(tr("practice {id}, keys number {n}", id=state.practice_id, n=state.epoch))
    show.line(tr("recovery kit: {kit}", kit=state.kit_public or tr("none; make one with `key kit`")))
    names = {slot.member_id: slot.name for slot in state.slots}
    show.line(tr("custodian: {name}", name=names.get(state.custodian, tr("none"))))
    for slot in state.slots:
        show.line(f"{slot.name}: {way_in(slot.factor, slot.factor_required)}")
    return Exit.OK


def run_state(kit: Kit, arguments: Namespace) -> int:
    """Say how the keys stand."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        state = key_state(desk, kit.door())
    return _tell(arguments, state)


def run_kit(kit: Kit, arguments: Namespace) -> int:
    """Make a kit: first its page lies where it was asked for, then the practice knows of it."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        door = kit.door()
        draft = draw_kit(desk, door)
        if draft.replaces and not arguments.replace:
            raise Usage(
                tr("This practice has a recovery kit already."), tr("Nothing was changed."),
                tr("Add --replace if its page was lost, stolen or seen."),
            )  # fmt: skip
        write_new(arguments.out, kit_page(desk, draft, arguments.page))
        with _said_if_it_fails(arguments.out, draft.public):
            if arguments.text is not None:
                write_new(arguments.text, (draft.text + "\n").encode("ascii"))
            state = keep_kit(desk, door, draft).value
    if arguments.json:
        show.emit({
            "file": str(arguments.out.resolve()), "kit": state.kit_public, "replaced": draft.replaces,
            "epoch": state.epoch,
        })  # fmt: skip
    else:
        show.line(tr("The recovery kit's page lies in {file}.", file=arguments.out.resolve()))
        if arguments.text is not None:
            show.line(tr("The same secret lies in {file}.", file=arguments.text.resolve()))
        show.line(tr("Print the page, keep it in a safe, and delete what was written: whoever has it can open the "
                     "practice."))  # fmt: skip
    return Exit.OK


@contextmanager
def _said_if_it_fails(file: Path | None, public: str = "") -> Iterator[None]:
    """A file that was written before the step within the block failed is left: it may be needed all the same."""
    try:
        yield
    except BaseException:
        if file is not None:
            show.tell(tr("{file} was written before this failed. Keep it until `key state` has shown what holds.",
                         file=file.resolve()))  # fmt: skip
        if public:
            show.tell(tr("It is the page of {public}.", public=public))
        raise


def run_change(kit: Kit, arguments: Namespace) -> int:
    """Change one's own passphrase: it is asked for once, to unlock, and once more in the new form."""
    if arguments.make_key_file is not None and arguments.drop_key_file:
        raise Usage(tr("A key file is either made or dropped."), tr("Nothing was changed."), tr("Give one of the two."))
    now = passphrase(arguments.passphrase_fd)
    held = None if arguments.key_file is None else read_bytes(arguments.key_file)
    door = kit.door()
    desk = entered(kit, arguments.folder, member_in(door.peek(arguments.folder), arguments.member), now, held)
    try:
        new = passphrase(
            arguments.new_passphrase_fd, new=True, label=tr("New passphrase: "), option="--new-passphrase-fd"
        )
        factor = _factor(kit, desk, arguments, held)
        with _said_if_it_fails(arguments.make_key_file):
            state = change_own(desk, door, OwnDraft(now, held, new, new, factor, arguments.renew)).value
    finally:
        door.leave(desk)
    slot = state.slot(desk.member.id)
    if arguments.json:
        show.emit({"member": desk.member.id, "key_file": bool(slot and slot.factor), "epoch": state.epoch})
    else:
        show.line(tr("Your passphrase was changed."))
        if arguments.make_key_file is not None:
            file = arguments.make_key_file.resolve()
            show.line(tr("From now on you also need {file}. Keep a copy of it.", file=file))
    return Exit.OK


def _factor(kit: Kit, desk: Desk, arguments: Namespace, held: bytes | None) -> bytes | None:
    """The key file from now on: a fresh one is written before it is needed."""
    if arguments.drop_key_file:
        return None
    if arguments.make_key_file is None:
        slot = key_state(desk, kit.door()).slot(desk.member.id)
        return held if slot is not None and slot.factor else None
    factor = draw_factor(desk, kit.door())
    write_new(arguments.make_key_file, factor)
    return factor


def run_recover(kit: Kit, arguments: Namespace) -> int:
    """Set a passphrase anew with the kit."""
    door = kit.door()
    peek = door.peek(arguments.folder)
    member = member_in(peek, arguments.member)
    typed = passphrase(arguments.kit_fd, label=tr("Recovery kit: "), option="--kit-fd")
    new = passphrase(
        arguments.new_passphrase_fd, new=True, label=tr("New passphrase: "), option="--new-passphrase-fd"
    )
    desk = recover(door, arguments.folder, RecoverDraft(member, typed, new, new))
    try:
        warn(door.found_at_unlock(desk))
    finally:
        door.leave(desk)
    if arguments.json:
        show.emit({"member": desk.member.id, "name": desk.member.name})
    else:
        show.line(tr("{name} unlocks with the new passphrase now. Every member is told of it.", name=desk.member.name))
    return Exit.OK


def run_custodian(kit: Kit, arguments: Namespace) -> int:
    """Name a custodian."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        who, door = named(desk, arguments.who).id, kit.door()
        if arguments.kit_fd is None:
            state = name_custodian(desk, door, who).value
        else:
            typed = passphrase(arguments.kit_fd, option="--kit-fd")
            state = hand_over_custody(desk, door, who, typed).value
    return _tell(arguments, state)


def run_require(kit: Kit, arguments: Namespace) -> int:
    """Want a key file of somebody."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        state = require_factor(desk, kit.door(), named(desk, arguments.who).id, not arguments.no_longer).value
    return _tell(arguments, state)
