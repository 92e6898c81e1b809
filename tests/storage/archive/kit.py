"""Knows how the tests come to a practice with archives: quick keys, a recovery kit, a place, and a client's name."""

from __future__ import annotations

import io
import shutil
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage

from desktop.bootstrap import SMALL_RESERVE, Program, Settings
from desktop.domain.people import ClientDraft, Role
from desktop.services.archives import add_place
from desktop.services.clients import make_client
from desktop.services.desk import Desk
from desktop.services.ports_archives import Reason
from desktop.storage.archive.agefile import identity_of, own_identity
from desktop.storage.archive.room import Room
from desktop.storage.archive.zstd import zstd
from desktop.storage.disk import Disk
from desktop.storage.vault.keyfile import KeyFile, Recipient, authenticated, read_key_file, write_key_file
from desktop.storage.vault.keyring import KeyRing, Label, unlock
from desktop.storage.vault.secret import Secret
from tests.kit import HandClock

NAME = "Łukasz Canary-Wiśniewski"
OWNER, PASSPHRASE = "Marta Kowalczyk", "violet harbour seven stones"
KIT = Secret(bytes(range(1, 33)))
KIT_TEXT = identity_of(KIT)
OTHER_KIT_TEXT = identity_of(Secret(bytes(range(2, 34))))


def nobody(done: int, total: int, words: str) -> None:
    """A report that nobody reads."""


def give_kit(folder: Path) -> KeyFile:
    """Take a recovery kit into a practice's key file."""
    keys = read_key_file(folder)
    ring = unlock(keys, keys.members[0].id, PASSPHRASE)
    public = str(pyrage.x25519.Identity.from_str(KIT_TEXT).to_public())
    from desktop.storage.vault.bech32 import RECIPIENT, decode

    exchange = decode(RECIPIENT, public)
    kits = (Recipient("kit-1", exchange, ring.sealed_for("kit-1", exchange)),)
    with ring.subkey(Label.HEADER) as key:
        keys = authenticated(replace(keys, recovery=kits), key)
    write_key_file(folder, keys, Disk())
    return keys


def ring_of(folder: Path) -> KeyRing:
    return unlock(read_key_file(folder), OWNER, PASSPHRASE)


@dataclass
class House:
    """A practice that is unlocked, its program, and a place for archives."""

    root: Path
    program: Program
    clock: HandClock
    desk: Desk

    @property
    def folder(self) -> Path:
        return self.root / "practice"

    @property
    def place(self) -> Path:
        return self.root / "stick"

    @property
    def room(self) -> Room:
        return self.program.door.archives(self.desk)

    def make(self) -> Path:
        """An archive at the place; its path."""
        (run,) = self.room.make(Reason.ASKED, self.clock.now(), nobody)
        assert run.ok, run
        return Path(run.place) / run.name

    def archives(self) -> list[str]:
        return sorted(path.name for path in self.place.iterdir() if path.suffix == ".age")

    def lines(self) -> list[str]:
        """What the trail says of each line: act and detail."""
        with self.desk.store.read() as unit:
            return [f"{line.entry.act.value} {line.entry.detail}" for line in unit.trail.lines(0, 100_000)]

    def leave(self) -> None:
        self.program.door.leave(self.desk)


def program_at(root: Path, clock: HandClock) -> Program:
    return Program(Settings(clock=clock, root=root, cheap_keys=True, reserve=SMALL_RESERVE))


def found(root: Path) -> None:
    """Make the practice, with a kit and a client, and lock it."""
    program = program_at(root / "own", HandClock())
    roles = frozenset({Role.OWNER, Role.THERAPIST, Role.PRESCRIBER})
    desk = program.door.create(root / "practice", "Praxis", OWNER, roles, PASSPHRASE)
    make_client(desk, ClientDraft(name=NAME, born="1984-05-01"))
    program.door.leave(desk)
    give_kit(root / "practice")
    (root / "stick").mkdir()


def opened(template: Path, root: Path) -> House:
    """A copy of a practice, unlocked, its place known."""
    shutil.copytree(template, root, dirs_exist_ok=True)
    clock = HandClock()
    program = program_at(root / "own", clock)
    house = House(root, program, clock, program.door.unlock(root / "practice", OWNER, PASSPHRASE))
    add_place(house.desk, house.room, house.place)
    return house


def plain(archive: Path, folder: Path) -> bytes:
    """The tar inside an archive."""
    whole = io.BytesIO()
    with archive.open("rb") as file:
        pyrage.decrypt_io(file, whole, [pyrage.x25519.Identity.from_str(own_identity(ring_of(folder)))])
    return zstd.ZstdFile(io.BytesIO(whole.getvalue())).read()


def files(tar: bytes) -> dict[str, bytes]:
    """The files in a tar."""
    with tarfile.open(fileobj=io.BytesIO(tar)) as found_tar:
        return {each.name: found_tar.extractfile(each).read() for each in found_tar}  # type: ignore[union-attr]


def sealed(tar: bytes, path: Path) -> Path:
    """An age file to the recovery kit, as anybody can make one who knows its public half."""
    public = pyrage.x25519.Identity.from_str(KIT_TEXT).to_public()
    path.write_bytes(pyrage.encrypt(zstd.compress(tar), [public]))
    return path
