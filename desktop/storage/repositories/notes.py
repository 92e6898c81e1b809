"""Knows how notes are kept, locked once signed, and found by their words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from desktop.domain.audience import Audience, Owner
from desktop.domain.records import Note
from desktop.services.ports import Notes
from desktop.storage.dialect import match_text, search_notes
from desktop.storage.mapper import Mapper
from desktop.storage.repositories.shelf import OwnedShelf, Shape, owned
from desktop.storage.tables import notes


class SqlNotes(OwnedShelf[Note], Notes):
    """Notes. On a closed session new ones are addenda: drafts until signed. Those from before it may only be signed."""

    shape = Shape("note", notes, Mapper(Note))
    whose = owned(notes)

    def _newest(self, statement: Select[Any], audience: Audience) -> tuple[Note, ...]:
        return self._records(statement.order_by(notes.c.written_utc.desc(), notes.c.number.desc()), audience)

    def of_owner(self, owner: Owner, audience: Audience) -> tuple[Note, ...]:
        """The notes of a compartment, newest first."""
        columns = notes.c
        mine = self._select(audience).where(columns.owner_kind == owner.kind.value, columns.owner_id == owner.id)
        return self._newest(mine, audience)

    def of_session(self, session_id: str, audience: Audience) -> tuple[Note, ...]:
        """The notes written on a session, newest first."""
        return self._newest(self._select(audience).where(notes.c.session_id == session_id), audience)

    def drafts_of(self, member_id: str, audience: Audience) -> tuple[Note, ...]:
        """A member's own notes that are not signed, the oldest first."""
        mine = self._select(audience).where(notes.c.author_id == member_id, notes.c.signed_utc.is_(None))
        return self._records(mine.order_by(notes.c.written_utc, notes.c.number), audience)

    def search(self, text: str, audience: Audience, limit: int = 50) -> tuple[Note, ...]:
        """Notes that hold every word of `text`, or a word that begins so, best first; none for no words."""
        if not match_text(text):
            return ()
        found = search_notes(self._select(audience), text, best_first=audience.everything)
        return self._records(found.limit(limit), audience)
