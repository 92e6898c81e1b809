"""Knows how the machine can stand in a practice's way, and says of each what is safe and what to do next."""

from __future__ import annotations

from desktop.domain.errors_practice import PracticeRefused, untouched
from desktop.domain.words import tr

MEGABYTE = 1024 * 1024


class AnotherInstance(PracticeRefused):
    """Another running program holds the practice. pid: its number, or None; since: when it took it, or ''."""

    code = "another_instance"

    def __init__(self, pid: int | None = None, since: str = "") -> None:
        self.pid, self.since = pid, since
        what = tr("The practice is open in another window or program.")
        if pid is not None:
            what = tr("The practice is open in another Holdfast on this machine, since {since}.", since=since)
        super().__init__(
            what, untouched(),
            tr("Go to that window, or close it first. After a crash the practice is let go by itself."),
        )


class FolderNotWritable(PracticeRefused):
    """A folder or file in it that this user may not write."""

    code = "folder_not_writable"

    def __init__(self) -> None:
        super().__init__(
            tr("This folder, or a file of the practice in it, cannot be written."),
            untouched(),
            tr("Choose a folder of your own, or ask whoever looks after this machine for the right to write."),
        )


class UnfitFolder(PracticeRefused):
    """A place where no folder or file can be made: a system folder, or a path that leads nowhere."""

    code = "unfit_folder"

    def __init__(self) -> None:
        super().__init__(
            tr("This place cannot hold a practice: no folder or file can be made there."),
            tr("Nothing was made or changed."),
            tr("Choose a folder of your own, such as one in your documents."),
        )


class NoLocks(PracticeRefused):
    """A disk that cannot hold locks, so that two programs could write at once."""

    code = "no_locks"

    def __init__(self) -> None:
        super().__init__(
            tr("The disk of this folder cannot keep two programs from writing at once."),
            untouched(),
            tr("Choose a folder on this machine's own disk."),
        )


class SyncedFolder(PracticeRefused):
    """A folder that a cloud drive keeps in step. service: the drive's name."""

    code = "synced_folder"

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(
            tr("{service} keeps this folder in step with other machines; a database that is being written "
               "would be destroyed by that, and copies of it would leave the machine.", service=service),
            untouched(),
            tr("Choose a folder outside {service}, on this machine's own disk.", service=service),
        )  # fmt: skip


class NetworkFolder(PracticeRefused):
    """A folder on a network share."""

    code = "network_folder"

    def __init__(self) -> None:
        super().__init__(
            tr("This folder lies on a network share, where locks and safe writing cannot be relied on."),
            untouched(),
            tr("Choose a folder on this machine's own disk."),
        )


class DiskFull(PracticeRefused):
    """Too little space. needed, free: bytes; free is None when it could not be asked."""

    code = "disk_full"

    def __init__(self, needed: int, free: int | None = None) -> None:
        self.needed, self.free = needed, free
        wanted = max(1, -(-needed // MEGABYTE))
        what = tr("The disk is full: {needed} MB are needed.", needed=wanted)
        if free is not None:
            what = tr("The disk is full: {needed} MB are needed, {free} MB are free.",
                      needed=wanted, free=free // MEGABYTE)  # fmt: skip
        super().__init__(
            what,
            tr("What was saved before is safe; nothing of this step was kept."),
            tr("Free at least {needed} MB on this disk and try again.", needed=wanted),
        )


class DiskTrouble(PracticeRefused):
    """The disk failed to read or write."""

    code = "disk_trouble"

    def __init__(self) -> None:
        super().__init__(
            tr("The disk failed while the practice was read or written."),
            tr("What was saved before is safe; nothing of this step was kept."),
            tr("Copy the practice folder to another disk, and let somebody look at this one."),
        )


class DatabaseBusy(PracticeRefused):
    """The one writer was not let go in time."""

    code = "database_busy"

    def __init__(self) -> None:
        super().__init__(
            tr("The database was busy for too long."),
            tr("Nothing of this step was kept."),
            tr("Try again; if it stays so, close Holdfast and open it again."),
        )


class NotSafeHere(PracticeRefused):
    """The program's own parts are not as they must be: no encryption, a faulty version, wrong answers."""

    code = "not_safe_here"

    def __init__(self, why: str) -> None:
        super().__init__(
            tr("Holdfast's own self-test failed: {why}.", why=why),
            untouched(),
            tr("Do not use this installation; install Holdfast again."),
        )


class NotEnoughMemory(PracticeRefused):
    """Too little memory to derive the key."""

    code = "not_enough_memory"

    def __init__(self, needed_mib: int) -> None:
        super().__init__(
            tr("There is too little free memory to unlock: {n} MB are needed.", n=needed_mib),
            untouched(),
            tr("Close other programs and try again."),
        )
