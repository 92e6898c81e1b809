"""Knows what each ending of a command is called: the exit codes that scripts may rely on."""

from __future__ import annotations

from enum import IntEnum

from desktop.domain.errors import Known
from desktop.domain.errors_archive import (
    ArchiveDiffers,
    DamagedArchive,
    ForeignArchive,
    MissingKeyCopy,
    MissingPlace,
    NobodyUnlocked,
    NotAnArchive,
    PlaceFull,
    PlaceNotWritable,
    PlaceTrouble,
    WrongKit,
)
from desktop.domain.errors_carry import AlteredReturn, DamagedBundle, NotABundle, NotAReturn, WrongBundlePassphrase
from desktop.domain.errors_keys import DamagedFactor, KitMistyped, KitOfAnother, UnitsUnderWay
from desktop.domain.errors_machine import (
    AnotherInstance,
    DatabaseBusy,
    DiskFull,
    DiskTrouble,
    FolderNotWritable,
    NetworkFolder,
    NoLocks,
    NotEnoughMemory,
    NotSafeHere,
    SyncedFolder,
    UnfitFolder,
)
from desktop.domain.errors_practice import (
    DamagedDatabase,
    DamagedKeyFile,
    MissingDatabase,
    MissingKeyFile,
    NoSuchMember,
    PlainDatabase,
    PracticeLocked,
    SecondFactorNeeded,
    TooManyTries,
    UnfinishedPractice,
    WrongPassphrase,
    WrongSecondFactor,
)


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    USAGE = 2
    REFUSED = 3
    LOCKED = 4
    NOT_INTACT = 5
    IN_USE = 6
    MACHINE = 7
    BUG = 70
    STOPPED = 130
    READER_GONE = 141


MEANINGS: dict[Exit, str] = {
    Exit.OK: "done",
    Exit.USAGE: "the command was not understood, or something it needs was not given",
    Exit.REFUSED: "refused: the input is not valid, or a rule does not allow it; nothing was changed",
    Exit.LOCKED: "not unlocked: wrong passphrase, key file or kit, no such member, a wait, or nobody has it open",
    Exit.NOT_INTACT: "damaged or not intact: a file, an archive, the database, the audit trail, or the program itself",
    Exit.IN_USE: "in use: another program holds the practice",
    Exit.MACHINE: "the machine is in the way: disk full, failing or away, no right to write, unfit folder, no display",
    Exit.BUG: "a fault of the program; its log says where",
    Exit.STOPPED: "stopped from the keyboard",
    Exit.READER_GONE: "whoever read the output went away",
}

_CODES: tuple[tuple[Exit, tuple[type[Known], ...]], ...] = (
    (Exit.LOCKED, (WrongPassphrase, TooManyTries, NoSuchMember, PracticeLocked, SecondFactorNeeded,
                  WrongSecondFactor, DamagedFactor, KitMistyped, KitOfAnother, WrongKit, NobodyUnlocked,
                  WrongBundlePassphrase)),
    (Exit.NOT_INTACT, (DamagedKeyFile, DamagedDatabase, MissingKeyFile, MissingDatabase, PlainDatabase,
                       UnfinishedPractice, NotSafeHere, NotAnArchive, DamagedArchive, ForeignArchive, ArchiveDiffers,
                       MissingKeyCopy, NotABundle, DamagedBundle, NotAReturn, AlteredReturn)),
    (Exit.IN_USE, (AnotherInstance, DatabaseBusy, UnitsUnderWay)),
    (Exit.MACHINE, (DiskFull, DiskTrouble, FolderNotWritable, UnfitFolder, NoLocks, SyncedFolder, NetworkFolder,
                    NotEnoughMemory, MissingPlace, PlaceNotWritable, PlaceFull, PlaceTrouble)),
)  # fmt: skip

class Usage(Known):
    """Something the command needs was not given, or does not go together."""


class Unreachable(Known):
    """A file or a display that this machine does not give."""


def code_of(error: Known) -> Exit:
    """The exit code for an error that the program can explain."""
    if isinstance(error, Usage):
        return Exit.USAGE
    if isinstance(error, Unreachable):
        return Exit.MACHINE
    for code, kinds in _CODES:
        if isinstance(error, kinds):
            return code
    return Exit.REFUSED
