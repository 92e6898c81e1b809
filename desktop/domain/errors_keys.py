"""Knows how keys can be refused: kits, key files, passphrases that are known, custody; and says what to do next."""

from __future__ import annotations

from desktop.domain.errors_practice import PracticeRefused, untouched
from desktop.domain.words import tr


class KitMistyped(PracticeRefused):
    """A text that is not a recovery kit's. group: which printed group to look at, from 1; None when it is unknown."""

    code = "kit_mistyped"

    def __init__(self, group: int | None = None, letters: int = 0) -> None:
        self.group, self.letters = group, letters
        super().__init__(
            tr("This is not a recovery kit as it was printed: a character is wrong."), untouched(),
            _where_mistyped(group, letters),
        )  # fmt: skip


def _where_mistyped(group: int | None, letters: int) -> str:
    """Where to look on the page: at a group, at how many letters there are, or at all of it."""
    if group is not None:
        return tr("Look at group {n} of the page: the mistake seems to be there.", n=group)
    if letters:
        return tr("After AGE-SECRET-KEY-1 there are 58 letters and digits on the page; here are {n}.", n=letters)
    return tr("Compare it with the page, group by group; it begins with AGE-SECRET-KEY-1; blanks and small letters do "
              "not matter.")  # fmt: skip


class KitOfAnother(PracticeRefused):
    """A kit, rightly typed, that this practice's keys are not sealed to."""

    code = "kit_of_another"

    def __init__(self) -> None:
        super().__init__(
            tr("This recovery kit does not open this practice: it is another practice's, or a newer one replaced it."),
            untouched(),
            tr("Compare the practice's number on the page, and look for a page of a later date."),
        )


class NoKit(PracticeRefused):
    """Something that needs a recovery kit where none was ever made."""

    code = "no_kit"

    def __init__(self) -> None:
        super().__init__(
            tr("This practice has no recovery kit."), untouched(), tr("Make one first, and print its page.")
        )


class KitThere(PracticeRefused):
    """A first kit where there is one already."""

    code = "kit_there"

    def __init__(self) -> None:
        super().__init__(
            tr("This practice has a recovery kit already."),
            untouched(),
            tr("Replace it if the page was lost, stolen or seen: the old one then opens nothing new."),
        )


class LastMember(PracticeRefused):
    """Nobody would be left who can unlock."""

    code = "last_member"

    def __init__(self) -> None:
        super().__init__(
            tr("Nobody would be left who can unlock the practice."), untouched(), tr("Add another member first.")
        )


class CustodianLeaves(PracticeRefused):
    """The named custodian cannot be removed while they are that."""

    code = "custodian_leaves"

    def __init__(self) -> None:
        super().__init__(
            tr("This member is the custodian: together with the kit they open what others kept to themselves."),
            untouched(),
            tr("Name another custodian first; with the kit in hand, they can hand over what was written before."),
        )


class NotTheCustodian(PracticeRefused):
    """Custody asked for by somebody who is not its custodian."""

    code = "not_the_custodian"

    def __init__(self) -> None:
        super().__init__(
            tr("Only the named custodian, with the recovery kit in hand, opens what is held in custody."),
            untouched(),
            tr("Ask the custodian to unlock the practice and do this."),
        )


class NotInCustody(PracticeRefused):
    """Something sealed to its author alone."""

    code = "not_in_custody"

    def __init__(self) -> None:
        super().__init__(
            tr("Only its author can open this: no custody was agreed to, or its key is gone."),
            untouched(),
            tr("Only the author can open it. Where they cannot any more, it is lost."),
        )


class NotYours(PracticeRefused):
    """Something sealed to somebody else."""

    code = "not_yours"

    def __init__(self) -> None:
        super().__init__(
            tr("Only its author can open this, and you are not its author."),
            untouched(),
            tr("Ask the author; where that is not possible, the custodian and the recovery kit open it together."),
        )


class DamagedFactor(PracticeRefused):
    """A file that is no key file, or a broken one."""

    code = "damaged_factor"

    def __init__(self) -> None:
        super().__init__(
            tr("This is not a key file that Holdfast made, or it is damaged."),
            untouched(),
            tr("Choose the file that ends in .holdfast-key; or its copy. Without it only the recovery kit helps."),
        )


class FactorRequired(PracticeRefused):
    """A slot without a key file, for a member of whom an owner requires one."""

    code = "factor_required"

    def __init__(self) -> None:
        super().__init__(
            tr("An owner of the practice wants this member to unlock with a key file too."),
            tr("Nothing was changed."),
            tr("Give a key file with the new passphrase."),
        )


class UnitsUnderWay(PracticeRefused):
    """The keys cannot be changed while somebody reads or writes for too long."""

    code = "units_under_way"

    def __init__(self) -> None:
        super().__init__(
            tr("The practice was busy for too long, so that its keys could not be changed."),
            untouched(),
            tr("Wait until printing, searching, saving or an archive has ended, and try again."),
        )


class SessionsRunning(PracticeRefused):
    """New keys for the practice while somebody is in a session."""

    code = "sessions_running"

    def __init__(self) -> None:
        super().__init__(
            tr("A session is running; the practice's keys are not changed under it."),
            untouched(),
            tr("Close the session first, then do this again."),
        )


class RemovingYourself(PracticeRefused):
    """An owner who would remove themselves."""

    code = "removing_yourself"

    def __init__(self) -> None:
        super().__init__(
            tr("Nobody removes themselves: whoever does it must still be in afterwards."),
            untouched(),
            tr("Ask another owner of the practice to do it."),
        )
