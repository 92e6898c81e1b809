"""Knows how an adverse event is written down, by hand or from an entry of a session, and followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.audience import Audience
from desktop.domain.care import AdverseEvent
from desktop.domain.care_drafts import AdverseDraft, check_adverse, read_local
from desktop.domain.care_files import AdverseWords
from desktop.domain.drafts import clean_lines
from desktop.domain.errors import Invalid, Refused
from desktop.domain.people import CLINICAL, clean, read_date, require
from desktop.domain.records import Act, Session
from desktop.domain.words import tr
from desktop.live.events import AdverseOpened, Entry, Moved, Struck, Undone
from desktop.live.state import LiveState
from desktop.services.care_words import adverse_words
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit

KIND = "adverse_event"
MINUTE = "%Y-%m-%d %H:%M"


def adverse_choices(desk: Desk) -> AdverseWords:
    """What can happen, and how it is rated."""
    return adverse_words(desk.resources)


def local_now(desk: Desk) -> datetime:
    """The local time at the desk, without a zone."""
    return desk.clock.now().local.replace(tzinfo=None)


def _filled(desk: Desk, event: AdverseEvent, draft: AdverseDraft) -> AdverseEvent:
    problems = check_adverse(draft, adverse_choices(desk), local_now(desk))
    began = read_local(draft.began)
    if problems or began is None:
        raise Invalid(problems)
    ended = read_local(draft.ended)
    return replace(
        event, what=draft.what, began=f"{began:{MINUTE}}", ended=f"{ended:{MINUTE}}" if ended is not None else "",
        severity=int(draft.severity or 0), serious=draft.serious, related=draft.related,
        action=clean_lines(draft.action), outcome=draft.outcome, reported_to=clean(draft.reported_to),
        follow_up=read_date(draft.follow_up), note=clean_lines(draft.note),
    )


def write_adverse(
    desk: Desk, client_id: str, draft: AdverseDraft, session_id: str | None = None, seq: int | None = None
) -> Outcome[AdverseEvent]:
    """Keep a new one, by hand or from an entry of a session. Invalid, NotFound, Conflict for a second of that entry."""
    require(desk.member, *CLINICAL)
    event = _filled(desk, _blank(desk, client_id, session_id, seq), draft)
    audience = Audience.clinic("adverse event")
    with desk.store.write() as unit:
        unit.clients.get(client_id, audience)
        if session_id is not None:
            session = unit.sessions.get(session_id, audience)
            if client_id not in {person.client_id for person in session.people}:
                raise Refused("not there", tr("This person does not take part in the session."))
        _add(desk, unit, event)
    return Outcome.of(event, Topic(KIND, event.id), Topic("client", client_id))


def change_adverse(desk: Desk, event_id: str, draft: AdverseDraft, version: int) -> Outcome[AdverseEvent]:
    """Add what became of it. Invalid, Conflict."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        event = unit.care.adverse.get(event_id, Audience.clinic("adverse event"))
        kept = unit.care.adverse.save(replace(_filled(desk, event, draft), version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner))
    return Outcome.of(kept, Topic(KIND, kept.id), Topic("client", kept.client_id))


def _blank(desk: Desk, client_id: str, session_id: str | None, seq: int | None) -> AdverseEvent:
    return AdverseEvent(
        id=desk.ids.new(), client_id=client_id, session_id=session_id, seq=seq, what="", began="", ended="",
        severity=0, serious="", related="", action="", outcome="", reported_to="", follow_up=None, note="",
        made=desk.clock.now(), made_by=desk.member.id,
    )


def _add(desk: Desk, unit: Unit, event: AdverseEvent) -> None:
    unit.care.adverse.add(event)
    unit.audit(desk.line(Act.CREATE, KIND, event.id, event.owner, "session" if event.seq is not None else ""))


def follow_entry(
    desk: Desk, unit: Unit, session: Session, entry: Entry, states: tuple[LiveState, LiveState]
) -> None:  # fmt: skip
    """Keep the record that an entry of a running session opens, inside the caller's transaction, and say on it what
    becomes of the entry. One that was moved opens a record for whom it is about. states: before the entry, after it.
    """
    before, after = states
    event = entry.event
    if isinstance(event, AdverseOpened):
        _open(desk, unit, session, event, after, entry.seq, entry.at_ms)
    elif isinstance(event, Struck | Undone | Moved):
        for kept in unit.care.adverse.of_session(session.id, Audience.clinic("adverse event")):
            if kept.seq is not None and _counts(before, kept.seq) != _counts(after, kept.seq):
                _say(desk, unit, kept, _became(after, kept.seq, event))
        if isinstance(event, Moved) and isinstance(event.event, AdverseOpened):
            _open(desk, unit, session, event.event, after, entry.seq, after.entries[event.entry - 1].at_ms)


def _counts(state: LiveState, seq: int) -> bool:
    """Whether the entry that a record was made from counts for whom the record is about."""
    if seq > len(state.entries):
        return False
    event = state.entries[seq - 1].event
    if isinstance(event, Moved):
        mark = state.marks.get(event.entry)
        return mark is not None and mark.how == "moved" and mark.by == seq
    return seq not in state.marks


def _became(state: LiveState, seq: int, event: Struck | Undone | Moved) -> str:
    """What is said on a record whose entry counts no more, or again."""
    if _counts(state, seq):
        return tr("The entry that this was made from counts again.")
    if isinstance(event, Moved):
        return tr("The entry that this was made from was moved to somebody else.")
    return tr("The entry that this was made from was taken back: {why}", why=event.reason or tr("no reason given"))


def _open(
    desk: Desk, unit: Unit, session: Session, event: AdverseOpened, state: LiveState, seq: int, at_ms: int
) -> None:  # fmt: skip
    began = (state.entries[0].wall.local + timedelta(milliseconds=at_ms)).replace(tzinfo=None)
    blank = _blank(desk, state.people[event.who].client_id, session.id, seq)
    made = replace(blank, what=event.what, began=f"{began:{MINUTE}}", severity=event.severity, note=event.note)
    _add(desk, unit, made)


def _say(desk: Desk, unit: Unit, kept: AdverseEvent, words: str) -> None:
    saved = unit.care.adverse.save(replace(kept, note="\n".join(part for part in (kept.note, words) if part)))
    unit.audit(desk.line(Act.CHANGE, KIND, saved.id, saved.owner, "entry"))
