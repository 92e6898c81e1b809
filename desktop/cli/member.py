"""Knows the commands that list who works here, take somebody in, and take somebody out for good."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.asking import passphrase, words
from desktop.cli.codes import Exit, Usage
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import MOST_DESCRIPTOR, Families, add_unlocking, whole_number
from desktop.domain.errors_practice import NoSuchMember
from desktop.domain.people import Member, Role, clean
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.keys import key_state, remove_member
from desktop.services.members import members
from desktop.services.practice import MemberDraft, add_member

LIST = {
    "practice_id": "the practice's identifier",
    "members": "everyone who works or worked here: a list of id, name, initials, roles, active, unlocks, key_file, "
    "key_file_wanted",
}
ADD = {"member": "the new member: id, name, initials, roles"}
REMOVE = {
    "removed": "the identifier of who was removed",
    "epoch": "the number of the keys that hold now",
    "members": "who can unlock now: a list of id, name",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    listing = families.command("member list", tr("list who works here and who can unlock"), run_list, LIST)
    add_unlocking(listing, folder=True)
    add = families.command(
        "member add", tr("take somebody into the practice, with a passphrase of their own"), run_add, ADD,
        tr("An owner unlocks; the new member types their passphrase unseen, or gives it on a descriptor of their own."),
    )  # fmt: skip
    add_unlocking(add, folder=True)
    add.add_argument("--name", metavar="TEXT", help=tr("the new member's name"))
    add.add_argument(
        "--role", action="append", choices=[role.value for role in Role], metavar="ROLE",
        help=tr("what they are here for: therapist, prescriber, assistant, owner; may be given again"),
    )  # fmt: skip
    add.add_argument(
        "--new-passphrase-fd", type=whole_number(MOST_DESCRIPTOR), metavar="N",
        help=tr("read the new member's passphrase from this file descriptor"),
    )  # fmt: skip
    remove = families.command(
        "member remove", tr("take somebody out for good: everything is encrypted anew"), run_remove, REMOVE,
        tr("Nobody else's passphrase is needed. The record of who they were stays; copies of the practice that were "
           "made before stay what they are. Takes as long as a copy of the database, and as much space."),
    )  # fmt: skip
    add_unlocking(remove, folder=True)
    remove.add_argument("who", metavar="NAME", help=tr("who is removed, by name or identifier"))
    remove.add_argument("--yes", action="store_true", help=tr("really do it"))


def named(desk: Desk, wanted: str) -> Member:
    """A member by name or identifier; NoSuchMember."""
    for member in members(desk):
        if wanted == member.id or clean(wanted) == clean(member.name):
            return member
    raise NoSuchMember


def run_list(kit: Kit, arguments: Namespace) -> int:
    """Print the members."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        found, state = members(desk), key_state(desk, kit.door())
    rows = []
    for member in found:
        slot = state.slot(member.id)
        rows.append({
            "id": member.id, "name": member.name, "initials": member.initials, "roles": sorted(member.roles),
            "active": member.active, "unlocks": slot is not None, "key_file": slot is not None and slot.factor,
            "key_file_wanted": slot is not None and slot.factor_required,
        })  # fmt: skip
    if arguments.json:
        show.emit({"practice_id": state.practice_id, "members": rows})
    else:
        show.table([(str(row["name"]), str(row["initials"]), ", ".join(sorted(member.roles)), _standing(row))
                    for row, member in zip(rows, found, strict=True)])  # fmt: skip
    return Exit.OK


def _standing(row: dict[str, object]) -> str:
    if not row["unlocks"]:
        return tr("removed")
    if not row["active"]:
        return tr("let go; can still open the files until removed")
    return way_in(bool(row["key_file"]), bool(row["key_file_wanted"]))


def way_in(key_file: bool, wanted: bool) -> str:
    """What a member unlocks with, in words. wanted: an owner wants a key file of them."""
    if key_file:
        return tr("passphrase and key file")
    return tr("passphrase; a key file is wanted from their next change on") if wanted else tr("passphrase")


def run_add(kit: Kit, arguments: Namespace) -> int:
    """Take somebody in."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        name = words(arguments.name, tr("Name of the new member:"), "--name")
        roles = frozenset(Role(role) for role in arguments.role or [Role.THERAPIST.value])
        secret = passphrase(
            arguments.new_passphrase_fd, new=True, label=tr("The new member's passphrase: "),
            option="--new-passphrase-fd",
        )  # fmt: skip
        member = add_member(desk, kit.door(), MemberDraft(name, secret, secret, roles)).value
    if arguments.json:
        show.emit({"member": {
            "id": member.id, "name": member.name, "initials": member.initials, "roles": sorted(member.roles),
        }})  # fmt: skip
    else:
        show.line(tr("{name} can unlock the practice now.", name=member.name))
    return Exit.OK


def run_remove(kit: Kit, arguments: Namespace) -> int:
    """Take somebody out."""
    if not arguments.yes:
        raise Usage(
            tr("Removing somebody cannot be taken back."), tr("Nothing was changed."), tr("Add --yes to do it.")
        )
    with at_desk(kit, arguments.folder, arguments) as desk:
        member = named(desk, arguments.who)
        state = remove_member(desk, kit.door(), member.id).value
    left = [{"id": slot.member_id, "name": slot.name} for slot in state.slots]
    if arguments.json:
        show.emit({"removed": member.id, "epoch": state.epoch, "members": left})
    else:
        show.line(tr("{name} cannot open the practice any more; everything was encrypted anew.", name=member.name))
        show.line(tr("What was copied before stays open to them: archives, copies of the folder, paper."))
    return Exit.OK
