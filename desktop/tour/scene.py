"""Knows what a picture is built from: the stage, the theme, and how a screen is put on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.bootstrap import RealDoor
from desktop.domain.words import tr
from desktop.services.practice import PracticePeek
from desktop.tour.shown import SHOWN_FOLDER, shown_archives
from desktop.tour.stage import Moment, Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.board.screen import BoardScreen
    from desktop.views.shell.frame import Frame
    from desktop.views.ui.ops import Ops
    from desktop.views.welcome.view import WelcomeScreen


class _ShownDoor(RealDoor):
    """The real door, but pictures name the folder that a practice would have."""

    def peek(self, folder: Path) -> PracticePeek:
        """What the unlock screen may show."""
        return replace(super().peek(folder), folder=SHOWN_FOLDER)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a shot is built from."""

    stage: Stage
    ops: Ops
    theme: str

    def frame(self, screen: str, record: str = "", part: str = "") -> Frame:
        """Everything behind the lock, at a place."""
        from desktop.views.shell.archiving import archive_age
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.here import Here
        from desktop.views.shell.registry import builders
        from desktop.views.ui.place import Place

        stage = self.stage
        archives = shown_archives(stage)
        frame = Frame(
            Here(stage.at_desk, stage.program.door, self.ops, None, self.theme, archives=archives), builders()
        )
        frame.visit(Place(screen, record, part))
        frame.watching.begin()
        age = partial(archive_age, stage.at_desk, archives)
        self.ops.read(age, frame, then=lambda words: frame.rail.show_archive(*words))
        return frame

    def board(self) -> BoardScreen:
        """The live session, its clock standing still."""
        from desktop.views.board.screen import board_screen

        stage = self.stage
        if stage.live is None:
            raise RuntimeError("no session is running")
        return board_screen(
            stage.live, self.ops, members=tuple(stage.members.values()), me=stage.at_desk.member.id,
            title=tr("Medicine session"), on_theme=_nothing, on_lock=_nothing, on_paper=_nothing, ticking=False,
        )  # fmt: skip


def _nothing(*values: object) -> None:
    """A picture leads nowhere."""


Build = Callable[[Scene], "QWidget"]
Then = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one state. then: what is done once it has come to rest, before the picture.

    tour: whether the tour takes it too; the others are for `dev.py shots` alone.
    """

    name: str
    moment: Moment
    build: Build
    then: Then | None = None
    tour: bool = True


def welcome(scene: Scene) -> WelcomeScreen:
    """The screen before anybody is in."""
    from desktop.views.welcome.view import WelcomeScreen

    program = scene.stage.program
    return WelcomeScreen(_ShownDoor(program.settings, program.resources, lambda: program.press), scene.ops)


def at_door(then: Callable[[Any, Scene], object]) -> Build:
    """The welcome screen, on one of its pages."""

    def build(scene: Scene) -> QWidget:
        screen = welcome(scene)
        then(screen, scene)
        return screen

    return build


def at(screen: str, part: str = "") -> Build:
    """A screen behind the lock, of the couple of the story."""

    def build(scene: Scene) -> QWidget:
        stage = scene.stage
        records = {
            "couple": stage.couple.id if stage.couple is not None else "",
            "client": stage.clients["a"].id if stage.clients else "",
            "care": stage.clients["a"].id if stage.clients else "",
            "paper": stage.session_id,
            "paper-entry": stage.session_id,
            "after": stage.session_id,
        }
        return scene.frame(screen, records.get(screen, ""), part)

    return build
