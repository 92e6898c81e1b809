"""Knows what happens when somebody comes: who may is looked up first, then the page asks who it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.services.joining import Newcomer
from desktop.services.outcome import Outcome
from desktop.views.board.acting_safety import Opens
from desktop.views.board.core import Core, Live


def joining(core: Core, opens: Opens) -> Callable[[], object]:
    """What the key does."""
    return partial(_look, core, opens)


def _look(core: Core, opens: Opens) -> None:
    core.ops.run(
        partial(_found, core.live), core.view.receiver(), then=partial(_offer, core, opens), oops=core.say
    )


def _found(live: Live) -> Outcome[tuple[Newcomer, ...]]:
    return Outcome.of(live.newcomers())


def _offer(core: Core, opens: Opens, some: tuple[Newcomer, ...]) -> None:
    core.newcomers = some
    opens("join", None, None)
