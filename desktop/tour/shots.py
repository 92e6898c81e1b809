"""Knows which screens and states are photographed, and at which moment of the story each is."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.words import tr
from desktop.tour.camera import Camera, Size
from desktop.tour.stage import Moment, Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.board.screen import BoardScreen
    from desktop.views.shell.frame import Frame
    from desktop.views.ui.ops import Ops

THEMES = ("light", "dark", "night")
TOUR_SIZE = Size(1600, 1000)
SIZES = (Size(1366, 768), TOUR_SIZE, Size(1280, 800, 1.5))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a shot is built from."""

    stage: Stage
    ops: Ops
    theme: str

    def frame(self, screen: str, record: str = "", part: str = "") -> Frame:
        """Everything behind the lock, at a place."""
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.here import Here
        from desktop.views.shell.registry import builders
        from desktop.views.ui.place import Place

        stage = self.stage
        frame = Frame(Here(stage.at_desk, stage.program.door, self.ops, None, self.theme), builders())
        frame.visit(Place(screen, record, part))
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


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one state. then: what is done once it has come to rest, before the picture."""

    name: str
    moment: Moment
    build: Callable[[Scene], QWidget]
    then: Callable[[Any], object] | None = None


def _welcome(scene: Scene) -> QWidget:
    from desktop.views.welcome.view import WelcomeScreen

    screen = WelcomeScreen(scene.stage.program.door, scene.ops)
    screen.begin(None)
    return screen


def _create(scene: Scene) -> QWidget:
    from desktop.views.welcome.view import WelcomeScreen

    screen = WelcomeScreen(scene.stage.program.door, scene.ops)
    screen.presenter.create_page()
    return screen


def _unlock(scene: Scene) -> QWidget:
    from desktop.views.welcome.view import WelcomeScreen

    screen = WelcomeScreen(scene.stage.program.door, scene.ops)
    screen.begin(scene.stage.folder)
    return screen


def _at(screen: str, part: str = "") -> Callable[[Scene], QWidget]:
    def build(scene: Scene) -> QWidget:
        records = {"couple": _couple_id(scene), "paper": scene.stage.session_id, "client": _client_id(scene)}
        return scene.frame(screen, records.get(screen, ""), part)

    return build


def _couple_id(scene: Scene) -> str:
    return scene.stage.couple.id if scene.stage.couple is not None else ""


def _client_id(scene: Scene) -> str:
    return scene.stage.clients["a"].id if scene.stage.clients else ""


def _board(scene: Scene) -> QWidget:
    return scene.board()


def _palette(frame: Frame) -> None:
    frame.finding.open()


SHOTS: tuple[Shot, ...] = (
    Shot("01-people", Moment.RECORDS, _at("people")),
    Shot("02-new-client", Moment.RECORDS, _at("people", "new-client")),
    Shot("03-new-couple", Moment.RECORDS, _at("people", "new-couple")),
    Shot("04-couple-before", Moment.RECORDS, _at("couple")),
    Shot("05-members", Moment.RECORDS, _at("members")),
    Shot("06-help", Moment.RECORDS, _at("help")),
    Shot("07-welcome", Moment.DOOR, _welcome),
    Shot("08-create", Moment.DOOR, _create),
    Shot("09-unlock", Moment.DOOR, _unlock),
    Shot("10-board-arrived", Moment.ARRIVED, _board),
    Shot("11-board-amber", Moment.AMBER, _board),
    Shot("12-board-dialogue", Moment.DIALOGUE, _board),
    Shot("13-board-closed", Moment.CLOSED, _board),
    Shot("14-couple", Moment.CLOSED, _at("couple")),
    Shot("15-client", Moment.CLOSED, _at("client")),
    Shot("16-paper", Moment.CLOSED, _at("paper")),
    Shot("17-audit", Moment.CLOSED, _at("audit")),
    Shot("18-find", Moment.CLOSED, _at("people"), _palette),
)


def take_all(
    camera: Camera, moment: Moment, stage: Stage, sizes: tuple[Size, ...], shots: Iterable[Shot] = SHOTS
) -> list[dict[str, Any]]:
    """Every picture of a moment, in every theme and size; what the report says of each."""
    taken = []
    for shot in shots:
        if shot.moment is not moment:
            continue
        for theme in THEMES:
            for size in sizes:
                taken.append(_take(camera, stage, shot, theme, size, named=len(sizes) > 1))
    return taken


def _take(camera: Camera, stage: Stage, shot: Shot, theme: str, size: Size, named: bool) -> dict[str, Any]:
    camera.dress(stage.program.resources, theme, size)
    widget = shot.build(Scene(stage, camera.ops, theme))
    camera.show(widget, size)
    if shot.then is not None:
        shot.then(widget)
        camera.settle()
    folder = f"{size.name}/{theme}" if named else theme
    path = camera.take(widget, folder, shot.name, size)
    camera.put_away(widget)
    pixels = (round(size.width * size.scale), round(size.height * size.scale))
    return {"file": f"pictures/{folder}/{path.name}", "theme": theme, "width": pixels[0], "height": pixels[1]}


def main(words: list[str] | None = None) -> int:
    """`python -m desktop.tour.shots --out FOLDER`: every screen and state, three themes, three sizes."""
    from desktop.bootstrap import Program, Settings
    from desktop.cli import show
    from desktop.cli.codes import code_of
    from desktop.domain.errors import Known
    from desktop.system.hardening import harden
    from desktop.tour import story
    from desktop.tour.out import open_out

    parser = ArgumentParser(prog="shots", description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args(words)
    harden()
    program = Program(Settings())
    try:
        out = open_out(given.out)
        with Camera.ready(out) as camera, story.stage_for(program, given.seed) as stage:

            def stop(moment: Moment, at: Stage) -> None:
                album.extend(take_all(camera, moment, at, SIZES))
                show.tell(tr("{n} pictures", n=len(album)))

            album: list[dict[str, Any]] = []
            story.play(stage, given.seed, stop)
        out.report({"finished": True, "pictures": album})
    except Known as error:
        show.complain(error)
        return int(code_of(error))
    finally:
        program.close()
    show.line(tr("The pictures are in {folder}", folder=given.out.resolve()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
