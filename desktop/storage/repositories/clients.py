"""Knows how clients are kept, and found by name."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.people import Client
from desktop.services.ports import Clients
from desktop.storage.folding import fold, words
from desktop.storage.mapper import Mapper, Row
from desktop.storage.repositories.shelf import OwnedShelf, Shape, Whose
from desktop.storage.tables import clients


def holds_words(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """The condition that a folded column holds every word of what was typed."""
    return and_(True, *(column.contains(word, autoescape=True) for word in words(text)))


class SqlClients(OwnedShelf[Client], Clients):
    """The people in care."""

    shape = Shape("client", clients, Mapper(Client))
    whose = Whose(clients.c.id, OwnerKind.CLIENT)

    def _more(self, record: Client) -> Row:
        return {"name_folded": fold(record.name)}

    def find(self, text: str, audience: Audience, limit: int = 200) -> tuple[Client, ...]:
        """Clients whose name holds every word of `text`, folded, by name; all for ''."""
        columns = clients.c
        found = self._select(audience).where(holds_words(columns.name_folded, text))
        return self._records(found.order_by(columns.name_folded, columns.born, columns.id).limit(limit), audience)
