"""Each photographed screen around the records fits the smallest window, and Tab alone reaches all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bootstrap import Program, Settings
from desktop.tour import story
from desktop.tour.camera import Camera, Size
from desktop.tour.out import open_out
from desktop.tour.scene import Scene
from desktop.tour.scenes import SHOTS
from desktop.tour.stage import Moment, Stage

SMALLEST = (Size(1366, 768), Size(1280, 800))  # low and compact; high and roomy, as at 150 %
MOST_STEPS = 80


def by_tab(screen: QWidget) -> list[QWidget]:
    """What Tab reaches, from where the keyboard is until it is there again."""
    reached: list[QWidget] = []
    for _ in range(MOST_STEPS):
        QTest.keyClick(screen.focusWidget() or screen, Qt.Key.Key_Tab)
        now = screen.focusWidget()
        if now is None or now in reached:
            break
        reached.append(now)
    return reached


def wrong_with(screen: QWidget, size: Size) -> list[str]:
    """What does not fit, is not reached, or has no name for a screen reader."""
    found = [] if screen.width() == size.width else [f"{screen.width()} wide at {size.name}"]
    wanted = [
        each for each in screen.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.window() is screen
    ]
    reached = by_tab(screen)
    found += [f"not reached: {each.accessibleName() or type(each).__name__}" for each in wanted if each not in reached]
    found += [f"without a name: {type(each).__name__}" for each in wanted if not each.accessibleName()]
    main = [
        each.accessibleName() for each in screen.findChildren(QWidget)
        if each.isVisible() and each.property("kind") == "primary"
    ]
    return found + ([f"several main buttons: {main}"] if len(main) > 1 else [])


@pytest.mark.parametrize("size", SMALLEST, ids=[size.name for size in SMALLEST])
def test_every_screen_fits_and_is_reached_by_tab(size: Size, tmp_path: Path, qapp: QApplication) -> None:
    program = Program(Settings(root=tmp_path / "own"))
    seen: dict[str, list[str]] = {}
    with Camera.ready(open_out(tmp_path / "out")) as camera, story.stage_for(program, 1) as stage:

        def stop(moment: Moment, at: Stage) -> None:
            camera.dress(at.program.resources, "light", size)
            for shot in SHOTS:
                # The trail is there from the first line on: its pages need not wait for the session's end.
                if shot.moment is moment or (moment is Moment.RECORDS and shot.name.startswith("audit")):
                    screen = shot.build(Scene(at, camera.ops, "light"))
                    camera.show(screen, size)
                    if shot.then is not None:
                        shot.then(screen)
                        camera.settle()
                    seen[shot.name] = wrong_with(screen, size)
                    camera.put_away(screen)

        story.found_practice(stage)
        story.take_people_in(stage)
        story.write_orders(stage)
        story.look_around(stage, stop)
    program.close()
    assert {"keys-own", "keys-remove", "archives-none", "audit-report", "recover", "found", "restore"} <= set(seen)
    assert {name: wrong for name, wrong in seen.items() if wrong} == {}
