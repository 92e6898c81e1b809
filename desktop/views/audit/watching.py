"""Knows how the whole trail is checked behind the work of the day, and what is said of it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from desktop.domain.errors import Known
from desktop.domain.records import AuditState
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.services.trail import verify_trail
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.theme import Tone


class Stage(StrEnum):
    """How far the check is."""

    WAITING = "waiting"
    RUNNING = "running"
    WHOLE = "whole"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of the records. state: what the last check found, None before one ended."""

    stage: Stage = Stage.WAITING
    state: AuditState | None = None
    when: str = ""

    @property
    def words(self) -> str:
        """In a few words, for the navigation."""
        if self.stage is Stage.WHOLE:
            return tr("Records checked {time}", time=self.when)
        if self.stage is Stage.WRONG and self.state is not None:
            count = max(1, len(self.state.flaws))
            return trn("{count} thing wrong", "{count} things wrong", count)
        if self.stage is Stage.UNREADABLE:
            return tr("Records not checked")
        return tr("Checking the records…")

    @property
    def sign(self) -> str:
        """An icon's name."""
        return {
            Stage.WHOLE: "circle-check", Stage.WRONG: "octagon-alert", Stage.UNREADABLE: "triangle-alert",
        }.get(self.stage, "circle-dashed")  # fmt: skip

    @property
    def tone(self) -> Tone:
        """What it means."""
        return {Stage.WRONG: Tone.RED, Stage.UNREADABLE: Tone.AMBER}.get(self.stage, Tone.PLAIN)


class Watching:
    """Checks everything once after an unlock, and again when asked. told(watch) hears of each step."""

    def __init__(self, desk: Desk, doing: Doing, told: Callable[[Watch], object]) -> None:
        self._desk, self._told = desk, told
        self._latest = Latest(doing)
        self.now = Watch()

    def begin(self) -> None:
        """Check, off the window's thread."""
        self._say(Watch(Stage.RUNNING, self.now.state, self.now.when))
        self._latest.ask(partial(verify_trail, self._desk), self.found, self._failed)

    def found(self, state: AuditState) -> None:
        """A check came back, this one or another's."""
        when = f"{self._desk.clock.now().local:%H:%M}"
        self._say(Watch(Stage.WHOLE if state.intact else Stage.WRONG, state, when))

    def _failed(self, error: Known) -> None:
        self._say(Watch(Stage.UNREADABLE))

    def _say(self, watch: Watch) -> None:
        self.now = watch
        self._told(watch)
