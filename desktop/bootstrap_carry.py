"""Knows the real way in which a session is carried: bundles, travelling practices and what comes home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.services.ports_carry import CarryDoor, ReturnKey

if TYPE_CHECKING:
    from desktop.domain.carried import Bundle, Carried, Travelling
    from desktop.domain.moment import Moment
    from desktop.services.desk import Desk
    from desktop.services.ports import Clock, Ids
    from desktop.storage.head_file import HeadFile
    from desktop.storage.opened import Opened
    from desktop.storage.practice_folder import Surroundings
    from desktop.storage.unit import SqlStore


class InnerDoor(Protocol):
    """What carrying needs of the way to a practice."""

    def behind(self, desk: Desk) -> tuple[Opened, SqlStore, HeadFile]:
        """What is behind a desk. PracticeLocked."""

    def around(self) -> Surroundings:
        """What a practice is opened in."""

    def store(self, opened: Opened) -> tuple[SqlStore, HeadFile]:
        """The store of an unlocked practice that has no desk yet."""


class RealCarryDoor(CarryDoor):
    """A CarryDoor over the real vault, database and machine."""

    def __init__(self, door: InnerDoor, clock: Clock, ids: Ids) -> None:
        self._door, self._clock, self._ids = door, clock, ids

    def now(self) -> Moment:
        """What this machine's clock says."""
        return self._clock.now()

    def draw_passphrase(self) -> str:
        """A passphrase nobody has to think of."""
        from desktop.storage.carry.homekeys import drawn_passphrase

        return drawn_passphrase()

    def way_home(self, desk: Desk, carry_id: str) -> ReturnKey:
        """The keys of one carried session's way home. PracticeLocked."""
        from desktop.storage.carry.homekeys import way_home

        way = way_home(self._door.behind(desk)[0].ring, carry_id)
        return ReturnKey(way.epoch, way.public, way.secret)

    def seal_bundle(self, content: str, carry_id: str, passphrase: str) -> bytes:
        """The bundle's file."""
        from desktop.storage.carry.bundlefile import seal_bundle
        from desktop.storage.vault.calibrate import calibrate

        cost = self._door.around().cost or calibrate()
        return seal_bundle(content.encode("utf-8"), carry_id, passphrase, cost)

    def open_bundle(self, file: bytes, passphrase: str) -> str:
        """Its content."""
        from desktop.domain.errors_carry import DamagedBundle
        from desktop.storage.carry.bundlefile import open_bundle

        self._door.around()  # the known answers are asked for before any key is used
        try:
            return open_bundle(file, passphrase).decode("utf-8")
        except UnicodeDecodeError:
            raise DamagedBundle from None

    def seal_return(self, content: str, of: Travelling) -> bytes:
        """The file that only the home practice opens."""
        from desktop.storage.carry.homekeys import WayHome, seal_return

        way = WayHome(of.epoch, bytes.fromhex(of.home_public), bytes.fromhex(of.secret))
        return seal_return(content.encode("utf-8"), of.id, way)

    def named_in(self, file: bytes) -> str:
        """Which carried session a return says it is of."""
        from desktop.storage.carry.homekeys import named_in

        return named_in(file)[0]

    def open_return(self, desk: Desk, file: bytes) -> str:
        """The content of a return."""
        from desktop.domain.errors_carry import AlteredReturn
        from desktop.storage.carry.homekeys import open_return

        try:
            return open_return(file, self._door.behind(desk)[0].ring).decode("utf-8")
        except UnicodeDecodeError:
            raise AlteredReturn from None

    def digest(self, file: bytes) -> str:
        """SHA-256, hex."""
        from desktop.storage.carry.bundlefile import digest_of

        return digest_of(file)

    def home_receipt(self, desk: Desk, carried: Carried, entries: tuple[str, ...]) -> str:
        """Eight letters that say which entries came home."""
        from desktop.storage.carry.homekeys import home_receipt

        return home_receipt(self._door.behind(desk)[0].ring, carried.id, carried.epoch, entries)

    def receipt(self, of: Travelling, entries: tuple[str, ...]) -> str:
        """The same, as the travelling practice makes it."""
        from desktop.storage.carry.homekeys import receipt_of

        return receipt_of(of.id, entries, bytes.fromhex(of.secret))

    def place_for(self, carry_id: str) -> Path | None:
        """A folder that is not there yet, where a travelling practice can lie."""
        from desktop.system.places import place_for_new

        found = place_for_new()
        return None if found is None else found.with_name(f"Holdfast carried {carry_id[-6:]}")

    def found(self, folder: Path, bundle: Bundle, digest: str, member_id: str, passphrase: str) -> None:
        """Make a travelling practice, locked: whole, or not at all."""
        from desktop.storage.carry.founding import found_travelling

        source, first = (bundle, digest), (member_id, passphrase)
        found_travelling(folder, source, first, self._ids.new(), self._door.around(), self._door.store)

    def wipe(self, folder: Path) -> None:
        """Destroy the keys of a travelling practice that nobody has open, then remove its files."""
        from desktop.storage.carry.wiping import wipe

        around = self._door.around()
        wipe(folder, around.machine, around.disk, self._clock.now())
