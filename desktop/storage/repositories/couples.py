"""Knows how couples are kept, and found by their label and by their partners' names."""

from __future__ import annotations

from sqlalchemy import and_, or_

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.people import Couple
from desktop.services.ports import Couples
from desktop.storage.folding import fold, words
from desktop.storage.mapper import Mapper, Row
from desktop.storage.repositories.shelf import OwnedShelf, Shape, Whose
from desktop.storage.tables import clients, couples


class SqlCouples(OwnedShelf[Couple], Couples):
    """Couples, each a record of its own."""

    shape = Shape("couple", couples, Mapper(Couple))
    whose = Whose(couples.c.id, OwnerKind.COUPLE)

    def _more(self, record: Couple) -> Row:
        return {"label_folded": fold(record.label)}

    def of_client(self, client_id: str, audience: Audience) -> tuple[Couple, ...]:
        """The couples that a client is a partner in, oldest first."""
        columns = couples.c
        partner = or_(columns.partner_a == client_id, columns.partner_b == client_id)
        return self._records(self._select(audience).where(partner).order_by(columns.id), audience)

    def find(self, text: str, audience: Audience, limit: int = 200) -> tuple[Couple, ...]:
        """Couples whose label or either partner's name holds every word of `text`, by their names.

        A name counts only where this audience may see whose it is.
        """
        columns, a, b = couples.c, clients.alias("a"), clients.alias("b")
        joined = self._select(audience)
        for partner, column in ((a, columns.partner_a), (b, columns.partner_b)):
            seen = Whose(partner.c.id, OwnerKind.CLIENT).seen_by(audience)
            joined = joined.outerjoin(partner, and_(partner.c.id == column, seen))
        places = (columns.label_folded, a.c.name_folded, b.c.name_folded)
        asked = (or_(*(place.contains(word, autoescape=True) for place in places)) for word in words(text))
        found = joined.where(and_(True, *asked))
        return self._records(found.order_by(a.c.name_folded, b.c.name_folded, columns.id).limit(limit), audience)
