"""Knows the sentences for what the database refuses by itself."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import Conflict, HoldfastError, Known, NotFound, Refused
from desktop.domain.words import tr
from desktop.storage.dialect import MISSING, UNIQUE, reason
from desktop.storage.faults import explain


class UnauditedChange(HoldfastError):
    """The program's own mistake: a record was changed and no line of the trail says so. Nothing was kept."""


class ReadOnlyUnit(HoldfastError):
    """The program's own mistake: a unit for reading was asked to write. Nothing was kept."""


class NestedUnit(HoldfastError):
    """The program's own mistake: a unit for writing was opened inside another, and would wait for itself."""


class NotKeepable(HoldfastError):
    """The program's own mistake: a record that the tables do not take. Nothing was kept."""


def not_here() -> NotFound:
    """A record that is not there, or not for this audience."""
    return NotFound(
        tr("There is no such record here."), tr("Nothing was changed."), tr("Go back and open it from the list.")
    )


def moved_on() -> Conflict:
    """A record that somebody else changed since it was read."""
    return Conflict(
        tr("This record was changed since it was opened."),
        tr("What is kept is the other change; yours is still on the screen."),
        tr("Compare the two and save again."),
    )


def _taken() -> Conflict:
    return Conflict(
        tr("There is a record of this kind already, with the same identifier, initials or seat."),
        tr("Nothing was changed."),
        tr("Look at what is there and choose another."),
    )


def _out_of_turn() -> Conflict:
    return Conflict(
        tr("Another entry was written to this session in the meantime."),
        tr("All earlier entries are kept; this one was not."),
        tr("Look at the log, and enter it again."),
    )


def closed() -> Refused:
    """Something that would change a session after its close."""
    return Refused(
        "closed", tr("This session is closed and no longer changes."), tr("Nothing was changed."),
        tr("Write an addendum: a note on this session."),
    )  # fmt: skip


def _locks() -> dict[str, Refused]:
    kept = tr("Nothing was changed.")
    return {
        "closed": closed(),
        "signed": Refused(
            "signed", tr("This note is signed and no longer changes."), kept, tr("Write an addendum: a new note."),
        ),
        "written": Refused(
            "written", tr("An order does not change once it is written."), kept,
            tr("Withdraw it and write a new one."),
        ),
        "owner": Refused(
            "owner", tr("A record stays with the person or couple it was made for."), kept,
            tr("Make a new record where it belongs."),
        ),
        "begun": Refused("begun", tr("This session has begun already."), kept, tr("Carry it on from the list.")),
        "append-only": Refused(
            "append-only", tr("What was entered stays as it was entered."), kept,
            tr("Strike the entry with a reason, and enter it again."),
        ),
        "no-line": Refused(
            "no_line", tr("The audit trail has no such line to sign."), kept, tr("Check the trail, and sign its end."),
        ),
        "same-member": Refused(
            "same_member", tr("A checkpoint is countersigned by another member than the one who signed it."), kept,
            tr("Let a colleague unlock and countersign it."),
        ),
        "carried": Refused(
            "carried", tr("This session is carried to another machine; nothing of it changes here meanwhile."), kept,
            tr("Bring it back from there first, or take it back here with a reason."),
        ),
        "settled": Refused(
            "settled", tr("This carried session came back, or was taken back, already."), kept,
        ),
        "travelling": Refused(
            "travelling", tr("This folder holds a carried session: its board takes entries, and nothing else."), kept,
            tr("Do this at the home practice."),
        ),
        "not-sober": Refused(
            "not_sober", tr("More touch is only permitted sober."), kept,
            tr("Speak it through when nobody has taken anything, and say so on the form."),
        ),
        "done": Refused("done", tr("This is done already."), kept, tr("Write a note when there is more to say.")),
        "running": Refused(
            "running", tr("The session is not over: what somebody said in it is theirs alone."), kept,
            tr("Close it, and ask them sober, the next day or later."),
        ),
        "released": Refused("released", tr("These words are with the couple already."), kept),
        "kept": Refused("kept", tr("Records are kept, not removed."), kept),
    }  # fmt: skip


def refusal(error: DBAPIError) -> Known | None:
    """The known error for a row that the tables refused; None when it was refused for another reason."""
    why = reason(error)
    if why == UNIQUE:
        return _taken()
    if why == MISSING:
        return not_here()
    if why == "moved-on":
        return moved_on()
    if why == "sequence":
        return _out_of_turn()
    if why == "no-reason":
        why_not = tr("A reason is needed.")
        return Refused("no_reason", why_not, tr("Nothing was changed."), tr("Say why in a few words."))
    return _locks().get(why)


def trouble(error: DBAPIError) -> HoldfastError:
    """What went wrong below the tables: the disk, the lock, the file; else it is the program's own mistake."""
    return explain(error) or NotKeepable(type(error.orig).__name__)
