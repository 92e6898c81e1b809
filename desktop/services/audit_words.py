"""Knows how a line of the trail is said in the clinic's words instead of the codes that are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.audience import OwnerKind
from desktop.domain.records import Act
from desktop.domain.words import tr

_MADE = re.compile(r"(?P<why>[\w-]+) (?P<n>\d+) places (?P<good>\d+) of (?P<all>\d+)")
_DONE = re.compile(r"(?P<what>drill|verified|thinned) (?P<n>\d+)")
_FAILED = re.compile(r"(?P<why>[\w-]+) failed\b.*")
_COPY = re.compile(r"(?:(?P<sheet>[\w-]+), )?copy (?P<copy>[\w-]+)")


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
        "audit trail": tr("the audit trail"), "archive": tr("an archive"), "kit": tr("the recovery kit"),
        "keys": tr("the practice's keys"), "custody": tr("custody"), "custody choice": tr("their choice of custody"),
        "notice": tr("a notice to all members"), "protocol": tr("a protocol"),
        "touch_plan": tr("a touch plan"),
        "safety_card": tr("a safety card"), "adverse_event": tr("an adverse event"),
        "order_signature": tr("an order by phone"), "followup": tr("a follow-up"),
        "followup_step": tr("a try of a follow-up"), "word_release": tr("words given to both"),
        "carried": tr("a carried session"), "travelling": tr("what a carried session was made from"),
        "handover": tr("a hand-over sheet"), "downtime": tr("a downtime sheet"),
        "prescriber": tr("a prescriber’s page"), "touch": tr("a touch plan on paper"),
        "emergency": tr("an emergency card"),
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
        "care": tr("touch and safety"), "afterwards": tr("the session afterwards"), "draft note": tr("for a note"),
        "words": tr("the words that were kept"), "sober": tr("agreed sober"), "narrowed": tr("narrowed"),
        "confirmed": tr("confirmed sober"), "done": tr("done"), "not_reached": tr("not reached"),
        "speaker": tr("their speaker wished it"), "partner": tr("the partner asked, the speaker agreed"),
        "clinic": tr("we asked, the speaker agreed"), "people": tr("who is in it"),
        "entry": tr("its entry was corrected"),
        "session": tr("from a session"),
        "page": tr("the whole page"), "entries": tr("its entries"), "notes": tr("its notes"),
        "moved": tr("moved to another time"), "withdrawn": tr("withdrawn"), "order": tr("the order that was planned"),
        "intention": tr("the intention"), "played from a script": tr("played from a script"),
        "from paper": tr("typed in from paper"),
        "name": tr("the name was corrected"), "roles": tr("the roles"),
        "veil: idle": tr("veiled: nobody was there"), "veil: desktop": tr("veiled with the desktop"),
        "card": tr("for the wall"), "veil lifted": tr("the veil was lifted"),
        "log": tr("the log of archives"),
        "carried to another machine": tr("carried to another machine"), "taken back": tr("taken back"),
        "brought back": tr("brought back from another machine"),
        "made ready to go home": tr("made ready to go home"),
        "place added": tr("a place was added"), "place forgotten": tr("a place was forgotten"),
    }.get(detail)  # fmt: skip
    if said is not None:
        return said
    found = _COPY.fullmatch(detail)
    if found is None:
        return archive_words(detail)
    copy = _copy_words(found["copy"])
    sheet = found["sheet"]
    return copy if not sheet else tr("{sheet}: {copy}", sheet=sheets.get(sheet, _plain(sheet)), copy=copy)


def archive_words(detail: str) -> str:
    """What is known of work with archives and of the veil; whatever else stands as it was kept."""
    made = _MADE.fullmatch(detail)
    if made is not None:
        return tr("number {n}, at {good} of {all} places; {why}", n=made["n"], good=made["good"], all=made["all"],
                  why=_why_words(made["why"]))  # fmt: skip
    failed = _FAILED.fullmatch(detail)
    if failed is not None:
        return tr("failed at every place; {why}", why=_why_words(failed["why"]))
    found = _DONE.fullmatch(detail)
    if found is None:
        return detail
    n = found["n"]
    return {
        "drill": tr("number {n}, tried out", n=n), "verified": tr("number {n}", n=n),
        "thinned": tr("{n} older ones removed", n=n),
    }[found["what"]]  # fmt: skip


def _why_words(why: str) -> str:
    return {
        "asked": tr("somebody asked for it"), "schedule": tr("it was due"),
        "pause": tr("nobody was there, and the lock was not due yet"),
        "unlock": tr("something was changed before the lock"),
        "close": tr("before the practice was closed"), "migration": tr("before the practice was brought up to date"),
    }.get(why, _plain(why))  # fmt: skip


def _copy_words(copy: str) -> str:
    if copy.isdigit():
        return tr("copy for couple {n}", n=copy)
    if copy.startswith("clinic-"):
        return tr("the clinic's own copy of couple {n}", n=copy.removeprefix("clinic-"))
    said = {"both": tr("copy for both"), "alone": tr("their own copy"), "clinic": tr("the clinic's own copy")}
    return said.get(copy, tr("{letter}'s own copy", letter=copy.upper()))


def _plain(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")
