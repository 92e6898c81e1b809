"""Knows how notes are written, changed while they are drafts, signed, and searched."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.drafts import NoteDraft, check_note, clean_lines
from desktop.domain.errors import Invalid, NotAllowed, Problem
from desktop.domain.people import CLINICAL, Member, Role, require
from desktop.domain.records import Act, Note
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit

KIND = "note"


def write_note(desk: Desk, draft: NoteDraft) -> Outcome[Note]:
    """Keep a new note; on a closed session it is an addendum. Invalid names the fields; NotFound."""
    require(desk.member, *CLINICAL)
    problems = check_note(draft)
    owner = draft.owner
    if problems or owner is None:
        raise Invalid(problems)
    note = Note(
        id=desk.ids.new(), owner=owner, session_id=draft.session_id, author_id=desk.member.id,
        text=clean_lines(draft.text), written=desk.clock.now(),
    )
    with desk.store.write() as unit:
        _require_place(unit, owner, draft.session_id)
        unit.notes.add(note)
        unit.audit(desk.line(Act.CREATE, KIND, note.id, note.owner))
    return Outcome.of(note, Topic(KIND, note.id))


def _require_place(unit: Unit, owner: Owner, session_id: str | None) -> None:
    """Raise unless there is such a compartment, and the session, if one is named, has to do with it."""
    audience = Audience.clinic("note")
    if owner.kind is OwnerKind.PRACTICE:
        raise Invalid((Problem("whose", tr("A note belongs to a person or to a couple.")),))
    if owner.kind is OwnerKind.CLIENT:
        unit.clients.get(owner.id, audience)
    else:
        unit.couples.get(owner.id, audience)
    if session_id is not None:
        session = unit.sessions.get(session_id, audience)
        couples = {Owner.couple(person.couple_id) for person in session.people if person.couple_id}
        if owner not in {session.owner, *couples, *(Owner.client(person.client_id) for person in session.people)}:
            raise Invalid((Problem("whose", tr("This person was not in the session.")),))


def _require_author(member: Member, note: Note) -> None:
    if note.author_id != member.id:
        raise NotAllowed(
            tr("Only who wrote a note changes or signs it."), tr("Nothing was changed."),
            tr("Write a note of your own."),
        )


def change_note(desk: Desk, note_id: str, text: str, version: int) -> Outcome[Note]:
    """Change one's own note while it is not signed. Invalid, Refused('signed'), Refused('closed'), Conflict."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        note = unit.notes.get(note_id, Audience.clinic("note"))
        _require_author(desk.member, note)
        problems = check_note(NoteDraft(note.owner, text, note.session_id))
        if problems:
            raise Invalid(problems)
        kept = unit.notes.save(replace(note, text=clean_lines(text), version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner))
    return Outcome.of(kept, Topic(KIND, kept.id))


def sign_note(desk: Desk, note_id: str, version: int) -> Outcome[Note]:
    """Sign one's own note: from then on nobody changes it, addenda follow. Refused('signed'), Conflict."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    with desk.store.write() as unit:
        note = unit.notes.get(note_id, Audience.clinic("note"))
        _require_author(desk.member, note)
        kept = unit.notes.save(replace(note, signed=desk.clock.now(), version=version))
        unit.audit(desk.line(Act.SIGN, KIND, kept.id, kept.owner))
    return Outcome.of(kept, Topic(KIND, kept.id))


def session_notes(desk: Desk, session_id: str) -> tuple[Note, ...]:
    """The notes on a session, newest first; the trail says that they were opened."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("session notes")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, "notes"))
        return unit.notes.of_session(session.id, audience)


def search_notes(desk: Desk, text: str) -> tuple[Note, ...]:
    """Notes that hold every word of `text`, best first. They are shown, so the trail says so: never what was typed."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:  # not on the writer: a long search must not keep an entry waiting
        found = unit.notes.search(text, Audience.clinic("search"))
    owner = Owner.practice(desk.store.practice_id)
    detail = tr("{n} characters, {found} found", n=len(text), found=len(found))
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.SEARCH, "notes", desk.store.practice_id, owner, detail))
    return found
