"""Knows a board without Qt: the presenter with a view that only remembers, and work that is done at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.domain.errors import Known, Problem
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Resources
from desktop.views.board.asking import PanelFacts
from desktop.views.board.demo import MEMBERS, STATES, TITLE, DemoLive
from desktop.views.board.presenter import BoardPresenter
from desktop.views.board.shown import BoardFacts, CoachFacts, PreviewFacts, SideFacts, StripFacts, TopFacts
from desktop.views.board.shown_safety import EmergencyFacts
from desktop.views.ui.facts import BannerFacts


class Remembers:
    """A view that remembers the last of everything."""

    def __init__(self) -> None:
        self.board: BoardFacts | None = None
        self.top: TopFacts | None = None
        self.sides: dict[str, SideFacts] = {}
        self.coach: CoachFacts | None = None
        self.preview = PreviewFacts()
        self.strip: StripFacts | None = None
        self.panel: PanelFacts | None = None
        self.problems: tuple[Problem, ...] = ()
        self.banner: BannerFacts | None = None
        self.line = ""
        self.chosen: list[str] = []
        self.boards = 0
        self.card: EmergencyFacts | None = None

    def receiver(self) -> Any:
        return self

    def show_board(self, facts: BoardFacts) -> None:
        self.board, self.top, self.coach = facts, facts.top, facts.coach
        self.sides = {side.key: side for side in facts.sides}
        self.boards += 1

    def show_top(self, facts: TopFacts) -> None:
        self.top = facts

    def show_side(self, facts: SideFacts, at: int = 0, of: int = 1) -> None:
        self.sides[facts.key] = facts

    def show_coach(self, facts: CoachFacts | None, sides: int = 2) -> None:
        self.coach = facts

    def show_emergency(self, facts: EmergencyFacts | None, take: bool = False) -> None:
        self.card = facts

    def show_preview(self, facts: PreviewFacts) -> None:
        self.preview = facts

    def show_strip(self, facts: StripFacts | None) -> None:
        self.strip = facts

    def show_panel(self, facts: PanelFacts | None) -> None:
        self.panel = facts

    def panel_begun(self) -> dict[str, str] | None:
        return None

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems

    def show_banner(self, facts: BannerFacts | None) -> None:
        self.banner = facts

    def line_saved(self, text: str) -> None:
        self.line = ""

    def set_line(self, text: str) -> None:
        self.line = text

    def focus_line(self) -> None:
        return

    def choose_entry(self, key: str) -> None:
        self.chosen.append(key)


class AtOnce:
    """Work that is done at once, in the same thread."""

    def __init__(self) -> None:
        self.changed: list[frozenset[Topic]] = []

    def run(
        self,
        work: Callable[[], Outcome[Any]],
        receiver: Any,
        *,
        then: Callable[[Any], object] | None = None,
        oops: Callable[[Known], object] | None = None,
    ) -> object:
        try:
            outcome = work()
        except Known as error:
            if oops is not None:
                oops(error)
            return None
        self.changed.append(outcome.changed)
        if then is not None:
            then(outcome.value)
        return None


class Play:
    """A presenter with its view and session."""

    def __init__(self, resources: Resources, state: str = "", *, alone: bool = False) -> None:
        self.live = DemoLive(resources, alone=alone)
        if state:
            STATES[state](self.live)
        self.view, self.ops = Remembers(), AtOnce()
        self.presenter = BoardPresenter(self.view, self.live, self.ops, members=MEMBERS, me="m1", title=TITLE)
        self.presenter.start()

    def line(self, text: str) -> None:
        """Type a line and press Enter."""
        self.presenter.typed(text)
        self.presenter.entered(text)
