"""Knows why an archive can be refused, not made or not restored, and says of each what is safe and what to do next."""

from __future__ import annotations

from desktop.domain.errors_machine import MEGABYTE
from desktop.domain.errors_practice import PracticeRefused, untouched
from desktop.domain.words import tr


def nothing_read() -> str:
    """The sentence for an archive that was refused before anything of it was used."""
    return tr("Nothing was taken out of it, and nothing in a practice was changed.")


class NotAnArchive(PracticeRefused):
    """A file that is no archive of this program's, by its first bytes or by what it holds."""

    code = "not_an_archive"

    def __init__(self) -> None:
        super().__init__(
            tr("This file is not an archive of a practice."), nothing_read(),
            tr("Choose a file that ends in .age and was made by Holdfast."),
        )  # fmt: skip


class DamagedArchive(PracticeRefused):
    """An archive that is cut off, altered or worn; which of these cannot be told."""

    code = "damaged_archive"

    def __init__(self) -> None:
        super().__init__(
            tr("This archive is damaged: it was cut off, altered, or its disk is worn."), nothing_read(),
            tr("Use another archive, and make a new one on another disk."),
        )  # fmt: skip


class ForeignArchive(PracticeRefused):
    """An archive that opens and was not made by this practice's members."""

    code = "foreign_archive"

    def __init__(self) -> None:
        super().__init__(
            tr("This archive was not made by this practice: its signature is not the practice's own."), nothing_read(),
            tr("Do not trust this file; use another archive, and find out who put this one here."),
        )  # fmt: skip


class WrongKit(PracticeRefused):
    """Keys that an archive was not made for."""

    code = "wrong_kit"

    def __init__(self) -> None:
        super().__init__(
            tr("This archive was made for other keys: of another practice, another recovery kit, or an earlier time."),
            nothing_read(),
            tr("Use the recovery kit of the time when it was made, or the passphrase of that time with the key file "
               "that lies beside the archive."),
        )  # fmt: skip


class NewerArchive(PracticeRefused):
    """An archive in a form that this version does not know."""

    code = "newer_archive"

    def __init__(self) -> None:
        super().__init__(
            tr("This archive was made by a newer version of Holdfast."), nothing_read(),
            tr("Use the newer version to open it."),
        )  # fmt: skip


class OlderArchive(PracticeRefused):
    """An archive that is not the newest one known. counter: its number; newest: the highest known."""

    code = "older_archive"

    def __init__(self, counter: int, newest: int) -> None:
        self.counter, self.newest = counter, newest
        super().__init__(
            tr("This is archive number {counter}; a newer one is known, number {newest}.",
               counter=counter, newest=newest),
            nothing_read(),
            tr("Restore the newer one; or say that this older one is wanted."),
        )  # fmt: skip


class ArchiveDiffers(PracticeRefused):
    """What came out of an archive is not what was put into it. parts: the names of what differs."""

    code = "archive_differs"

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.parts = parts
        super().__init__(
            tr("What was restored differs from what the archive says it holds: {parts}.", parts=", ".join(parts)),
            tr("What was restored was removed again; nothing in a practice was changed."),
            tr("Do not rely on this archive; make a new one now."),
        )  # fmt: skip


class NoArchive(PracticeRefused):
    """There is no archive where one was looked for."""

    code = "no_archive"

    def __init__(self) -> None:
        super().__init__(
            tr("There is no archive of this practice here."), tr("Nothing was changed."),
            tr("Make one, or connect the disk or stick that holds them."),
        )  # fmt: skip


class MissingKeyCopy(PracticeRefused):
    """An archive without the key file that was put beside it."""

    code = "missing_key_copy"

    def __init__(self) -> None:
        super().__init__(
            tr("The key file that belongs beside this archive (.keys.json) is missing, damaged or not this archive's."),
            nothing_read(),
            tr("Put it back beside the archive, or use the recovery kit instead of a passphrase."),
        )  # fmt: skip


class NoPlaces(PracticeRefused):
    """Nobody said yet where archives go."""

    code = "no_places"

    def __init__(self) -> None:
        super().__init__(
            tr("No place for archives was chosen yet."), tr("Nothing was changed; there is no archive."),
            tr("Choose a folder, best on a stick or on another disk. Archives has a button for it; as a command "
               "it is archive make FOLDER --to PLACE."),
        )  # fmt: skip


class MissingPlace(PracticeRefused):
    """A place for archives that is not there: a stick that is not in, a network folder that is away."""

    code = "missing_place"

    def __init__(self) -> None:
        super().__init__(
            tr("The place for archives is not there: a stick that is not in, or a folder that is away."),
            tr("The practice is untouched; no archive was made there."),
            tr("Connect it and try again, or choose another place."),
        )  # fmt: skip


class PlaceNotWritable(PracticeRefused):
    """A place that this user may not write to."""

    code = "place_not_writable"

    def __init__(self) -> None:
        super().__init__(
            tr("The place for archives cannot be written: it is read-only, or not yours."),
            tr("The practice and the archives that are there already are untouched."),
            tr("Slide the stick's lock back, or choose another place."),
        )  # fmt: skip


class PlaceFull(PracticeRefused):
    """A place, or the practice's own disk, with too little space for an archive. needed: bytes."""

    code = "place_full"

    def __init__(self, needed: int, here: bool = False) -> None:
        self.needed = needed
        megabytes = max(1, -(-needed // MEGABYTE))
        what = tr("The place for archives is full: about {n} MB are needed.", n=megabytes)
        if here:
            what = tr("The practice's own disk is too full to make an archive: {n} MB are needed.", n=megabytes)
        super().__init__(
            what,
            tr("The practice and the archives that are there already are untouched; this one was not kept."),
            tr("Free about {n} MB there, or choose another place.", n=megabytes),
        )


class PlaceTrouble(PracticeRefused):
    """A place that went away or failed while it was written or read."""

    code = "place_trouble"

    def __init__(self) -> None:
        super().__init__(
            tr("The place for archives failed in the middle: pulled out, or its disk is worn."),
            tr("The practice and finished archives are untouched; what was half written does not count."),
            tr("Connect it again and make the archive once more, or choose another place."),
        )


class PlaceUnfit(PracticeRefused):
    """A folder that must not hold archives: the practice's own."""

    code = "place_unfit"

    def __init__(self) -> None:
        super().__init__(
            tr("Archives do not go into the practice's own folder: what destroys one destroys the other."),
            untouched(), tr("Choose a folder on a stick or on another disk."),
        )  # fmt: skip


class TooManyPlaces(PracticeRefused):
    """One place for archives more than can be watched over. most: how many there may be."""

    code = "too_many_places"

    def __init__(self, most: int) -> None:
        super().__init__(
            tr("A practice can have {n} places for archives, and it has so many already.", n=most), untouched(),
            tr("Forget a place that is not used any more; what lies there stays."),
        )  # fmt: skip


class NobodyUnlocked(PracticeRefused):
    """An archive asked for by the system's scheduler while nobody has the practice open."""

    code = "nobody_unlocked"

    def __init__(self) -> None:
        super().__init__(
            tr("No archive was made: nobody has the practice unlocked, and without a member's passphrase there is no "
               "key to make one with."),
            tr("The practice and earlier archives are untouched."),
            tr("It is made when the practice is next unlocked, if one is due; or start the command with a passphrase."),
        )  # fmt: skip


class RestoreInTheWay(PracticeRefused):
    """A folder to restore into that is there already and not empty."""

    code = "restore_in_the_way"

    def __init__(self) -> None:
        super().__init__(
            tr("There is something in the folder to restore into."), tr("Nothing in it was changed."),
            tr("Choose a new or an empty folder; the old practice can stay where it is."),
        )  # fmt: skip
