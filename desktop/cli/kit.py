"""Knows what every command is handed: the door, the machine's ports, and how a desk is reached."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.cli import show
from desktop.cli.asking import passphrase
from desktop.cli.codes import Usage
from desktop.cli.files import read_bytes
from desktop.domain.errors_practice import NoSuchMember
from desktop.domain.people import clean
from desktop.domain.report_signature import Check
from desktop.domain.words import tr
from desktop.services.custody import notices
from desktop.services.desk import Desk
from desktop.services.ports import Clock, Resources
from desktop.services.ports_archives import ArchiveDoor
from desktop.services.ports_carry import CarryDoor
from desktop.services.ports_paper import PaperPress
from desktop.services.practice import Door, Finding, PracticePeek


@dataclass(frozen=True, slots=True)
class Kit:
    """What the commands work with; made where the rooms are introduced to each other.

    Everything that takes time to load is a function. throwaway: an unlocked practice that is gone afterwards.
    self_test: what the program says of itself. failed: keeps a fault in the log, without its words.
    check_signature: whether a public key's owner signed a message.
    """

    version: str
    clock: Clock
    door: Callable[[], Door]
    resources: Callable[[], Resources]
    press: Callable[[], PaperPress]
    throwaway: Callable[[], AbstractContextManager[Desk]]
    self_test: Callable[[], tuple[Finding, ...]]
    failed: Callable[[BaseException], None]
    check_signature: Check
    archives: Callable[[], ArchiveDoor]
    carry: Callable[[], CarryDoor]


def member_in(peek: PracticePeek, wanted: str | None) -> str:
    """The id of the member who is to unlock: the one that was named, or the only one there is."""
    if wanted is None:
        if len(peek.members) == 1:
            return peek.members[0].id
        raise Usage(
            tr("This practice has several members."), tr("Nothing was changed."),
            tr("Say who you are with --member; `practice info` lists the names."),
        )  # fmt: skip
    for member in peek.members:
        if wanted == member.id or clean(wanted) == clean(member.name):
            return member.id
    raise NoSuchMember


def warn(findings: Iterable[Finding]) -> None:
    """Say what was wrong at unlocking, on standard error, before anything of the practice is printed."""
    for finding in findings:
        show.tell("holdfast: " + " ".join(part for part in (finding.text, finding.safe, finding.next_step) if part))


def entered(kit: Kit, folder: Path, member: str, secret: str, factor: bytes | None) -> Desk:
    """Unlock, and say what nobody may miss before anything else is printed: what is wrong, and what was opened."""
    door = kit.door()
    desk = door.unlock(folder, member, secret, factor)
    try:
        warn(door.found_at_unlock(desk))
        for notice in notices(desk):
            show.tell("holdfast: " + " ".join((notice.what, notice.why, tr(
                "Ask who did it and why, if you do not know. In the window you can say that you have read this."))))
    except BaseException:
        door.leave(desk)
        raise
    return desk


@contextmanager
def at_desk(kit: Kit, folder: Path, arguments: Namespace) -> Iterator[Desk]:
    """Unlock a practice for one command, and leave it again whatever happens."""
    door = kit.door()
    member = member_in(door.peek(folder), arguments.member)
    factor = None if arguments.key_file is None else read_bytes(arguments.key_file)
    desk = entered(kit, folder, member, passphrase(arguments.passphrase_fd), factor)
    try:
        yield desk
    finally:
        door.leave(desk)
