"""Knows the commands that make a practice, look at one from outside, and check one from inside."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desktop.cli import show
from desktop.cli.asking import passphrase, words
from desktop.cli.codes import Exit
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_passphrase, add_unlocking, path
from desktop.domain.people import Role
from desktop.domain.words import tr
from desktop.services.practice import Finding, PracticeDraft, create_practice

CREATE = {
    "folder": "where the practice lies, as a whole path",
    "practice": "its name",
    "practice_id": "its identifier",
    "member": "its first member: id, name, roles",
}
INFO = {
    "folder": "where the practice lies, as a whole path",
    "practice_id": "its identifier",
    "members": "who may unlock it: a list of id, name",
}
CHECK = {
    "folder": "where the practice lies, as a whole path",
    "ok": "true when everything is as it should be",
    "findings": "what was looked at: a list of name, ok, text, code, safe, next_step",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    about = tr("make a new, encrypted practice in an empty folder")
    create = families.command("practice create", about, run_create, CREATE)
    create.add_argument("folder", type=path, metavar="FOLDER", help=tr("a new or empty folder on this machine's disk"))
    create.add_argument("--name", metavar="TEXT", help=tr("the practice's name, printed on every page"))
    create.add_argument("--member", metavar="NAME", help=tr("the first member: you; always an owner too"))
    create.add_argument(
        "--role", action="append", choices=[role.value for role in Role], metavar="ROLE",
        help=tr("what the member is here for: therapist, prescriber, assistant; may be given again"),
    )  # fmt: skip
    add_passphrase(create)
    info = families.command("practice info", tr("say what a practice shows without a passphrase"), run_info, INFO)
    info.add_argument("folder", type=path, metavar="FOLDER", help=tr("the practice's folder"))
    check = families.command("practice check", tr("unlock a practice and look at all of it"), run_check, CHECK)
    add_unlocking(check, folder=True)


def run_create(kit: Kit, arguments: Namespace) -> int:
    """Make a practice, and lock it again."""
    name = words(arguments.name, tr("Name of the practice:"), "--name")
    member = words(arguments.member, tr("Your name:"), "--member")
    roles = frozenset(Role(role) for role in arguments.role or [Role.THERAPIST.value])
    secret = passphrase(arguments.passphrase_fd, new=True)
    door = kit.door()
    desk = create_practice(door, arguments.folder, PracticeDraft(name, member, secret, secret, roles))
    door.leave(desk)
    folder = arguments.folder.resolve()
    if arguments.json:
        first = {"id": desk.member.id, "name": desk.member.name, "roles": sorted(desk.member.roles)}
        show.emit({
            "folder": str(folder), "practice": desk.practice_name, "practice_id": desk.store.practice_id,
            "member": first,
        })  # fmt: skip
    else:
        show.line(tr("The practice was made in {folder}.", folder=folder))
        show.line(tr("Keep the passphrase: nobody can open the practice without it."))
    return Exit.OK


def run_info(kit: Kit, arguments: Namespace) -> int:
    """Say who may unlock."""
    peek = kit.door().peek(arguments.folder)
    folder = arguments.folder.resolve()
    if arguments.json:
        members = [{"id": member.id, "name": member.name} for member in peek.members]
        show.emit({"folder": str(folder), "practice_id": peek.practice_id, "members": members})
    else:
        show.line(str(folder))
        show.line(tr("practice {id}", id=peek.practice_id))
        show.line(tr("may be unlocked by: {names}", names=", ".join(member.name for member in peek.members)))
    return Exit.OK


def run_check(kit: Kit, arguments: Namespace) -> int:
    """Look at file, pages, chain and folder."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        findings = kit.door().check(desk)
    ok = all(finding.ok for finding in findings)
    if arguments.json:
        listed = [asdict(finding) for finding in findings]
        show.emit({"folder": str(arguments.folder.resolve()), "ok": ok, "findings": listed})
    else:
        show.table([("ok" if finding.ok else tr("NOT OK"), finding.name, _told(finding)) for finding in findings])
    return Exit.OK if ok else Exit.NOT_INTACT


def _told(finding: Finding) -> str:
    return " ".join(part for part in (finding.text, finding.safe, finding.next_step) if part)
