"""Knows how what nobody may miss stands above every screen, until whoever is here has taken notice of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.services.custody import Notice, notices, take_notice
from desktop.services.desk import Desk
from desktop.services.outcome import touches
from desktop.views.ui.banner import Banner, banner_of
from desktop.views.ui.basics import Card
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Tone

SEEN = "seen"


class MustRead(Card):
    """One notice at a time, oldest first. It cannot be closed but by taking notice, which is written down."""

    def __init__(self, desk: Desk, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._desk, self._ops = desk, ops
        self.banner = Banner()
        self.lines.addWidget(self.banner)
        self._first: Notice | None = None
        self.banner.chosen.connect(self._answered)
        ops.changed.connect(self._changed)
        self.hide()
        self.ask_again()

    def _space(self) -> None:
        """In line with the screen below it."""
        gap = look().sizes.gap
        self.lines.setContentsMargins(gap, gap, gap, 0)

    def ask_again(self, *_: object) -> None:
        """Fetch what has not been taken notice of."""
        self._ops.read(partial(notices, self._desk), self, then=self._show, oops=self._refused)

    def _show(self, found: tuple[Notice, ...]) -> None:
        self._first = found[0] if found else None
        self.setVisible(self._first is not None)
        self.banner.show_banner(None if self._first is None else facts_of(self._first))

    def _answered(self, key: str) -> None:
        if key == SEEN and self._first is not None:
            work = partial(take_notice, self._desk, self._first.number)
            self._ops.run(work, self, then=self.ask_again, oops=self._refused)

    def _refused(self, error: Known) -> None:
        self.show()
        self.banner.show_banner(banner_of(error))

    def _changed(self, changed: frozenset[object]) -> None:
        if touches(changed, "notice") or touches(changed, "keys"):  # type: ignore[arg-type]
            self.ask_again()


def facts_of(notice: Notice) -> BannerFacts:
    """A notice as it stands above the screens."""
    return BannerFacts(
        Tone.RED, notice.what, notice.why,
        tr("Ask who did it and why, if you do not know. This stands in the audit trail."),
        ((SEEN, tr("I have read this")),),
    )  # fmt: skip
