"""Knows what the services ask of the store for a practice's own editions of its data files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.audience import Audience
    from desktop.domain.editions import DataKind, Edition


class Editions(ABC):
    """A practice's own protocols and cards; every edition is kept."""

    @abstractmethod
    def add(self, edition: Edition) -> None:
        """Keep the next edition; Conflict when somebody kept that number meanwhile, Refused without a reason."""

    @abstractmethod
    def of(self, kind: DataKind, name: str, audience: Audience) -> tuple[Edition, ...]:
        """Every edition of one file, the newest first."""

    @abstractmethod
    def latest(self, kind: DataKind, audience: Audience) -> tuple[Edition, ...]:
        """The newest edition of each file, by name."""
