"""Knows that every screen is photographed in every theme, that the pictures show it, and that nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.bootstrap import Program, Settings
from desktop.domain.errors import Known
from desktop.tour import story
from desktop.tour.camera import Camera, Size
from desktop.tour.out import open_out
from desktop.tour.scene import Shot
from desktop.tour.scenes import SHOTS
from desktop.tour.shots import OF_TOUR, SIZES, THEMES, main, take_all
from desktop.tour.stage import Moment, Stage
from desktop.views.shell.registry import builders

SMALL = (Size(800, 500), Size(400, 250, 1.5))
SOME = tuple(shot for shot in SHOTS if shot.name in {"people", "unlock", "board-amber", "board-dose", "paper-both"})


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Some of the pictures, small."""
    folder = tmp_path_factory.mktemp("pictures")
    program = Program(Settings(root=folder / "own"))
    out = open_out(folder / "out")
    taken: list[dict[str, Any]] = []
    with Camera.ready(out) as camera, story.stage_for(program, 1) as stage:

        def stop(moment: Moment, at: Stage) -> None:
            taken.extend(take_all(camera, moment, at, SMALL, SOME))

        story.play(stage, 1, stop)
    yield out.folder, taken
    program.close()


def test_a_picture_is_taken_of_each_screen_in_each_theme_and_size(album: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, taken = album
    assert len(taken) == len(SOME) * len(THEMES) * len(SMALL)
    assert {(one["width"], one["height"]) for one in taken} == {(800, 500), (600, 375)}
    for one in taken:
        image = QImage(str(folder / one["file"]))
        assert (image.width(), image.height()) == (one["width"], one["height"])
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 5)}
        assert len(colours) > 3, f"nothing is on {one['file']}"


def test_themes_look_different(album: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, _ = album
    grounds = {QImage(str(folder / f"pictures/800x500/{theme}/people.png")).pixel(2, 498) for theme in THEMES}
    assert len(grounds) == len(THEMES)


def test_no_screen_stays_behind(album: tuple[Path, list[dict[str, Any]]], qapp: QApplication) -> None:
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == []


def test_every_screen_and_every_moment_is_photographed() -> None:
    names = [shot.name for shot in SHOTS]
    assert len(set(names)) == len(names)
    for shots in (SHOTS, OF_TOUR):
        assert {shot.moment for shot in shots} == set(Moment)
        for screen in set(builders()) | {"welcome"}:
            assert any(shot.name.startswith(screen) for shot in shots), screen
    assert {(size.width * size.scale, size.height * size.scale) for size in SIZES} == {
        (1366, 768), (1600, 1000), (1920, 1200)
    }  # fmt: skip


def test_a_shot_says_when_it_is_taken() -> None:
    assert all(isinstance(shot, Shot) and shot.moment in Moment for shot in SHOTS)


def test_pictures_go_over_nobodys_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import os

    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    before = os.umask(0o077)
    try:
        assert main(["--out", str(tmp_path)]) == 3
    finally:
        os.umask(before)
    assert "not an earlier tour" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_screen_that_never_comes_to_rest_is_noticed(qapp: QApplication, tmp_path: Path) -> None:
    class Restless:
        busy = True

    camera = Camera(qapp, Restless(), open_out(tmp_path / "out"), longest_wait_s=0.05)  # type: ignore[arg-type]
    with pytest.raises(Known, match="did not come to rest"):
        camera.settle()
