"""Knows how high a row of a plain list is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.views.ui.look import look
from desktop.views.ui.models import Index


class Roomy(QStyledItemDelegate):
    """Rows as high as everywhere else."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as it is, one row high."""
        return QSize(super().sizeHint(option, index).width(), look().sizes.row)
