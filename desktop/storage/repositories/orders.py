"""Knows how prescribers' orders are kept."""

from __future__ import annotations

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.records import Order
from desktop.services.ports import Orders
from desktop.storage.mapper import Mapper
from desktop.storage.repositories.shelf import OwnedShelf, Shape, Whose
from desktop.storage.tables import orders


class SqlOrders(OwnedShelf[Order], Orders):
    """Orders; once written they are only withdrawn."""

    shape = Shape("order", orders, Mapper(Order))
    whose = Whose(orders.c.client_id, OwnerKind.CLIENT)

    def of_client(self, client_id: str, audience: Audience) -> tuple[Order, ...]:
        """A client's orders, newest first."""
        columns = orders.c
        found = self._select(audience).where(columns.client_id == client_id)
        return self._records(found.order_by(columns.valid_from.desc(), columns.id.desc()), audience)
