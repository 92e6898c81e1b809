"""Knows what can be wrong with a practice's records and trail, and says of each what is safe and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.words import tr, trn


class Wrong(StrEnum):
    """What a look at the practice tells apart; the names are stable and fit for scripts."""

    EDITED_LINE = "edited_line"
    MISSING_LINE = "missing_line"
    CUT_TAIL = "cut_tail"
    FORKED_TRAIL = "forked_trail"
    OLDER_DATABASE = "older_database"
    LOST_LOG = "lost_log"
    STRAY_LOG = "stray_log"
    NO_HEAD = "no_head"
    EDITED_RECORD = "edited_record"
    REPLAYED_RECORD = "replayed_record"
    DELETED_RECORD = "deleted_record"
    ADDED_RECORD = "added_record"
    MISSING_LOCK = "missing_lock"
    STRUCTURE = "damaged_structure"
    WORD_INDEX = "word_index"
    BAD_CHECKPOINT = "bad_checkpoint"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong. line: the first line of the trail that it concerns, 0 for none.

    kind: of which records, '' for none; count: how many of them. Holds no client's data.
    """

    wrong: Wrong
    line: int = 0
    kind: str = ""
    count: int = 1

    @property
    def what(self) -> str:
        """What was found."""
        return _what(self)

    @property
    def safe(self) -> str:
        """What can be relied on, or exactly what cannot."""
        return _safe(self)

    @property
    def next_step(self) -> str:
        """What to do."""
        return _next_step(self.wrong)

    @property
    def refuses(self) -> bool:
        """Whether the practice is not opened with it: going on would write over what can still be put right."""
        return self.wrong in _REFUSED


_REFUSED = frozenset({Wrong.OLDER_DATABASE, Wrong.CUT_TAIL, Wrong.FORKED_TRAIL, Wrong.LOST_LOG, Wrong.STRAY_LOG})
_RECORDS = frozenset({Wrong.EDITED_RECORD, Wrong.REPLAYED_RECORD, Wrong.DELETED_RECORD, Wrong.ADDED_RECORD})


def record_words(kind: str) -> str:
    """Records of a kind, as they are called in a sentence about several."""
    words = {
        "practice": tr("the practice's own record"), "member": tr("members"), "client": tr("clients"),
        "couple": tr("couples"), "order": tr("orders"), "session": tr("sessions"), "note": tr("notes"),
        "entry": tr("entries of sessions"), "checkpoint": tr("checkpoints"),
        "countersignature": tr("countersignatures"), "carried": tr("carried sessions"),
        "travelling": tr("what a carried session was made from"),
        "touch_plan": tr("touch plans"),
        "safety_card": tr("safety cards"), "adverse_event": tr("adverse events"),
        "order_signature": tr("signatures under phone orders"), "followup": tr("follow-ups"),
        "followup_step": tr("tries of follow-ups"), "word_release": tr("released words"),
        "protocol": tr("the practice's own protocols"),
    }  # fmt: skip
    return words.get(kind, kind)


def _what(flaw: Flaw) -> str:
    if flaw.wrong in _RECORDS:
        return _what_of_records(flaw)
    n = flaw.line
    return {
        Wrong.EDITED_LINE: tr("Line {n} of the audit trail, or the one before it, was altered.", n=n),
        Wrong.MISSING_LINE: tr("Line {n} of the audit trail is missing.", n=n),
        Wrong.CUT_TAIL: tr("The last lines of the audit trail, from line {n} on, were cut off; records that they told "
                           "of are still here.", n=n),
        Wrong.FORKED_TRAIL: tr("Line {n} of the audit trail is not the one that was written here: the database went on "
                               "from an older copy.", n=n),
        Wrong.OLDER_DATABASE: tr("This database is older than the last one used here: it lacks all that was kept from "
                                 "line {n} of the audit trail on.", n=n),
        Wrong.LOST_LOG: tr("The program was stopped before the practice was locked, and the file practice.db-wal, "
                           "which held what was kept last, is not here any more."),
        Wrong.STRAY_LOG: tr("A file practice.db-wal lies beside the database though the practice was locked properly, "
                            "so somebody put it there."),
        Wrong.NO_HEAD: tr("The file practice.head is missing, so nobody can tell whether the last lines of the audit "
                          "trail are all here."),
        Wrong.MISSING_LOCK: trn("{count} lock that keeps records from being changed is missing or was altered.",
                                "{count} locks that keep records from being changed are missing or were altered.",
                                flaw.count),
        Wrong.STRUCTURE: tr("The structure of the database is damaged, or an older part of it was put back."),
        Wrong.WORD_INDEX: tr("The index of the words in notes is not what the notes say; a search may miss some."),
        Wrong.BAD_CHECKPOINT: trn("{count} signed checkpoint does not fit the audit trail or its signature.",
                                  "{count} signed checkpoints do not fit the audit trail or their signatures.",
                                  flaw.count),
    }[flaw.wrong]  # fmt: skip


def _what_of_records(flaw: Flaw) -> str:
    words, n = record_words(flaw.kind), flaw.count
    return {
        Wrong.EDITED_RECORD: tr("Altered without the program: {words} ({n}).", words=words, n=n),
        Wrong.REPLAYED_RECORD: tr("An older copy was put back: {words} ({n}).", words=words, n=n),
        Wrong.DELETED_RECORD: tr("Removed without the program: {words} ({n}).", words=words, n=n),
        Wrong.ADDED_RECORD: tr("Put in without the program: {words} ({n}).", words=words, n=n),
    }[flaw.wrong]


def _safe(flaw: Flaw) -> str:
    if flaw.wrong in _RECORDS:
        return tr("Every other record is as it was last saved. What was altered cannot be relied on.")
    untouched = tr("Nothing in the practice was changed.")
    return {
        Wrong.EDITED_LINE: tr("The lines before it are as they were written."),
        Wrong.MISSING_LINE: tr("The lines before it are as they were written."),
        Wrong.CUT_TAIL: untouched,
        Wrong.FORKED_TRAIL: untouched,
        Wrong.OLDER_DATABASE: untouched,
        Wrong.LOST_LOG: untouched,
        Wrong.STRAY_LOG: tr("The database itself is as it was locked; the file was not read into it."),
        Wrong.NO_HEAD: tr("The lines that are here hold together, unless it is said otherwise."),
        Wrong.MISSING_LOCK: tr("Records that were altered since are named on their own."),
        Wrong.STRUCTURE: tr("Records that were altered are named on their own; others may not be found."),
        Wrong.WORD_INDEX: tr("The notes themselves are compared on their own."),
        Wrong.BAD_CHECKPOINT: tr("The trail is checked without it too."),
    }[flaw.wrong]


def _next_step(wrong: Wrong) -> str:
    keep = tr("Copy the whole folder to a safe place as it is, tell the owner of the practice, and compare with an "
              "archive.")  # fmt: skip
    newer = tr("Put the newer practice.db back, with its -wal file. If an older copy was put here on purpose, move "
               "practice.head away and unlock again.")  # fmt: skip
    return {
        Wrong.OLDER_DATABASE: newer,
        Wrong.FORKED_TRAIL: newer,
        Wrong.CUT_TAIL: keep + " " + tr("To look at what is left, move practice.head away and unlock again."),
        Wrong.LOST_LOG: tr("Put practice.db-wal back beside practice.db. If it is gone for good, move practice.head "
                           "away and unlock again; what it held is lost."),
        Wrong.STRAY_LOG: tr("Move practice.db-wal out of the folder, keep it, and unlock again."),
        Wrong.NO_HEAD: tr("If you moved it away yourself, nothing more is to be done: it is written anew. Otherwise "
                          "compare the last line of the trail with a printed checkpoint or an archive."),
    }.get(wrong, keep)  # fmt: skip


def codes(flaws: Iterable[Flaw]) -> str:
    """The names of what is wrong, each once, for a line of the trail."""
    return ", ".join(sorted({flaw.wrong.value for flaw in flaws}))
