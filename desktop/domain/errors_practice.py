"""Knows why a practice can be refused, and says of each reason what is safe and what to do next."""

from __future__ import annotations

from desktop.domain.errors import Known
from desktop.domain.words import tr, trn


def untouched() -> str:
    """The sentence that most refusals share."""
    return tr("Nothing in the practice was changed.")


class PracticeRefused(Known):
    """A practice that was not made or not opened; `code` is stable and fit for scripts."""

    code = "refused"


class WrongPassphrase(PracticeRefused):
    """The passphrase does not open this member's slot. wait_seconds: until the next try is taken; 0 for at once."""

    code = "wrong_passphrase"

    def __init__(self, wait_seconds: int = 0) -> None:
        self.wait_seconds = wait_seconds
        later = tr("Look at the keyboard layout and try again.")
        if wait_seconds:
            later = trn(
                "Wait {count} second, look at the keyboard layout, and try again.",
                "Wait {count} seconds, look at the keyboard layout, and try again.",
                wait_seconds,
            )
        super().__init__(tr("This passphrase does not open the practice for this member."), untouched(), later)


class TooManyTries(PracticeRefused):
    """A try that came before the wait was over; the passphrase was not looked at."""

    code = "too_many_tries"

    def __init__(self, seconds_left: int) -> None:
        self.seconds_left = seconds_left
        super().__init__(
            tr("After several wrong passphrases there is a wait before the next try."),
            untouched(),
            trn("Try again in {count} second.", "Try again in {count} seconds.", seconds_left),
        )


class PassphraseTooShort(PracticeRefused):
    """A new passphrase below the least length."""

    code = "passphrase_too_short"

    def __init__(self, least: int) -> None:
        super().__init__(
            tr("This passphrase is too short: it needs at least {n} characters.", n=least),
            tr("Nothing was changed."),
            tr("Four or five plain words that do not belong together do well."),
        )


class PassphraseUnusable(PracticeRefused):
    """A new passphrase that could not be typed again on another keyboard, or is too long to be meant."""

    code = "passphrase_unusable"

    def __init__(self) -> None:
        super().__init__(
            tr("This passphrase holds characters that cannot be typed, or is longer than 1,024 characters."),
            tr("Nothing was changed."),
            tr("Choose one of letters, digits, signs and blanks."),
        )


class NameUnusable(PracticeRefused):
    """A member's name that the key file cannot hold."""

    code = "name_unusable"

    def __init__(self, most: int) -> None:
        super().__init__(
            tr("A member's name has 1 to {n} characters, in one line.", n=most),
            tr("Nothing was changed."),
            tr("Choose a shorter name."),
        )


class NoPractice(PracticeRefused):
    """A folder that holds no practice."""

    code = "no_practice"

    def __init__(self) -> None:
        super().__init__(
            tr("There is no practice in this folder."),
            tr("Nothing was changed."),
            tr("Choose the folder that holds practice.db, or make a new practice."),
        )


class MissingKeyFile(PracticeRefused):
    """The database is there, its key file is not."""

    code = "missing_key_file"

    def __init__(self) -> None:
        super().__init__(
            tr("The key file of this practice, practice.keys.json, is missing."),
            tr("The database is untouched; without its key file nobody can read it."),
            tr("Put the copy of practice.keys.json that belongs to this practice back into the folder."),
        )


class DamagedKeyFile(PracticeRefused):
    """The key file does not hold what it must."""

    code = "damaged_key_file"

    def __init__(self) -> None:
        super().__init__(
            tr("The key file of this practice is damaged or was altered."),
            tr("The database and the key file are untouched."),
            tr("Put a good copy of practice.keys.json back into the folder; keep the damaged one elsewhere."),
        )


class NewerKeyFile(PracticeRefused):
    """A key file in a format that this version does not know."""

    code = "newer_key_file"

    def __init__(self) -> None:
        super().__init__(
            tr("The key file was written by a newer version of Holdfast."),
            untouched(),
            tr("Start the newer version on this machine."),
        )


class SecondFactorNeeded(PracticeRefused):
    """A slot that asks for a key file besides the passphrase, and none was given."""

    code = "second_factor_needed"

    def __init__(self) -> None:
        super().__init__(
            tr("This member unlocks with a passphrase and a key file, and no key file was given."),
            untouched(),
            tr("Put in the stick with the key file and choose it. Without it only the recovery kit helps."),
        )


class WrongSecondFactor(PracticeRefused):
    """A key file, whole, but not the one that this member's slot asks for; the passphrase was not looked at."""

    code = "wrong_second_factor"

    def __init__(self) -> None:
        super().__init__(
            tr("This key file is not the one that this member unlocks with."),
            untouched(),
            tr("Choose the key file that was made for this member and this practice."),
        )


class NoSuchMember(PracticeRefused):
    """A name or identifier that has no slot in the key file."""

    code = "no_such_member"

    def __init__(self) -> None:
        super().__init__(
            tr("No member of this practice goes by that name."),
            untouched(),
            tr("Choose a name from the list."),
        )


class MemberHasSlot(PracticeRefused):
    """A member who is to get a slot has one already."""

    code = "member_has_slot"

    def __init__(self) -> None:
        super().__init__(
            tr("A member of this name can unlock the practice already."),
            tr("Nothing was changed."),
            tr("Add an initial to the name."),
        )


class MissingDatabase(PracticeRefused):
    """The key file is there, its database is not."""

    code = "missing_database"

    def __init__(self) -> None:
        super().__init__(
            tr("The database of this practice, practice.db, is missing."),
            tr("The key file is untouched."),
            tr("Put practice.db back into the folder, together with practice.db-wal if there is one."),
        )


class PlainDatabase(PracticeRefused):
    """A database that is not encrypted."""

    code = "plain_database"

    def __init__(self) -> None:
        super().__init__(
            tr("The database in this folder is not encrypted, so it is not a practice's."),
            tr("It was not opened and nothing was changed."),
            tr("Put the practice's own practice.db back; find out who put this file here."),
        )


class DamagedDatabase(PracticeRefused):
    """A database that its own key does not open, or whose pages do not hold."""

    code = "damaged_database"

    def __init__(self) -> None:
        super().__init__(
            tr("The database is damaged, or it does not belong to this key file."),
            untouched(),
            tr("Copy the whole folder to a safe place first; then put back a good copy of the practice."),
        )


class NewerDatabase(PracticeRefused):
    """A database with a later schema than this program knows. found, known: schema numbers."""

    code = "newer_database"

    def __init__(self, found: int, known: int) -> None:
        self.found, self.known = found, known
        super().__init__(
            tr("This practice was last used with a newer version of Holdfast (schema {found}, known {known}).",
               found=found, known=known),
            untouched(),
            tr("Start the newer version on this machine."),
        )  # fmt: skip


class UnfinishedPractice(PracticeRefused):
    """What a killed `create` left behind."""

    code = "unfinished_practice"

    def __init__(self) -> None:
        super().__init__(
            tr("Making a practice in this folder was interrupted before it was finished."),
            tr("Nothing was ever kept in it, so nothing is lost."),
            tr("Make the practice again in the same folder; the remains are cleared away then."),
        )


class AlreadyAPractice(PracticeRefused):
    """A folder that is to become a practice and is one already, or holds the file of one."""

    code = "already_a_practice"

    def __init__(self) -> None:
        super().__init__(
            tr("There is a practice, or a part of one, in this folder already."),
            untouched(),
            tr("Open that practice, or choose an empty folder."),
        )


class FolderNotEmpty(PracticeRefused):
    """A folder that is to become a practice and holds something else."""

    code = "folder_not_empty"

    def __init__(self) -> None:
        super().__init__(
            tr("This folder is not empty."),
            tr("Nothing in it was changed."),
            tr("Choose an empty or a new folder for the practice."),
        )


class PracticeLocked(PracticeRefused):
    """Something asked of a practice that was locked meanwhile."""

    code = "practice_locked"

    def __init__(self) -> None:
        super().__init__(
            tr("The practice is locked."), tr("Everything saved is safe."), tr("Unlock it and do this again.")
        )
