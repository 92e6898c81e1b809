"""Knows how a line of the trail is said in the clinic's words instead of the codes that are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.audience import OwnerKind
from desktop.domain.records import Act
from desktop.domain.words import tr

_MADE = re.compile(
    r"(?P<why>asked|schedule|close|migration) "
    r"(?:(?P<n>\d+) places (?P<good>\d+) of (?P<all>\d+)|(?P<failed>failed)\b.*)"
)
_NUMBERED = re.compile(r"(?P<what>verified|drill|thinned) (?P<n>\d+)")
_COPY = re.compile(r"(?:(?P<sheet>[\w-]+), )?copy (?P<copy>\w+)")


def act_words(act: Act) -> str:
    """What was done, in a word."""
    return {
        Act.CREATE: tr("made"), Act.CHANGE: tr("changed"), Act.VIEW: tr("viewed"), Act.SEARCH: tr("searched"),
        Act.PRINT: tr("printed"), Act.EXPORT: tr("saved as a file"), Act.UNLOCK: tr("unlocked"),
        Act.LOCK: tr("locked"), Act.START: tr("started"), Act.ENTRY: tr("entered"), Act.CLOSE: tr("closed"),
        Act.SIGN: tr("signed"), Act.CUSTODY: tr("opened with the kit"), Act.SEEN: tr("took notice of"),
        Act.ARCHIVE: tr("archived"), Act.VERIFY: tr("verified"), Act.RESTORE: tr("restored"),
    }.get(act, _plain(act.value))  # fmt: skip


def subject_words(kind: str) -> str:
    """What it was done to; a kind that is not known here stands as it was kept."""
    return {
        "client": tr("a client"), "couple": tr("a couple"), "order": tr("an order"), "session": tr("a session"),
        "entry": tr("an entry of a session"), "note": tr("a note"), "member": tr("a member"),
        "practice": tr("the practice"), "worksheet": tr("a worksheet"), "flowsheet": tr("a flowsheet"),
        "people": tr("couples and clients"), "notes": tr("notes"), "checkpoint": tr("a checkpoint"),
        "countersignature": tr("a colleague's checkpoint"), "audit report": tr("a report of the audit trail"),
        "audit trail": tr("the audit trail"), "kit": tr("the recovery kit"), "keys": tr("the practice's keys"),
        "archive": tr("archives"), "notice": tr("a notice"), "custody": tr("custody of sealed notes"),
        "custody choice": tr("their choice on custody"),
    }.get(kind, _plain(kind))  # fmt: skip


def owner_words(kind: OwnerKind) -> str:
    """Whose compartment it was, without saying who."""
    return {
        OwnerKind.CLIENT: tr("one person's record"),
        OwnerKind.COUPLE: tr("what a couple shares"),
        OwnerKind.PRACTICE: tr("the practice"),
    }[kind]


def detail_words(detail: str, sheets: Mapping[str, str]) -> str:
    """What is known beside it. sheets: the worksheets' titles by id; what is not known here stands as it was kept."""
    said = {
        "page": tr("the whole page"), "entries": tr("its entries"), "notes": tr("its notes"),
        "moved": tr("moved to another time"), "withdrawn": tr("withdrawn"), "order": tr("the order that was planned"),
        "intention": tr("the intention"), "played from a script": tr("played from a script"),
        "name": tr("the name was corrected"), "roles": tr("the roles"),
        "place added": tr("a place was added"), "place forgotten": tr("a place was forgotten"),
    }.get(detail)  # fmt: skip
    said = said or _archive_words(detail)
    if said is not None:
        return said
    found = _COPY.fullmatch(detail)
    if found is None:
        return detail
    copy = _copy_words(found["copy"])
    sheet = found["sheet"]
    return copy if not sheet else tr("{sheet}: {copy}", sheet=sheets.get(sheet, _plain(sheet)), copy=copy)


def _archive_words(detail: str) -> str | None:
    """What was done with archives; None for anything else."""
    if (made := _MADE.fullmatch(detail)) is not None:
        why = {"asked": tr("asked for"), "schedule": tr("when it was due"), "close": tr("at locking"),
               "migration": tr("before the database changed its form")}[made["why"]]  # fmt: skip
        if made["failed"] is not None:
            return tr("failed at every place, {why}", why=why)
        return tr("number {n}, {why}, at {good} of {all} places", n=made["n"], why=why, good=made["good"],
                  all=made["all"])  # fmt: skip
    if (found := _NUMBERED.fullmatch(detail)) is None:
        return None
    what, number = found["what"], found["n"]
    return {
        "verified": tr("number {n}, whole", n=number), "drill": tr("number {n}, tried out", n=number),
        "thinned": tr("removed by the rules: {n}", n=number),
    }[what]  # fmt: skip


def _copy_words(copy: str) -> str:
    return {"both": tr("copy for both"), "alone": tr("their own copy")}.get(
        copy, tr("{letter}'s own copy", letter=copy.upper())
    )


def _plain(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")
