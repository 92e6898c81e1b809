"""Knows how the screens of a moment are photographed, in every theme and size."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.bootstrap import Program, Settings
from desktop.cli import show
from desktop.cli.codes import Exit, code_of
from desktop.domain.errors import Known
from desktop.domain.words import tr
from desktop.system.hardening import harden
from desktop.tour import story
from desktop.tour.archives import play_archives
from desktop.tour.camera import Camera, Size
from desktop.tour.kit import make_kit
from desktop.tour.out import open_out
from desktop.tour.scene import Scene, Shot
from desktop.tour.scenes import SHOTS
from desktop.tour.stage import Moment, Stage

THEMES = ("light", "dark", "night")
TOUR_SIZE = Size(1600, 1000)
SIZES = (Size(1366, 768), TOUR_SIZE, Size(1280, 800, 1.5))
OF_TOUR = tuple(shot for shot in SHOTS if shot.tour)


def take_all(
    camera: Camera, moment: Moment, stage: Stage, sizes: tuple[Size, ...], shots: Iterable[Shot]
) -> list[dict[str, Any]]:
    """Every picture of a moment, in every theme and size; what the report says of each."""
    return [
        _take(camera, stage, shot, theme, size, named=len(sizes) > 1)
        for shot in shots if shot.moment is moment for theme in THEMES for size in sizes
    ]


def _take(camera: Camera, stage: Stage, shot: Shot, theme: str, size: Size, named: bool) -> dict[str, Any]:
    camera.dress(stage.program.resources, theme, size)
    widget = shot.build(Scene(stage, camera.ops, theme))
    camera.show(widget, size)
    if shot.then is not None:
        shot.then(widget)
        camera.rest()
    folder = f"{size.name}/{theme}" if named else theme
    path = camera.take(widget, folder, shot.name, size)
    camera.put_away(widget)
    pixels = (round(size.width * size.scale), round(size.height * size.scale))
    return {"file": f"pictures/{folder}/{path.name}", "theme": theme, "width": pixels[0], "height": pixels[1]}


def main(words: list[str] | None = None) -> int:
    """`python -m desktop.tour.shots --out FOLDER`: every screen and state, three themes, three sizes."""
    parser = ArgumentParser(prog="shots", description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args(words)
    harden()
    program = Program(Settings())
    try:
        count = _shoot(program, given.out, given.seed)
    except Known as error:
        show.complain(error)
        return int(code_of(error))
    except KeyboardInterrupt:
        return int(Exit.STOPPED)
    finally:
        program.close()
    show.line(tr("{n} pictures are in {folder}", n=count, folder=given.out.resolve()))
    return int(Exit.OK)


def _shoot(program: Program, folder: Path, seed: int) -> int:
    out = open_out(folder)
    album: list[dict[str, Any]] = []
    with Camera.ready(out) as camera, story.stage_for(program, seed) as stage:

        def stop(moment: Moment, at: Stage) -> None:
            taken = take_all(camera, moment, at, SIZES, SHOTS)
            album.extend(taken)
            show.tell(tr("{n} pictures: {moment}", n=len(taken), moment=moment.value))

        story.play(stage, seed, stop)
        make_kit(stage, out)
        play_archives(stage, story.PASSPHRASE, stop, out)
    out.report({"finished": True, "pictures": album})
    return len(album)


if __name__ == "__main__":
    sys.exit(main())
