"""Knows why a session cannot be carried, opened elsewhere, or brought back, and what is safe in each case."""

from __future__ import annotations

from desktop.domain.errors import Known
from desktop.domain.words import tr


class CarryRefused(Known):
    """The root of what is refused around carried sessions; `code` is stable and fit for tests and scripts."""

    code = "carry_refused"


def _nothing() -> str:
    return tr("Nothing was changed.")


class NotABundle(CarryRefused):
    """A file that is no carried session."""

    code = "not_a_bundle"

    def __init__(self) -> None:
        super().__init__(
            tr("This file is not a carried session."), _nothing(),
            tr("Choose the file that ends in .carried and was made by Holdfast at the home practice."),
        )  # fmt: skip


class DamagedBundle(CarryRefused):
    """A bundle that was cut off or altered; which of these cannot be told."""

    code = "damaged_bundle"

    def __init__(self) -> None:
        super().__init__(
            tr("This carried session is damaged: the file was cut off or altered."),
            tr("Nothing was taken out of it, and nothing was changed."),
            tr("Copy the file again from where it was made, or have it taken back and made anew there."),
        )  # fmt: skip


class NewerBundle(CarryRefused):
    """A bundle or return of a newer form than this program reads."""

    code = "newer_bundle"

    def __init__(self) -> None:
        super().__init__(
            tr("This file was made by a newer version of Holdfast."), _nothing(),
            tr("Use the same version of Holdfast on both machines."),
        )  # fmt: skip


class WrongBundlePassphrase(CarryRefused):
    """The passphrase does not open the bundle."""

    code = "wrong_bundle_passphrase"

    def __init__(self) -> None:
        super().__init__(
            tr("This passphrase does not open the carried session."), _nothing(),
            tr("Look at the keyboard layout and type the passphrase that was shown when the session was carried."),
        )  # fmt: skip


class ExpiredBundle(CarryRefused):
    """The time in which the session may be begun elsewhere is over."""

    code = "expired_bundle"

    def __init__(self) -> None:
        super().__init__(
            tr("The time in which this carried session may be begun is over."), _nothing(),
            tr("Take it back at the home practice and carry it again. One that was begun in time may be finished "
               "and brought back."),
        )  # fmt: skip


class ClockBeforeBundle(CarryRefused):
    """This machine's clock stands before the moment when the bundle was made."""

    code = "clock_before_bundle"

    def __init__(self) -> None:
        super().__init__(
            tr("This machine's clock stands well before the moment when the session was carried."), _nothing(),
            tr("Set the clock of this machine, then try again."),
        )  # fmt: skip


class NotAReturn(CarryRefused):
    """A file that brings no session back."""

    code = "not_a_return"

    def __init__(self) -> None:
        super().__init__(
            tr("This file does not bring a session back."), _nothing(),
            tr("Choose the file that ends in .returned and was made by Holdfast on the other machine."),
        )  # fmt: skip


class AlteredReturn(CarryRefused):
    """A return that does not open, or does not hold what a board elsewhere can have written."""

    code = "altered_return"

    def __init__(self) -> None:
        super().__init__(
            tr("What this file brings back is damaged or was altered."),
            tr("Nothing was taken from it. The session is still marked as carried."),
            tr("Make the file again on the other machine, where every entry still is."),
        )  # fmt: skip


class ForeignReturn(CarryRefused):
    """A return of a session that this practice did not give out."""

    code = "foreign_return"

    def __init__(self) -> None:
        super().__init__(
            tr("This file brings back a session that this practice did not give out."), _nothing(),
            tr("Bring it to the practice where the session was carried from."),
        )  # fmt: skip


class SecondReturn(CarryRefused):
    """A session that came back already."""

    code = "second_return"

    def __init__(self) -> None:
        super().__init__(
            tr("This session was brought back already; it comes back once."),
            tr("What came back the first time is kept as it is. Nothing was added."),
            tr("Write what is missing as a note on the session, or as late entries while it is open."),
        )  # fmt: skip


class TakenBack(CarryRefused):
    """A session that was taken back: what was done elsewhere is not accepted any more."""

    code = "taken_back"

    def __init__(self) -> None:
        super().__init__(
            tr("This session was taken back here, so nothing is accepted from the other machine."), _nothing(),
            tr("Enter what was done elsewhere here, as late entries from the printed flowsheet."),
        )  # fmt: skip


class BegunTooLate(CarryRefused):
    """A return of a session that was begun after it had expired."""

    code = "begun_too_late"

    def __init__(self) -> None:
        super().__init__(
            tr("This session was begun on the other machine after its time was over."), _nothing(),
            tr("Take it back here, and enter what was done as late entries from the printed flowsheet."),
        )  # fmt: skip


class WrongReceipt(CarryRefused):
    """A receipt that is not for what is in this travelling folder now."""

    code = "wrong_receipt"

    def __init__(self) -> None:
        super().__init__(
            tr("This receipt is not for the entries that are in this folder."),
            tr("Nothing was removed."),
            tr("Type the receipt that the home practice showed. Entries that were written after the file was made are "
               "not at home."),
        )  # fmt: skip


class NotTravelling(CarryRefused):
    """A folder that holds a practice, not a carried session."""

    code = "not_travelling"

    def __init__(self) -> None:
        super().__init__(
            tr("This folder does not hold a carried session."), _nothing(),
            tr("Choose the folder that was made when the carried session was opened."),
        )  # fmt: skip
